import type { MailProblem } from './mailbox.ts';

/** What is said where a mail server did not do what we asked, whether it was asked to show mail or to take some. */
export const mailProblemTitles: Readonly<Record<MailProblem, string>> = {
  'server-unknown': 'No server has this name. Check its spelling.',
  'server-unreachable': 'The server does not answer there. Check its name and port.',
  'server-slow': 'The server took too long to answer. Try again later.',
  'certificate-refused':
    'The server’s certificate is not valid for this name, so nothing was sent to it. Check the name of the server.',
  'tls-missing': 'The server does not encrypt in this way. Choose the other of TLS and STARTTLS.',
  'mail-sign-in-refused':
    'The server does not take this user and password. Many providers want an app password here.',
  'token-refused':
    'The provider did not renew the token. Allow access again, and enter the new refresh token.',
  'inbox-missing': 'There is no inbox in this mailbox.',
  'connection-lost': 'The connection ended. What was read is kept.',
  'port-taken': 'Another program uses this port already. Choose another.',
  'server-refused': 'The server refused what it was asked.',
  'stopped-inside': 'Something went wrong inside the program; the log says more. What was read is kept.',
};

export const mailProblemStatus = mapped(() => 422 as const);

/** The same of a letter that did not leave. */
export const notSentTitles = mapped((problem) => `${mailProblemTitles[problem]} Nothing was sent.`);

function mapped<T>(say: (problem: MailProblem) => T): Readonly<Record<MailProblem, T>> {
  const problems = Object.keys(mailProblemTitles) as MailProblem[];
  return Object.fromEntries(problems.map((problem) => [problem, say(problem)])) as Record<MailProblem, T>;
}
