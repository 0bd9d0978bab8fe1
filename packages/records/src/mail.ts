import type { Mailbox } from './address.ts';
import { type Attachment, type Hasher, measure } from './attachment.ts';
import { type Bodies, joinHtml, joinText, readText, sortParts, trueEncoding } from './body-text.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { HeaderField } from './header-block.ts';
import type { ByteRange, Issue } from './issue.ts';
import { type CharsetUse, type Notes, newNotes, note } from './reading.ts';
import { asBuffer } from './source.ts';
import { MAIL_LIMITS, type MailLimits, type Part, readStructure, type Segment } from './structure.ts';
import { decodeTransfer, type TransferEncoding } from './transfer.ts';

/**
 * What a message says, as far as its bytes tell. Absent values are null; nothing is invented.
 *
 * `segments` account for every byte of `range`; offsets are into the bytes handed to {@link readMail}, also in nested
 * messages, unless `packing` says that the nested message was itself packed (see {@link childBytes}).
 */
export type Mail = Envelope & {
  readonly kind: 'message';
  /** The words: plain parts as they are, HTML turned into text where there is nothing else. Quotations are whole. */
  readonly text: string | null;
  /** The HTML parts, raw. */
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
  /** Messages inside this one, each with its own reading. */
  readonly children: readonly Mail[];
  readonly issues: readonly Issue[];
  readonly charsets: readonly CharsetUse[];
  readonly headers: readonly HeaderField[];
  readonly segments: readonly Segment[];
  readonly range: ByteRange;
  /** The name a nested message was given as an attachment. */
  readonly name: string | null;
  /** How a nested message was packed; if not `7bit`, its offsets are into {@link childBytes}. */
  readonly packing: TransferEncoding;
};

/**
 * @property hash Makes a SHA-256 that is fed in pieces; for attachments.
 * @property mbox The bytes come from an mbox: one `>` is taken off `>From ` lines in `text`. Stored bytes keep it.
 */
export type ReadMailOptions = {
  readonly hash: () => Hasher;
  readonly mbox?: boolean;
  readonly limits?: Partial<MailLimits>;
};

type Reading = {
  readonly bytes: Buffer;
  readonly hash: () => Hasher;
  readonly mbox: boolean;
  readonly limits: MailLimits;
  readonly budget: { parts: number };
};

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
    limits,
    budget: { parts: limits.parts },
  };
  const whole = { start: 0, end: bytes.length };
  try {
    return readMessage(reading, whole, 0, null, '7bit');
  } catch (error) {
    return unreadMail(whole, error);
  }
}

/** The bytes that a nested message's offsets refer to. */
export function childBytes(bytes: Uint8Array, child: Mail): Uint8Array {
  return child.packing === '7bit'
    ? bytes
    : decodeTransfer(asBuffer(bytes).subarray(child.range.start, child.range.end), child.packing);
}

function readMessage(
  reading: Reading,
  range: ByteRange,
  depth: number,
  name: string | null,
  packing: TransferEncoding,
): Mail {
  const notes = newNotes();
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
  const texts = readTexts(reading, bodies, notes);
  const children: Mail[] = [];
  const kept = [...bodies.attachments];
  for (const part of bodies.messages) {
    const child = readChild(reading, part, notes);
    if (child) children.push(child);
    else kept.push(part);
  }
  return {
    kind: 'message',
    ...envelope,
    text: wordsOf(bodies, texts),
    html: joinHtml(bodies.html, texts),
    attachments: attachmentsOf(reading, kept, bodies, notes),
    children,
    issues: notes.issues,
    charsets: notes.charsets,
    headers: root.header.fields,
    segments,
    range,
    name,
    packing,
  };
}

/** An empty plain alternative must not hide the HTML one. */
function wordsOf(bodies: Bodies, texts: ReadonlyMap<Part, string>): string | null {
  const text = joinText(bodies.text, texts);
  return text !== null && text.trim() === '' && bodies.html.length > 0 ? joinText(bodies.html, texts) : text;
}

function readTexts(reading: Reading, bodies: Bodies, notes: Notes): ReadonlyMap<Part, string> {
  const texts = new Map<Part, string>();
  for (const part of [...bodies.text, ...bodies.html]) {
    if (texts.has(part)) continue;
    texts.set(part, readText(reading.bytes, part, notes, reading.limits, reading.mbox));
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
    return {
      name: part.name,
      mediaType: part.mediaType,
      ...measure(reading.bytes, packed, reading.hash),
      contentId: part.contentId,
      disposition: part.disposition,
      ...packed,
    };
  });
}

/** The last resort: a fault in the reader must not stop a run, and must not lose a byte. */
function unreadMail(range: ByteRange, error: unknown): Mail {
  const reason = error instanceof Error ? error.message : 'unknown';
  const message = `The reader failed on this message (${reason.slice(0, 200)}); its bytes are kept.`;
  return {
    kind: 'message',
    subject: null,
    from: null,
    authors: [],
    sender: null,
    replyTo: NOBODY,
    to: NOBODY,
    cc: NOBODY,
    bcc: NOBODY,
    sentAt: null,
    sentAtSource: null,
    sentAtRaw: null,
    receivedAt: null,
    messageId: null,
    inReplyTo: null,
    references: [],
    listId: null,
    text: null,
    html: null,
    attachments: [],
    children: [],
    issues: [{ code: 'reader-failed', message, range }],
    charsets: [],
    headers: [],
    segments: range.end > range.start ? [{ kind: 'body', ...range }] : [],
    range,
    name: null,
    packing: '7bit',
  };
}

const NOBODY: readonly Mailbox[] = [];
