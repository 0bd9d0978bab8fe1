import { isUtf8 } from 'node:buffer';
import { ownDecode } from './charset-own.ts';
import { asBuffer, type ByteSource } from './source.ts';

/** One file in a zip. Every number is the archive's claim. */
export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly unpackedBytes: number | null;
  readonly crc32: number | null;
  /** Offset of the local header. */
  readonly start: number;
  /** Offset of the packed data, when known without reading the local header. */
  readonly dataStart: number | null;
};

export type ZipDirectory = { readonly entries: readonly ZipEntry[]; readonly isTruncated: boolean };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const LARGEST_DIRECTORY = 256 * 1024 * 1024;
const SCAN_BYTES = 4 * 1024 * 1024;

/**
 * Lists what a zip holds, in file order: from its central directory, or from the local headers when that is missing.
 *
 * @source APPNOTE.TXT 6.3.9, 4.3 and 4.5.3 (zip64)
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const listed = await fromCentral(source);
  if (listed) return { entries: listed.sort((a, b) => a.start - b.start), isTruncated: false };
  return { entries: await fromLocal(source), isTruncated: true };
}

/** Where the packed data of an entry begin, or null if there is no local header. */
export async function dataStartOf(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  if (entry.dataStart !== null) return entry.dataStart;
  const head = asBuffer(await source.read(entry.start, entry.start + 30));
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) return null;
  return entry.start + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
}

async function fromCentral(source: ByteSource): Promise<ZipEntry[] | null> {
  const tailStart = Math.max(0, source.sizeBytes - 66_000);
  const tail = asBuffer(await source.read(tailStart, source.sizeBytes));
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return null;
  let size = tail.readUInt32LE(end + 12);
  let start = tail.readUInt32LE(end + 16);
  let shift = tailStart + end - size - start;
  if (start === 0xffffffff || size === 0xffffffff || tail.readUInt16LE(end + 10) === 0xffff) {
    const wide = await zip64End(source, tail, tailStart, end);
    if (wide) [size, start, shift] = [wide.size, wide.start, 0];
  }
  if (size > LARGEST_DIRECTORY) return null;
  // Bytes put before the archive (a self-extracting stub) shift every offset by the same amount.
  const moved = shift > 0 && shift < source.sizeBytes ? shift : 0;
  const bytes = asBuffer(await source.read(start + moved, start + moved + size));
  return parseCentral(bytes, moved);
}

async function zip64End(
  source: ByteSource,
  tail: Buffer,
  tailStart: number,
  end: number,
): Promise<{ size: number; start: number } | null> {
  const locator = end - 20;
  if (locator < 0 || tail.toString('latin1', locator, locator + 4) !== 'PK\x06\x07') return null;
  const at = Number(tail.readBigUInt64LE(locator + 8));
  if (at > tailStart + end) return null;
  const record = asBuffer(await source.read(at, at + 56));
  if (record.length < 56 || record.toString('latin1', 0, 4) !== 'PK\x06\x06') return null;
  return { size: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)) };
}

/** Null when the directory does not hold together. */
function parseCentral(bytes: Buffer, shift: number): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= bytes.length; ) {
    if (bytes.readUInt32LE(at) !== CENTRAL) break;
    const nameSize = bytes.readUInt16LE(at + 28);
    const extraSize = bytes.readUInt16LE(at + 30);
    const extraAt = at + 46 + nameSize;
    const next = extraAt + extraSize + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) return null;
    const wide = wideFields(bytes.subarray(extraAt, extraAt + extraSize), [
      bytes.readUInt32LE(at + 24),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]);
    const flags = bytes.readUInt16LE(at + 8);
    entries.push({
      name: nameOf(bytes.subarray(at + 46, extraAt), flags),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (flags & 1) !== 0,
      unpackedBytes: wide[0],
      packedBytes: wide[1],
      crc32: bytes.readUInt32LE(at + 16),
      start: wide[2] + shift,
      dataStart: null,
    });
    at = next;
  }
  return entries.length === 0 && bytes.length > 0 ? null : entries;
}

/** Zip64 puts those of the three that are all ones into an extra field, in this order. */
function wideFields(extra: Buffer, fields: [number, number, number]): [number, number, number] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const stop = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    let pos = at + 4;
    return fields.map((value) => {
      if (value !== 0xffffffff || pos + 8 > stop) return value;
      pos += 8;
      return Number(extra.readBigUInt64LE(pos - 8));
    }) as [number, number, number];
  }
  return fields;
}

function nameOf(bytes: Buffer, flags: number): string {
  const isUtf = (flags & 0x800) !== 0 || isUtf8(bytes);
  return isUtf ? bytes.toString('utf8') : ownDecode(bytes, 'ibm437');
}

/** A zip that lost its end: walks from local header to local header. */
async function fromLocal(source: ByteSource): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let at: number | null = await nextLocal(source, 0);
  while (at !== null) {
    const head = asBuffer(await source.read(at, at + 30 + 65_535 * 2));
    if (head.length < 30) break;
    const dataStart = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const flags = head.readUInt16LE(6);
    const isStreamed = (flags & 8) !== 0;
    const stated = head.readUInt32LE(18);
    const next: number | null = await nextLocal(
      source,
      isStreamed ? dataStart : Math.max(dataStart, Math.min(dataStart + stated, source.sizeBytes)),
    );
    const stop = next ?? source.sizeBytes;
    entries.push({
      name: nameOf(head.subarray(30, 30 + head.readUInt16LE(26)), flags),
      method: head.readUInt16LE(8),
      isEncrypted: (flags & 1) !== 0,
      packedBytes: Math.max(0, isStreamed ? stop - dataStart : stated),
      unpackedBytes: isStreamed ? null : head.readUInt32LE(22),
      crc32: isStreamed ? null : head.readUInt32LE(14),
      start: at,
      dataStart,
    });
    at = next;
  }
  return entries;
}

async function nextLocal(source: ByteSource, from: number): Promise<number | null> {
  for (let at = from; at < source.sizeBytes; at += SCAN_BYTES - 4) {
    const bytes = asBuffer(await source.read(at, Math.min(source.sizeBytes, at + SCAN_BYTES)));
    const hit = bytes.indexOf('PK\x03\x04', 0, 'latin1');
    if (hit >= 0) return at + hit;
    if (at + bytes.length >= source.sizeBytes) return null;
  }
  return null;
}
