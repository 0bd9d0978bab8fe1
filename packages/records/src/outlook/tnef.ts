import { type Notes, newNotes, note } from '../reading.ts';
import { asBuffer } from '../source.ts';
import { bodiesOf, filesOf, type MapiAttachment, type MapiMessage, type PackedFile } from './message.ts';
import { ID, numberOf, type Properties, type Property, TYPE } from './property.ts';
import { type PropertyList, readProperties } from './tnef-property.ts';

const SIGNATURE = 0x223e9f78;
const MESSAGE_LEVEL = 1;
const ATTACHMENT_LEVEL = 2;
const DEEPEST = 10;
/** Attributes (MS-OXTNEF 2.1.3.2), with the type in the upper half taken off. */
const ATTRIBUTE = {
  from: 0x8000,
  subject: 0x8004,
  dateSent: 0x8005,
  messageClass: 0x8008,
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  renderData: 0x9002,
  properties: 0x9003,
  recipients: 0x9004,
  attachmentProperties: 0x9005,
  transportFilename: 0x9001,
  codePage: 0x9007,
} as const;

/** What a TNEF stream (winmail.dat) holds. */
export type TnefReading = {
  readonly message: MapiMessage;
  readonly text: string | null;
  readonly html: string | null;
  readonly rtf: Buffer | null;
  readonly files: readonly PackedFile[];
  readonly messages: readonly MapiMessage[];
  readonly notes: Notes;
};

/** True when the bytes begin as TNEF does. */
export function isTnef(bytes: Uint8Array): boolean {
  return bytes.length >= 6 && asBuffer(bytes).readUInt32LE(0) === SIGNATURE;
}

/**
 * Reads a TNEF stream. Never throws: a stream that is cut gives what stands before the cut, and an issue.
 *
 * @param bytes Attacker-controlled. Read once from front to back; files are views of it.
 * @param charset What a person says its 8-bit texts are written in.
 * @source MS-OXTNEF 2.1
 */
export function readTnef(bytes: Uint8Array, charset: string | null = null): TnefReading {
  const notes = newNotes(charset);
  const message = readStream(asBuffer(bytes), notes, 0);
  const messages = message.attachments.flatMap((attachment) => attachment.message ?? []);
  return { message, ...bodiesOf(message), files: filesOf(message, notes), messages, notes };
}

type Building = {
  readonly notes: Notes;
  readonly depth: number;
  readonly own: Map<number, Property>;
  /** From MAPI properties: these say more than the old attributes. */
  list: PropertyList;
  recipients: readonly PropertyList[];
  readonly attachments: Map<number, Property>[];
  readonly lists: PropertyList[];
  codePage: number | null;
};

const EMPTY: PropertyList = { byId: new Map(), names: new Map() };

function readStream(bytes: Buffer, notes: Notes, depth: number): MapiMessage {
  const building: Building = {
    notes,
    depth,
    own: new Map(),
    list: EMPTY,
    recipients: [],
    attachments: [],
    lists: [],
    codePage: null,
  };
  let at = 6;
  while (at + 9 <= bytes.length) {
    const level = bytes[at]!;
    const id = bytes.readUInt16LE(at + 1);
    const size = bytes.readUInt32LE(at + 5);
    const start = at + 9;
    if (level !== MESSAGE_LEVEL && level !== ATTACHMENT_LEVEL) break;
    const value = bytes.subarray(start, start + size);
    if (value.length < size) note(notes, 'outlook-damaged', 'A winmail.dat ends in the middle of a value.');
    else checkSum(bytes, start, size, notes);
    takeAttribute(building, id, value);
    at = start + size + 2;
  }
  if (at !== bytes.length || !isTnef(bytes))
    note(notes, 'outlook-damaged', 'A winmail.dat is damaged; what stands before the damage was read.');
  return messageOf(building);
}

/** MS-OXTNEF 2.1.3.1: the sum of all bytes. */
function checkSum(bytes: Buffer, start: number, size: number, notes: Notes): void {
  if (start + size + 2 > bytes.length) return;
  let sum = 0;
  for (let at = start; at < start + size; at++) sum = (sum + bytes[at]!) & 0xffff;
  if (sum !== bytes.readUInt16LE(start + size))
    note(notes, 'checksum-wrong', 'A checksum in a winmail.dat is wrong; the value was read all the same.');
}

function takeAttribute(building: Building, id: number, value: Buffer): void {
  const { own } = building;
  if (id === ATTRIBUTE.renderData) {
    building.attachments.push(new Map());
    building.lists.push(EMPTY);
  } else if (id === ATTRIBUTE.codePage) {
    building.codePage = value.length >= 4 ? value.readUInt32LE(0) : null;
  } else if (id === ATTRIBUTE.subject) put(own, ID.subject, TYPE.string8, value);
  else if (id === ATTRIBUTE.body) put(own, ID.body, TYPE.string8, value);
  else if (id === ATTRIBUTE.messageClass) put(own, ID.messageClass, TYPE.string8, value);
  else if (id === ATTRIBUTE.dateSent) putDate(own, value);
  else if (id === ATTRIBUTE.from) putSender(own, value);
  else if (id === ATTRIBUTE.properties) building.list = readProperties(value, building.notes).list;
  else if (id === ATTRIBUTE.recipients) building.recipients = readRecipients(value, building.notes);
  else takeOfAttachment(building, id, value);
}

/** Some writers give an attachment's attributes without the one that opens it. */
function takeOfAttachment(building: Building, id: number, value: Buffer): void {
  const isKnown =
    id === ATTRIBUTE.attachData ||
    id === ATTRIBUTE.attachTitle ||
    id === ATTRIBUTE.transportFilename ||
    id === ATTRIBUTE.attachmentProperties;
  if (!isKnown) return;
  if (building.attachments.length === 0) takeAttribute(building, ATTRIBUTE.renderData, value);
  const attachment = building.attachments.at(-1)!;
  if (id === ATTRIBUTE.attachData) put(attachment, ID.attachData, TYPE.binary, value);
  else if (id === ATTRIBUTE.attachTitle) put(attachment, ID.attachFilename, TYPE.string8, value);
  else if (id === ATTRIBUTE.transportFilename) put(attachment, ID.displayName, TYPE.string8, value);
  else building.lists[building.lists.length - 1] = readProperties(value, building.notes).list;
}

function put(into: Map<number, Property>, id: number, type: number, value: Buffer): void {
  if (!into.has(id)) into.set(id, { id, type, values: [value] });
}

/** Year, month, day, hour, minute, second: a local time of nobody's zone; Outlook writes UTC. */
function putDate(into: Map<number, Property>, value: Buffer): void {
  if (value.length < 12) return;
  const [year, month, day, hour, minute, second] = [0, 2, 4, 6, 8, 10].map((at) => value.readUInt16LE(at));
  const ms = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  if (Number.isNaN(ms) || year! < 1970) return;
  const filetime = Buffer.alloc(8);
  filetime.writeBigUInt64LE(BigInt(ms) * 10_000n + 116_444_736_000_000_000n);
  put(into, ID.submitTime, TYPE.time, filetime);
}

/** MS-OXTNEF 2.1.3.3.3: two lengths, a display name, and `type:address`. */
function putSender(into: Map<number, Property>, value: Buffer): void {
  if (value.length < 16) return;
  const nameBytes = value.readUInt16LE(4);
  const addressBytes = value.readUInt16LE(6);
  const address = value.subarray(8 + nameBytes, 8 + nameBytes + addressBytes);
  const colon = address.indexOf(58);
  put(into, ID.senderName, TYPE.string8, value.subarray(8, 8 + nameBytes));
  put(into, ID.senderAddress, TYPE.string8, address.subarray(colon + 1));
  if (colon > 0) put(into, ID.senderType, TYPE.string8, address.subarray(0, colon));
}

const MOST_RECIPIENTS = 100_000;

function readRecipients(value: Buffer, notes: Notes): readonly PropertyList[] {
  const rows: PropertyList[] = [];
  const count = value.length < 4 ? 0 : Math.min(value.readUInt32LE(0), MOST_RECIPIENTS);
  let at = 4;
  for (let i = 0; i < count && at + 4 <= value.length; i++) {
    const row = readProperties(value.subarray(at), notes);
    rows.push(row.list);
    at += row.size;
  }
  return rows;
}

function messageOf(building: Building): MapiMessage {
  const bag = (list: PropertyList, own: ReadonlyMap<number, Property>): Properties => ({
    byId: new Map([...own, ...list.byId]),
    names: list.names,
    codePage: building.codePage,
    notes: building.notes,
  });
  const attachments = building.attachments.map((own, index) =>
    attachmentOf(bag(building.lists[index]!, own), building),
  );
  return {
    properties: bag(building.list, building.own),
    recipients: building.recipients.map((list) => bag(list, new Map())),
    attachments,
  };
}

const BY_REFERENCE = new Set([2, 3, 4, 7]);
const OBJECT_PREFIX_BYTES = 16;

function attachmentOf(properties: Properties, building: Building): MapiAttachment {
  const property = properties.byId.get(ID.attachData);
  const data = property?.values[0];
  if (!property || !data || BY_REFERENCE.has(numberOf(properties, ID.attachMethod) ?? 1))
    return { properties, bytes: data?.length ? data : null, message: null };
  if (property.type !== TYPE.object) return { properties, bytes: data, message: null };
  const inner = data.subarray(OBJECT_PREFIX_BYTES);
  const isMessage = isTnef(inner) && building.depth < DEEPEST;
  if (isTnef(inner) && !isMessage)
    note(building.notes, 'too-deep', 'Messages in a winmail.dat are nested too deep; the inner is a file.');
  if (!isMessage) return { properties, bytes: inner, message: null };
  const message = { ...readStream(inner, building.notes, building.depth + 1), packed: inner };
  return { properties, bytes: null, message };
}
