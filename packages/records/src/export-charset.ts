import { isUtf8 } from 'node:buffer';
import { guessCharset } from './charset-guess.ts';
import { platformDecode } from './charset-platform.ts';
import type { Issue } from './issue.ts';
import { asBuffer } from './source.ts';

const SAMPLE_BYTES = 8192;

/**
 * The charset of an export that ought to be UTF-8 and was saved again as something older.
 *
 * @returns A label of the platform's decoders; null for UTF-8, and for UTF-8 in which only single bytes are damaged.
 */
export function otherCharset(bytes: Uint8Array): string | null {
  if (isUtf8(bytes)) return null;
  const from = Math.max(0, bytes.findIndex((byte) => byte > 127) - SAMPLE_BYTES / 8);
  const sample = asBuffer(bytes.subarray(from, from + SAMPLE_BYTES));
  const shown = sample.toString('utf8');
  const broken = shown.match(/\ufffd/g)?.length ?? 0;
  const whole = shown.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0;
  return broken > Math.max(1, whole) ? guessCharset(sample, null) : null;
}

/** Text of an export, without a byte order mark. */
export function exportText(bytes: Uint8Array, charset: string | null): string {
  const text = charset === null ? asBuffer(bytes).toString('utf8') : platformDecode(bytes, charset);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

export function charsetGuessed(charset: string): Issue {
  const message = `The file is not in UTF-8, as such exports are; it was read as ${charset}, which is a guess.`;
  return { code: 'charset-guessed', message };
}
