import { concat, utf8 } from './bytes.ts';

/** What can be wrong with a zip. */
export type ZipErrorCode =
  | 'not-a-zip'
  | 'truncated'
  | 'trailing-bytes'
  | 'too-large'
  | 'compressed'
  | 'encrypted'
  | 'unsafe-path'
  | 'duplicate-path'
  | 'overlap'
  | 'unaccounted-bytes'
  | 'header-mismatch'
  | 'checksum-mismatch'
  | 'size-mismatch';

/** A zip that is refused; `path` is the entry at fault, where there is one. */
export class ZipError extends Error {
  readonly code: ZipErrorCode;
  readonly path: string | null;

  constructor(code: ZipErrorCode, message: string, path: string | null = null) {
    super(message);
    this.name = 'ZipError';
    this.code = code;
    this.path = path;
  }
}

/** An entry in its place: `offset` is where its local header begins. */
export type PlacedEntry = {
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly offset: number;
};

export const SIGNATURE = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
} as const;
export const END_BYTES = 22;
export const END64_BYTES = 56;
export const LOCATOR_BYTES = 20;
const LOCATOR_SIGNATURE = 0x07064b50;
export const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
/** From this value on a field says "look in the zip64 part". */
const FULL32 = 0xffffffff;
const FULL16 = 0xffff;
const ZIP64_TAG = 0x0001;

const UTF8_NAMES = 0x0800;
/** 1 January 1980: no clock in the file, so equal input gives equal bytes. */
const NO_DATE = 0x0021;
const MADE_BY_UNIX = 3 << 8;
const PLAIN_FILE_0644 = 0o100644 * 0x10000;

/** The header in front of an entry's bytes. */
export function localHeader(entry: PlacedEntry): Uint8Array {
  const name = utf8(entry.path);
  const large = entry.sizeBytes >= FULL32;
  const extra = large ? zip64Extra([entry.sizeBytes, entry.sizeBytes]) : new Uint8Array(0);
  const header = new DataView(new ArrayBuffer(LOCAL_BYTES));
  header.setUint32(0, SIGNATURE.local, true);
  writeCommon(header, 4, entry, { large, nameBytes: name.length, extraBytes: extra.length });
  return concat(new Uint8Array(header.buffer), name, extra);
}

/** The entry's line in the central directory. */
export function centralHeader(entry: PlacedEntry): Uint8Array {
  const name = utf8(entry.path);
  const large = entry.sizeBytes >= FULL32;
  const far = entry.offset >= FULL32;
  const fields = [...(large ? [entry.sizeBytes, entry.sizeBytes] : []), ...(far ? [entry.offset] : [])];
  const extra = fields.length > 0 ? zip64Extra(fields) : new Uint8Array(0);
  const header = new DataView(new ArrayBuffer(CENTRAL_BYTES));
  header.setUint32(0, SIGNATURE.central, true);
  header.setUint16(4, MADE_BY_UNIX | version(large || far), true);
  writeCommon(header, 6, entry, { large: large || far, nameBytes: name.length, extraBytes: extra.length });
  header.setUint32(38, PLAIN_FILE_0644, true);
  header.setUint32(42, Math.min(entry.offset, FULL32), true);
  return concat(new Uint8Array(header.buffer), name, extra);
}

/** What closes the file: with the zip64 records only when a number does not fit without them. */
export function endRecords(count: number, directoryAt: number, directoryBytes: number): Uint8Array {
  const large = count >= FULL16 || directoryAt >= FULL32 || directoryBytes >= FULL32;
  const end = new DataView(new ArrayBuffer(END_BYTES));
  end.setUint32(0, SIGNATURE.end, true);
  end.setUint16(8, Math.min(count, FULL16), true);
  end.setUint16(10, Math.min(count, FULL16), true);
  end.setUint32(12, Math.min(directoryBytes, FULL32), true);
  end.setUint32(16, Math.min(directoryAt, FULL32), true);
  const last = new Uint8Array(end.buffer);
  return large ? concat(end64(count, directoryAt, directoryBytes), last) : last;
}

/** Bytes of an entry's local header. */
export function localHeaderBytes({ path, sizeBytes }: { path: string; sizeBytes: number }): number {
  return LOCAL_BYTES + utf8(path).length + (sizeBytes >= FULL32 ? 20 : 0);
}

function end64(count: number, directoryAt: number, directoryBytes: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(END64_BYTES + LOCATOR_BYTES));
  view.setUint32(0, SIGNATURE.end64, true);
  writeU64(view, 4, END64_BYTES - 12);
  view.setUint16(12, MADE_BY_UNIX | version(true), true);
  view.setUint16(14, version(true), true);
  writeU64(view, 24, count);
  writeU64(view, 32, count);
  writeU64(view, 40, directoryBytes);
  writeU64(view, 48, directoryAt);
  view.setUint32(END64_BYTES, LOCATOR_SIGNATURE, true);
  writeU64(view, END64_BYTES + 8, directoryAt + directoryBytes);
  view.setUint32(END64_BYTES + 16, 1, true);
  return new Uint8Array(view.buffer);
}

/** The fields that local and central header share. */
function writeCommon(
  view: DataView,
  at: number,
  entry: PlacedEntry,
  { large, nameBytes, extraBytes }: { large: boolean; nameBytes: number; extraBytes: number },
): void {
  view.setUint16(at, version(large), true);
  view.setUint16(at + 2, UTF8_NAMES, true);
  view.setUint16(at + 8, NO_DATE, true);
  view.setUint32(at + 10, entry.crc32, true);
  writeSizes(view, at + 14, entry.sizeBytes);
  view.setUint16(at + 22, nameBytes, true);
  view.setUint16(at + 24, extraBytes, true);
}

function writeSizes(view: DataView, at: number, sizeBytes: number): void {
  view.setUint32(at, Math.min(sizeBytes, FULL32), true);
  view.setUint32(at + 4, Math.min(sizeBytes, FULL32), true);
}

function zip64Extra(fields: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 + fields.length * 8));
  view.setUint16(0, ZIP64_TAG, true);
  view.setUint16(2, fields.length * 8, true);
  for (const [i, field] of fields.entries()) writeU64(view, 4 + i * 8, field);
  return new Uint8Array(view.buffer);
}

function writeU64(view: DataView, at: number, value: number): void {
  view.setBigUint64(at, BigInt(value), true);
}

function version(large: boolean): number {
  return large ? 45 : 20;
}
