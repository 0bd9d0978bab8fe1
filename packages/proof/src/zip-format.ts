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
const NO_FIELDS: readonly number[] = [];
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;

const UTF8_NAMES = 0x0800;
/** 1 January 1980: no clock in the file, so equal input gives equal bytes. */
const NO_DATE = 0x0021;
const MADE_BY_UNIX = 3 << 8;
const PLAIN_FILE_0644 = 0o100644 * 0x10000;

/** The header in front of an entry's bytes. */
export function localHeader(entry: PlacedEntry): Uint8Array {
  const name = utf8(entry.path);
  const extra = entry.sizeBytes >= FULL32 ? [entry.sizeBytes, entry.sizeBytes] : NO_FIELDS;
  const header = new Uint8Array(LOCAL_BYTES + name.length + extraBytes(extra));
  put(header, 0, SIGNATURE.local, 4);
  writeCommon(header, 4, entry, { nameBytes: name.length, extra });
  header.set(name, LOCAL_BYTES);
  writeExtra(header, LOCAL_BYTES + name.length, extra);
  return header;
}

/** The entry's line in the central directory. */
export function centralHeader(entry: PlacedEntry): Uint8Array {
  const name = utf8(entry.path);
  const sizes = entry.sizeBytes >= FULL32 ? [entry.sizeBytes, entry.sizeBytes] : NO_FIELDS;
  const extra = entry.offset >= FULL32 ? [...sizes, entry.offset] : sizes;
  const header = new Uint8Array(CENTRAL_BYTES + name.length + extraBytes(extra));
  put(header, 0, SIGNATURE.central, 4);
  put(header, 4, MADE_BY_UNIX | version(extra), 2);
  writeCommon(header, 6, entry, { nameBytes: name.length, extra });
  put(header, 38, PLAIN_FILE_0644, 4);
  put(header, 42, Math.min(entry.offset, FULL32), 4);
  header.set(name, CENTRAL_BYTES);
  writeExtra(header, CENTRAL_BYTES + name.length, extra);
  return header;
}

/** What closes the file: with the zip64 records only when a number does not fit without them. */
export function endRecords(count: number, directoryAt: number, directoryBytes: number): Uint8Array {
  const end = new Uint8Array(END_BYTES);
  put(end, 0, SIGNATURE.end, 4);
  put(end, 8, Math.min(count, FULL16), 2);
  put(end, 10, Math.min(count, FULL16), 2);
  put(end, 12, Math.min(directoryBytes, FULL32), 4);
  put(end, 16, Math.min(directoryAt, FULL32), 4);
  const large = count >= FULL16 || directoryAt >= FULL32 || directoryBytes >= FULL32;
  return large ? concat(end64(count, directoryAt, directoryBytes), end) : end;
}

/** Bytes of an entry's local header. */
export function localHeaderBytes({ path, sizeBytes }: { path: string; sizeBytes: number }): number {
  return LOCAL_BYTES + utf8(path).length + (sizeBytes >= FULL32 ? 20 : 0);
}

function end64(count: number, directoryAt: number, directoryBytes: number): Uint8Array {
  const record = new Uint8Array(END64_BYTES + LOCATOR_BYTES);
  put(record, 0, SIGNATURE.end64, 4);
  put(record, 4, END64_BYTES - 12, 8);
  put(record, 12, MADE_BY_UNIX | VERSION_ZIP64, 2);
  put(record, 14, VERSION_ZIP64, 2);
  put(record, 24, count, 8);
  put(record, 32, count, 8);
  put(record, 40, directoryBytes, 8);
  put(record, 48, directoryAt, 8);
  put(record, END64_BYTES, LOCATOR_SIGNATURE, 4);
  put(record, END64_BYTES + 8, directoryAt + directoryBytes, 8);
  put(record, END64_BYTES + 16, 1, 4);
  return record;
}

/** The fields that local and central header share. */
function writeCommon(
  header: Uint8Array,
  at: number,
  { crc32, sizeBytes }: PlacedEntry,
  { nameBytes, extra }: { nameBytes: number; extra: readonly number[] },
): void {
  put(header, at, version(extra), 2);
  put(header, at + 2, UTF8_NAMES, 2);
  put(header, at + 8, NO_DATE, 2);
  put(header, at + 10, crc32, 4);
  put(header, at + 14, Math.min(sizeBytes, FULL32), 4);
  put(header, at + 18, Math.min(sizeBytes, FULL32), 4);
  put(header, at + 22, nameBytes, 2);
  put(header, at + 24, extraBytes(extra), 2);
}

function extraBytes(fields: readonly number[]): number {
  return fields.length === 0 ? 0 : 4 + fields.length * 8;
}

function writeExtra(header: Uint8Array, at: number, fields: readonly number[]): void {
  if (fields.length === 0) return;
  put(header, at, ZIP64_TAG, 2);
  put(header, at + 2, fields.length * 8, 2);
  for (const [i, field] of fields.entries()) put(header, at + 4 + i * 8, field, 8);
}

/** Little-endian, by division: a place in a file may be beyond 32 bits. */
function put(into: Uint8Array, at: number, value: number, bytes: number): void {
  let rest = value;
  for (let i = 0; i < bytes; i++) {
    into[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function version(extra: readonly number[]): number {
  return extra.length > 0 ? VERSION_ZIP64 : VERSION_PLAIN;
}
