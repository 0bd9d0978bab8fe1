import { decodeText } from '../charset.ts';
import { type Notes, note } from '../reading.ts';
import { charsetOfCodePage } from './code-page.ts';

/**
 * One MAPI property as it stands in the file.
 *
 * @property type MS-OXCDATA 2.11.1, without the multi-value bit.
 * @property values Little-endian bytes; one for a plain property, more for a multi-valued one.
 */
export type Property = { readonly id: number; readonly type: number; readonly values: readonly Buffer[] };

/**
 * The properties of a message, a recipient or an attachment, from whatever file.
 *
 * @property names Ids of named properties, by `set/number` or `set/name` in lower case: see {@link nameKey}.
 * @property codePage Of 8-bit texts, as the message states it; null when it does not.
 */
export type Properties = {
  readonly byId: ReadonlyMap<number, Property>;
  readonly names: ReadonlyMap<string, number>;
  readonly codePage: number | null;
  readonly notes: Notes;
};

/** Property types (MS-OXCDATA 2.11.1). */
export const TYPE = {
  int16: 0x02,
  int32: 0x03,
  float32: 0x04,
  float64: 0x05,
  currency: 0x06,
  apptime: 0x07,
  error: 0x0a,
  boolean: 0x0b,
  object: 0x0d,
  int64: 0x14,
  string8: 0x1e,
  unicode: 0x1f,
  time: 0x40,
  guid: 0x48,
  binary: 0x102,
} as const;

/** Property ids (MS-OXPROPS), as far as something is read from them. */
export const ID = {
  messageClass: 0x001a,
  subject: 0x0037,
  submitTime: 0x0039,
  subjectPrefix: 0x003d,
  sentRepresentingName: 0x0042,
  replyToNames: 0x0050,
  sentRepresentingType: 0x0064,
  sentRepresentingAddress: 0x0065,
  transportHeaders: 0x007d,
  recipientType: 0x0c15,
  senderName: 0x0c1a,
  senderType: 0x0c1e,
  senderAddress: 0x0c1f,
  displayBcc: 0x0e02,
  displayCc: 0x0e03,
  displayTo: 0x0e04,
  deliveryTime: 0x0e06,
  normalizedSubject: 0x0e1d,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  messageId: 0x1035,
  references: 0x1039,
  inReplyTo: 0x1042,
  displayName: 0x3001,
  addressType: 0x3002,
  address: 0x3003,
  creationTime: 0x3007,
  modificationTime: 0x3008,
  smtpAddress: 0x39fe,
  attachData: 0x3701,
  attachExtension: 0x3703,
  attachFilename: 0x3704,
  attachMethod: 0x3705,
  attachLongFilename: 0x3707,
  attachPathname: 0x3708,
  attachLongPathname: 0x370d,
  attachMediaType: 0x370e,
  attachContentId: 0x3712,
  attachFlags: 0x3714,
  attachDisposition: 0x3716,
  internetCodePage: 0x3fde,
  messageCodePage: 0x3ffd,
  senderSmtp: 0x5d01,
  sentRepresentingSmtp: 0x5d02,
} as const;

/** Sets of named properties (MS-OXPROPS 1.3.2). */
export const SET = {
  mapi: '00020328-0000-0000-c000-000000000046',
  strings: '00020329-0000-0000-c000-000000000046',
  appointment: '00062002-0000-0000-c000-000000000046',
  task: '00062003-0000-0000-c000-000000000046',
  address: '00062004-0000-0000-c000-000000000046',
  common: '00062008-0000-0000-c000-000000000046',
  meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
} as const;

/** Under which a named property is found in `names`. */
export function nameKey(set: string, name: number | string): string {
  return `${set}/${name}`.toLowerCase();
}

/** The id of a named property in this file, or -1. */
export function named(bag: Properties, set: string, name: number | string): number {
  return bag.names.get(nameKey(set, name)) ?? -1;
}

/** A text; null when it is absent or empty. 8-bit texts are read by their code page, and a guess is noted. */
export function textOf(bag: Properties, id: number): string | null {
  return bag.byId.has(id) ? (textsOf(bag, id)[0] ?? null) : null;
}

/** All values of a multi-valued text. */
export function textsOf(bag: Properties, id: number): readonly string[] {
  const property = bag.byId.get(id);
  if (!property) return [];
  const { type, values } = property;
  if (type === TYPE.unicode)
    return values.map((value) => untilNul(value.toString('utf16le'))).filter(Boolean);
  if (type !== TYPE.string8) return [];
  return values.map((value) => untilNul(decode8(bag, value, bag.codePage, false))).filter(Boolean);
}

/** Decodes 8-bit text under a code page, or by its bytes when none is stated; what was used is noted. */
export function decode8(bag: Properties, bytes: Buffer, codePage: number | null, isHtml: boolean): string {
  const declared = codePage === null ? null : charsetOfCodePage(codePage);
  return decodeText(bytes, declared, isHtml, bag.notes, { start: 0, end: 0 });
}

/** The same for the words of a message, which end with their last character: a zero byte between words hides nothing. */
export function wordsOf(bag: Properties, id: number): string | null {
  const property = bag.byId.get(id);
  const [value] = property?.values ?? [];
  if (!property || !value || (property.type !== TYPE.unicode && property.type !== TYPE.string8)) return null;
  const text =
    property.type === TYPE.unicode ? value.toString('utf16le') : decode8(bag, value, bag.codePage, false);
  const words = text.replace(/\0+$/, '');
  if (words.includes('\0')) note(bag.notes, 'nul-byte', 'A text holds NUL bytes.');
  return words || null;
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** A whole number of 16, 32 or 64 bits, or null. */
export function numberOf(bag: Properties, id: number): number | null {
  const property = bag.byId.get(id);
  const value = property?.values[0];
  if (!property || !value) return null;
  if (property.type === TYPE.int16 && value.length >= 2) return value.readInt16LE(0);
  if (property.type === TYPE.int32 && value.length >= 4) return value.readInt32LE(0);
  if (property.type === TYPE.int64 && value.length >= 8) return Number(value.readBigInt64LE(0));
  return null;
}

export function isTrue(bag: Properties, id: number): boolean {
  const property = bag.byId.get(id);
  return property?.type === TYPE.boolean && (property.values[0]?.[0] ?? 0) !== 0;
}

/** An instant as ISO 8601 in UTC, without fractions of a second that are zero; null when absent, unset or impossible. */
export function timeOf(bag: Properties, id: number): string | null {
  const property = bag.byId.get(id);
  const value = property?.values[0];
  return property?.type === TYPE.time && value && value.length >= 8
    ? instantOf(value.readBigUInt64LE(0))
    : null;
}

const EPOCH_FILETIME = 116_444_736_000_000_000n;
/** The year 1601 is "unset", 4501 is "never" (MS-OXOCAL). */
const FIRST = EPOCH_FILETIME - 10_000_000n * 86_400n * 365n * 200n;
const LAST = 0x0c_b3_45_57_a3_dd_40_00n;

/** @param filetime Units of 100 ns since 1601. */
export function instantOf(filetime: bigint): string | null {
  if (filetime < FIRST || filetime >= LAST) return null;
  const ms = Number((filetime - EPOCH_FILETIME) / 10_000n);
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Raw bytes of any property, or null. */
export function bytesOf(bag: Properties, id: number): Buffer | null {
  return bag.byId.get(id)?.values[0] ?? null;
}

/** A GUID as it is written, in lower case. */
export function guidAt(bytes: Buffer, at: number): string {
  if (at + 16 > bytes.length) return '';
  const hex = (from: number, to: number): string => bytes.toString('hex', at + from, at + to);
  const swapped = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(at + from, at + to))
      .reverse()
      .toString('hex');
  return `${swapped(0, 4)}-${swapped(4, 6)}-${swapped(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`;
}

/**
 * Reads the table of named properties, which .msg and .pst files hold in the same shape.
 *
 * @source MS-OXMSG 2.2.3, MS-PST 2.4.7
 */
export function readNames(sets: Buffer, entries: Buffer, strings: Buffer): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const word = entries.readUInt16LE(at + 4);
    const set = setAt(sets, word >> 1);
    const value = entries.readUInt32LE(at);
    const name = (word & 1) === 1 ? stringAt(strings, value) : value;
    if (set && name !== null) names.set(nameKey(set, name), 0x8000 + entries.readUInt16LE(at + 6));
  }
  return names;
}

function setAt(sets: Buffer, index: number): string {
  if (index === 1) return SET.mapi;
  if (index === 2) return SET.strings;
  return index < 3 ? '' : guidAt(sets, (index - 3) * 16);
}

const LONGEST_NAME = 1024;

function stringAt(strings: Buffer, at: number): string | null {
  if (at + 4 > strings.length) return null;
  const size = strings.readUInt32LE(at);
  if (size > LONGEST_NAME || at + 4 + size > strings.length) return null;
  return untilNul(strings.toString('utf16le', at + 4, at + 4 + size));
}
