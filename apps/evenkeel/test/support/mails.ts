import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type MailParts = {
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly date?: string | null;
  readonly id?: string | null;
  readonly inReplyTo?: string;
  readonly body?: string;
  readonly headers?: readonly string[];
};

/** A plain mail, LF line ends. */
export function mail(parts: MailParts): string {
  const { from = 'Orlov <orlov@client.example>', to = 'me@firm.example', subject = 'A subject' } = parts;
  const { date = 'Tue, 12 May 2026 09:14:00 +0300', id = `<${subject}@client.example>` } = parts;
  return [
    `From: ${from}`,
    `To: ${to}`,
    ...(parts.cc ? [`Cc: ${parts.cc}`] : []),
    `Subject: ${subject}`,
    ...(date === null ? [] : [`Date: ${date}`]),
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    ...(parts.inReplyTo ? [`In-Reply-To: ${parts.inReplyTo}`] : []),
    ...(parts.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    parts.body ?? 'Some words.',
    '',
  ].join('\n');
}

export function mbox(mails: readonly string[]): string {
  return mails.map((text) => `From sender@client.example Tue May 12 09:14:00 2026\n${text}\n`).join('');
}

/** Writes files under a folder; gives the folder back. */
export function filesIn(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
