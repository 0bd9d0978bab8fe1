import type { Mailbox } from './address.ts';
import { type CalendarEntry, readCalendar } from './calendar.ts';
import { decodeText } from './charset.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { ByteRange } from './issue.ts';
import { ENCRYPTED, type Protection, protectionsOf } from './protection.ts';
import { type Notes, newNotes, note, type OtherReading } from './reading.ts';
import { type MailReport, readReport } from './report.ts';
import { fieldOf, type Part } from './structure.ts';
import { decodeTransfer } from './transfer.ts';

/** One piece of a message that was sent in several. @source RFC 2046 5.2.2 */
export type Piece = { readonly id: string; readonly number: number; readonly total: number | null };

/** A file that is somewhere else; nothing is fetched. @source RFC 2046 5.2.3 */
export type ElsewhereFile = {
  readonly accessType: string;
  readonly where: string | null;
  readonly name: string | null;
  readonly range: ByteRange;
};

/** The header as the protected part states it, where it differs from the one that anybody could change on the way. */
export type OuterHeader = { readonly subject: string | null; readonly from: Mailbox | null };

/** What a message holds beside words and files. */
export type Findings = {
  /** A bounce, a receipt or a complaint, tied to the message it speaks of. */
  readonly report: MailReport | null;
  /** Invitations, answers to them and other calendar entries. */
  readonly calendar: readonly CalendarEntry[];
  readonly protection: readonly Protection[];
  /** What the outer header said, where the protected one says otherwise and was taken. */
  readonly outer: OuterHeader | null;
  readonly piece: Piece | null;
  readonly elsewhere: readonly ElsewhereFile[];
  /** Texts whose charset was a guess or contradicted, read the other way. */
  readonly otherReadings: readonly OtherReading[];
};

export const NO_FINDINGS: Findings = {
  report: null,
  calendar: [],
  protection: [],
  outer: null,
  piece: null,
  elsewhere: [],
  otherReadings: [],
};

/** Looks at the parts of one message. @param original the Message-ID of the first message inside it */
export function findingsOf(bytes: Buffer, root: Part, original: string | null, notes: Notes): Findings {
  const isPlain =
    root.parts.length === 0 && root.mediaType.startsWith('text/') && root.mediaType !== 'text/calendar';
  const protection = protectionsOf(bytes, root);
  for (const { form, signature } of protection)
    if (form === 'encrypted' && signature) note(notes, 'encrypted', ENCRYPTED, signature);
  if (isPlain) return { ...NO_FINDINGS, protection, otherReadings: notes.otherReadings };
  const leaves = leavesOf(root);
  return {
    report: readReport(bytes, root, original),
    calendar: leaves
      .filter(isCalendar)
      .slice(0, 20)
      .flatMap((part) => calendarIn(bytes, part, notes)),
    protection,
    outer: null,
    piece: pieceOf(leaves, notes),
    elsewhere: leaves
      .filter((part) => part.mediaType === 'message/external-body' || isLeftBehind(part))
      .map((part) => elsewhere(part, notes)),
    otherReadings: notes.otherReadings,
  };
}

function leavesOf(root: Part): readonly Part[] {
  const found: Part[] = [];
  const visit = (part: Part): void => {
    if (part.parts.length === 0) found.push(part);
    for (const inner of part.parts) visit(inner);
  };
  visit(root);
  return found;
}

function isCalendar({ mediaType, name }: Part): boolean {
  return mediaType === 'text/calendar' || mediaType === 'application/ics' || /\.ics$/i.test(name ?? '');
}

function calendarIn(bytes: Buffer, part: Part, notes: Notes): readonly CalendarEntry[] {
  const plain = decodeTransfer(bytes.subarray(part.body.start, part.body.end), part.encoding);
  const entries = readCalendar(
    decodeText(plain, part.params.get('charset') ?? null, false, newNotes(), part.body),
  );
  if (!entries)
    note(notes, 'calendar-unreadable', 'A calendar could not be read; it is kept as a file.', part.body);
  return entries ?? [];
}

function pieceOf(leaves: readonly Part[], notes: Notes): Piece | null {
  const part = leaves.find(({ mediaType }) => mediaType === 'message/partial');
  if (!part) return null;
  const [id, number, total] = ['id', 'number', 'total'].map((name) => part.params.get(name) ?? '');
  note(notes, 'message-in-pieces', 'This is one piece of a message that was sent in several.', part.body);
  return { id: id!, number: Number.parseInt(number!, 10) || 0, total: Number.parseInt(total!, 10) || null };
}

/** Apple Mail keeps the file of a `.partial.emlx` beside it, and leaves its part empty but for its length. */
function isLeftBehind({ header, body, mediaType }: Part): boolean {
  const isEmpty = body.end - body.start < 4 && !mediaType.startsWith('text/');
  return isEmpty && fieldOf(header, 'x-apple-content-length') !== undefined;
}

function elsewhere({ params, name, body, mediaType }: Part, notes: Notes): ElsewhereFile {
  note(
    notes,
    'file-elsewhere',
    'A file is not in the message but somewhere else; nothing was fetched.',
    body,
  );
  const site = ['url', 'site', 'directory', 'server'].flatMap((key) => params.get(key) ?? []);
  return {
    accessType:
      mediaType === 'message/external-body' ? (params.get('access-type') ?? '').toLowerCase() : 'local-file',
    where: site.join(' ').replace(/\s+/g, params.has('url') ? '' : ' ') || null,
    name,
    range: body,
  };
}

/** Legacy programs name the protected header so; RFC 9788 calls it `hp`. */
function hasProtectedHeader(part: Part): boolean {
  return part.params.has('hp') || part.params.get('protected-headers')?.toLowerCase() === 'v1';
}

/**
 * Takes the subject that is signed together with the words, where the outer one says otherwise: on the way anybody could
 * change that. It is kept in `outer`.
 *
 * @source RFC 9788, and the draft before it that states `protected-headers="v1"`
 */
export function withProtectedHeader(
  envelope: Envelope,
  root: Part,
  findings: Findings,
  notes: Notes,
): Envelope & Findings {
  const part = root.mediaType === 'multipart/signed' ? root.parts[0] : undefined;
  if (!part || !hasProtectedHeader(part)) return { ...envelope, ...findings };
  const inner = readEnvelope(part.header, newNotes());
  if (inner.subject === null || inner.subject === envelope.subject) return { ...envelope, ...findings };
  const range = { start: part.header.start, end: part.header.bodyStart };
  note(
    notes,
    'header-differs',
    'The signed part states another subject than the outer header; the signed one was taken.',
    range,
  );
  const outer = { subject: envelope.subject, from: envelope.from };
  return { ...envelope, ...findings, subject: inner.subject, outer };
}
