/** How a body is packed for the wire. `other` is stated but unknown; its bytes are taken as they are. */
export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64' | 'uuencode' | 'yenc' | 'other';

const EQUALS = 61;
const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;

const USUAL: ReadonlyMap<string, TransferEncoding> = new Map([
  ['7bit', '7bit'],
  ['8bit', '7bit'],
  ['binary', '7bit'],
  ['quoted-printable', 'quoted-printable'],
  ['base64', 'base64'],
]);

/** Reads a Content-Transfer-Encoding value; identity encodings are all `7bit` here. */
export function encodingNamed(value: string): TransferEncoding {
  return USUAL.get(value.trim()) ?? encodingMeant(value);
}

function encodingMeant(value: string): TransferEncoding {
  const name = value
    .replace(/\([^()]*\)/g, '')
    .replace(/["'\s;]/g, '')
    .toLowerCase();
  if (name === '' || name === '7-bit' || name === '8-bit') return '7bit';
  if (name === 'quoted_printable' || name === 'qp') return 'quoted-printable';
  if (name === 'b') return 'base64';
  return USUAL.get(name) ?? (/^(?:x-)?uue(?:ncode)?$/.test(name) ? 'uuencode' : 'other');
}

let scratch = Buffer.alloc(64 * 1024);
const LARGEST_SCRATCH = 1024 * 1024;

/** Unpacks a body that is read at once: the result is good until the next call. */
export function decodeTransferBriefly(bytes: Buffer, encoding: TransferEncoding): Buffer {
  const isPacked = encoding === 'quoted-printable' || encoding === 'base64';
  if (!isPacked || bytes.length > LARGEST_SCRATCH) return decodeTransfer(bytes, encoding);
  if (scratch.length < bytes.length) scratch = Buffer.alloc(Math.min(LARGEST_SCRATCH, bytes.length * 2));
  return encoding === 'base64' ? decodeBase64(bytes, scratch) : decodeQuotedPrintable(bytes, scratch);
}

/** Unpacks a whole body. The result may be a view of `bytes`, so it is only for reading. */
export function decodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  if (encoding === 'uuencode') return decodeUu(bytes);
  if (encoding === 'yenc') return decodeYenc(bytes);
  return bytes;
}

/**
 * Ignores whatever is no base64. Padding ends it, unless a whole group follows: then files were simply concatenated.
 */
export function decodeBase64(bytes: Buffer, into?: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const pad = text.indexOf('=');
  const isPlain = pad < 0 || text.length - pad < 5;
  if (isPlain && into) return into.subarray(0, into.write(text, 'base64'));
  if (pad < 0) return Buffer.from(text, 'base64');
  const rest = text
    .slice(pad)
    .replace(/^=+/, '')
    .replace(/[\r\n\t ]+/g, '');
  if (rest.length < 4 || rest.length % 4 !== 0 || !/^[A-Za-z0-9+/]+=*/.test(rest)) {
    return Buffer.from(text.slice(0, pad), 'base64');
  }
  const chunks = text.split(/=+/).map((piece) => Buffer.from(piece, 'base64'));
  return Buffer.concat(chunks);
}

/**
 * True if bytes in base64 hold more than was decoded of them, or what is no base64: words of a relay, a piece that is cut.
 *
 * @param decodedBytes How many bytes came out. Of regular lines this alone tells, and nothing is read again.
 */
export function isDamagedBase64(bytes: Buffer, decodedBytes: number): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1]! <= SPACE) end--;
  const lf = bytes.indexOf(LF);
  const line = lf < 0 || lf >= end ? end + 1 : lf + 1;
  const ending = lf > 0 && bytes[lf - 1] === CR ? 2 : 1;
  let pads = 0;
  while (pads < end && bytes[end - pads - 1] === EQUALS) pads++;
  const characters = Math.floor(end / line) * (line - ending) + (end % line) - pads;
  if (characters % 4 !== 1 && Math.floor((characters * 3) / 4) === decodedBytes) return false;
  return isDamagedInDetail(bytes, end, decodedBytes);
}

function isDamagedInDetail(bytes: Buffer, end: number, decodedBytes: number): boolean {
  let characters = 0;
  let groupsCut = 0;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === EQUALS) groupsCut += bytes[at - 1] === EQUALS ? 0 : 1;
    else if (isBase64(byte)) characters++;
    else if (byte > SPACE) return true;
  }
  const isOneOver = characters % 4 === 1 && groupsCut === 0;
  return isOneOver || decodedBytes + 2 * groupsCut < Math.floor((characters * 3) / 4);
}

function isBase64(byte: number): boolean {
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  // `+/` and, of those who write for addresses of pages, `-_`.
  return isLetter || (byte >= 47 && byte <= 57) || byte === 43 || byte === 45 || byte === 95;
}

/** Values of hexadecimal digits, 255 for anything else. */
const HEX = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) {
  HEX['0123456789abcdef'.charCodeAt(i)] = i;
  HEX['0123456789ABCDEF'.charCodeAt(i)] = i;
}

/** From this length on copying natively beats copying byte by byte. */
const LONG_RUN = 24;

/**
 * RFC 2045 6.7, leniently: a `=` that starts nothing stays, spaces at a line's end were added on the way and go.
 *
 * @param into Holds the result if given; at least as long as `bytes`.
 */
export function decodeQuotedPrintable(bytes: Buffer, into?: Buffer): Buffer {
  if (!bytes.includes(EQUALS)) return bytes;
  const out = into ?? Buffer.allocUnsafe(bytes.length);
  const written = hasBlankEnds(bytes) ? unpackTrimming(bytes, out) : unpack(bytes, out);
  return out.subarray(0, written);
}

/** The usual case: groups of three as long as they follow each other, plain runs at once. */
function unpack(bytes: Buffer, out: Buffer): number {
  const size = bytes.length;
  const last = size - 2;
  let written = 0;
  for (let i = 0; i < size; ) {
    while (i < last && bytes[i] === EQUALS) {
      const high = HEX[bytes[i + 1]!]!;
      const low = HEX[bytes[i + 2]!]!;
      if ((high | low) > 15) break;
      out[written++] = (high << 4) | low;
      i += 3;
    }
    const near = Math.min(size, i + LONG_RUN);
    while (i < near && bytes[i] !== EQUALS) out[written++] = bytes[i++]!;
    if (i >= size) break;
    if (bytes[i] !== EQUALS) {
      const next = bytes.indexOf(EQUALS, i);
      const stop = next < 0 ? size : next;
      written += bytes.copy(out, written, i, stop);
      i = stop;
    } else if (i >= last || (HEX[bytes[i + 1]!]! | HEX[bytes[i + 2]!]!) > 15) {
      const next = softBreak(bytes, i + 1);
      if (next < 0) out[written++] = EQUALS;
      i = next < 0 ? i + 1 : next;
    }
  }
  return written;
}

/** The rare case: plain spaces at a line's end go, encoded ones stay. */
function unpackTrimming(bytes: Buffer, out: Buffer): number {
  let written = 0;
  let solid = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte !== EQUALS) {
      if (byte === LF || byte === CR) written = trimmed(out, written, solid);
      out[written++] = byte;
      continue;
    }
    const high = HEX[bytes[i + 1] ?? 0]!;
    const low = HEX[bytes[i + 2] ?? 0]!;
    const next = (high | low) < 16 ? 0 : softBreak(bytes, i + 1);
    if (next < 0) {
      out[written++] = byte;
      continue;
    }
    if (next === 0) out[written++] = (high << 4) | low;
    solid = written;
    i = next === 0 ? i + 2 : next - 1;
  }
  return written;
}

/** True if any line ends in a space or tab. */
function hasBlankEnds(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(LF); at > 0; at = bytes.indexOf(LF, at + 1)) {
    const last = bytes[at - 1] === CR ? bytes[at - 2] : bytes[at - 1];
    if (last === SPACE || last === TAB) return true;
  }
  return false;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function trimmed(out: Buffer, written: number, solid: number): number {
  let stop = written;
  while (stop > solid && isBlank(out[stop - 1]!)) stop--;
  return stop;
}

/** The place after a soft line break, or -1 if there is none. */
function softBreak(bytes: Buffer, from: number): number {
  let i = from;
  while (i < bytes.length && isBlank(bytes[i]!)) i++;
  if (i >= bytes.length) return bytes.length;
  if (bytes[i] === CR) return bytes[i + 1] === LF ? i + 2 : i + 1;
  return bytes[i] === LF ? i + 1 : -1;
}

/** Everything between `begin` and `end`; lines that make no sense are skipped. */
function decodeUu(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => /^begin [0-7]{3,4} /.test(line));
  if (first < 0) return bytes;
  const out: number[] = [];
  for (const line of lines.slice(first + 1)) {
    if (line === 'end') break;
    const size = line.length === 0 ? 0 : (line.charCodeAt(0) - 32) & 63;
    uuLine(line, size, out);
  }
  return Buffer.from(out);
}

/** yEnc 1.3: every byte plus 42, a few of them escaped; lines that begin with `=y` are its own. */
function decodeYenc(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let written = 0;
  for (let at = 0; at < bytes.length; ) {
    const lf = bytes.indexOf(LF, at);
    const stop = lf < 0 ? bytes.length : lf;
    const isOwn = bytes[at] === EQUALS && bytes[at + 1] === 121;
    if (!isOwn) written = yencLine(bytes, at, bytes[stop - 1] === CR ? stop - 1 : stop, out, written);
    at = stop + 1;
  }
  return out.subarray(0, written);
}

function yencLine(bytes: Buffer, from: number, stop: number, out: Buffer, before: number): number {
  let written = before;
  // A point at the start of a line was doubled on the way (RFC 3977 3.1.1).
  const start = bytes[from] === 46 && bytes[from + 1] === 46 ? from + 1 : from;
  for (let i = start; i < stop; i++) {
    const isEscaped = bytes[i] === EQUALS && i + 1 < stop;
    if (isEscaped) i++;
    out[written++] = (bytes[i]! - (isEscaped ? 106 : 42)) & 255;
  }
  return written;
}

function uuLine(line: string, size: number, out: number[]): void {
  const stop = out.length + size;
  for (let i = 1; out.length < stop; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => ((line.charCodeAt(i + k) || 32) - 32) & 63) as [
      number,
      number,
      number,
      number,
    ];
    const triple = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
    for (const byte of triple) if (out.length < stop) out.push(byte);
  }
}

/** True if bytes declared base64 are plainly something else: fewer than 7 in 8 of the first are of its alphabet. */
export function isHardlyBase64(bytes: Buffer): boolean {
  const size = Math.min(bytes.length, 2000);
  let foreign = 0;
  for (let i = 0; i < size; i++) {
    const byte = bytes[i]!;
    const isWord = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || (byte >= 47 && byte <= 57);
    if (
      !isWord &&
      byte !== 43 &&
      byte !== EQUALS &&
      byte !== LF &&
      byte !== CR &&
      byte !== SPACE &&
      byte !== TAB
    ) {
      foreign++;
    }
  }
  return foreign * 8 > size || wordySpaces(bytes, size);
}

/** Prose without punctuation is all letters too; but base64 has no spaces inside its first line. */
function wordySpaces(bytes: Buffer, size: number): boolean {
  const first = /\S[^\r\n]*/.exec(bytes.toString('latin1', 0, Math.min(size, 400)))?.[0] ?? '';
  return (first.trim().match(/[A-Za-z0-9.,] +[A-Za-z0-9]/g)?.length ?? 0) >= 2;
}
