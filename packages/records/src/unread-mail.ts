import { NO_FINDINGS } from './findings.ts';
import type { ByteRange } from './issue.ts';
import type { Mail } from './mail-shape.ts';

/** The last resort: a fault in the reader must not stop a run, and must not lose a byte. */
export function unreadMail(range: ByteRange, error: unknown): Mail {
  const reason = error instanceof Error ? error.message : 'unknown';
  const message = `The reader failed on this message (${reason.slice(0, 200)}); its bytes are kept.`;
  return {
    kind: 'message',
    subject: null,
    from: null,
    authors: [],
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    sentAt: null,
    sentAtSource: null,
    sentAtRaw: null,
    receivedAt: null,
    messageId: null,
    inReplyTo: null,
    references: [],
    listId: null,
    ...NO_FINDINGS,
    text: null,
    html: null,
    attachments: [],
    children: [],
    issues: [{ code: 'reader-failed', message, range }],
    charsets: [],
    headers: [],
    segments: range.end > range.start ? [{ kind: 'body', ...range }] : [],
    range,
    name: null,
    packing: '7bit',
  };
}
