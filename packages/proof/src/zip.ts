import { concat, equalBytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { foldPath, pathProblem } from './safe-path.ts';
import { checkLayout, parseDirectory, readEnd } from './zip-directory.ts';
import { centralHeader, endRecords, localHeader, type PlacedEntry, ZipError } from './zip-format.ts';
import { CHUNK_BYTES, type RandomAccess, type Read, windowed } from './zip-window.ts';

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

const WRITE_BYTES = 1 << 18;

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
