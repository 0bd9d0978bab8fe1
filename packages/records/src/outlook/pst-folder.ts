import { newNotes } from '../reading.ts';
import { ID, type Properties, readNames, textOf } from './property.ts';
import { allNodes, findNode, type Pst, type PstNode } from './pst-file.ts';
import { type OpenNode, openNode, readContext, readTable } from './pst-property.ts';

/** A folder; `path` is for reading, its parts joined by ` / `. */
export type Folder = { readonly id: number; readonly path: string };

const ROOT_FOLDER = 0x122;
const NAME_MAP = 0x61;
const TYPE_BITS = 0x1f;
const KIND = { folder: 0x02, message: 0x04, hierarchy: 0x0d, contents: 0x0e } as const;
const DEEPEST = 100;
const NOTHING: ReadonlySet<number> = new Set();

/** The ids of named properties in this file. */
export async function readNameMap(pst: Pst): Promise<ReadonlyMap<string, number>> {
  const node = await nodeOf(pst, NAME_MAP);
  if (!node) return new Map();
  const byId = await readContext(node);
  const stream = (id: number): Buffer => byId.get(id)?.values[0] ?? Buffer.alloc(0);
  return readNames(stream(2), stream(3), stream(4));
}

async function nodeOf(pst: Pst, id: number): Promise<OpenNode | null> {
  const node = await findNode(pst, id);
  return node && openNode(pst, node);
}

/** All folders, each before those inside it. A folder that holds itself comes once. */
export async function* foldersIn(pst: Pst): AsyncGenerator<Folder> {
  const seen = new Set([ROOT_FOLDER]);
  const open: (Folder & { depth: number })[] = [{ id: ROOT_FOLDER, path: '', depth: 0 }];
  for (let folder = open.pop(); folder; folder = open.pop()) {
    yield { id: folder.id, path: folder.path };
    if (folder.depth >= DEEPEST) continue;
    const inner: (Folder & { depth: number })[] = [];
    for (const id of await rowIds(pst, folder.id, KIND.hierarchy)) {
      if ((id & TYPE_BITS) !== KIND.folder || seen.has(id)) continue;
      seen.add(id);
      const path = [folder.path, await nameOfFolder(pst, id)].filter(Boolean).join(' / ');
      inner.push({ id, path, depth: folder.depth + 1 });
    }
    open.push(...inner.toReversed());
  }
}

async function nameOfFolder(pst: Pst, id: number): Promise<string> {
  const node = await nodeOf(pst, id);
  if (!node) return '';
  const byId = await readContext(node);
  const bag: Properties = { byId, names: new Map(), codePage: null, notes: newNotes() };
  return (textOf(bag, ID.displayName) ?? '').replace(/[\s/]+/g, ' ').trim();
}

/** The messages that a folder lists, in its order. */
export async function messageIds(pst: Pst, folder: Folder): Promise<readonly number[]> {
  const ids = await rowIds(pst, folder.id, KIND.contents);
  return ids.filter((id) => (id & TYPE_BITS) === KIND.message);
}

async function rowIds(pst: Pst, folder: number, kind: number): Promise<readonly number[]> {
  const node = await nodeOf(pst, ((folder & ~TYPE_BITS) | kind) >>> 0);
  return node ? (await readTable(node, NOTHING)).map(({ id }) => id) : [];
}

/** Messages that stand in the file and in no folder's list: a damaged list must not hide them. */
export async function* lostMessages(pst: Pst, seen: ReadonlySet<number>): AsyncGenerator<PstNode> {
  for await (const node of allNodes(pst))
    if ((node.id & TYPE_BITS) === KIND.message && !seen.has(node.id)) yield node;
}
