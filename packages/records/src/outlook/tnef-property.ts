import { type Notes, note } from '../reading.ts';
import { guidAt, nameKey, type Property, TYPE } from './property.ts';

export type PropertyList = {
  readonly byId: ReadonlyMap<number, Property>;
  readonly names: ReadonlyMap<string, number>;
};

const MULTI = 0x1000;
const NAMED = 0x8000;
const SIZES: Readonly<Record<number, number>> = {
  [TYPE.int16]: 4,
  [TYPE.int32]: 4,
  [TYPE.float32]: 4,
  [TYPE.float64]: 8,
  [TYPE.currency]: 8,
  [TYPE.apptime]: 8,
  [TYPE.error]: 4,
  [TYPE.boolean]: 4,
  [TYPE.int64]: 8,
  [TYPE.time]: 8,
  [TYPE.guid]: 16,
};

type Cursor = { readonly bytes: Buffer; at: number; isBroken: boolean };

/**
 * Reads a list of properties; `size` is how many bytes it takes. A broken list ends where it breaks.
 *
 * @source MS-OXTNEF 2.1.3.4
 */
export function readProperties(
  bytes: Buffer,
  notes: Notes,
): { readonly list: PropertyList; readonly size: number } {
  const byId = new Map<number, Property>();
  const names = new Map<string, number>();
  const cursor: Cursor = { bytes, at: 0, isBroken: false };
  const count = readWord(cursor);
  for (let i = 0; i < count && !cursor.isBroken; i++) {
    const property = readProperty(cursor, names);
    if (property && !cursor.isBroken) byId.set(property.id, property);
  }
  if (cursor.isBroken)
    note(notes, 'outlook-damaged', 'A list of properties in a winmail.dat is broken; its rest was not read.');
  return { list: { byId, names }, size: cursor.at };
}

function readProperty(cursor: Cursor, names: Map<string, number>): Property | null {
  const tag = readWord(cursor);
  const type = tag & 0xffff & ~MULTI;
  const id = tag >>> 16;
  if (id >= NAMED) readName(cursor, id, names);
  const size = SIZES[type];
  const isMulti = (tag & MULTI) !== 0;
  if (size !== undefined)
    return { id, type, values: readFixed(cursor, size, isMulti ? readWord(cursor) : 1) };
  const isLong =
    type === TYPE.string8 || type === TYPE.unicode || type === TYPE.binary || type === TYPE.object;
  if (!isLong) {
    cursor.isBroken = true;
    return null;
  }
  return { id, type, values: readLong(cursor, readWord(cursor)) };
}

function readName(cursor: Cursor, id: number, names: Map<string, number>): void {
  const set = guidAt(cursor.bytes, cursor.at);
  cursor.at += 16;
  const isNumber = readWord(cursor) === 0;
  const value = readWord(cursor);
  const name = isNumber ? value : take(cursor, value).toString('utf16le').replace(/\0.*$/s, '');
  if (!isNumber) cursor.at += padding(value);
  if (!cursor.isBroken) names.set(nameKey(set, name), id);
}

function readFixed(cursor: Cursor, size: number, count: number): readonly Buffer[] {
  const values: Buffer[] = [];
  for (let i = 0; i < count && !cursor.isBroken; i++) values.push(take(cursor, size));
  return values;
}

function readLong(cursor: Cursor, count: number): readonly Buffer[] {
  const values: Buffer[] = [];
  for (let i = 0; i < count && !cursor.isBroken; i++) {
    const size = readWord(cursor);
    values.push(take(cursor, size));
    cursor.at += padding(size);
  }
  return values;
}

function padding(size: number): number {
  return (4 - (size % 4)) % 4;
}

function readWord(cursor: Cursor): number {
  const bytes = take(cursor, 4);
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
}

function take(cursor: Cursor, size: number): Buffer {
  const bytes = cursor.bytes.subarray(cursor.at, cursor.at + size);
  if (bytes.length < size) cursor.isBroken = true;
  cursor.at += size;
  return bytes;
}
