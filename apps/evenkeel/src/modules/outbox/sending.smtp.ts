import type { MailProblem, MailServer } from '../source/mailbox.ts';
import type { Line } from './sending.ts';

const CONNECT_MS = 20_000;
const SILENCE_MS = 120_000;
const MOST_LINES = 200;
const LINE_LENGTH = 1000;

export type Outgoing = {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
  /** What a report names to say which mail it is about (RFC 3461 §4.4). */
  readonly envid: string;
};

/** Null where a server takes mail without being shown who we are. */
export type SmtpSignIn = {
  readonly user: string;
  readonly pass?: string | undefined;
  readonly accessToken?: string | undefined;
} | null;

export type Submitted = { readonly transcript: readonly Line[] } & (
  | { readonly became: 'accepted'; readonly reply: string; readonly asksDelivery: boolean }
  | { readonly became: 'refused'; readonly reply: string }
  | { readonly became: 'not-begun'; readonly problem: MailProblem }
  /** The server had all of it, or some, and did not say whether it takes it. */
  | { readonly became: 'unclear' }
);

type Failure = Error & {
  readonly code?: string;
  /** What the system said, where the library names the stage only. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
};

/** Hands one mail to a server, once. Our name in the greeting is an address of no machine (RFC 5321 §4.1.3). */
export async function submitMail(
  server: MailServer,
  signIn: SmtpSignIn,
  outgoing: Outgoing,
): Promise<Submitted> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  const transcript: Line[] = [];
  const connection = new SMTPConnection({
    ...{ host: server.host, port: server.port, secure: server.security === 'tls', name: '[127.0.0.1]' },
    ...(server.security === 'starttls' ? { requireTLS: true } : {}),
    ...(server.security === 'none' ? { ignoreTLS: true } : {}),
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    transactionLog: true,
    logger: noting(transcript) as never,
  });
  // An error between two commands belongs to the one that is awaited.
  const failed = new Promise<never>((_, reject) => connection.on('error', reject));
  failed.catch(() => {});
  const during = <T>(run: (done: (error: unknown, value?: T) => void) => void) =>
    Promise.race([
      failed,
      new Promise<T>((resolve, reject) =>
        run((error, value) => (error ? reject(error) : resolve(value as T))),
      ),
    ]);
  try {
    await during<void>((done) => connection.connect((error?: unknown) => done(error)));
    if (signIn) await during((done) => connection.login(credentialsOf(signIn) as never, done));
    const sent = await during<{ response?: string }>((done) =>
      connection.send(envelopeOf(outgoing) as never, Buffer.from(outgoing.bytes), done as never),
    );
    const asksDelivery = transcript.some(({ by, text }) => by === 'us' && /\bNOTIFY=/.test(text));
    return { became: 'accepted', reply: clean(sent.response ?? ''), asksDelivery, transcript };
  } catch (error) {
    return failedHow(error as Failure, transcript);
  } finally {
    connection.quit();
    connection.close();
  }
}

function credentialsOf({ user, pass, accessToken }: NonNullable<SmtpSignIn>) {
  return accessToken
    ? { type: 'OAUTH2', user, oauth2: tokenKeeper(user, accessToken) }
    : { user, pass: pass ?? '', credentials: { user, pass: pass ?? '' } };
}

/** What the library asks of a token's keeper: the one we have. @source Google's and Microsoft's XOAUTH2 */
function tokenKeeper(user: string, token: string) {
  return {
    getToken: (_renew: boolean, done: (error: null, given: string) => void) => done(null, token),
    buildXOAuth2Token: (given: string) =>
      Buffer.from(`user=${user}\x01auth=Bearer ${given}\x01\x01`).toString('base64'),
  };
}

function envelopeOf({ from, to, envid, bytes }: Outgoing) {
  const dsn = { id: envid, return: 'headers', notify: ['success', 'failure', 'delay'], recipient: to };
  return { from, to: [to], size: bytes.length, dsn };
}

/** After the server said that it waits for the mail, no answer is no answer. */
function failedHow(error: Failure, transcript: readonly Line[]): Submitted {
  const { responseCode, response, code = '', originalCode } = error;
  const isSignIn = code === 'EAUTH' || code === 'ENOAUTH';
  if (isSignIn) return { became: 'not-begun', problem: 'mail-sign-in-refused', transcript };
  if (responseCode && response) return { became: 'refused', reply: clean(response), transcript };
  const waits = transcript.findLastIndex(({ by, text }) => by === 'server' && text.startsWith('354'));
  if (waits >= 0) return { became: 'unclear', transcript };
  return { became: 'not-begun', problem: problemOf(originalCode ?? code), transcript };
}

function problemOf(code: string): MailProblem {
  if (code === 'EDNS' || code === 'ENOTFOUND') return 'server-unknown';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return 'certificate-refused';
  if (/^(?:ETLS|EPROTO|ERR_SSL_.+)$/.test(code)) return 'tls-missing';
  if (code === 'ETIMEDOUT') return 'server-slow';
  return /^(?:ESOCKET|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/.test(code)
    ? 'server-unreachable'
    : 'connection-lost';
}

const SECRET = /^(AUTH\s+\S+).*$/i;

/** A logger that keeps what either side said. @param transcript grows to a limit */
function noting(transcript: Line[]) {
  let isSigningIn = false;
  const note = (entry: { readonly tnx?: string }, line: unknown) => {
    const by = entry.tnx === 'client' ? 'us' : entry.tnx === 'server' ? 'server' : null;
    if (by === null || transcript.length >= MOST_LINES) return;
    const said = clean(String(line));
    // Between AUTH and the server's last word on it everything of ours is a secret.
    if (by === 'us') isSigningIn = /^AUTH\b/i.test(said) || (isSigningIn && !/^[A-Z]{4,8}\b/.test(said));
    const text = by === 'us' && isSigningIn ? (SECRET.exec(said)?.[1] ?? '…') : said;
    transcript.push({ by, text });
  };
  const silent = () => {};
  return {
    level: silent,
    trace: silent,
    debug: note,
    info: note,
    warn: silent,
    error: silent,
    fatal: silent,
  };
}

function clean(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .toWellFormed()
    .trim()
    .slice(0, LINE_LENGTH);
}
