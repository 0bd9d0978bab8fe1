import { recognisesEmlx } from './apple/emlx.ts';
import type { Format } from './event.ts';
import { isMaildirPath } from './maildir.ts';
import { startsWithSeparator } from './mbox.ts';
import { isCfb } from './outlook/cfb.ts';
import { beginsAsMsg } from './outlook/msg.ts';
import { recognisesPst } from './outlook/pst-file.ts';
import { isTnef } from './outlook/tnef.ts';
import { asBuffer } from './source.ts';

const MAIL_FIELD =
  /(?:^|[\r\n])(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|sender|reply-to|x-[!-9;-~]+|envelope-to|resent-from|dkim-signature)[ \t]*:/i;
const FIELD = /^(?:\xef\xbb\xbf)?[\r\n]*(?:[^\r\n]{0,200}(?:\r\n|\n|\r))?[!-9;-~]+[ \t]*:/;

/** Calendars and cards are written in fields as well, some of which look like those of a letter. */
const CALENDAR_OR_CARD = /^(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CALENDAR|CARD)\b/i;
const TAR_SIGN_AT = 257;

/**
 * Tells what kind of file begins with these bytes.
 *
 * @param head The first few kilobytes; 4 KB are enough.
 * @param name The file's name or path: `.eml` and Maildir files are one message, whatever stands inside.
 */
export function sniff(head: Uint8Array, name: string): Format {
  const bytes = asBuffer(head);
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, 16_384));
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip';
  if (text.startsWith('\x1f\x8b\x08')) return 'gzip';
  if (text.startsWith('ustar', TAR_SIGN_AT)) return 'tar';
  if (recognisesPst(bytes)) return 'pst';
  if (beginsAsMsg(bytes) || (isCfb(bytes) && /\.msg$/i.test(name)) || isTnef(bytes)) return 'msg';
  if (bytes.length === 0 || CALENDAR_OR_CARD.test(text)) return 'unknown';
  if (recognisesEmlx(bytes, name)) return 'emlx';
  const isOneMessage = /\.eml$/i.test(name) || isMaildirPath(name);
  if (isOneMessage) return looksBinary(bytes) && !MAIL_FIELD.test(text) ? 'unknown' : 'eml';
  if (/^[\r\n]*\x01\x01\x01\x01\r?\n/.test(text)) return 'mmdf';
  if (startsWithSeparator(bytes)) return 'mbox';
  return FIELD.test(text) && MAIL_FIELD.test(text) ? 'eml' : 'unknown';
}

/** A picture named `.eml` is no mail. */
function looksBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 512).includes(0);
}
