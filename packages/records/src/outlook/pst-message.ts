import { type Notes, note } from '../reading.ts';
import type { MapiAttachment, MapiMessage } from './message.ts';
import { ID, type Properties, type Property, TYPE } from './property.ts';
import { findNode, type Pst, type PstNode } from './pst-file.ts';
import { openNode, readContext, readTable } from './pst-property.ts';

const ATTACHMENTS = 0x671;
const RECIPIENTS = 0x692;
const EMBEDDED = 5;
const DEEPEST = 10;
const NO_CELLS: ReadonlySet<number> = new Set();

type Opening = { readonly pst: Pst; readonly names: ReadonlyMap<string, number>; readonly notes: Notes };

/** One message with all that is in it; null when nothing of it can be read. */
export async function readMessage(
  pst: Pst,
  names: ReadonlyMap<string, number>,
  id: number,
  notes: Notes,
): Promise<MapiMessage | null> {
  const node = await findNode(pst, id);
  return node && messageAt({ pst, names, notes }, node, 0);
}

async function messageAt(opening: Opening, at: PstNode, depth: number): Promise<MapiMessage | null> {
  const { pst, names, notes } = opening;
  const node = await openNode(pst, at);
  if (!node) return null;
  const byId = await readContext(node);
  if (byId.size === 0) return null;
  const codePage = codePageIn(byId, ID.messageCodePage) ?? codePageIn(byId, ID.internetCodePage);
  const bag = (more: ReadonlyMap<number, Property>): Properties => ({ byId: more, names, codePage, notes });
  const table = async (id: number, wanted?: ReadonlySet<number>) => {
    const inner = node.inner.get(id);
    const opened = inner && (await openNode(pst, inner));
    return opened ? readTable(opened, wanted) : [];
  };
  const recipients = (await table(RECIPIENTS)).map((row) => bag(row.byId));
  const attachments: MapiAttachment[] = [];
  for (const row of await table(ATTACHMENTS, NO_CELLS)) {
    const inner = node.inner.get(row.id);
    const attachment = inner && (await attachmentAt(opening, inner, bag, depth));
    if (attachment) attachments.push(attachment);
    else note(notes, 'outlook-damaged', 'An attachment in the PST is too damaged to read.');
  }
  return { properties: bag(byId), recipients, attachments };
}

function codePageIn(byId: ReadonlyMap<number, Property>, id: number): number | null {
  const value = byId.get(id)?.values[0];
  const codePage = value && value.length >= 4 ? value.readUInt32LE(0) : 0;
  return codePage > 0 ? codePage : null;
}

async function attachmentAt(
  opening: Opening,
  at: PstNode,
  bag: (byId: ReadonlyMap<number, Property>) => Properties,
  depth: number,
): Promise<MapiAttachment | null> {
  const node = await openNode(opening.pst, at);
  if (!node) return null;
  const properties = bag(await readContext(node));
  const data = properties.byId.get(ID.attachData);
  const value = data?.values[0];
  if (!data || !value) return { properties, bytes: null, message: null };
  if (data.type !== TYPE.object) return { properties, bytes: value, message: null };
  const inner = value.length < 4 ? undefined : node.inner.get(value.readUInt32LE(0));
  const method = properties.byId.get(ID.attachMethod)?.values[0]?.[0];
  if (!inner || method !== EMBEDDED) return { properties, bytes: null, message: null };
  if (depth < DEEPEST)
    return { properties, bytes: null, message: await messageAt(opening, inner, depth + 1) };
  note(opening.notes, 'too-deep', 'Messages in the PST are nested too deep; the inner ones were not read.');
  return { properties, bytes: null, message: null };
}
