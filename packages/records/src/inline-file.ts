import type { ByteRange } from './issue.ts';
import type { Part } from './structure.ts';

/** A file that lies in the words of a text, as before MIME: its lines are no words. */
export type InlineFile = {
  readonly name: string | null;
  readonly encoding: 'uuencode' | 'yenc';
  /** With its first and last line. */
  readonly range: ByteRange;
};

const MOST_FILES = 200;
const UU_BEGIN = /^begin (?:-\S+ )?[0-7]{3,4} ([^\r\n]{1,200})\r?\n([^\r\n]*)/;

/** The files in the words of a part that is not packed otherwise. Linear in its input. */
export function inlineFiles(bytes: Buffer, part: Part): readonly InlineFile[] {
  if (part.encoding !== '7bit' || part.mediaType !== 'text/plain') return [];
  const text = bytes.subarray(part.body.start, part.body.end);
  const found: InlineFile[] = [];
  let ending = true;
  for (let at = lineWith(text, 'begin ', 0); at >= 0 && ending && found.length < MOST_FILES; ) {
    const name = uuName(text, at);
    const end = name === null ? -1 : lineWith(text, 'end', at);
    ending = name === null || end >= 0;
    if (name !== null && end >= 0) found.push(placed(part, name, 'uuencode', at, end + 3));
    at = lineWith(text, 'begin ', Math.max(at + 1, end));
  }
  return [...found, ...yencFiles(text, part)].toSorted((a, b) => a.range.start - b.range.start);
}

/** The first line of the file must be one: prose may begin a line with "begin 100 …" too. */
function uuName(text: Buffer, at: number): string | null {
  const found = UU_BEGIN.exec(text.toString('latin1', at, at + 400));
  if (!found) return null;
  const line = found[2]!;
  const size = (line.charCodeAt(0) - 32) & 63;
  const packed = Math.ceil(size / 3) * 4;
  const isLine =
    line === '`' || line === '' || (line.length - 1 >= packed - 3 && line.length - 1 <= packed + 2);
  return isLine && /^[ -`]*$/.test(line) ? found[1]!.trim() : null;
}

function yencFiles(text: Buffer, part: Part): readonly InlineFile[] {
  const found: InlineFile[] = [];
  for (let at = lineWith(text, '=ybegin ', 0); at >= 0 && found.length < MOST_FILES; ) {
    const head = /^=ybegin [^\r\n]{0,300}?name=([^\r\n]{1,200})/.exec(text.toString('latin1', at, at + 600));
    const last = lineWith(text, '=yend', at);
    if (last < 0) break;
    const stop = text.indexOf(10, last);
    const end = stop < 0 ? text.length : stop;
    if (head) found.push(placed(part, head[1]!.trim(), 'yenc', at, end));
    at = lineWith(text, '=ybegin ', end);
  }
  return found;
}

function placed(
  part: Part,
  name: string,
  encoding: InlineFile['encoding'],
  start: number,
  end: number,
): InlineFile {
  const { body } = part;
  return {
    name: name || null,
    encoding,
    range: { start: body.start + start, end: Math.min(body.end, body.start + end) },
  };
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
