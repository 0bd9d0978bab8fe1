import { crc32 } from 'node:zlib';
import type { ByteRange } from './issue.ts';
import type { Part } from './structure.ts';
import { decodeTransfer } from './transfer.ts';

/** A file that lies in the words of a text, as before MIME: its lines are no words. */
export type InlineFile = {
  readonly name: string | null;
  readonly encoding: 'uuencode' | 'yenc';
  /** With its first and last line. */
  readonly range: ByteRange;
  /** False where the last line is missing: then it ends with the last line that can be one of its own. */
  readonly isEnded: boolean;
};

const MOST_FILES = 200;
const UU_BEGIN = /^begin (?:-\S+ )?[0-7]{3,4} ([^\r\n]{1,200})\r?\n([^\r\n]*)/;

/** The files in the words of a part that is not packed otherwise. Linear in its input. */
export function inlineFiles(bytes: Buffer, part: Part): readonly InlineFile[] {
  if (part.encoding !== '7bit' || part.mediaType !== 'text/plain') return [];
  const text = bytes.subarray(part.body.start, part.body.end);
  return [...uuFiles(text, part), ...yencFiles(text, part)].toSorted((a, b) => a.range.start - b.range.start);
}

function uuFiles(text: Buffer, part: Part): readonly InlineFile[] {
  const found: InlineFile[] = [];
  let at = lineWith(text, 'begin ', 0);
  // Where no line says `end`, none further down does: it is not looked for again.
  let end = at < 0 ? -1 : lineWith(text, 'end', at);
  while (at >= 0 && found.length < MOST_FILES) {
    const name = uuName(text, at);
    const next = lineWith(text, 'begin ', at + 1);
    if (end >= 0 && end < at) end = lineWith(text, 'end', at);
    if (name !== null) {
      const isEnded = end >= 0 && (next < 0 || end < next || uuName(text, next) === null);
      const stop = isEnded ? end + 3 : endOfUuLines(text, at);
      const isFile = isEnded || stop > lineStop(text, at);
      if (isFile) found.push(placed(part, { name, encoding: 'uuencode', isEnded }, at, stop));
      at = next >= 0 && next < stop ? lineWith(text, 'begin ', stop) : next;
    } else {
      at = next;
    }
  }
  return found;
}

/** Where the lines end that can be those of a packed file, after its first. */
function endOfUuLines(text: Buffer, begin: number): number {
  let stop = lineStop(text, begin);
  while (stop < text.length) {
    const next = lineStop(text, stop + 1);
    const line = text.toString('latin1', stop + 1, Math.min(next, stop + 200)).replace(/\r$/, '');
    if (line === '' || !isUuLine(line)) break;
    stop = next;
  }
  return stop;
}

function lineStop(text: Buffer, from: number): number {
  const lf = text.indexOf(10, from);
  return lf < 0 ? text.length : lf;
}

/** The first line of the file must be one: prose may begin a line with "begin 100 …" too. */
function uuName(text: Buffer, at: number): string | null {
  const found = UU_BEGIN.exec(text.toString('latin1', at, at + 400));
  if (!found) return null;
  return isUuLine(found[2]!) ? found[1]!.trim() : null;
}

function isUuLine(line: string): boolean {
  const size = (line.charCodeAt(0) - 32) & 63;
  const packed = Math.ceil(size / 3) * 4;
  const isLong = line.length - 1 >= packed - 3 && line.length - 1 <= packed + 2;
  return (line === '`' || line === '' || isLong) && /^[ -`]*$/.test(line);
}

function yencFiles(text: Buffer, part: Part): readonly InlineFile[] {
  const found: InlineFile[] = [];
  for (let at = lineWith(text, '=ybegin ', 0); at >= 0 && found.length < MOST_FILES; ) {
    const head = /^=ybegin [^\r\n]{0,300}?name=([^\r\n]{1,200})/.exec(text.toString('latin1', at, at + 600));
    const last = lineWith(text, '=yend', at);
    if (last < 0) break;
    const stop = text.indexOf(10, last);
    const end = stop < 0 ? text.length : stop;
    if (head) found.push(placed(part, { name: head[1]!.trim(), encoding: 'yenc', isEnded: true }, at, end));
    at = lineWith(text, '=ybegin ', end);
  }
  return found;
}

function placed({ body }: Part, file: Omit<InlineFile, 'range'>, start: number, end: number): InlineFile {
  return {
    ...file,
    name: file.name || null,
    range: { start: body.start + start, end: Math.min(body.end, body.start + end) },
  };
}

/**
 * Whether a file is not what its own lines say: it has no last line, or another size or checksum.
 *
 * @source yEnc 1.3: the last line states the size, and may state a CRC-32 of this part or of all
 */
export function isDamagedFile(bytes: Buffer, { range, encoding, isEnded }: InlineFile): boolean {
  if (encoding !== 'yenc') return !isEnded;
  const packed = bytes.subarray(range.start, range.end);
  const last = packed.toString('latin1', packed.lastIndexOf('=yend'));
  const plain = decodeTransfer(packed, 'yenc');
  const size = /\bsize=(\d{1,12})/.exec(last)?.[1];
  const isPart = /^=ybegin [^\r\n]*\bpart=/.test(packed.toString('latin1', 0, 300));
  const sum = (isPart ? /\bpcrc32=([0-9a-f]{1,8})/i : /\bcrc32=([0-9a-f]{1,8})/i).exec(last)?.[1];
  const isSize = size === undefined || Number(size) === plain.length;
  return !isSize || (sum !== undefined && Number.parseInt(sum, 16) !== crc32(plain));
}

/** Where a line begins with these words. */
function lineWith(text: Buffer, words: string, from: number): number {
  for (let at = text.indexOf(words, from, 'latin1'); at >= 0; at = text.indexOf(words, at + 1, 'latin1')) {
    const before = text[at - 1];
    if (at === 0 || before === 10 || before === 13) {
      const after = text[at + words.length];
      if (words !== 'end' || after === undefined || after === 10 || after === 13 || after === 32) return at;
    }
  }
  return -1;
}

/** A text without the files that lie in it. */
export function withoutFiles(bytes: Buffer, { start, end }: ByteRange, files: readonly InlineFile[]): Buffer {
  const words: Buffer[] = [];
  let at = start;
  for (const { range } of files) {
    if (range.start >= at) words.push(bytes.subarray(at, Math.min(range.start, end)));
    at = Math.max(at, range.end);
  }
  words.push(bytes.subarray(Math.min(at, end), end));
  return Buffer.concat(words);
}
