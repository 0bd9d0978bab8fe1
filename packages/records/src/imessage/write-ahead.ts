import { asBuffer } from '../source.ts';

const HEADER_BYTES = 32;
const FRAME_BYTES = 24;
/** `377f0682` for sums over little-endian words, `377f0683` for big-endian ones. */
const MAGIC = 0x377f0682;
const VERSION = 3_007_000;
/** Where a database says how long its pages are; 1 stands for 65,536. */
const PAGE_SIZE_AT = 16;

type Sum = readonly [number, number];

/**
 * A database with what its write-ahead log says more: the newest messages stand there until the program that owns it folds
 * them in. Only whole transactions count, in their order, as far as their checksums hold; what a log keeps of an older round
 * does not.
 *
 * @param log Attacker-controlled, as the database is.
 * @returns A copy; null when the log belongs to no database of this page size, or holds no whole transaction.
 * @source https://www.sqlite.org/fileformat2.html, section 4
 */
export function withLog(database: Uint8Array, log: Uint8Array): Uint8Array | null {
  const bytes = asBuffer(log);
  const pageBytes = pageSizeOf(database);
  if (bytes.length < HEADER_BYTES || (bytes.readUInt32BE(0) & ~1) >>> 0 !== MAGIC) return null;
  if (bytes.readUInt32BE(4) !== VERSION || bytes.readUInt32BE(8) !== pageBytes) return null;
  const { pages, count } = committed(bytes, pageBytes);
  if (count === 0) return null;
  const whole = Buffer.alloc(count * pageBytes);
  asBuffer(database).copy(whole, 0, 0, Math.min(database.length, whole.length));
  for (const [page, at] of pages)
    if (page <= count) bytes.copy(whole, (page - 1) * pageBytes, at, at + pageBytes);
  return whole;
}

function pageSizeOf(database: Uint8Array): number {
  const stated = database.length < HEADER_BYTES ? 0 : asBuffer(database).readUInt16BE(PAGE_SIZE_AT);
  return stated === 1 ? 65_536 : stated;
}

/** Where the last whole transaction left each page, and how many pages the database then has; 0 without a transaction. */
function committed(log: Buffer, pageBytes: number): { pages: ReadonlyMap<number, number>; count: number } {
  const isBig = (log.readUInt32BE(0) & 1) === 1;
  const salts = log.subarray(16, 24);
  const pages = new Map<number, number>();
  const open = new Map<number, number>();
  let count = 0;
  let sum = summed([0, 0], log.subarray(0, 24), isBig);
  if (!isSum(log, 24, sum)) return { pages, count };
  for (let at = HEADER_BYTES; at + FRAME_BYTES + pageBytes <= log.length; at += FRAME_BYTES + pageBytes) {
    const page = log.readUInt32BE(at);
    if (page === 0 || !log.subarray(at + 8, at + 16).equals(salts)) break;
    sum = summed(
      summed(sum, log.subarray(at, at + 8), isBig),
      log.subarray(at + FRAME_BYTES, at + FRAME_BYTES + pageBytes),
      isBig,
    );
    if (!isSum(log, at + 16, sum)) break;
    open.set(page, at + FRAME_BYTES);
    const size = log.readUInt32BE(at + 4);
    if (size === 0) continue;
    for (const [number, place] of open) pages.set(number, place);
    open.clear();
    count = size;
  }
  return { pages, count: count * pageBytes <= MOST_BYTES ? count : 0 };
}

/** A log may state any size; a database of more than this is read by nobody here. */
const MOST_BYTES = 1024 ** 3;

function isSum(log: Buffer, at: number, [first, second]: Sum): boolean {
  return log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;
}

/** The checksum of the format: two sums that feed each other, over words of four bytes. */
function summed([first, second]: Sum, bytes: Buffer, isBig: boolean): Sum {
  let [a, b] = [first, second];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}
