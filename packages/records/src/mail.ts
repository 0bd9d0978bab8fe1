import { type Attachment, type Hasher, measure } from './attachment.ts';
import {
  type Bodies,
  joinHtml,
  joinText,
  noteDamage,
  readText,
  sortParts,
  trueEncoding,
} from './body-text.ts';
import { readBounceText } from './bounce-text.ts';
import { holdsNothing, readCms } from './cms.ts';
import { readEnvelope } from './envelope.ts';
import { findingsOf, withProtectedHeader } from './findings.ts';
import { type InlineFile, inlineFiles, isDamagedFile } from './inline-file.ts';
import type { ByteRange } from './issue.ts';
import type { Mail } from './mail-shape.ts';
import { nestedBytes } from './nested.ts';
import { isPacked, mayBePacked, openPacked } from './outlook/packed.ts';
import { isTnef } from './outlook/tnef.ts';
import { addPacked, type PackedPlace, packedMail } from './packed-mail.ts';
import { maybeSealed } from './protection.ts';
import { type Notes, newNotes, note } from './reading.ts';
import { addSealed, encryptedMail, sealedChild, unopenedMail } from './sealed-mail.ts';
import { asBuffer } from './source.ts';
import { MAIL_LIMITS, type MailLimits, type Part, readStructure } from './structure.ts';
import { decodeTransfer, type TransferEncoding } from './transfer.ts';
import { unreadMail } from './unread-mail.ts';

export type { Mail } from './mail-shape.ts';

/**
 * @property hash Makes a SHA-256 that is fed in pieces; for attachments.
 * @property mbox The bytes come from an mbox: one `>` is taken off `>From ` lines in `text`. Stored bytes keep it.
 */
export type ReadMailOptions = {
  readonly hash: () => Hasher;
  readonly mbox?: boolean;
  readonly limits?: Partial<MailLimits>;
  /** What a person says the charset is; where the bytes prove another, that one is used. */
  readonly charset?: string | null;
};

type Reading = {
  readonly bytes: Buffer;
  readonly hash: () => Hasher;
  readonly mbox: boolean;
  readonly charset: string | null;
  readonly limits: MailLimits;
  readonly budget: { parts: number };
};

const DAMAGED_FILE =
  'A file in the text is cut, or is not what its own lines say; what there is of it was read.';

/**
 * Reads one message. Never throws: what cannot be read is an issue, and its bytes are still accounted for.
 *
 * @param bytes Exactly the message, as {@link readContainer} gives it. Attacker-controlled; kept as a view, not changed.
 */
export function readMail(bytes: Uint8Array, options: ReadMailOptions): Mail {
  const limits = { ...MAIL_LIMITS, ...options.limits };
  const reading: Reading = {
    bytes: asBuffer(bytes),
    hash: options.hash,
    mbox: options.mbox ?? false,
    charset: options.charset ?? null,
    limits,
    budget: { parts: limits.parts },
  };
  const whole = { start: 0, end: bytes.length };
  try {
    return readWhole(reading, 0, null);
  } catch (error) {
    return unreadMail(whole, error);
  }
}

/** Reads bytes that are one message and nothing else: lines as they are sent, or a file of Outlook's. */
function readWhole(reading: Reading, depth: number, name: string | null): Mail {
  const { bytes } = reading;
  const range = { start: 0, end: bytes.length };
  const packed = isPacked(bytes) ? openPacked(bytes, reading.charset) : null;
  if (!packed) return readMessage(reading, range, depth, name, '7bit');
  return packedMail(packed, packedPlace(reading, { body: range, encoding: '7bit', depth }), name);
}

function packedPlace(
  reading: Reading,
  { body, encoding, depth }: { body: ByteRange; encoding: TransferEncoding; depth: number },
): PackedPlace {
  const readInner = (bytes: Buffer, name: string | null): Mail | null =>
    depth >= reading.limits.depth || reading.budget.parts-- <= 0
      ? null
      : readWhole({ ...reading, bytes, mbox: false }, depth + 1, name);
  return { range: body, encoding, hash: reading.hash, readInner };
}

function readMessage(
  reading: Reading,
  range: ByteRange,
  depth: number,
  name: string | null,
  packing: TransferEncoding,
): Mail {
  const notes = newNotes(reading.charset);
  const within = packing === '7bit' ? range : { start: 0, end: reading.bytes.length };
  const { root, segments } = readStructure(
    reading.bytes,
    within.start,
    within.end,
    notes,
    reading.limits,
    depth,
    reading.budget,
  );
  const envelope = readEnvelope(root.header, notes);
  const bodies = sortParts(root);
  const files = inlineFilesOf(reading.bytes, bodies);
  const texts = readTexts(reading, bodies, files, notes);
  const children: Mail[] = [];
  const kept = [...bodies.attachments];
  for (const part of bodies.messages) {
    const child = readChild(reading, part, notes);
    if (child) children.push(child);
    else kept.push(part);
  }
  const attachments = attachmentsOf(reading, kept, bodies, notes);
  const original = children[0]?.messageId ?? null;
  const findings = findingsOf(reading.bytes, root, original, notes);
  const text = wordsOf(bodies, texts);
  const mail: Mail = {
    kind: 'message',
    ...withProtectedHeader(envelope, root, findings, notes),
    report: findings.report ?? readBounceText(reading.bytes, root, envelope, text, original),
    text,
    html: joinHtml(bodies.html, texts),
    attachments: [
      ...attachments,
      ...[...files.values()].flat().map((file) => inlineAttachment(reading, file, notes)),
    ],
    children,
    issues: notes.issues,
    charsets: notes.charsets,
    headers: root.header.fields,
    segments,
    range,
    name,
    packing,
  };
  return kept.reduce((sum, part) => withSealed(reading, withPacked(reading, sum, part), part), mail);
}

function inlineFilesOf(bytes: Buffer, bodies: Bodies): ReadonlyMap<Part, readonly InlineFile[]> {
  return new Map(
    bodies.text.flatMap((part) => {
      const files = inlineFiles(bytes, part);
      return files.length > 0 ? [[part, files]] : [];
    }),
  );
}

function inlineAttachment(reading: Reading, file: InlineFile, notes: Notes): Attachment {
  const { name, range, encoding } = file;
  const place = { range, encoding };
  if (isDamagedFile(reading.bytes, file)) note(notes, 'transfer-encoding-wrong', DAMAGED_FILE, range);
  const measured = measure(reading.bytes, place, reading.hash);
  return {
    name,
    mediaType: 'application/octet-stream',
    ...measured,
    contentId: null,
    disposition: null,
    ...place,
  };
}

/** The words and files of an opaque signature are those of the message: nobody needs a key to read them. */
function withSealed(reading: Reading, mail: Mail, part: Part): Mail {
  if (!maybeSealed(part) || part.depth >= reading.limits.depth || reading.budget.parts-- <= 0) return mail;
  const encoding = trueEncoding(reading.bytes, part, newNotes());
  const place = { range: part.body, encoding };
  const packed = decodeTransfer(reading.bytes.subarray(part.body.start, part.body.end), encoding);
  const cms = readCms(packed);
  if (cms?.kind === 'encrypted') return encryptedMail(mail, place);
  if (!cms?.content) return packed.length === 0 || holdsNothing(cms) ? mail : unopenedMail(mail, place);
  const bytes = cms.content;
  const range = { start: 0, end: bytes.length };
  const inner = readMessage({ ...reading, bytes, mbox: false }, range, part.depth + 1, null, '7bit');
  const children = inner.children.map((child) => {
    const own = nestedBytes(bytes, child);
    const again = readWhole({ ...reading, bytes: own, mbox: false }, part.depth + 2, child.name);
    return sealedChild(again, place, child);
  });
  return addSealed(mail, inner, place, children);
}

/** A winmail.dat gives its files, and its words where the message has none; a .msg is a message of its own. */
function withPacked(reading: Reading, mail: Mail, part: Part): Mail {
  if (!mayBePacked(part)) return mail;
  const encoding = trueEncoding(reading.bytes, part, newNotes());
  const bytes = decodeTransfer(reading.bytes.subarray(part.body.start, part.body.end), encoding);
  const packed =
    isPacked(bytes) && part.depth < reading.limits.depth ? openPacked(bytes, reading.charset) : null;
  if (!packed) return part.mediaType === 'application/ms-tnef' ? notPacked(mail, part, bytes) : mail;
  const place = packedPlace(reading, { body: part.body, encoding, depth: part.depth });
  return addPacked(mail, packed, place, {
    name: part.name,
    isMessage: !isTnef(bytes),
    sizeBytes: bytes.length,
  });
}

function notPacked(mail: Mail, { body }: Part, bytes: Buffer): Mail {
  if (isPacked(bytes) || bytes.length === 0) return mail;
  const message = 'A winmail.dat does not begin as one; it is kept as a file.';
  return { ...mail, issues: [...mail.issues, { code: 'outlook-damaged', message, range: body }] };
}

/** An empty plain alternative must not hide the HTML one. */
function wordsOf(bodies: Bodies, texts: ReadonlyMap<Part, string>): string | null {
  const text = joinText(bodies.text, texts);
  return text !== null && text.trim() === '' && bodies.html.length > 0 ? joinText(bodies.html, texts) : text;
}

function readTexts(
  reading: Reading,
  bodies: Bodies,
  files: ReadonlyMap<Part, readonly InlineFile[]>,
  notes: Notes,
): ReadonlyMap<Part, string> {
  const texts = new Map<Part, string>();
  for (const part of [...bodies.text, ...bodies.html]) {
    if (texts.has(part)) continue;
    texts.set(part, readText(reading.bytes, part, notes, reading.limits, reading.mbox, files.get(part)));
  }
  return texts;
}

/** Reads a nested message, or returns null if it is too deep, empty or no message at all. */
function readChild(reading: Reading, part: Part, notes: Notes): Mail | null {
  if (part.depth >= reading.limits.depth || reading.budget.parts <= 0) {
    note(notes, 'too-deep', 'Messages are nested too deep; the inner ones were kept as bytes.', part.body);
    return null;
  }
  reading.budget.parts--;
  const packing = trueEncoding(reading.bytes, part, notes);
  const isPacked = packing === 'base64' || packing === 'quoted-printable';
  const bytes = isPacked
    ? decodeTransfer(reading.bytes.subarray(part.body.start, part.body.end), packing)
    : reading.bytes;
  const child = readMessage(
    { ...reading, bytes },
    part.body,
    part.depth + 1,
    part.name,
    isPacked ? packing : '7bit',
  );
  return child.headers.length === 0 ? null : child;
}

function attachmentsOf(
  reading: Reading,
  parts: readonly Part[],
  bodies: Bodies,
  notes: Notes,
): readonly Attachment[] {
  const cut = [...new Set([...bodies.text, ...bodies.html])].filter(
    (part) => part.body.end - part.body.start > reading.limits.textBytes,
  );
  return [...parts, ...cut].map((part) => {
    const packed = { range: part.body, encoding: trueEncoding(reading.bytes, part, notes) };
    const measured = measure(reading.bytes, packed, reading.hash);
    if (packed.encoding === 'base64')
      noteDamage(reading.bytes.subarray(part.body.start, part.body.end), measured.sizeBytes, part, notes);
    return {
      name: part.name,
      mediaType: part.mediaType,
      ...measured,
      contentId: part.contentId,
      disposition: part.disposition,
      ...packed,
    };
  });
}
