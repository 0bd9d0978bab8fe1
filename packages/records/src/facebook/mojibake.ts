import { isUtf8 } from 'node:buffer';

/**
 * Facebook writes the bytes of UTF-8 as if each were a character: `cafÃ©`. Read again only when every character could be
 * such a byte and all of them together are UTF-8; everything else stays as it is.
 */
export function mended(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}
