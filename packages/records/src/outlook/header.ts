import type { MapiMessage } from './message.ts';
import { ID, numberOf, type Properties, textOf, timeOf } from './property.ts';

/** The header of a message, in bytes that end before the blank line; `isRebuilt` when we had to write it. */
export type MapiHeader = { readonly bytes: Buffer; readonly isRebuilt: boolean };

const REAL_FIELD = /^(?:from|date|received|message-id):/im;
const RECIPIENT_FIELDS = [
  ['To', 1, ID.displayTo],
  ['Cc', 2, ID.displayCc],
  ['Bcc', 3, ID.displayBcc],
] as const;

/**
 * The header as it came over the wire where Outlook kept it, else one made of the message's properties.
 *
 * A sent time that is not stated is not written.
 */
export function headerOf(message: MapiMessage): MapiHeader {
  const kept = transportHeader(message.properties);
  if (kept !== null) return { bytes: kept, isRebuilt: false };
  const lines = rebuiltFields(message).map(([name, value]) => folded(name, value));
  return { bytes: Buffer.from(lines.join(''), 'utf8'), isRebuilt: true };
}

/** Verbatim, but for a line of Exchange's own before it; ends at the first blank line. */
function transportHeader(properties: Properties): Buffer | null {
  const stated = textOf(properties, ID.transportHeaders);
  if (stated === null) return null;
  const lines = stated.replace(/^\s*Microsoft Mail Internet Headers[^\r\n]*\s*/, '').replace(/^[\r\n]+/, '');
  const end = lines.search(/\r?\n[ \t]*\r?\n/);
  const header = (end < 0 ? lines : lines.slice(0, end)).trimEnd();
  return REAL_FIELD.test(header) ? Buffer.from(`${header}\r\n`, 'utf8') : null;
}

function rebuiltFields(message: MapiMessage): readonly (readonly [string, string])[] {
  const { properties } = message;
  const sender = personIn(properties, [ID.senderName, ID.senderType, ID.senderAddress, ID.senderSmtp]);
  const author = personIn(properties, [
    ID.sentRepresentingName,
    ID.sentRepresentingType,
    ID.sentRepresentingAddress,
    ID.sentRepresentingSmtp,
  ]);
  const from = author ?? sender;
  const fields: [string, string | null][] = [
    ['Date', dateOf(timeOf(properties, ID.submitTime))],
    ['Delivery-Date', dateOf(timeOf(properties, ID.deliveryTime))],
    ['From', from && addressed(from)],
    ['Sender', sender && from && isOther(sender, from) ? addressed(sender) : null],
    ...RECIPIENT_FIELDS.map(([name, kind, shown]): [string, string | null] => [
      name,
      recipientsOf(message, kind, shown),
    ]),
    ['Subject', encoded(subjectOf(properties) ?? '') || null],
    ['Message-ID', idsOnly(textOf(properties, ID.messageId))],
    ['In-Reply-To', idsOnly(textOf(properties, ID.inReplyTo))],
    ['References', idsOnly(textOf(properties, ID.references))],
  ];
  return fields.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** A subject may begin with a mark and the length of its prefix (MS-PST 2.5.3.1.1.1). */
export function subjectOf(properties: Properties): string | null {
  const subject = textOf(properties, ID.subject);
  return subject?.startsWith('\x01') ? subject.slice(2) : subject;
}

type Person = { readonly name: string | null; readonly address: string | null };

/** An address of Exchange's own (`/O=…`) is none that mail knows. */
export function personIn(
  properties: Properties,
  [nameId, typeId, addressId, smtpId]: readonly [number, number, number, number],
): Person | null {
  const name = textOf(properties, nameId);
  const type = textOf(properties, typeId)?.toUpperCase() ?? 'SMTP';
  const own = type === 'SMTP' ? textOf(properties, addressId) : null;
  const address = [textOf(properties, smtpId), own].find((one) => one?.includes('@')) ?? null;
  return name === null && address === null ? null : { name, address };
}

function isOther(a: Person, b: Person): boolean {
  return a.address !== null && b.address !== null && a.address.toLowerCase() !== b.address.toLowerCase();
}

function recipientsOf({ properties, recipients }: MapiMessage, kind: number, shown: number): string | null {
  const known = recipients.filter((one) => ((numberOf(one, ID.recipientType) ?? 0) & 0x0f) === kind);
  const people = known.flatMap(
    (one) => personIn(one, [ID.displayName, ID.addressType, ID.address, ID.smtpAddress]) ?? [],
  );
  if (people.length > 0) return people.map(addressed).join(', ');
  const names = recipients.length > 0 ? [] : (textOf(properties, shown) ?? '').split(';');
  const named = names.map((name) => name.trim()).filter(Boolean);
  return (
    named.map((name) => addressed({ name, address: name.includes('@') ? name : null })).join(', ') || null
  );
}

/** A person of whom only a name is known is a name with nothing in the brackets. */
function addressed({ name, address }: Person): string {
  const plain = address?.replace(/[\s<>,;]+/g, '') ?? '';
  if (name === null || name === address) return `<${plain}>`;
  return `${phrase(name.replace(/^'(.*)'$/, '$1'))} <${plain}>`;
}

function phrase(name: string): string {
  const quoted = `"${name.replace(/[\r\n\0]+/g, ' ').replace(/["\\]/g, '\\$&')}"`;
  return /^[\x20-\x7e]*$/.test(quoted) ? quoted : encoded(name);
}

const WORD_BYTES = 42;

/** RFC 2047, in words that cut no character. */
function encoded(text: string): string {
  const line = text.replace(/[\r\n\0]+/g, ' ').trim();
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes('=?')) return line;
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
}

function idsOnly(value: string | null): string | null {
  return value === null ? null : value.replace(/[^\x21-\x7e]+/g, ' ').trim() || null;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 3.3, in UTC. */
function dateOf(iso: string | null): string | null {
  if (iso === null) return null;
  const at = new Date(iso);
  const day = String(at.getUTCDate()).padStart(2, '0');
  const date = `${DAYS[at.getUTCDay()]}, ${day} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${date} ${iso.slice(11, 19)} +0000`;
}

const LINE = 76;

/** RFC 5322 2.2.3: lines break at spaces only. */
function folded(name: string, value: string): string {
  let line = `${name}:`;
  let out = '';
  for (const word of value.split(' ')) {
    if (line.length + word.length + 1 > LINE && line.trim() !== '' && !line.endsWith(':')) {
      out += `${line}\r\n`;
      line = '';
    }
    line += ` ${word}`;
  }
  return `${out}${line}\r\n`;
}
