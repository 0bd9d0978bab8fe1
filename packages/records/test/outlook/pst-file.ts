import { ID, TYPE } from '../../src/outlook/property.ts';
import { type PstCrypt, uncover } from '../../src/outlook/pst-crypt.ts';
import { type Stated, valueBytes, words } from './support.ts';

/** A PST of our own, as small as the format allows. */
export type PstMessage = {
  readonly properties: readonly Stated[];
  readonly recipients?: readonly (readonly Stated[])[];
  readonly attachments?: readonly { readonly properties: readonly Stated[]; readonly inner?: PstMessage }[];
};
export type PstFolder = {
  readonly name: string;
  readonly messages?: readonly PstMessage[];
  /** Messages that stand in the file and not in the folder's list. */
  readonly unlisted?: readonly PstMessage[];
  readonly folders?: readonly PstFolder[];
  /** Folder ids that the list of folders names as well. */
  readonly alsoHolds?: readonly number[];
};
export type PstWish = { readonly root: PstFolder; readonly crypt?: PstCrypt; readonly idBytes?: 4 | 8 };

type Block = { readonly id: number; readonly bytes: Buffer; at: number };
type Node = { readonly id: number; readonly data: number; readonly inner: number; readonly parent: number };
type Inner = { readonly id: number; readonly data: number; readonly inner: number };
type Writing = {
  readonly idBytes: 4 | 8;
  readonly crypt: PstCrypt;
  readonly blocks: Block[];
  readonly nodes: Node[];
  next: number;
};

export const ROOT_FOLDER = 0x122;
const CRYPT_CODE = { none: 0, permute: 1, cyclic: 2 } as const;
const BLOCK_BYTES = 8176;
const LONG_VALUE = 3000;
const PERMUTED = Buffer.alloc(256);
for (const [from, to] of uncover(
  Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
  'permute',
  0,
).entries())
  PERMUTED[to] = from;

export function pstFile({ root, crypt = 'none', idBytes = 8 }: PstWish): Buffer {
  const at: Writing = { idBytes, crypt, blocks: [], nodes: [], next: 1 };
  addFolder(at, root, ROOT_FOLDER, ROOT_FOLDER);
  return layOut(at);
}

function addFolder(at: Writing, folder: PstFolder, id: number, parent: number): void {
  const children = (folder.folders ?? []).map((one) => ({ one, id: 0x8000 + at.next++ * 32 + 2 }));
  const messages = (folder.messages ?? []).map((one) => ({ one, id: messageId(at) }));
  addNode(at, id, contextHeap(at, [[ID.displayName, TYPE.unicode, folder.name]]), parent);
  addNode(
    at,
    id - 2 + 0x0d,
    tableHeap(at, [...children.map((child) => child.id), ...(folder.alsoHolds ?? [])]),
    0,
  );
  addNode(
    at,
    id - 2 + 0x0e,
    tableHeap(
      at,
      messages.map((message) => message.id),
    ),
    0,
  );
  for (const message of messages) addMessage(at, message.one, message.id, id);
  for (const one of folder.unlisted ?? []) addMessage(at, one, messageId(at), id);
  for (const child of children) addFolder(at, child.one, child.id, id);
}

function messageId(at: Writing): number {
  return 0x200000 + at.next++ * 32 + 4;
}

type Heaped = { readonly data: number; readonly inner: Inner[] };

function addNode(at: Writing, id: number, { data, inner }: Heaped, parent: number): void {
  at.nodes.push({ id, data, inner: addInner(at, inner), parent });
}

function addMessage(at: Writing, message: PstMessage, id: number, parent: number): void {
  addNode(at, id, messageHeap(at, message), parent);
}

function messageHeap(at: Writing, message: PstMessage): Heaped {
  const own = contextHeap(at, message.properties);
  const inner = [...own.inner];
  if (message.recipients) inner.push(innerOf(at, 0x692, tableHeap(at, [], message.recipients)));
  const attachments = (message.attachments ?? []).map((one, i) => {
    const data = one.inner ? [innerOf(at, 0x2000 + 4, messageHeap(at, one.inner))] : [];
    const object: Stated[] = one.inner ? [[ID.attachData, TYPE.object, words(0x2004, 0)]] : [];
    const heap = contextHeap(at, [...one.properties, ...object]);
    return innerOf(at, 0x8005 + i * 32, { data: heap.data, inner: [...heap.inner, ...data] });
  });
  if (attachments.length > 0)
    inner.push(
      innerOf(
        at,
        0x671,
        tableHeap(
          at,
          attachments.map(({ id }) => id),
        ),
      ),
      ...attachments,
    );
  return { data: own.data, inner };
}

function innerOf(at: Writing, id: number, { data, inner }: Heaped): Inner {
  return { id, data, inner: addInner(at, inner) };
}

/** A heap whose root is a list of properties. */
function contextHeap(at: Writing, stated: readonly Stated[]): Heaped {
  const inner: Inner[] = [];
  const values: Buffer[] = [];
  const records = [...stated]
    .sort((a, b) => a[0] - b[0])
    .map((one) => {
      const [id, type] = one;
      const bytes = valueBytes(one);
      const record = Buffer.alloc(8);
      record.writeUInt16LE(id, 0);
      record.writeUInt16LE(type, 2);
      if (type === TYPE.int32 || type === TYPE.boolean) bytes.copy(record, 4);
      else if (bytes.length > LONG_VALUE) {
        const nid = (at.next++ << 5) | 0x1f;
        inner.push({ id: nid, data: addData(at, bytes), inner: 0 });
        record.writeUInt32LE(nid, 4);
      } else if (bytes.length > 0) record.writeUInt32LE((values.push(bytes) + 2) << 5, 4);
      return record;
    });
  const head = Buffer.from([0xb5, 2, 6, 0, 0x40, 0, 0, 0]);
  return { data: addData(at, heap(0xbc, [head, Buffer.concat(records), ...values])), inner };
}

/** A heap whose root is a table; its cells are 32-bit numbers or texts in the heap. */
function tableHeap(at: Writing, ids: readonly number[], rows: readonly (readonly Stated[])[] = []): Heaped {
  const columns = [...new Map(rows.flat().map((one) => [one[0], one] as const)).values()];
  const bitsAt = 8 + columns.length * 4;
  const rowBytes = bitsAt + 8;
  const values: Buffer[] = [];
  const all = rows.length > 0 ? rows : ids.map(() => []);
  const matrix = all.map((row, index) => {
    const bytes = Buffer.alloc(rowBytes);
    bytes.writeUInt32LE(ids[index] ?? index, 0);
    for (const [i, column] of columns.entries()) {
      const cell = row.find(([id]) => id === column[0]);
      if (!cell) continue;
      if (cell[1] === TYPE.int32) valueBytes(cell).copy(bytes, 8 + i * 4);
      else bytes.writeUInt32LE((values.push(valueBytes(cell)) + 4) << 5, 8 + i * 4);
      bytes[bitsAt + (i >> 3)]! |= 0x80 >> (i & 7);
    }
    return bytes;
  });
  const info = Buffer.alloc(22 + columns.length * 8);
  info[0] = 0x7c;
  info[1] = columns.length;
  for (const [i, size] of [bitsAt, bitsAt, bitsAt, rowBytes].entries()) info.writeUInt16LE(size, 2 + i * 2);
  info.writeUInt32LE(2 << 5, 10);
  info.writeUInt32LE(matrix.length > 0 ? 4 << 5 : 0, 14);
  for (const [i, [id, type]] of columns.entries()) {
    info.writeUInt16LE(type, 22 + i * 8);
    info.writeUInt16LE(id, 24 + i * 8);
    info.writeUInt16LE(8 + i * 4, 26 + i * 8);
    info[28 + i * 8] = 4;
    info[29 + i * 8] = i;
  }
  const index = Buffer.from([0xb5, 4, 4, 0, 3 << 5, 0, 0, 0]);
  const keys = Buffer.concat(matrix.map((row, i) => words(row.readUInt32LE(0), i)));
  return { data: addData(at, heap(0x7c, [info, index, keys, Buffer.concat(matrix), ...values])), inner: [] };
}

function heap(kind: number, pieces: readonly Buffer[]): Buffer {
  const map = Buffer.alloc(4 + (pieces.length + 1) * 2);
  map.writeUInt16LE(pieces.length, 0);
  let at = 12;
  for (const [i, piece] of pieces.entries()) {
    map.writeUInt16LE(at, 4 + i * 2);
    at += piece.length;
  }
  map.writeUInt16LE(at, 4 + pieces.length * 2);
  const head = Buffer.alloc(12);
  head.writeUInt16LE(at, 0);
  head[2] = 0xec;
  head[3] = kind;
  head.writeUInt32LE(1 << 5, 4);
  return Buffer.concat([head, ...pieces, map]);
}

function addBlock(at: Writing, bytes: Buffer, isTable: boolean): number {
  const id = at.next++ * 4 + (isTable ? 2 : 0);
  at.blocks.push({ id, bytes: isTable ? bytes : covered(bytes, at.crypt, id), at: 0 });
  return id;
}

function covered(bytes: Buffer, crypt: PstCrypt, id: number): Buffer {
  return crypt === 'permute' ? Buffer.from(bytes.map((byte) => PERMUTED[byte]!)) : uncover(bytes, crypt, id);
}

function addData(at: Writing, bytes: Buffer): number {
  if (bytes.length <= BLOCK_BYTES) return addBlock(at, bytes, false);
  const ids: number[] = [];
  for (let i = 0; i < bytes.length; i += BLOCK_BYTES)
    ids.push(addBlock(at, bytes.subarray(i, i + BLOCK_BYTES), false));
  return addBlock(
    at,
    Buffer.concat([tableHead(1, 1, ids.length, bytes.length), ...ids.map((id) => idOf(at, id))]),
    true,
  );
}

function addInner(at: Writing, inner: readonly Inner[]): number {
  if (inner.length === 0) return 0;
  const entries = inner.map((one) => Buffer.concat([one.id, one.data, one.inner].map((id) => idOf(at, id))));
  const head = tableHead(2, 0, inner.length, 0).subarray(0, at.idBytes);
  return addBlock(at, Buffer.concat([head, ...entries]), true);
}

function tableHead(kind: number, level: number, count: number, size: number): Buffer {
  const head = Buffer.from([kind, level, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16LE(count, 2);
  head.writeUInt32LE(size, 4);
  return head;
}

function idOf({ idBytes }: Writing, id: number): Buffer {
  return idBytes === 4 ? words(id) : words(id, 0);
}

function layOut(at: Writing): Buffer {
  const pieces: Buffer[] = [Buffer.alloc(1024)];
  let end = 1024;
  const put = (bytes: Buffer, unit: number): number => {
    const start = end;
    const padded = Math.ceil(bytes.length / unit) * unit;
    pieces.push(bytes, Buffer.alloc(padded - bytes.length));
    end += padded;
    return start;
  };
  for (const block of at.blocks) block.at = put(Buffer.concat([block.bytes, Buffer.alloc(16)]), 64);
  put(Buffer.alloc(0), 512);
  const padding = Buffer.alloc((512 - (end % 512)) % 512);
  put(padding, 1);
  const blocks = [...at.blocks].sort((a, b) => a.id - b.id);
  const blockEntries = blocks.map((block) => {
    const tail = Buffer.alloc(at.idBytes);
    tail.writeUInt16LE(block.bytes.length, 0);
    tail.writeUInt16LE(2, 2);
    return Buffer.concat([idOf(at, block.id), idOf(at, block.at), tail]);
  });
  const nodes = [...at.nodes].sort((a, b) => a.id - b.id);
  const nodeEntries = nodes.map((node) =>
    Buffer.concat([idOf(at, node.id), idOf(at, node.data), idOf(at, node.inner), idOf(at, node.parent)]),
  );
  const blockRoot = putTree(at, blockEntries, (page) => put(page, 512));
  const nodeRoot = putTree(at, nodeEntries, (page) => put(page, 512));
  writeHeader(pieces[0]!, at, nodeRoot, blockRoot);
  return Buffer.concat(pieces);
}

/** Leaves, and one page above them. */
function putTree(at: Writing, entries: readonly Buffer[], put: (page: Buffer) => number): number {
  const perPage = Math.floor((at.idBytes === 4 ? 496 : 488) / entries[0]!.length);
  const leaves: Buffer[] = [];
  for (let i = 0; i < entries.length; i += perPage) {
    const some = entries.slice(i, i + perPage);
    const start = put(page(at, some, 0));
    leaves.push(Buffer.concat([some[0]!.subarray(0, at.idBytes), idOf(at, 0), idOf(at, start)]));
  }
  return put(page(at, leaves, 1));
}

function page(at: Writing, entries: readonly Buffer[], level: number): Buffer {
  const bytes = Buffer.alloc(512);
  Buffer.concat(entries).copy(bytes);
  const tail = at.idBytes === 4 ? 496 : 488;
  bytes[tail] = entries.length;
  bytes[tail + 2] = entries[0]!.length;
  bytes[tail + 3] = level;
  return bytes;
}

function writeHeader(head: Buffer, { idBytes, crypt }: Writing, nodeRoot: number, blockRoot: number): void {
  const isOld = idBytes === 4;
  head.write('!BDN', 0, 'latin1');
  head.write('SM', 8, 'latin1');
  head.writeUInt16LE(isOld ? 14 : 23, 10);
  head.writeUInt32LE(nodeRoot, isOld ? 188 : 224);
  head.writeUInt32LE(blockRoot, isOld ? 196 : 240);
  head[isOld ? 461 : 513] = CRYPT_CODE[crypt];
}
