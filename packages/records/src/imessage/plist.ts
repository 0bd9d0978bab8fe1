import { asBuffer } from '../source.ts';

/** What a binary property list holds. Dates are seconds since 2001; ids are places in a keyed archive. */
export type Plist =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { readonly uid: number }
  | readonly Plist[]
  | { readonly [key: string]: Plist };

type Shape = {
  readonly bytes: Buffer;
  readonly offsets: readonly number[];
  readonly refBytes: number;
  readonly budget: { objects: number };
};

const TRAILER_BYTES = 32;
const MOST_OBJECTS = 100_000;
const DEEPEST = 40;

/**
 * Reads a binary property list.
 *
 * @returns null for bytes that are none; what is damaged inside is null too.
 * @source CFBinaryPList.c, Apple, format bplist00
 */
export function readPlist(input: Uint8Array): Plist {
  const bytes = asBuffer(input);
  if (bytes.length < 8 + TRAILER_BYTES || bytes.toString('latin1', 0, 6) !== 'bplist') return null;
  const trailer = bytes.subarray(bytes.length - TRAILER_BYTES);
  const offsetBytes = trailer[6]!;
  const refBytes = trailer[7]!;
  const count = Number(trailer.readBigUInt64BE(8));
  const top = Number(trailer.readBigUInt64BE(16));
  const table = Number(trailer.readBigUInt64BE(24));
  const isPossible = count <= MOST_OBJECTS && table + count * offsetBytes <= bytes.length - TRAILER_BYTES;
  if (!isPossible || !fits(offsetBytes) || !fits(refBytes)) return null;
  const offsets = Array.from({ length: count }, (_, index) =>
    uint(bytes, table + index * offsetBytes, offsetBytes),
  );
  return objectAt({ bytes, offsets, refBytes, budget: { objects: MOST_OBJECTS } }, top, 0);
}

function fits(size: number): boolean {
  return size >= 1 && size <= 6;
}

function uint(bytes: Buffer, at: number, size: number): number {
  return fits(size) && at >= 0 && at + size <= bytes.length ? bytes.readUIntBE(at, size) : -1;
}

/** A list inside itself, or one that is referred to a million times, ends at a limit. */
function objectAt(shape: Shape, index: number, depth: number): Plist {
  const at = shape.offsets[index];
  shape.budget.objects -= 1;
  if (at === undefined || at < 8 || at >= shape.bytes.length || depth > DEEPEST || shape.budget.objects < 0)
    return null;
  const marker = shape.bytes[at]!;
  const low = marker & 15;
  switch (marker >> 4) {
    case 0:
      return low === 8 ? false : low === 9 ? true : null;
    case 1:
      return wholeNumber(shape.bytes, at + 1, 1 << low);
    case 2:
    case 3:
      return realNumber(shape.bytes, at + 1, 1 << low);
    case 8:
      return { uid: uint(shape.bytes, at + 1, low + 1) };
    default:
      return counted(shape, at, marker >> 4, depth);
  }
}

function wholeNumber(bytes: Buffer, at: number, size: number): Plist {
  if (at + size > bytes.length) return null;
  if (size <= 4) return bytes.readUIntBE(at, size);
  if (size !== 8) return null;
  const value = bytes.readBigInt64BE(at);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function realNumber(bytes: Buffer, at: number, size: number): Plist {
  if (at + size > bytes.length) return null;
  return size === 4 ? bytes.readFloatBE(at) : size === 8 ? bytes.readDoubleBE(at) : null;
}

/** Data, text, lists and dictionaries: a count, in the marker or behind it, then so many of them. */
function counted(shape: Shape, at: number, kind: number, depth: number): Plist {
  const { bytes } = shape;
  const { count, start } = countOf(bytes, at);
  if (count < 0 || start + count > bytes.length) return null;
  if (kind === 4) return Uint8Array.from(bytes.subarray(start, start + count));
  if (kind === 5) return bytes.toString('latin1', start, start + count);
  if (kind === 6) return utf16(bytes, start, count);
  if (kind === 10 || kind === 12)
    return refs(shape, start, count).map((one) => objectAt(shape, one, depth + 1));
  if (kind === 13) return dictionary(shape, start, count, depth);
  return null;
}

function countOf(bytes: Buffer, at: number): { count: number; start: number } {
  const low = bytes[at]! & 15;
  if (low < 15) return { count: low, start: at + 1 };
  const size = 1 << ((bytes[at + 1] ?? 0) & 15);
  return size > 4 ? { count: -1, start: at } : { count: uint(bytes, at + 2, size), start: at + 2 + size };
}

function utf16(bytes: Buffer, start: number, count: number): string {
  const units = Buffer.from(bytes.subarray(start, start + (count * 2 - ((count * 2) % 2))));
  return units.length % 2 === 0 ? units.swap16().toString('utf16le') : '';
}

function refs({ bytes, refBytes }: Shape, start: number, count: number): readonly number[] {
  const fitting = Math.min(count, Math.floor((bytes.length - start) / refBytes));
  return Array.from({ length: fitting }, (_, index) => uint(bytes, start + index * refBytes, refBytes));
}

function dictionary(shape: Shape, start: number, count: number, depth: number): Plist {
  const keys = refs(shape, start, count);
  const values = refs(shape, start + count * shape.refBytes, count);
  const entries = keys.map((key, index) => [
    objectAt(shape, key, depth + 1),
    objectAt(shape, values[index] ?? -1, depth + 1),
  ]);
  return Object.fromEntries(entries.filter(([key]) => typeof key === 'string')) as Plist;
}

/** A dictionary, or null for anything else. */
export function dictionaryOf(value: Plist | undefined): { readonly [key: string]: Plist } | null {
  const isOne =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
  return isOne && !('uid' in value && typeof value.uid === 'number')
    ? (value as { [key: string]: Plist })
    : null;
}

/**
 * Puts a keyed archive together: ids become what they stand for.
 *
 * @returns The value under `root`, or the list itself when it is no such archive.
 */
export function unarchived(list: Plist): Plist {
  const archive = dictionaryOf(list);
  const objects = archive?.$objects;
  const root = dictionaryOf(archive?.$top)?.root ?? null;
  if (!Array.isArray(objects) || root === null) return list;
  return joined(root, objects, { objects: MOST_OBJECTS }, 0);
}

function joined(value: Plist, objects: readonly Plist[], budget: { objects: number }, depth: number): Plist {
  budget.objects -= 1;
  if (depth > DEEPEST || budget.objects < 0) return null;
  const uid =
    typeof value === 'object' && value !== null && 'uid' in value ? (value as { uid: number }).uid : null;
  if (typeof uid === 'number')
    return uid === 0 ? null : joined(objects[uid] ?? null, objects, budget, depth + 1);
  if (Array.isArray(value)) return value.map((one: Plist) => joined(one, objects, budget, depth + 1));
  const all = dictionaryOf(value);
  if (!all) return value;
  const inner = (one: Plist) => joined(one, objects, budget, depth + 1);
  if (Array.isArray(all['NS.keys']) && Array.isArray(all['NS.objects']))
    return paired(inner(all['NS.keys']), inner(all['NS.objects']));
  if (Array.isArray(all['NS.objects'])) return inner(all['NS.objects']);
  if (all['NS.relative'] !== undefined) return inner(all['NS.relative']);
  if (all['NS.string'] !== undefined) return inner(all['NS.string']);
  const kept = Object.entries(all).filter(([key]) => key !== '$class');
  return Object.fromEntries(kept.map(([key, one]) => [key, inner(one)]));
}

function paired(keys: Plist, values: Plist): Plist {
  if (!Array.isArray(keys) || !Array.isArray(values)) return null;
  return Object.fromEntries(
    keys.map((key: Plist, index: number) => [String(key), (values[index] ?? null) as Plist]),
  );
}
