import type { Mail } from './mail.ts';

/**
 * What two copies of one letter have in common although their bytes differ: Message-ID, From, Date and decoded body.
 *
 * Hash it and compare. Null when the message has no Message-ID or no date: then nothing is claimed to be a copy.
 */
export function contentDigestInput(mail: Mail): string | null {
  if (mail.messageId === null || mail.sentAtRaw === null) return null;
  return JSON.stringify([
    'evenkeel/content/1',
    mail.messageId,
    mail.authors.map((author) => author.address?.toLowerCase() ?? author.name),
    mail.sentAt ?? mail.sentAtRaw,
    (mail.text ?? '').trimEnd(),
    (mail.html ?? '').replaceAll('\r\n', '\n').trim(),
    mail.attachments.map((attachment) => attachment.sha256),
    mail.children.map((child) => contentDigestInput(child) ?? child.subject),
  ]);
}
