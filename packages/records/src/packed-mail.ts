import type { Attachment, Hasher } from './attachment.ts';
import { readEnvelope } from './envelope.ts';
import { NO_FINDINGS } from './findings.ts';
import { lineEndOf, readHeaderBlock } from './header-block.ts';
import { htmlToText } from './html-text.ts';
import type { ByteRange, Issue } from './issue.ts';
import type { Mail } from './mail-shape.ts';
import type { Packed } from './outlook/packed.ts';
import { note } from './reading.ts';
import type { TransferEncoding } from './transfer.ts';

/** Where a packed file (.msg, winmail.dat) lies in the bytes that are read, and what reads the messages in it. */
export type PackedPlace = {
  readonly range: ByteRange;
  readonly encoding: TransferEncoding;
  readonly hash: () => Hasher;
  readonly readInner: (bytes: Buffer, name: string | null) => Mail | null;
};

/** The files in a packed file: each is found again by its place and `inside`. */
export function packedAttachments(
  packed: Packed,
  { range, encoding, hash }: PackedPlace,
): readonly Attachment[] {
  return packed.files.map(({ name, mediaType, bytes, contentId, disposition }, inside) => {
    const hasher = hash();
    hasher.update(bytes);
    const measured = { sizeBytes: bytes.length, sha256: hasher.hex() };
    return { name, mediaType, ...measured, contentId, disposition, range, encoding, inside };
  });
}

/** The messages in a packed file; their offsets are into what `childBytes` gives. */
export function packedChildren(packed: Packed, { range, encoding, readInner }: PackedPlace): readonly Mail[] {
  return packed.messages.flatMap(({ name, bytes, said }, index) => {
    const found = readInner(bytes, name);
    const inner = found && inWords(found, said ? readInner(said, name) : null);
    return inner ? [{ ...inner, range, packing: 'inside' as const, inside: { encoding, index } }] : [];
  });
}

/** What a message says as it was read in the charset that a person named, with places as they are found again. */
function inWords(found: Mail, said: Mail | null): Mail {
  if (!said) return found;
  const { range, segments, headers, packing } = found;
  const attachments = found.attachments.map((one, i) => ({
    ...one,
    name: said.attachments[i]?.name ?? one.name,
  }));
  const children = found.children.map((child, i) => inWords(child, said.children[i] ?? null));
  return { ...said, range, segments, headers, packing, attachments, children };
}

/** Issues of a packed file are where the file is. */
export function packedIssues(packed: Packed, range: ByteRange): readonly Issue[] {
  return packed.notes.issues.map(({ code, message }) => ({ code, message, range }));
}

/**
 * Adds what a packed part of a mail holds. A winmail.dat speaks for the mail itself: its words are taken where the mail
 * has none. A .msg is another message.
 */
export function addPacked(
  mail: Mail,
  packed: Packed,
  place: PackedPlace,
  part: { readonly name: string | null; readonly isMessage: boolean; readonly sizeBytes: number },
): Mail {
  if (part.isMessage) return { ...mail, children: [...mail.children, childOf(packed, place, part)] };
  return {
    ...mail,
    text: mail.text?.trim() ? mail.text : (wordsOf(packed) ?? mail.text),
    html: mail.html ?? packed.html,
    attachments: [...mail.attachments, ...packedAttachments(packed, place)],
    children: [...mail.children, ...packedChildren(packed, place)],
    issues: [...mail.issues, ...packedIssues(packed, place.range).filter(({ code }) => code !== 'rebuilt')],
    charsets: [...mail.charsets, ...packed.notes.charsets],
    otherReadings: [...mail.otherReadings, ...packed.notes.otherReadings],
  };
}

/** A .msg inside a mail: its offsets are into its own bytes, when those were packed for the wire. */
function childOf(
  packed: Packed,
  place: PackedPlace,
  { name, sizeBytes }: { readonly name: string | null; readonly sizeBytes: number },
): Mail {
  if (place.encoding === '7bit') return packedMail(packed, place, name);
  const own: PackedPlace = { ...place, range: { start: 0, end: sizeBytes }, encoding: '7bit' };
  return { ...packedMail(packed, own, name), range: place.range, packing: place.encoding };
}

function wordsOf({ text, html }: Packed): string | null {
  return text ?? (html === null ? null : htmlToText(html));
}

/** Reads a message that is a packed file as a whole: a .msg. */
export function packedMail(packed: Packed, place: PackedPlace, name: string | null): Mail {
  const { header, notes, html } = packed;
  const block = readHeaderBlock(header, 0, header.length, lineEndOf(header, 0, header.length), true);
  const envelope = readEnvelope(block, notes);
  if (block.fields.length === 0)
    note(notes, 'date-missing', 'The message states no time at which it was sent.');
  return {
    kind: 'message',
    ...envelope,
    ...NO_FINDINGS,
    receivedAt: envelope.receivedAt ?? packed.deliveredAt,
    text: wordsOf(packed),
    html,
    attachments: packedAttachments(packed, place),
    children: packedChildren(packed, place),
    issues: packedIssues(packed, place.range),
    charsets: notes.charsets,
    otherReadings: notes.otherReadings,
    headers: [],
    segments: [{ kind: 'body', ...place.range }],
    range: place.range,
    name,
    packing: '7bit',
  };
}
