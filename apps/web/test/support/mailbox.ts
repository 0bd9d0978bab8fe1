/** A small mailbox with one client, one colleague of theirs and a newsletter: made here, so that every clone has it. */

type Mail = {
  from: string;
  to: string;
  date: string;
  subject: string;
  text: string;
  html?: string;
  attachment?: { name: string; type: string; base64: string };
};

export const US = 'alex@bergworks.example';
export const CLIENT = 'd.orlov@baltika.example';
export const NOT_PICKED_WORDS = 'Zyzzyva weekly: forty offers that expire tonight';

const us = `Alex Berg <${US}>`;
const orlov = `Dmitri Orlov <${CLIENT}>`;
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const MAILS: readonly Mail[] = [
  mail(
    orlov,
    us,
    '2 Mar 2026 10:01:00 +0200',
    'A website',
    'Hello,\n\nwe need a small website until the end of May.\n\nD. Orlov',
  ),
  mail(
    us,
    orlov,
    '3 Mar 2026 09:15:00 +0200',
    'Offer',
    'Good morning,\n\nthe offer: two rounds of changes, 1,640 euro, launch on 29 May.\n\nAlex',
  ),
  mail(
    orlov,
    us,
    '28 Apr 2026 17:31:00 +0300',
    'second language',
    'Could we also get the second language by Friday? That is a matter of ten minutes.',
    {
      html: '<h2>Second language</h2><p>Could we also get it by <b>Friday</b>?</p><img src="https://tracker.invalid/open.gif"><div style="background:url(https://tracker.invalid/bg.png)">ten minutes</div><p><a href="https://pay.invalid/">Pay</a></p><script>fetch("https://evil.invalid/")</script><link rel="stylesheet" href="https://tracker.invalid/a.css">',
    },
  ),
  mail(
    us,
    orlov,
    '28 Apr 2026 17:50:00 +0300',
    'Re: second language',
    'A second language is not part of the offer. I can do it for 240 euro by 6 May. Shall I?',
  ),
  mail(
    us,
    orlov,
    '4 May 2026 10:02:00 +0300',
    'Your login',
    'The login is in line 4 of the attached sheet.\n\nAlex',
    {
      attachment: { name: 'login.png', type: 'image/png', base64: PIXEL },
    },
  ),
  mail(orlov, us, '12 May 2026 06:14:00 +0300', 'login', 'You never told me about the login.'),
  mail(
    us,
    orlov,
    '12 May 2026 09:02:00 +0300',
    'Re: login',
    'It is in my mail of 4 May: line 4 of the sheet.\n\nOn 12 May 2026, Dmitri Orlov wrote:\n> You never told me about the login.\n',
  ),
  mail(orlov, us, '12 May 2026 21:40:00 +0300', 'логин', 'Где логин? Я уже третий раз спрашиваю.'),
  mail(
    orlov,
    us,
    '13 May 2026 11:52:00 +0300',
    'refund',
    'I want the refund of 400 euro back. I will see you in court.\n\nOn 12 May 2026, Alex Berg wrote:\n> It is in my mail of 4 May: line 4 of the sheet.\n>\n> > You never told me about the login.\n',
  ),
  mail('Press <press@newsletter.example>', us, '14 May 2026 08:00:00 +0300', 'Offers', NOT_PICKED_WORDS),
];

/** The mailbox as the bytes of an mbox file. */
export function mailbox(): string {
  return MAILS.map((each, at) => `From - Thu May 14 08:00:00 2026\n${source(each, at)}\n`).join('');
}

/** Years of mail with one client and many others, as an mbox file; the same for the same count. */
export function manyMails(count: number): string {
  const others = Array.from({ length: 40 }, (_, at) => `Person ${at} <person${at}@somewhere.example>`);
  return Array.from({ length: count }, (_, at) => {
    const them = at % 3 === 0 ? others[(at * 7) % others.length]! : orlov;
    const [from, to] = at % 5 < 3 ? [them, us] : [us, them];
    const date = new Date(Date.UTC(2019, 0, 7, 8) + at * 14 * 3_600_000)
      .toUTCString()
      .replace('GMT', '+0000');
    const words = `Note ${at}: ${SAYINGS[at % SAYINGS.length]} ${SAYINGS[(at * 5 + 2) % SAYINGS.length]}`;
    const one = mail(from, to, date, SUBJECTS[at % SUBJECTS.length]!, words);
    return `From - Mon Jan 07 08:00:00 2019\n${source(one, 1000 + at)}\n`;
  }).join('');
}

const SUBJECTS = ['Invoice', 'Re: Invoice', 'Texts', 'The second page', 'Friday', 'Re: Friday', 'Hosting'];
const SAYINGS = [
  'The invoice was sent again because you said that it never arrived.',
  'We agreed on Friday to move the launch by one week.',
  'The texts came in late, so the date moves by the same number of days.',
  'Could you look at line four of the sheet, please?',
  'Nobody told me about this.',
  'I will answer on the second page by Monday.',
  'Thank you, that is all I need.',
];

function mail(
  from: string,
  to: string,
  date: string,
  subject: string,
  text: string,
  more: Partial<Mail> = {},
): Mail {
  return { from, to, date, subject, text, ...more };
}

function source({ from, to, date, subject, text, html, attachment }: Mail, at: number): string {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Date: ${date}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <story-${at}@bergworks.example>`,
    'MIME-Version: 1.0',
  ];
  const plain = part('text/plain; charset=utf-8', text);
  if (html) return multipart(head, 'alternative', [plain, part('text/html; charset=utf-8', html)]);
  if (attachment) {
    const { name, type, base64 } = attachment;
    const attached = `Content-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${base64}\n`;
    return multipart(head, 'mixed', [plain, attached]);
  }
  return `${head.join('\n')}\n${plain}`;
}

function part(type: string, text: string): string {
  return `Content-Type: ${type}\nContent-Transfer-Encoding: 8bit\n\n${text.replace(/^From /gm, '>From ')}\n`;
}

function multipart(head: readonly string[], kind: string, parts: readonly string[]): string {
  const type = `Content-Type: multipart/${kind}; boundary="b1"`;
  return `${[...head, type].join('\n')}\n\n${parts.map((each) => `--b1\n${each}\n`).join('')}--b1--\n`;
}
