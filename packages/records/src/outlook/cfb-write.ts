import type { CfbEntry } from './cfb.ts';

const SECTOR = 512;
const END = 0xfffffffe;
const FREE = 0xffffffff;
const FAT_SECTOR = 0xfffffffd;
const DIFAT_SECTOR = 0xfffffffc;
const PER_SECTOR = SECTOR / 4;
const IN_HEADER = 109;

/** What is written: a stream has bytes, a storage has children. */
export type CfbNode = {
  readonly name: string;
  readonly bytes: Buffer | null;
  readonly children: readonly CfbNode[];
};

/**
 * Makes a compound file of a storage that lies inside another one, such as an OLE object in a message.
 *
 * The streams come out byte for byte; the order of the sectors is our own.
 *
 * @source MS-CFB 2
 */
export function writeCfb(storage: CfbEntry): Buffer {
  return writeNodes({ ...nodeOf(storage), name: 'Root Entry' });
}

function nodeOf(entry: CfbEntry): CfbNode {
  const children = [...entry.children.values()].map(nodeOf);
  return { name: entry.name, bytes: entry.isStream ? entry.read() : null, children };
}

type Row = { readonly node: CfbNode; child: number; right: number; start: number };

/** Writes a compound file; every stream lies in whole sectors, none in the small ones. */
export function writeNodes(root: CfbNode): Buffer {
  const rows: Row[] = [];
  addRow(rows, root);
  const directorySectors = Math.ceil(rows.length / 4);
  const streams = rows.map(({ node }) => Math.ceil((node.bytes?.length ?? 0) / SECTOR));
  const contents = directorySectors + streams.reduce((sum, one) => sum + one, 0);
  const { fatCount, difatCount } = tablesFor(contents);
  const fat: number[] = [
    ...Array<number>(difatCount).fill(DIFAT_SECTOR),
    ...Array<number>(fatCount).fill(FAT_SECTOR),
  ];
  const directoryAt = addChain(fat, directorySectors);
  for (const [index, row] of rows.entries()) row.start = addChain(fat, streams[index]!);
  const out = Buffer.alloc((fat.length + 1) * SECTOR);
  writeHeader(out, fatCount, difatCount, directoryAt);
  writeTables(out, fat, fatCount, difatCount);
  for (const [index, row] of rows.entries()) writeRow(out, (directoryAt + 1) * SECTOR + index * 128, row);
  return out;
}

function addRow(rows: Row[], node: CfbNode): number {
  const index = rows.length;
  const row: Row = { node, child: FREE, right: FREE, start: END };
  rows.push(row);
  let before: Row | null = null;
  for (const child of node.children.toSorted(byName)) {
    const at = addRow(rows, child);
    if (before) before.right = at;
    else row.child = at;
    before = rows[at]!;
  }
  return index;
}

/** MS-CFB 2.6.4: the shorter name first, then by upper case. */
function byName(a: CfbNode, b: CfbNode): number {
  return a.name.length - b.name.length || (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1);
}

function tablesFor(contents: number): { fatCount: number; difatCount: number } {
  let fatCount = 1;
  for (;;) {
    const difatCount = Math.ceil(Math.max(0, fatCount - IN_HEADER) / (PER_SECTOR - 1));
    const needed = Math.ceil((contents + fatCount + difatCount) / PER_SECTOR);
    if (needed <= fatCount) return { fatCount, difatCount };
    fatCount = needed;
  }
}

function addChain(fat: number[], sectors: number): number {
  const start = fat.length;
  for (let i = 1; i <= sectors; i++) fat.push(i === sectors ? END : start + i);
  return sectors === 0 ? END : start;
}

function writeHeader(out: Buffer, fatCount: number, difatCount: number, directoryAt: number): void {
  out.write('d0cf11e0a1b11ae1', 'hex');
  out.writeUInt16LE(0x3e, 24);
  out.writeUInt16LE(3, 26);
  out.writeUInt16LE(0xfffe, 28);
  out.writeUInt16LE(9, 30);
  out.writeUInt16LE(6, 32);
  out.writeUInt32LE(fatCount, 44);
  out.writeUInt32LE(directoryAt, 48);
  // No stream is shorter than this, so that none lies in small sectors.
  out.writeUInt32LE(0, 56);
  out.writeUInt32LE(END, 60);
  out.writeUInt32LE(difatCount > 0 ? 0 : END, 68);
  out.writeUInt32LE(difatCount, 72);
}

function writeTables(out: Buffer, fat: readonly number[], fatCount: number, difatCount: number): void {
  out.fill(0xff, 76, SECTOR);
  out.fill(0xff, SECTOR, (difatCount + fatCount + 1) * SECTOR);
  for (const [index, next] of fat.entries()) out.writeUInt32LE(next, (difatCount + 1) * SECTOR + index * 4);
  for (let i = 0; i < fatCount; i++) {
    const more = i - IN_HEADER;
    const holder = Math.floor(more / (PER_SECTOR - 1));
    const at = more < 0 ? 76 + i * 4 : (holder + 1) * SECTOR + (more % (PER_SECTOR - 1)) * 4;
    out.writeUInt32LE(difatCount + i, at);
  }
  for (let i = 0; i < difatCount; i++)
    out.writeUInt32LE(i + 1 < difatCount ? i + 1 : END, (i + 2) * SECTOR - 4);
}

function writeRow(out: Buffer, at: number, { node, child, right, start }: Row): void {
  const name = node.name.slice(0, 31);
  out.write(name, at, 'utf16le');
  out.writeUInt16LE((name.length + 1) * 2, at + 64);
  out[at + 66] = node.bytes ? 2 : at % SECTOR === 0 && name === 'Root Entry' ? 5 : 1;
  out[at + 67] = 1;
  out.writeUInt32LE(FREE, at + 68);
  out.writeUInt32LE(right, at + 72);
  out.writeUInt32LE(child, at + 76);
  out.writeUInt32LE(start, at + 116);
  out.writeUInt32LE(node.bytes?.length ?? 0, at + 120);
  node.bytes?.copy(out, (start + 1) * SECTOR);
}
