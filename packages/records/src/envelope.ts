import { isUtf8 } from 'node:buffer';
import { type Mailbox, readAddresses } from './address.ts';
import { readDate } from './date.ts';
import { readUnstructured, unfold } from './encoded-word.ts';
import { type HeaderBlock, type HeaderField, lineEndOf, rawValue, readHeaderBlock } from './header-block.ts';
import type { ByteRange } from './issue.ts';
import { isPacked, openPacked } from './outlook/packed.ts';
import { type Notes, newNotes, note } from './reading.ts';
import { asBuffer } from './source.ts';

/** Who wrote what to whom and when, as the header states it. */
export type Envelope = {
  readonly subject: string | null;
  /** The first author. */
  readonly from: Mailbox | null;
  /** All of them. */
  readonly authors: readonly Mailbox[];
  readonly sender: Mailbox | null;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  /** ISO 8601 with the offset that was stated; without one when the zone is missing or unknown. A claim, not a proof. */
  readonly sentAt: string | null;
  readonly sentAtSource: 'date-header' | null;
  /** The Date header as written. */
  readonly sentAtRaw: string | null;
  /** From the topmost Received header that holds a date. */
  readonly receivedAt: string | null;
  /** With its angle brackets. Claimed by the sender: never a key. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly listId: string | null;
};

/** What a survey of correspondents needs, without reading bodies. */
export type MailHeaders = Envelope & { readonly headerEnd: number };

type Found = { -readonly [K in keyof Envelope]: Envelope[K] };
const NONE: readonly never[] = [];

/** Reads only the header of a message: several times faster than {@link readMail}. Never throws. */
export function readHeaders(bytes: Uint8Array): MailHeaders {
  const packed = isPacked(bytes) ? openPacked(bytes) : null;
  if (packed) return { ...readHeaders(packed.header), headerEnd: 0 };
  const buffer = asBuffer(bytes);
  const header = readHeaderBlock(buffer, 0, buffer.length, lineEndOf(buffer, 0, buffer.length), true);
  return { ...readEnvelope(header, newNotes()), headerEnd: header.bodyStart };
}

/** Picks the envelope out of a header. A field that occurs twice: lists are joined, otherwise the first counts and it is said. */
export function readEnvelope(header: HeaderBlock, notes: Notes): Envelope {
  const found: Found = {
    subject: null,
    from: null,
    authors: NONE,
    sender: null,
    replyTo: NONE,
    to: NONE,
    cc: NONE,
    bcc: NONE,
    sentAt: null,
    sentAtSource: null,
    sentAtRaw: null,
    receivedAt: null,
    messageId: null,
    inReplyTo: null,
    references: NONE,
    listId: null,
  };
  for (const field of header.fields) takeField(found, header, field, notes);
  found.from = found.authors[0] ?? null;
  if (found.sentAtRaw === null && header.fields.length > 0)
    note(notes, 'date-missing', 'There is no Date header; the sent time is unknown.', {
      start: header.start,
      end: header.bodyStart,
    });
  return found;
}

function takeField(found: Found, header: HeaderBlock, field: HeaderField, notes: Notes): void {
  switch (field.key) {
    case 'subject':
      takeSubject(found, readUnstructured(rawValue(header, field), notes, rangeOf(field)), notes, field);
      return;
    case 'from':
      takeAuthors(found, sendersOf(joined(NONE, header, field, notes)), notes, field);
      return;
    case 'to':
      found.to = joined(found.to, header, field, notes);
      return;
    case 'cc':
      found.cc = joined(found.cc, header, field, notes);
      return;
    case 'bcc':
      found.bcc = joined(found.bcc, header, field, notes);
      return;
    case 'reply-to':
      found.replyTo = joined(found.replyTo, header, field, notes);
      return;
    case 'sender':
      found.sender ??= joined(NONE, header, field, notes)[0] ?? null;
      return;
    case 'date':
      takeDate(found, rawValue(header, field), notes, rangeOf(field));
      return;
    case 'received':
      found.receivedAt ??= receivedAt(rawValue(header, field));
      return;
    case 'message-id':
      found.messageId ??= idsIn(rawValue(header, field))[0] ?? null;
      return;
    case 'in-reply-to':
      found.inReplyTo ??= parentOf(rawValue(header, field));
      return;
    case 'references':
      found.references = found.references.length === 0 ? idsIn(rawValue(header, field)) : found.references;
      return;
    case 'list-id':
      found.listId ??= listIdOf(rawValue(header, field), notes, rangeOf(field));
      return;
  }
}

function takeSubject(found: Found, stated: string, notes: Notes, field: HeaderField): void {
  if (found.subject === null) found.subject = stated;
  else noteRepeated(found.subject, stated, 'Subject', notes, rangeOf(field));
}

function takeAuthors(found: Found, more: readonly Mailbox[], notes: Notes, field: HeaderField): void {
  const [before, next] = [found.authors[0], more[0]];
  if (before && next) noteRepeated(said(before), said(next), 'From', notes, rangeOf(field));
  found.authors = before ? [...found.authors, ...more] : more;
}

function said({ name, address }: Mailbox): string {
  return `${name ?? ''} ${address ?? ''}`;
}

/** RFC 5322 3.6: once at most. Programs differ in which they show, and a forger may count on that. */
function noteRepeated(first: string, next: string, name: string, notes: Notes, where: ByteRange): void {
  if (first === next) return;
  const message = `The header holds ${name} more than once, and not the same; the first was taken.`;
  note(notes, 'field-repeated', message, where);
}

function rangeOf(field: HeaderField): ByteRange {
  return { start: field.valueStart, end: field.end };
}

function joined(
  before: readonly Mailbox[],
  header: HeaderBlock,
  field: HeaderField,
  notes: Notes,
): readonly Mailbox[] {
  const more = readAddresses(rawValue(header, field), notes, rangeOf(field));
  return before.length === 0 ? more : [...before, ...more];
}

/**
 * `Orlov, Ivan <ivan@example.com>` lacks its quotes: words before the first address are the front of its name. And
 * `<mailto:ivan@example.com>` is a link to where mail goes, in a sender no other thing than the address.
 */
function sendersOf(authors: readonly Mailbox[]): readonly Mailbox[] {
  const plain = authors.map(({ name, address }) => ({
    name,
    address: address?.replace(/^mailto:/i, '') ?? null,
  }));
  const first = plain.findIndex(({ address }) => address !== null);
  if (first < 1) return plain;
  const names = plain.slice(0, first + 1).flatMap(({ name }) => name ?? []);
  return [{ name: names.join(', '), address: plain[first]!.address }, ...plain.slice(first + 1)];
}

function takeDate(found: Found, latin1: string, notes: Notes, where: ByteRange): void {
  const stated = NOT_ASCII.test(latin1) ? readUnstructured(latin1, notes, where) : unfold(latin1);
  if (stated === '') return;
  if (found.sentAtRaw !== null) {
    noteRepeated(found.sentAtRaw, stated, 'Date', notes, where);
    return;
  }
  found.sentAtRaw = stated;
  const read = readDate(stated);
  found.sentAt = read.iso;
  found.sentAtSource = read.iso === null ? null : 'date-header';
  if (read.problem === 'unreadable')
    note(notes, 'date-unreadable', 'The Date header is no possible date; the sent time is unknown.', where);
  if (read.problem === 'unknown-zone')
    note(
      notes,
      'date-unknown-zone',
      'The zone of the Date header is missing or not known; the sent time is local to an unknown place.',
      where,
    );
  if (read.problem === 'odd')
    note(
      notes,
      'date-odd',
      'The Date header is not written as the standard asks; it was read all the same.',
      where,
    );
}

/** What follows the last semicolon; a date without a known zone is no evidence of an instant. */
function receivedAt(latin1: string): string | null {
  const semi = latin1.lastIndexOf(';');
  if (semi < 0) return null;
  // Some relays write on after the date, or before it.
  const stated = unfold(latin1.slice(semi + 1)).replace(/^[^\w(]+|^_+\s*/, '');
  const read = readDate(stated.replace(/\s+(?:for|id|by)\s.*$/, ''));
  return read.problem === 'unknown-zone' ? null : read.iso;
}

/** Old programs wrote prose before the id, with addresses in it. */
function parentOf(latin1: string): string | null {
  const ids = idsIn(latin1);
  return (latin1.trimStart().startsWith('<') ? ids[0] : ids.at(-1)) ?? null;
}

function idsIn(latin1: string): readonly string[] {
  const text = NOT_ASCII.test(latin1) ? fromUtf8(latin1) : latin1;
  const plain = text.includes('(') ? text.replace(/\([^()]*\)/g, '') : text;
  const bracketed = plain.match(/<[^<>]+>/g);
  if (bracketed) return bracketed.map((id) => (/\s/.test(id) ? id.replace(/\s+/g, '') : id));
  const bare = unfold(text);
  return /^[^\s"]+@[^\s"]+$/.test(bare) || (bare !== '' && !bare.includes(' '))
    ? [`<${bare.replace(/[<>]/g, '')}>`]
    : [];
}

const NOT_ASCII = /[\x80-\xff]/;

/** An id is compared, not read: bytes that are no UTF-8 stay one character each. */
function fromUtf8(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : latin1;
}

function listIdOf(latin1: string, notes: Notes, where: ByteRange): string | null {
  const value = readUnstructured(latin1, notes, where);
  return (/<([^<>]+)>/.exec(value)?.[1] ?? value).trim() || null;
}
