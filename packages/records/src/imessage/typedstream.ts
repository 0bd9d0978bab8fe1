import { asBuffer } from '../source.ts';

/**
 * The text of an NSAttributedString as NSArchiver writes it, and the ids of the files that stand in it.
 *
 * @property text With U+FFFC where a file stands.
 * @property files Ids of files (`at_0_…`) in the order of their places.
 */
export type AttributedText = {
  readonly text: string;
  readonly files: readonly string[];
  /** The bytes end or differ before the text does. */
  readonly isDamaged: boolean;
};

/** A value in the stream: only strings are kept, the rest is passed over. */
type Value = string | number | null | readonly Value[];

/** Where the reader stands, and the two tables that later bytes refer to. */
type Stream = {
  readonly bytes: Buffer;
  at: number;
  readonly names: string[];
  readonly objects: (Value | Known)[];
};
/** A class in the object table, which is no value. */
type Known = { readonly className: string };

const SIGNATURE = 'streamtyped';
const INT16 = 0x81;
const INT32 = 0x82;
const FLOATING = 0x83;
const NEW = 0x84;
const NIL = 0x85;
const END = 0x86;
const FIRST_REFERENCE = 0x92;
const DEEPEST = 40;
const FILE_KEY = '__kIMFileTransferGUIDAttributeName';

/** Thrown inside this file only: the stream does not have the form that is known. */
class NotThisForm extends Error {}

/**
 * Reads the first string of a typed stream and the files named in its attributes.
 *
 * @returns null when the bytes are no typed stream or hold no string.
 * @source Read off the bytes of real messages; Apple documents no such form.
 */
export function attributedText(input: Uint8Array): AttributedText | null {
  const bytes = asBuffer(input);
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof NotThisForm)) throw error;
    return byItsPlace(bytes);
  }
}

function decode(bytes: Buffer): AttributedText | null {
  const stream: Stream = { bytes, at: 0, names: [], objects: [] };
  if (byte(stream) !== 4 || take(stream, byte(stream)).toString('latin1') !== SIGNATURE) return null;
  integer(stream);
  const values = typedValues(stream, 0);
  const strings = flat(values);
  const text = strings[0];
  return text === undefined ? null : { text, files: filesAmong(strings), isDamaged: false };
}

/** The id of a file follows the attribute that names it. */
function filesAmong(strings: readonly string[]): readonly string[] {
  let isKnown = false;
  const found: string[] = [];
  for (const one of strings.slice(1)) {
    if (one === FILE_KEY) isKnown = true;
    else if (isKnown && /^at_\d+_|^[0-9A-F]{8}-[0-9A-F]{4}-/i.test(one)) found.push(one);
  }
  return [...new Set(found)];
}

function flat(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(flat) : [];
}

/** One group: an encoding of types, then a value for each. */
function typedValues(stream: Stream, depth: number): Value[] {
  const types = name(stream);
  if (types === null) throw new NotThisForm();
  return [...types].map((type) => valueOfType(stream, type, depth));
}

function valueOfType(stream: Stream, type: string, depth: number): Value {
  if (depth > DEEPEST) throw new NotThisForm();
  switch (type) {
    case '@':
      return object(stream, depth + 1);
    case '+':
      return take(stream, integer(stream)).toString('utf8');
    case '*':
      return cString(stream);
    case 'f':
    case 'd':
      return floating(stream, type === 'f' ? 4 : 8);
    case 'i':
    case 'I':
    case 'q':
    case 'Q':
    case 's':
    case 'S':
    case 'l':
    case 'L':
    case 'c':
    case 'C':
    case 'B':
      return integer(stream);
    default:
      throw new NotThisForm();
  }
}

/** An object has a place in the table before what it holds is read. */
function object(stream: Stream, depth: number): Value {
  const tag = byte(stream);
  if (tag === NIL) return null;
  if (tag >= FIRST_REFERENCE) return referred(stream, tag);
  if (tag !== NEW) throw new NotThisForm();
  const place = stream.objects.push(null) - 1;
  className(stream);
  const held: Value[] = [];
  while (stream.bytes[stream.at] !== END) held.push(typedValues(stream, depth));
  stream.at += 1;
  // A string is what its only value says.
  const value = held.length === 1 && Array.isArray(held[0]) && held[0].length === 1 ? held[0][0]! : held;
  stream.objects[place] = value;
  return value;
}

function referred(stream: Stream, tag: number): Value {
  const found = stream.objects[tag - FIRST_REFERENCE];
  if (found === undefined || isClass(found)) throw new NotThisForm();
  return typeof found === 'string' ? found : null;
}

function isClass(value: Value | Known): value is Known {
  return typeof value === 'object' && value !== null && 'className' in value;
}

/** A class is followed by the one above it, up to none. */
function className(stream: Stream): void {
  for (let steps = 0; steps < DEEPEST; steps += 1) {
    const tag = byte(stream);
    if (tag === NIL) return;
    if (tag >= FIRST_REFERENCE) return;
    if (tag !== NEW) throw new NotThisForm();
    const found = name(stream);
    if (found === null) throw new NotThisForm();
    integer(stream);
    stream.objects.push({ className: found });
  }
  throw new NotThisForm();
}

/** A shared name: new, or one that was there before. */
function name(stream: Stream): string | null {
  const tag = byte(stream);
  if (tag === NIL) return null;
  if (tag >= FIRST_REFERENCE) {
    const found = stream.names[tag - FIRST_REFERENCE];
    if (found === undefined) throw new NotThisForm();
    return found;
  }
  if (tag !== NEW) throw new NotThisForm();
  const read = take(stream, integer(stream)).toString('latin1');
  stream.names.push(read);
  return read;
}

/** The letters of such a string are a type's name, never words of a person; it has a place in the table all the same. */
function cString(stream: Stream): Value {
  const tag = byte(stream);
  if (tag === NIL) return null;
  if (tag >= FIRST_REFERENCE) return referred(stream, tag);
  if (tag !== NEW) throw new NotThisForm();
  stream.objects.push(null);
  name(stream);
  return null;
}

function integer(stream: Stream): number {
  const tag = byte(stream);
  if (tag === INT16) return take(stream, 2).readInt16LE();
  if (tag === INT32) return take(stream, 4).readInt32LE();
  return tag > 127 ? tag - 256 : tag;
}

function floating(stream: Stream, size: 4 | 8): number {
  if (stream.bytes[stream.at] !== FLOATING) return integer(stream);
  stream.at += 1;
  const raw = take(stream, size);
  return size === 4 ? raw.readFloatLE() : raw.readDoubleLE();
}

function byte(stream: Stream): number {
  const value = stream.bytes[stream.at];
  if (value === undefined) throw new NotThisForm();
  stream.at += 1;
  return value;
}

function take(stream: Stream, length: number): Buffer {
  if (length < 0 || stream.at + length > stream.bytes.length) throw new NotThisForm();
  stream.at += length;
  return stream.bytes.subarray(stream.at - length, stream.at);
}

/** What the first string says when something is in no known form: it stands after the class, up to the next mark. */
function byItsPlace(bytes: Buffer): AttributedText | null {
  const after = bytes.indexOf('NSString', 0, 'latin1');
  const plus = after < 0 ? -1 : bytes.indexOf('\x84\x01+', after, 'latin1');
  if (plus < 0 || plus - after > 32) return null;
  const stream: Stream = { bytes, at: plus + 3, names: [], objects: [] };
  const length = lengthAt(stream);
  const mark = bytes.indexOf('\x86\x84', stream.at, 'latin1');
  const isWhole = length >= 0 && stream.at + length <= bytes.length;
  const end = isWhole ? stream.at + length : mark < 0 ? bytes.length : mark;
  return { text: bytes.toString('utf8', stream.at, end), files: [], isDamaged: true };
}

function lengthAt(stream: Stream): number {
  try {
    return integer(stream);
  } catch {
    return -1;
  }
}
