import { inflateSync } from 'node:zlib';
import { type Notes, newNotes, note } from '../reading.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { CRYPTS, type PstCrypt, uncover } from './pst-crypt.ts';

/** An opened PST or OST. Blocks are read one by one; pages are kept for a while. */
export type Pst = {
  readonly source: ByteSource;
  /** 4 in files up to Outlook 2002, else 8. */
  readonly idBytes: 4 | 8;
  readonly pageBytes: 512 | 4096;
  readonly crypt: PstCrypt;
  readonly nodeRoot: number;
  readonly blockRoot: number;
  readonly pages: Map<number, Buffer>;
  /** Bytes of blocks that may still be read: messages that share their blocks must not multiply the file. */
  readonly budget: { bytes: number };
  readonly notes: Notes;
};

/** Where the data and the inner nodes of a node are. */
export type PstNode = {
  readonly id: number;
  readonly data: number;
  readonly inner: number;
  readonly parent: number;
};

const MAGIC = 0x4e444221;
const HEADER_BYTES = 564;
const MOST_PAGES = 512;
const DEEPEST = 8;
const SMALL_FILE = 1024 * 1024;
/** A block costs as much as this even if it holds less. */
const LEAST_BLOCK = 128;
const BROKEN = 'A part of the PST is broken; what hangs on it could not be read.';

/** True when the bytes begin as a PST or OST does. */
export function recognisesPst(head: Uint8Array): boolean {
  return head.length >= 12 && asBuffer(head).readUInt32LE(0) === MAGIC;
}

/**
 * Opens a PST.
 *
 * @returns Null when the header says nothing that is known.
 * @source MS-PST 2.2.2.6
 */
export async function openPst(source: ByteSource): Promise<Pst | null> {
  const head = asBuffer(await source.read(0, HEADER_BYTES));
  if (head.length < HEADER_BYTES || !recognisesPst(head)) return null;
  const version = head.readUInt16LE(10);
  const isOld = version === 14 || version === 15;
  if (!isOld && version < 23) return null;
  const crypt = CRYPTS[head[isOld ? 461 : 513]!];
  if (!crypt) return null;
  return {
    source,
    idBytes: isOld ? 4 : 8,
    pageBytes: version >= 36 ? 4096 : 512,
    crypt,
    nodeRoot: isOld ? head.readUInt32LE(188) : Number(head.readBigUInt64LE(224)),
    blockRoot: isOld ? head.readUInt32LE(196) : Number(head.readBigUInt64LE(240)),
    pages: new Map(),
    budget: { bytes: (source.sizeBytes + SMALL_FILE) * (version >= 36 ? 32 : 4) },
    notes: newNotes(),
  };
}

/** A number of `idBytes` bytes. */
function idAt({ idBytes }: Pst, bytes: Buffer, at: number): number {
  if (at + idBytes > bytes.length) return 0;
  return idBytes === 4 ? bytes.readUInt32LE(at) : Number(bytes.readBigUInt64LE(at));
}

type Page = {
  readonly bytes: Buffer;
  readonly count: number;
  readonly entryBytes: number;
  readonly level: number;
};

/** One page of a tree (MS-PST 2.2.2.7.7.1). */
async function readPage(pst: Pst, at: number): Promise<Page | null> {
  const bytes = pst.pages.get(at) ?? asBuffer(await pst.source.read(at, at + pst.pageBytes));
  if (bytes.length < pst.pageBytes) return null;
  if (pst.pages.size >= MOST_PAGES) pst.pages.clear();
  pst.pages.set(at, bytes);
  if (pst.pageBytes === 4096)
    return { bytes, count: bytes.readUInt16LE(4056), entryBytes: bytes[4060]!, level: bytes[4061]! };
  const tail = pst.idBytes === 4 ? 496 : 488;
  return { bytes, count: bytes[tail]!, entryBytes: bytes[tail + 2]!, level: bytes[tail + 3]! };
}

/** The leaf entry of a key, or null. Each step goes one level down, so that a circle ends. */
async function find(pst: Pst, root: number, key: number): Promise<Buffer | null> {
  let at = root;
  for (let left = DEEPEST; left > 0; left--) {
    const page = await readPage(pst, at);
    if (!page || page.entryBytes < pst.idBytes) break;
    const found = lastUpTo(pst, page, key);
    if (page.level === 0) return found && keyOf(pst, found) === key ? found : null;
    if (!found) return null;
    at = idAt(pst, found, pst.idBytes * 2);
  }
  note(pst.notes, 'outlook-damaged', BROKEN);
  return null;
}

/** The last entry whose key is not above the wanted one; entries are in order. */
function lastUpTo(pst: Pst, { bytes, count, entryBytes }: Page, key: number): Buffer | null {
  let low = 0;
  let high = Math.min(count, Math.floor(bytes.length / entryBytes));
  while (low < high) {
    const middle = (low + high) >> 1;
    if (idAt(pst, bytes, middle * entryBytes) <= key) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : bytes.subarray((low - 1) * entryBytes, low * entryBytes);
}

function entriesOf({ bytes, count, entryBytes }: Page): readonly Buffer[] {
  const most = Math.min(count, Math.floor(bytes.length / entryBytes));
  return Array.from({ length: most }, (_, i) => bytes.subarray(i * entryBytes, (i + 1) * entryBytes));
}

function keyOf(pst: Pst, entry: Buffer): number {
  return idAt(pst, entry, 0);
}

/** A node by its id. */
export async function findNode(pst: Pst, id: number): Promise<PstNode | null> {
  const entry = await find(pst, pst.nodeRoot, id);
  return entry && nodeIn(pst, entry);
}

function nodeIn(pst: Pst, entry: Buffer): PstNode {
  const { idBytes } = pst;
  return {
    id: entry.readUInt32LE(0),
    data: idAt(pst, entry, idBytes),
    inner: idAt(pst, entry, idBytes * 2),
    parent: entry.length >= idBytes * 3 + 4 ? entry.readUInt32LE(idBytes * 3) : 0,
  };
}

/** All nodes, in the order of their ids. */
export async function* allNodes(pst: Pst): AsyncGenerator<PstNode> {
  const seen = new Set<number>();
  const open = [pst.nodeRoot];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const page = seen.has(at) ? null : await readPage(pst, at);
    seen.add(at);
    if (!page || page.entryBytes < pst.idBytes) {
      note(pst.notes, 'outlook-damaged', BROKEN);
      continue;
    }
    const entries = entriesOf(page);
    if (page.level === 0) for (const entry of entries) yield nodeIn(pst, entry);
    else for (const entry of entries.toReversed()) open.push(idAt(pst, entry, pst.idBytes * 2));
  }
}

/** One block as it stands, uncovered when it holds data; `isTable` when it lists other blocks. */
async function readBlock(pst: Pst, id: number): Promise<{ bytes: Buffer; isTable: boolean } | null> {
  if (pst.budget.bytes <= 0) return null;
  const key = id - (id % 2);
  const entry = await find(pst, pst.blockRoot, key);
  if (!entry || entry.length < pst.idBytes * 2 + 2) return null;
  const at = idAt(pst, entry, pst.idBytes);
  const size = entry.readUInt16LE(pst.idBytes * 2);
  const stored = asBuffer(await pst.source.read(at, at + size));
  pst.budget.bytes -= Math.max(size, LEAST_BLOCK);
  if (stored.length < size) return null;
  const isTable = (id & 2) !== 0;
  const plain = isTable ? stored : uncover(stored, pst.crypt, key);
  return { bytes: pst.pageBytes === 4096 ? inflated(plain, entry) : plain, isTable };
}

/** Blocks of large-page files may be packed; their true size stands beside. */
function inflated(bytes: Buffer, entry: Buffer): Buffer {
  const size = entry.length >= 20 ? entry.readUInt16LE(18) : 0;
  if (size <= bytes.length) return bytes;
  try {
    return inflateSync(bytes, { maxOutputLength: size });
  } catch {
    return bytes;
  }
}

/** The blocks of a node's data, in order. */
export async function readBlocks(pst: Pst, id: number): Promise<readonly Buffer[]> {
  const blocks: Buffer[] = [];
  if (id !== 0) await collect(pst, id, 3, blocks);
  return blocks;
}

async function collect(pst: Pst, id: number, level: number, into: Buffer[]): Promise<void> {
  const block = level === 0 ? null : await readBlock(pst, id);
  if (!block) {
    note(pst.notes, 'outlook-damaged', BROKEN);
    return;
  }
  if (!block.isTable) {
    into.push(block.bytes);
    return;
  }
  const { bytes } = block;
  const count = bytes.length < 8 ? 0 : bytes.readUInt16LE(2);
  for (let i = 0; i < count && 8 + (i + 1) * pst.idBytes <= bytes.length; i++) {
    if (pst.budget.bytes <= 0) return;
    await collect(pst, idAt(pst, bytes, 8 + i * pst.idBytes), level - 1, into);
  }
}

const MOST_INNER = 100_000;

/** The nodes inside a node: its attachments, recipients and long values. */
export async function readInnerNodes(pst: Pst, id: number): Promise<ReadonlyMap<number, PstNode>> {
  const nodes = new Map<number, PstNode>();
  if (id !== 0) await collectInner(pst, id, 2, nodes);
  return nodes;
}

async function collectInner(pst: Pst, id: number, level: number, into: Map<number, PstNode>): Promise<void> {
  const block = await readBlock(pst, id);
  if (!block || block.bytes.length < 4 || level === 0) {
    note(pst.notes, 'outlook-damaged', BROKEN);
    return;
  }
  const { bytes } = block;
  const { idBytes } = pst;
  const start = idBytes === 4 ? 4 : 8;
  const isLeaf = bytes[1] === 0;
  const size = idBytes * (isLeaf ? 3 : 2);
  const count = bytes.readUInt16LE(2);
  for (let i = 0; i < count && start + (i + 1) * size <= bytes.length; i++) {
    const entry = bytes.subarray(start + i * size, start + (i + 1) * size);
    if (into.size >= MOST_INNER) return;
    if (!isLeaf) await collectInner(pst, idAt(pst, entry, idBytes), level - 1, into);
    else into.set(entry.readUInt32LE(0), { ...nodeIn(pst, entry), parent: 0 });
  }
}
