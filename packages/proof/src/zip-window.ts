import { concat } from './bytes.ts';
import { ZipError } from './zip-format.ts';

/** A file to read at any place; `read` gives exactly the bytes [start, end). */
export type RandomAccess = {
  readonly size: number;
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** The bytes [start, end) of a file. @throws ZipError `truncated` */
export type Read = (start: number, end: number) => Promise<Uint8Array>;

/** So much is read at once. */
export const CHUNK_BYTES = 1 << 20;

/**
 * Reads by the megabyte, and the next one while this one is looked at: a bundle has tens of thousands of small files that
 * lie one after the other.
 */
export function windowed(source: RandomAccess): Read {
  let from = 0;
  let window: Uint8Array = new Uint8Array(0);
  let next: Promise<Uint8Array> | null = null;
  const megabyteAt = (at: number) => readExactly(source, at, Math.min(at + CHUNK_BYTES, source.size));
  const open = (start: number, bytes: Uint8Array) => {
    from = start;
    window = bytes;
    const end = from + window.length;
    next = end < source.size ? megabyteAt(end) : null;
    // Perhaps nobody asks for it; whoever does hears of it.
    next?.catch(() => {});
  };
  return async (start, end) => {
    const isInside = start >= from && start <= from + window.length;
    if (isInside && end <= from + window.length) return window.subarray(start - from, end - from);
    if (end - start >= CHUNK_BYTES) return readExactly(source, start, end);
    if (isInside && next !== null) open(start, concat(window.subarray(start - from), await next));
    else open(start, await megabyteAt(start));
    return window.subarray(0, end - start);
  };
}

async function readExactly(source: RandomAccess, start: number, end: number): Promise<Uint8Array> {
  const bytes = await source.read(start, end);
  if (bytes.length !== end - start) throw new ZipError('truncated', 'The file ended while it was read.');
  return bytes;
}
