import { type Notes, newNotes, note } from '../reading.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { type CfbEntry, directoryStart, isCfb, openCfb } from './cfb.ts';
import { writeCfb } from './cfb-write.ts';
import type { MapiAttachment, MapiMessage } from './message.ts';
import { ID, type Properties, type Property, readNames, TYPE } from './property.ts';

const PROPERTIES = '__properties_version1.0';
const NAMES = '__nameid_version1.0';
const STREAM = /^__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-([0-9A-F]{8}))?$/i;
const MULTI = 0x1000;
const HEADER = { message: 32, inner: 24, other: 8 } as const;
const DEEPEST = 10;
const MSG_CLASS = Buffer.from('0b0d020000000000c000000000000046', 'hex');

/**
 * Tells a .msg from other compound files, such as a Word document, by its first directory sector.
 */
export async function isMsg(source: ByteSource): Promise<boolean> {
  const head = asBuffer(await source.read(0, 512));
  if (head.length < 512 || !isCfb(head)) return false;
  const { start, sectorBytes } = directoryStart(head);
  return isDirectoryOfMsg(asBuffer(await source.read(start, start + sectorBytes)));
}

/** The same where the directory stands near the beginning; false when it does not. */
export function beginsAsMsg(head: Buffer): boolean {
  if (head.length < 512 || !isCfb(head)) return false;
  const { start, sectorBytes } = directoryStart(head);
  return isDirectoryOfMsg(head.subarray(start, start + sectorBytes));
}

function isDirectoryOfMsg(sector: Buffer): boolean {
  return (
    sector.subarray(80, 96).equals(MSG_CLASS) ||
    sector.includes('__substg1.0_', 0, 'utf16le') ||
    sector.includes(PROPERTIES, 0, 'utf16le') ||
    sector.includes(NAMES, 0, 'utf16le')
  );
}

/**
 * Opens a .msg file. Never throws: damage is noted.
 *
 * @param bytes Attacker-controlled; attachments are views of it where they lie in one piece.
 * @returns Null when the bytes are no compound file.
 * @source MS-OXMSG 2
 */
export function openMsg(
  bytes: Uint8Array,
  notes: Notes = newNotes(),
): { readonly message: MapiMessage; readonly notes: Notes } | null {
  const root = openCfb(bytes, notes);
  if (!root) return null;
  if (![...root.children.keys()].some((name) => name === PROPERTIES || STREAM.test(name)))
    note(notes, 'outlook-damaged', 'The compound file holds no message.');
  const names = root.children.get(NAMES)?.children;
  const read = (id: string): Buffer => names?.get(`__substg1.0_${id}`)?.read() ?? Buffer.alloc(0);
  const known = readNames(read('00020102'), read('00030102'), read('00040102'));
  return { message: messageIn(root, HEADER.message, { names: known, notes }, 0), notes };
}

type Opening = { readonly names: ReadonlyMap<string, number>; readonly notes: Notes };

function messageIn(storage: CfbEntry, header: number, opening: Opening, depth: number): MapiMessage {
  const byId = propertiesIn(storage, header);
  const codePage = codePageIn(byId, ID.messageCodePage) ?? codePageIn(byId, ID.internetCodePage);
  const bag = (more: ReadonlyMap<number, Property>): Properties => ({ byId: more, codePage, ...opening });
  return {
    properties: bag(byId),
    recipients: inOrder(storage, '__recip_version1.0_#').map((one) => bag(propertiesIn(one, HEADER.other))),
    attachments: inOrder(storage, '__attach_version1.0_#').map((one) =>
      attachmentIn(one, bag(propertiesIn(one, HEADER.other)), opening, depth),
    ),
  };
}

function codePageIn(byId: ReadonlyMap<number, Property>, id: number): number | null {
  const value = byId.get(id)?.values[0];
  const codePage = value && value.length >= 4 ? value.readUInt32LE(0) : 0;
  return codePage > 0 ? codePage : null;
}

function inOrder(storage: CfbEntry, prefix: string): readonly CfbEntry[] {
  const found = [...storage.children.values()].filter((one) => !one.isStream && one.name.startsWith(prefix));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function attachmentIn(
  storage: CfbEntry,
  properties: Properties,
  opening: Opening,
  depth: number,
): MapiAttachment {
  const inner = storage.children.get('__substg1.0_3701000D');
  const data = properties.byId.get(ID.attachData);
  if (!inner || inner.isStream) {
    const isHere = data !== undefined && data.type === TYPE.binary;
    return { properties, bytes: isHere ? data.values[0]! : null, message: null };
  }
  if (!inner.children.has(PROPERTIES)) return { properties, bytes: writeCfb(inner), message: null };
  if (depth < DEEPEST)
    return { properties, bytes: null, message: messageIn(inner, HEADER.inner, opening, depth + 1) };
  note(opening.notes, 'too-deep', 'Messages in a .msg are nested too deep; the inner ones were not read.');
  return { properties, bytes: writeCfb(inner), message: null };
}

/** Short values stand in one stream, long ones each in its own. */
function propertiesIn(storage: CfbEntry, header: number): ReadonlyMap<number, Property> {
  const found = new Map<number, Property>();
  const short = storage.children.get(PROPERTIES)?.read() ?? Buffer.alloc(0);
  for (let at = header; at + 16 <= short.length; at += 16) {
    const type = short.readUInt16LE(at);
    const id = short.readUInt16LE(at + 2);
    if (isShort(type)) found.set(id, { id, type, values: [short.subarray(at + 8, at + 16)] });
  }
  for (const stream of storage.children.values()) takeStream(found, stream, storage);
  return found;
}

function isShort(type: number): boolean {
  const isLong = [TYPE.string8, TYPE.unicode, TYPE.binary, TYPE.object, TYPE.guid].some(
    (one) => one === type,
  );
  return !isLong && (type & MULTI) === 0;
}

function takeStream(found: Map<number, Property>, stream: CfbEntry, storage: CfbEntry): void {
  const [, idHex, typeHex, index] = STREAM.exec(stream.name) ?? [];
  if (!stream.isStream || !idHex || !typeHex || index !== undefined) return;
  const id = Number.parseInt(idHex, 16);
  const tag = Number.parseInt(typeHex, 16);
  const type = tag & ~MULTI;
  const values = (tag & MULTI) === 0 ? [stream.read()] : valuesOf(stream, storage, type);
  found.set(id, { id, type, values });
}

const MOST_VALUES = 10_000;

/** Long values of a list have a stream each; short ones follow each other. */
function valuesOf(stream: CfbEntry, storage: CfbEntry, type: number): readonly Buffer[] {
  const own = stream.read();
  if (!isShort(type) && type !== TYPE.guid) {
    const entrySize = type === TYPE.binary ? 8 : 4;
    const count = Math.min(Math.floor(own.length / entrySize), MOST_VALUES);
    const nameOf = (i: number): string => `${stream.name}-${i.toString(16).toUpperCase().padStart(8, '0')}`;
    return Array.from(
      { length: count },
      (_, i) => storage.children.get(nameOf(i))?.read() ?? Buffer.alloc(0),
    );
  }
  const size = type === TYPE.int16 ? 2 : type === TYPE.int32 ? 4 : type === TYPE.guid ? 16 : 8;
  const count = Math.min(Math.floor(own.length / size), MOST_VALUES);
  return Array.from({ length: count }, (_, i) => own.subarray(i * size, (i + 1) * size));
}
