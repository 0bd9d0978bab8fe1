import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Wish = {
  readonly number: number;
  readonly subject: string;
  readonly text: string;
  readonly day?: string;
  /** A picture that can be drawn, and one that only says so. */
  readonly hasPicture?: boolean;
};

const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A mail from the client, in a file of its own. */
export function writeMail({ number, subject, text, day = `2026-03-0${number}`, hasPicture }: Wish): string {
  const at = new Date(`${day}T09:00:00Z`).toUTCString().replace('GMT', '+0000');
  const head = [
    'From: Dmitri Orlov <orlov@baltika.example>',
    'To: alex@lumenworks.example',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${at}`,
    `Message-ID: <mail-${number}@baltika.example>`,
    'MIME-Version: 1.0',
  ];
  const plain = ['Content-Type: text/plain; charset=utf-8', '', text];
  const body = hasPicture
    ? [
        'Content-Type: multipart/mixed; boundary="parts"',
        ...['', '--parts', ...plain],
        ...['--parts', ...picture('dot.png', DOT)],
        ...['--parts', ...picture('broken.png', Buffer.from('no picture at all').toString('base64'))],
        '--parts--',
      ]
    : plain;
  const path = join(temporaryFolder(), `mail-${number}.eml`);
  writeFileSync(path, [...head, ...body, ''].join('\r\n'));
  return path;
}

function picture(name: string, base64: string): readonly string[] {
  return [
    `Content-Type: image/png; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    ...['Content-Transfer-Encoding: base64', '', base64],
  ];
}
