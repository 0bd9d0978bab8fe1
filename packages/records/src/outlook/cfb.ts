import { type Notes, note } from '../reading.ts';
import { asBuffer } from '../source.ts';

/** A stream or a storage inside a compound file. */
export type CfbEntry = {
  readonly name: string;
  readonly isStream: boolean;
  readonly children: ReadonlyMap<string, CfbEntry>;
  /** The bytes of a stream; shorter than stated, and noted, when its chain is broken. */
  readonly read: () => Buffer;
};

type Sectors = {
  readonly bytes: Buffer;
  readonly sizeBytes: number;
  readonly fat: readonly number[];
  readonly notes: Notes;
  /** Sectors that may still be read: streams that share their chains must not multiply the file. */
  readonly budget: { sectors: number };
};

type Directory = {
  readonly entries: Buffer;
  readonly sectors: Sectors;
  readonly isLarge: boolean;
  readonly readMini: (start: number, size: number) => Buffer;
  readonly smallBelow: number;
  readonly seen: Set<number>;
};

const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const MINI_BYTES = 64;
const LAST_SECTOR = 0xfffffffa;
const DIFAT_IN_HEADER = 109;
const NOBODY = 0xffffffff;
const DEEPEST = 64;
const BROKEN = 'A part of the compound file is broken or runs in a circle; it was read as far as it goes.';

/** True when the bytes begin as a compound file: a .msg, but also an old Word or Excel document. */
export function isCfb(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && asBuffer(bytes).subarray(0, 8).equals(SIGNATURE);
}

/** Where the directory of a compound file begins, from its first 512 bytes. */
export function directoryStart(head: Buffer): { readonly start: number; readonly sectorBytes: number } {
  const sectorBytes = head.readUInt16LE(30) === 12 ? 4096 : 512;
  return { start: (head.readUInt32LE(48) + 1) * sectorBytes, sectorBytes };
}

/**
 * Opens a compound file.
 *
 * @param bytes Attacker-controlled. Every sector counts against a budget of four times the file.
 * @returns The root storage, or null when the bytes are no compound file.
 * @source MS-CFB 2
 */
export function openCfb(bytes: Uint8Array, notes: Notes): CfbEntry | null {
  const file = asBuffer(bytes);
  if (!isCfb(file) || file.length < HEADER_BYTES) return null;
  const { sectorBytes } = directoryStart(file);
  const count = Math.ceil(file.length / sectorBytes);
  const budget = { sectors: count * 4 + 1024 };
  const bare = { bytes: file, sizeBytes: sectorBytes, fat: [], notes, budget };
  const sectors: Sectors = { ...bare, fat: fatSectors(bare) };
  const entries = readChain(sectors, file.readUInt32LE(48), Number.POSITIVE_INFINITY);
  if (entries.length < ENTRY_BYTES) return null;
  const directory: Directory = {
    entries,
    sectors,
    isLarge: sectorBytes === 4096,
    readMini: miniReader(sectors, entries),
    smallBelow: file.readUInt32LE(56),
    seen: new Set([0]),
  };
  return entryAt(directory, 0, 0);
}

/** The sectors that hold the allocation table: 109 in the header, the rest in a chain. */
function fatSectors(sectors: Sectors): readonly number[] {
  const { bytes, sizeBytes, notes } = sectors;
  const most = Math.ceil(bytes.length / sizeBytes);
  const found: number[] = [];
  const take = (sector: number): void => {
    if (sector < LAST_SECTOR && found.length < most) found.push(sector);
  };
  for (let i = 0; i < DIFAT_IN_HEADER; i++) take(bytes.readUInt32LE(76 + i * 4));
  let next = bytes.readUInt32LE(68);
  const perSector = sizeBytes / 4 - 1;
  for (let i = 0; next < LAST_SECTOR && i <= most; i++) {
    const at = (next + 1) * sizeBytes;
    if (at + sizeBytes > bytes.length || i === most) {
      note(notes, 'outlook-damaged', BROKEN);
      break;
    }
    for (let k = 0; k < perSector; k++) take(bytes.readUInt32LE(at + k * 4));
    next = bytes.readUInt32LE(at + perSector * 4);
  }
  return found;
}

function nextSector({ bytes, sizeBytes, fat }: Sectors, sector: number): number {
  const perSector = sizeBytes / 4;
  const holder = fat[Math.floor(sector / perSector)];
  if (holder === undefined) return NOBODY;
  const at = (holder + 1) * sizeBytes + (sector % perSector) * 4;
  return at + 4 <= bytes.length ? bytes.readUInt32LE(at) : NOBODY;
}

/** A chain of sectors as one piece: a view where they lie side by side. */
function readChain(sectors: Sectors, first: number, size: number): Buffer {
  const { bytes, sizeBytes, budget, notes } = sectors;
  const pieces: Buffer[] = [];
  const most = Math.ceil(bytes.length / sizeBytes);
  let start = first;
  let stop = first;
  let taken = 0;
  let sector = first;
  while (sector < LAST_SECTOR && taken * sizeBytes < size) {
    if (sector !== stop) {
      pieces.push(run(sectors, start, stop));
      start = sector;
    }
    stop = sector + 1;
    taken++;
    if ((sector + 1) * sizeBytes >= bytes.length || taken > most || --budget.sectors < 0) {
      note(notes, 'outlook-damaged', BROKEN);
      if (taken > most || budget.sectors < 0) return Buffer.alloc(0);
      break;
    }
    sector = nextSector(sectors, sector);
  }
  pieces.push(run(sectors, start, stop));
  const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  if (whole.length < size && size !== Number.POSITIVE_INFINITY) note(notes, 'outlook-damaged', BROKEN);
  return whole.subarray(0, size);
}

function run({ bytes, sizeBytes }: Sectors, start: number, stop: number): Buffer {
  return bytes.subarray((start + 1) * sizeBytes, (stop + 1) * sizeBytes);
}

/** Small streams lie in one stream of the root, in sectors of 64 bytes with a table of their own. */
function miniReader(sectors: Sectors, entries: Buffer): (start: number, size: number) => Buffer {
  const { bytes, notes } = sectors;
  const holder = readChain(sectors, entries.readUInt32LE(116), entries.readUInt32LE(120));
  const table = readChain(sectors, bytes.readUInt32LE(60), bytes.readUInt32LE(64) * sectors.sizeBytes);
  return (first, size) => {
    const pieces: Buffer[] = [];
    let sector = first;
    for (let left = size; left > 0; left -= MINI_BYTES) {
      if (sector * 4 + 4 > table.length || sector >= LAST_SECTOR) break;
      pieces.push(holder.subarray(sector * MINI_BYTES, sector * MINI_BYTES + Math.min(left, MINI_BYTES)));
      sector = table.readUInt32LE(sector * 4);
    }
    const whole = Buffer.concat(pieces);
    if (whole.length < size) note(notes, 'outlook-damaged', BROKEN);
    return whole;
  };
}

function entryAt(directory: Directory, index: number, depth: number): CfbEntry {
  const { entries } = directory;
  const at = index * ENTRY_BYTES;
  const nameBytes = Math.min(Math.max(entries.readUInt16LE(at + 64) - 2, 0), 62);
  const isStream = entries[at + 66] === 2;
  return {
    name: entries.toString('utf16le', at, at + nameBytes),
    isStream,
    children: isStream ? new Map() : childrenOf(directory, entries.readUInt32LE(at + 76), depth),
    read: () => (isStream ? readStream(directory, at) : Buffer.alloc(0)),
  };
}

/** The children of a storage form a tree; one that comes back to an entry it had is cut there. */
function childrenOf(directory: Directory, root: number, depth: number): ReadonlyMap<string, CfbEntry> {
  const { entries, sectors, seen } = directory;
  const children = new Map<string, CfbEntry>();
  const open = [root];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index === NOBODY) continue;
    const at = index * ENTRY_BYTES;
    if (at + ENTRY_BYTES > entries.length || seen.has(index) || depth > DEEPEST) {
      note(sectors.notes, 'outlook-damaged', BROKEN);
      continue;
    }
    seen.add(index);
    const kind = entries[at + 66];
    if (kind === 1 || kind === 2) {
      const entry = entryAt(directory, index, depth + 1);
      children.set(entry.name, entry);
    }
    open.push(entries.readUInt32LE(at + 72), entries.readUInt32LE(at + 68));
  }
  return children;
}

function readStream({ entries, sectors, isLarge, readMini, smallBelow }: Directory, at: number): Buffer {
  const low = entries.readUInt32LE(at + 120);
  const size = isLarge ? low + entries.readUInt32LE(at + 124) * 2 ** 32 : low;
  const first = entries.readUInt32LE(at + 116);
  if (size === 0) return Buffer.alloc(0);
  return size < smallBelow ? readMini(first, size) : readChain(sectors, first, size);
}
