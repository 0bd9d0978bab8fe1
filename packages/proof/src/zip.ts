import { concat, equalBytes, fromUtf8 } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { foldPath, pathProblem } from './safe-path.ts';
import {
  CENTRAL_BYTES,
  centralHeader,
  END_BYTES,
  END64_BYTES,
  endRecords,
  LOCATOR_BYTES,
  localHeader,
  localHeaderBytes,
  type PlacedEntry,
  SIGNATURE,
  ZipError,
} from './zip-format.ts';

// The zip of a bundle is the plainest one there is: every entry stored as it is, one after the other, each header as
// this file writes it. Stored, because an exhibit then lies in the zip byte by byte as it arrived, and because what
// is not compressed cannot be a bomb. Plain, because two programs that read a zip differently are an attack: here
// the whole container follows from paths and contents, and the reader refuses whatever differs by one bit.

/** An entry to write; its size and checksum come first in a zip, so they are known before the bytes. */
export type ZipEntry = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly chunks: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

/** A file to read at any place; `read` gives exactly the bytes [start, end). */
export type RandomAccess = {
  readonly size: number;
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** An opened zip. */
export type Zip = {
  readonly entries: readonly PlacedEntry[];
  /**
   * The entry's bytes, piece by piece; a piece is good until the next one is asked for.
   *
   * @throws ZipError `header-mismatch`, and `checksum-mismatch` after the last piece
   */
  readonly chunks: (entry: PlacedEntry) => AsyncGenerator<Uint8Array>;
  /**
   * The entry in one piece, good until the next reading; its checksum is for the caller to check. The quick way for
   * many small files.
   *
   * @throws ZipError `header-mismatch`
   */
  readonly view: (entry: PlacedEntry) => Promise<Uint8Array>;
  /** @throws ZipError as `chunks`, and `too-large` above `maxBytes` */
  readonly read: (entry: PlacedEntry, maxBytes: number) => Promise<Uint8Array>;
};

const CHUNK_BYTES = 1 << 20;
const WRITE_BYTES = 1 << 18;
const MAX_DIRECTORY_BYTES = 1 << 28;

/** An entry whose bytes are at hand. */
export function zipEntryOf(path: string, bytes: Uint8Array): ZipEntry {
  return { path, sizeBytes: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

/**
 * Writes a zip in pieces of about 256 kB.
 *
 * @throws ZipError `unsafe-path`, `duplicate-path`; `size-mismatch`, `checksum-mismatch` if an entry gives other bytes
 *   than it announced
 */
export async function* writeZip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  yield* gather(zipPieces(entries));
}

/**
 * Opens a zip that {@link writeZip} wrote, and no other: nothing in it is believed.
 *
 * @throws ZipError
 */
export async function openZip(source: RandomAccess): Promise<Zip> {
  const read = windowed(source);
  const end = await readEnd(source.size, read);
  const directory = await read(end.directoryAt, end.directoryAt + end.directoryBytes);
  const entries = parseDirectory(directory.slice(), end);
  checkPaths(entries);
  checkLayout(entries, end.directoryAt);
  const expected = endRecords(entries.length, end.directoryAt, end.directoryBytes);
  const found = await read(end.directoryAt + end.directoryBytes, source.size);
  if (!equalBytes(found, expected))
    throw new ZipError('header-mismatch', 'The end of the zip is not as we write it.');
  const chunks = (entry: PlacedEntry) => readChunks(read, entry);
  return {
    entries,
    chunks,
    view: (entry) => readView(read, entry),
    read: (entry, maxBytes) => readWhole(chunks(entry), entry, maxBytes),
  };
}

async function* zipPieces(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const placed: PlacedEntry[] = [];
  const claim = pathClaims();
  let offset = 0;
  for await (const { chunks, ...entry } of entries) {
    claim(entry.path);
    const here = { ...entry, offset };
    const header = localHeader(here);
    yield header;
    yield* announced(here, chunks());
    placed.push(here);
    offset += header.length + entry.sizeBytes;
  }
  let directoryBytes = 0;
  for (const entry of placed) {
    const header = centralHeader(entry);
    directoryBytes += header.length;
    yield header;
  }
  yield endRecords(placed.length, offset, directoryBytes);
}

/** Passes an entry's bytes on, and fails when they are not what its header says. */
async function* announced(
  entry: PlacedEntry,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let crc = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.sizeBytes)
    throw new ZipError('size-mismatch', `${entry.path} changed its size.`, entry.path);
  if (crc !== entry.crc32) throw checksumMismatch(entry);
}

async function* gather(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < WRITE_BYTES) continue;
    yield concat(...held);
    held = [];
    bytes = 0;
  }
  yield concat(...held);
}

type Read = (start: number, end: number) => Promise<Uint8Array>;

/**
 * Reads by the megabyte, and the next one while this one is looked at: a bundle has tens of thousands of small files that
 * lie one after the other.
 */
function windowed(source: RandomAccess): Read {
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

type End = { readonly count: number; readonly directoryAt: number; readonly directoryBytes: number };

async function readEnd(size: number, read: Read): Promise<End> {
  const tail = await read(Math.max(0, size - END_BYTES - LOCATOR_BYTES - END64_BYTES), size);
  const view = viewOf(tail);
  const at = tail.length - END_BYTES;
  if (at < 0 || view.getUint32(at, true) !== SIGNATURE.end) throw await withoutEnd(size, read);
  const record = at - LOCATOR_BYTES - END64_BYTES;
  const large = record >= 0 && view.getUint32(record, true) === SIGNATURE.end64;
  const end = large
    ? {
        count: u64(view, record + 32),
        directoryBytes: u64(view, record + 40),
        directoryAt: u64(view, record + 48),
      }
    : {
        count: view.getUint16(at + 10, true),
        directoryBytes: view.getUint32(at + 12, true),
        directoryAt: view.getUint32(at + 16, true),
      };
  const recordBytes = large ? END64_BYTES + LOCATOR_BYTES + END_BYTES : END_BYTES;
  if (end.directoryAt + end.directoryBytes !== size - recordBytes) {
    throw new ZipError(
      'unaccounted-bytes',
      'The table of contents does not lie where the end of the zip says.',
    );
  }
  if (end.directoryBytes > MAX_DIRECTORY_BYTES)
    throw new ZipError('too-large', 'The table of contents is too large.');
  return end;
}

/** Tells a stranger's file from a zip that was cut, and from one that something was added to. */
async function withoutEnd(size: number, read: Read): Promise<ZipError> {
  const head = size >= 4 ? viewOf(await read(0, 4)).getUint32(0, true) : 0;
  if (head !== SIGNATURE.local) return new ZipError('not-a-zip', 'This file is not a zip.');
  const tail = viewOf(await read(Math.max(0, size - 70_000), size));
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === SIGNATURE.end) {
      return new ZipError('trailing-bytes', 'Something was added after the end of the zip.');
    }
  }
  return new ZipError('truncated', 'The zip is cut off: its table of contents is missing.');
}

function parseDirectory(directory: Uint8Array, { count }: End): readonly PlacedEntry[] {
  const entries: PlacedEntry[] = [];
  const view = viewOf(directory);
  for (let at = 0; at < directory.length; ) {
    if (at + CENTRAL_BYTES > directory.length || view.getUint32(at, true) !== SIGNATURE.central) {
      throw new ZipError('header-mismatch', 'The table of contents cannot be read.');
    }
    const end = at + CENTRAL_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true);
    const header = directory.subarray(at, end);
    entries.push(parseCentral(header));
    at += header.length + view.getUint16(at + 32, true);
  }
  if (entries.length !== count)
    throw new ZipError('header-mismatch', 'The zip holds another number of files.');
  return entries;
}

function parseCentral(header: Uint8Array): PlacedEntry {
  const view = viewOf(header);
  const nameEnd = CENTRAL_BYTES + view.getUint16(28, true);
  const path = pathOf(header.subarray(CENTRAL_BYTES, nameEnd));
  const flags = view.getUint16(8, true);
  if ((flags & 0x2041) !== 0) throw new ZipError('encrypted', `${path} is encrypted.`, path);
  if (view.getUint16(10, true) !== 0) {
    throw new ZipError('compressed', `${path} is compressed: this is not the zip as it was made.`, path);
  }
  const wide = zip64Fields(header.subarray(nameEnd));
  const size = view.getUint32(24, true);
  const offset = view.getUint32(42, true);
  const entry = {
    path,
    crc32: view.getUint32(16, true),
    sizeBytes: size === 0xffffffff ? (wide[0] ?? size) : size,
    offset: offset === 0xffffffff ? (wide.at(-1) ?? offset) : offset,
  };
  if (!equalBytes(centralHeader(entry), header)) {
    throw new ZipError(
      'header-mismatch',
      `The entry of ${path} in the table of contents is not as we write it.`,
      path,
    );
  }
  return entry;
}

function pathOf(name: Uint8Array): string {
  try {
    return fromUtf8(name);
  } catch {
    throw new ZipError('unsafe-path', 'The name of a file is not UTF-8.');
  }
}

function zip64Fields(extra: Uint8Array): readonly number[] {
  const view = viewOf(extra);
  const fields: number[] = [];
  for (let at = 4; at + 8 <= extra.length; at += 8) fields.push(u64(view, at));
  return fields;
}

function checkPaths(entries: readonly PlacedEntry[]): void {
  const claim = pathClaims();
  for (const { path } of entries) claim(path);
}

/** Refuses paths that are unsafe, or that some system would unpack over another. */
function pathClaims(): (path: string) => void {
  const files = new Set<string>();
  const folders = new Set<string>();
  return (path) => {
    const problem = pathProblem(path);
    if (problem !== null)
      throw new ZipError('unsafe-path', `The path ${JSON.stringify(path)} is refused: ${problem}.`);
    const folded = foldPath(path);
    const parents = parentsOf(folded);
    if (files.has(folded) || folders.has(folded) || parents.some((parent) => files.has(parent))) {
      throw new ZipError('duplicate-path', `${path} is there twice.`, path);
    }
    files.add(folded);
    for (const parent of parents) folders.add(parent);
  };
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) parents.push(path.slice(0, at));
  return parents;
}

/** Entries lie in the order of the table, without a byte between them. */
function checkLayout(entries: readonly PlacedEntry[], directoryAt: number): void {
  let at = 0;
  for (const entry of entries) {
    if (entry.offset < at) throw new ZipError('overlap', `${entry.path} overlaps another file.`, entry.path);
    if (entry.offset > at) {
      throw new ZipError(
        'unaccounted-bytes',
        `Bytes that belong to no file lie before ${entry.path}.`,
        entry.path,
      );
    }
    at += localHeaderBytes(entry) + entry.sizeBytes;
  }
  if (at > directoryAt) throw new ZipError('overlap', 'The last file reaches into the table of contents.');
  if (at < directoryAt)
    throw new ZipError('unaccounted-bytes', 'Bytes that belong to no file follow the last one.');
}

async function* readChunks(read: Read, entry: PlacedEntry): AsyncGenerator<Uint8Array> {
  const header = localHeader(entry);
  const end = entry.offset + header.length + entry.sizeBytes;
  const first = await read(entry.offset, Math.min(end, entry.offset + CHUNK_BYTES));
  let chunk = behindHeader(first, header, entry);
  let crc = crc32(chunk);
  yield chunk;
  for (let at = entry.offset + first.length; at < end; at += chunk.length) {
    chunk = await read(at, Math.min(end, at + CHUNK_BYTES));
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== entry.crc32) throw checksumMismatch(entry);
}

async function readView(read: Read, entry: PlacedEntry): Promise<Uint8Array> {
  const header = localHeader(entry);
  const end = entry.offset + header.length + entry.sizeBytes;
  return behindHeader(await read(entry.offset, end), header, entry);
}

function behindHeader(bytes: Uint8Array, header: Uint8Array, entry: PlacedEntry): Uint8Array {
  for (let i = 0; i < header.length; i++) {
    if (bytes[i] !== header[i]) {
      throw new ZipError('header-mismatch', `The header of ${entry.path} was changed.`, entry.path);
    }
  }
  return bytes.subarray(header.length);
}

async function readWhole(
  chunks: AsyncIterable<Uint8Array>,
  entry: PlacedEntry,
  maxBytes: number,
): Promise<Uint8Array> {
  if (entry.sizeBytes > maxBytes)
    throw new ZipError('too-large', `${entry.path} is too large to read.`, entry.path);
  const whole = new Uint8Array(entry.sizeBytes);
  let at = 0;
  for await (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function checksumMismatch(entry: PlacedEntry): ZipError {
  return new ZipError('checksum-mismatch', `The bytes of ${entry.path} were changed.`, entry.path);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A count beyond 2^53 becomes a wrong one here, and no place in any file. */
function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
