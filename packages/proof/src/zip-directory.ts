import { equalBytes, fromUtf8 } from './bytes.ts';
import {
  CENTRAL_BYTES,
  centralHeader,
  END_BYTES,
  END64_BYTES,
  LOCATOR_BYTES,
  localHeaderBytes,
  type PlacedEntry,
  SIGNATURE,
  ZipError,
} from './zip-format.ts';
import type { Read } from './zip-window.ts';

const MAX_DIRECTORY_BYTES = 1 << 28;

type End = { readonly count: number; readonly directoryAt: number; readonly directoryBytes: number };

/** Where the table of contents lies. @throws ZipError */
export async function readEnd(size: number, read: Read): Promise<End> {
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

/** The entries as the table of contents says them; each of its bytes is as we write it. @throws ZipError */
export function parseDirectory(directory: Uint8Array, { count }: End): readonly PlacedEntry[] {
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

/** Entries lie in the order of the table, without a byte between them. */
export function checkLayout(entries: readonly PlacedEntry[], directoryAt: number): void {
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

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A count beyond 2^53 becomes a wrong one here, and no place in any file. */
function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
