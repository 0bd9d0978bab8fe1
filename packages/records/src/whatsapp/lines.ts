import { exportText } from '../export-charset.ts';
import { asBuffer } from '../source.ts';
import { type Header, headerOf } from './header.ts';

/** A line that looks like the beginning of a message. `end` is after its line end. */
export type HeaderLine = {
  readonly start: number;
  readonly end: number;
  readonly header: Header;
  /** What follows the header on this line, at most a few hundred characters. */
  readonly rest: string;
};

const LF = 10;
const CR = 13;
const BOM_BYTES = 3;
/** Enough for a header, the longest name and the words of the app. */
const LOOK_BYTES = 1200;

/** How many bytes at the beginning are a byte order mark: 0 or 3. */
export function markBytes(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? BOM_BYTES : 0;
}

/** All lines of a text that look like headers, in order. @param charset Where the file is not in UTF-8. */
export function* headerLines(bytes: Uint8Array, charset: string | null = null): Generator<HeaderLine> {
  const text = asBuffer(bytes);
  const eol = text.includes(LF) ? LF : CR;
  for (let start = markBytes(text); start < text.length; ) {
    const found = text.indexOf(eol, start);
    const end = found < 0 ? text.length : found + 1;
    const line = mayBegin(text[start]!) ? headerLine(text, start, end, charset) : null;
    if (line) yield line;
    start = end;
  }
}

/** A header begins with a digit, `[`, `R`, a mark, or a digit of another script. */
function mayBegin(byte: number): boolean {
  return byte === 0x5b || byte === 0x52 || (byte >= 0x30 && byte <= 0x39) || byte >= 0xd8;
}

function headerLine(bytes: Buffer, start: number, end: number, charset: string | null): HeaderLine | null {
  const line = exportText(bytes.subarray(start, Math.min(end, start + LOOK_BYTES)), charset).replace(
    /[\r\n]+$/,
    '',
  );
  const header = headerOf(line);
  return header ? { start, end, header, rest: line.slice(header.bodyAt) } : null;
}
