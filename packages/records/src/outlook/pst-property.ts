import type { Property } from './property.ts';
import { TYPE } from './property.ts';
import { type Pst, type PstNode, readBlocks, readInnerNodes } from './pst-file.ts';
import { type Heap, heapOn, inHeap, isHeapId, rootOf, treeRecords } from './pst-heap.ts';

/** A node with what is inside it. */
export type OpenNode = {
  readonly pst: Pst;
  readonly heap: Heap;
  readonly inner: ReadonlyMap<number, PstNode>;
};

export type Row = { readonly id: number; readonly byId: ReadonlyMap<number, Property> };

const MULTI = 0x1000;
const TABLE = 0x7c;
const MOST_VALUES = 10_000;
const INLINE: Readonly<Record<number, number>> = {
  [TYPE.int16]: 2,
  [TYPE.int32]: 4,
  [TYPE.float32]: 4,
  [TYPE.error]: 4,
  [TYPE.boolean]: 1,
};
const FIXED: Readonly<Record<number, number>> = {
  ...INLINE,
  [TYPE.float64]: 8,
  [TYPE.currency]: 8,
  [TYPE.apptime]: 8,
  [TYPE.int64]: 8,
  [TYPE.time]: 8,
  [TYPE.guid]: 16,
};

/** Opens a node that has a heap, or null. */
export async function openNode(pst: Pst, node: PstNode): Promise<OpenNode | null> {
  const heap = heapOn(await readBlocks(pst, node.data), pst.pageBytes === 4096);
  return heap && { pst, heap, inner: await readInnerNodes(pst, node.inner) };
}

/**
 * The properties of a message, a folder or an attachment.
 *
 * @source MS-PST 2.3.3
 */
export async function readContext(node: OpenNode): Promise<ReadonlyMap<number, Property>> {
  const found = new Map<number, Property>();
  for (const { key, value } of treeRecords(node.heap, rootOf(node.heap))) {
    if (key.length < 2 || value.length < 6) continue;
    const id = key.readUInt16LE(0);
    const tag = value.readUInt16LE(0);
    const bytes =
      INLINE[tag] === undefined ? await valueAt(node, value.readUInt32LE(2)) : value.subarray(2, 6);
    found.set(id, propertyOf(id, tag, bytes));
  }
  return found;
}

/** A long value: in the heap, or in an inner node of its own. */
async function valueAt({ pst, heap, inner }: OpenNode, id: number): Promise<Buffer> {
  if (isHeapId(id)) return inHeap(heap, id);
  const node = inner.get(id);
  return node ? Buffer.concat(await readBlocks(pst, node.data)) : Buffer.alloc(0);
}

function propertyOf(id: number, tag: number, bytes: Buffer): Property {
  const type = tag & ~MULTI;
  return { id, type, values: (tag & MULTI) === 0 ? [bytes] : valuesIn(type, bytes) };
}

/** MS-PST 2.3.3.4.1 and 2.3.3.4.2: short values follow each other, long ones are found by a list of offsets. */
function valuesIn(type: number, bytes: Buffer): readonly Buffer[] {
  const size = FIXED[type];
  if (size !== undefined) {
    const count = Math.min(Math.floor(bytes.length / size), MOST_VALUES);
    return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
  }
  const count = bytes.length < 4 ? 0 : Math.min(bytes.readUInt32LE(0), MOST_VALUES, (bytes.length >> 2) - 1);
  const start = (i: number): number => (i < count ? bytes.readUInt32LE(4 + i * 4) : bytes.length);
  return Array.from({ length: count }, (_, i) => bytes.subarray(start(i), start(i + 1)));
}

type Column = {
  readonly tag: number;
  readonly id: number;
  readonly at: number;
  readonly size: number;
  readonly bit: number;
};
type Table = { readonly columns: readonly Column[]; readonly rowBytes: number; readonly bitsAt: number };

/**
 * The rows of a table: a folder's messages or folders, a message's recipients or attachments.
 *
 * @param wanted Only these properties are read; all of them when it is left out.
 * @source MS-PST 2.3.4
 */
export async function readTable(node: OpenNode, wanted?: ReadonlySet<number>): Promise<readonly Row[]> {
  const { heap } = node;
  const info = inHeap(heap, rootOf(heap));
  if (info.length < 22 || info[0] !== TABLE) return [];
  const table: Table = {
    columns: columnsIn(info).filter(({ id }) => !wanted || wanted.has(id)),
    rowBytes: info.readUInt16LE(8),
    bitsAt: info.readUInt16LE(6),
  };
  const blocks = await rowBlocks(node, info.readUInt32LE(14));
  const perBlock = Math.floor((blocks[0]?.length ?? 0) / Math.max(table.rowBytes, 1));
  const rows: Row[] = [];
  for (const { key, value } of treeRecords(heap, info.readUInt32LE(10))) {
    if (key.length < 4 || value.length < 2 || perBlock === 0) continue;
    const index = value.length >= 4 ? value.readUInt32LE(0) : value.readUInt16LE(0);
    const start = (index % perBlock) * table.rowBytes;
    const row = blocks[Math.floor(index / perBlock)]?.subarray(start, start + table.rowBytes);
    if (row?.length !== table.rowBytes) continue;
    rows.push({ id: key.readUInt32LE(0), byId: await cellsOf(node, table, row) });
  }
  return rows;
}

function columnsIn(info: Buffer): readonly Column[] {
  const count = Math.min(info[1]!, Math.floor((info.length - 22) / 8));
  return Array.from({ length: count }, (_, i) => {
    const at = 22 + i * 8;
    return {
      tag: info.readUInt16LE(at),
      id: info.readUInt16LE(at + 2),
      at: info.readUInt16LE(at + 4),
      size: info[at + 6]!,
      bit: info[at + 7]!,
    };
  });
}

/** Rows are not cut by the end of a block. */
async function rowBlocks({ pst, heap, inner }: OpenNode, id: number): Promise<readonly Buffer[]> {
  if (id === 0) return [];
  if (isHeapId(id)) return [inHeap(heap, id)];
  const node = inner.get(id);
  return node ? readBlocks(pst, node.data) : [];
}

async function cellsOf(node: OpenNode, table: Table, row: Buffer): Promise<ReadonlyMap<number, Property>> {
  const cells = new Map<number, Property>();
  for (const { tag, id, at, size, bit } of table.columns) {
    const isThere = ((row[table.bitsAt + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0;
    const cell = row.subarray(at, at + size);
    if (!isThere || cell.length < size) continue;
    const isFixed = FIXED[tag] !== undefined && FIXED[tag] <= 8;
    const bytes = isFixed ? cell : size < 4 ? cell : await valueAt(node, cell.readUInt32LE(0));
    cells.set(id, propertyOf(id, tag, bytes));
  }
  return cells;
}
