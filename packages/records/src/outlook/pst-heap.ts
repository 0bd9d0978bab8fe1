/** A heap on the blocks of a node; small values stand in it under heap ids. */
export type Heap = { readonly blocks: readonly Buffer[]; readonly isLargePage: boolean };

const SIGNATURE = 0xec;
const TREE = 0xb5;
const MOST_RECORDS = 1_000_000;
/** Branches of a tree that may be looked into; a hostile one repeats them. */
const MOST_BRANCHES = 100_000;
const EMPTY = Buffer.alloc(0);

/** The heap of a node, or null when it has none. */
export function heapOn(blocks: readonly Buffer[], isLargePage: boolean): Heap | null {
  const first = blocks[0];
  return first && first.length >= 12 && first[2] === SIGNATURE ? { blocks, isLargePage } : null;
}

/** The id that everything else in the heap is reached from. */
export function rootOf({ blocks }: Heap): number {
  return blocks[0]!.readUInt32LE(4);
}

/** Ids whose low five bits are zero are in the heap; others name an inner node. */
export function isHeapId(id: number): boolean {
  return (id & 0x1f) === 0;
}

/**
 * The bytes under a heap id; none when it leads nowhere.
 *
 * @source MS-PST 2.3.1
 */
export function inHeap({ blocks, isLargePage }: Heap, id: number): Buffer {
  const index = isLargePage ? (id >>> 5) & 0x3fff : (id >>> 5) & 0x7ff;
  const block = blocks[isLargePage ? id >>> 19 : id >>> 16];
  if (!block || index === 0 || block.length < 2) return EMPTY;
  const map = block.readUInt16LE(0);
  const at = map + 4 + (index - 1) * 2;
  if (at + 4 > block.length || index > block.readUInt16LE(map)) return EMPTY;
  return block.subarray(block.readUInt16LE(at), block.readUInt16LE(at + 2));
}

/** Key and value of every record of a tree in the heap, in order. */
export function treeRecords(heap: Heap, id: number): readonly { key: Buffer; value: Buffer }[] {
  const head = inHeap(heap, id);
  if (head.length < 8 || head[0] !== TREE) return [];
  const [keyBytes, valueBytes] = [head[1]!, head[2]!];
  const records: { key: Buffer; value: Buffer }[] = [];
  let branches = 0;
  const walk = (at: number, level: number): void => {
    if (branches++ >= MOST_BRANCHES) return;
    const bytes = inHeap(heap, at);
    const size = keyBytes + (level === 0 ? valueBytes : 4);
    for (let i = 0; size > 0 && (i + 1) * size <= bytes.length && records.length < MOST_RECORDS; i++) {
      const key = bytes.subarray(i * size, i * size + keyBytes);
      const value = bytes.subarray(i * size + keyBytes, (i + 1) * size);
      if (level === 0) records.push({ key, value });
      else walk(value.readUInt32LE(0), level - 1);
    }
  };
  walk(head.readUInt32LE(4), Math.min(head[3]!, 4));
  return records;
}
