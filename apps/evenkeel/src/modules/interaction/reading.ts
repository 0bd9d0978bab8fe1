import { detectLanguage } from '@evenkeel/language/analyse';
import type { MailFormat } from '@evenkeel/records/container';
import { contentDigestInput } from '@evenkeel/records/identity';
import type { Mail } from '@evenkeel/records/mail';
import { readMail } from '@evenkeel/records/mail';
import { lettersInside } from '@evenkeel/records/nested';
import { type Stated, stated } from '../../kernel/instant.ts';
import { sha256Hex, sha256Stream } from '../../kernel/sha256.ts';
import { type LetterSeen, lettersIn, NOT_WHOLE } from './letters.ts';
import { leadOf, quotedFrom } from './quoted.ts';
import { storable } from './storable.ts';

/** Raised when reading gets better; `reader_version` on a row says which reader saw it so. */
export const READER_VERSION = 7;

/** More text than anybody reads stays in the original only; the projection says so with an issue. */
export const TEXT_LIMIT = 2_000_000;
/** A large mail is not held a second time to look at its line ends. */
const LINES_AT_ONCE_BYTES = 1 << 20;
const CR = 0x0d;
const LF = 0x0a;

export type Person = { readonly name: string | null; readonly address: string | null };

export type AttachmentSeen = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly nested: boolean;
};

/** What one version of our reader sees in the bytes of an original. */
export type Reading = {
  readonly subject: string | null;
  readonly from: Person | null;
  readonly participants: Readonly<Record<'from' | 'to' | 'cc' | 'bcc' | 'replyTo', readonly Person[]>>;
  readonly sent: Stated | null;
  readonly received: Stated | null;
  readonly text: string;
  readonly lead: string;
  readonly quotedFrom: number | null;
  readonly hasHtml: boolean;
  readonly lang: string;
  readonly messageId: string | null;
  readonly replyIds: readonly string[];
  readonly attachments: readonly AttachmentSeen[];
  /** The letters inside it and inside those; found by their words together with it. */
  readonly letters: readonly LetterSeen[];
  /** What an entry of an export said before it was edited; absent where nothing of that was kept. */
  readonly earlier?: readonly { readonly text: string | null; readonly at: string | null }[];
  readonly issues: readonly { readonly code: string; readonly message: string }[];
  /** SHA-256 hex of the bytes. */
  readonly sha256: string;
  /** Equal for bytes that differ only in CRLF or LF. */
  readonly lineDigest: string;
  /** Equal for copies of one message that travelled different ways. */
  readonly contentDigest: string;
};

const REBUILT = {
  code: 'rebuilt',
  message: 'Put together from the fields of a database: it had no bytes of its own there.',
} as const;

/**
 * Reads a mail.
 *
 * @param format how it lay there: in an mbox `>From ` may be quoting, and a PST holds no letters as sent
 * @param charset what a person says it is written in
 */
export function readMailOriginal(
  bytes: Uint8Array,
  format: MailFormat | null,
  charset: string | null = null,
): Reading {
  const mail = readMail(bytes, { hash: sha256Stream, mbox: format === 'mbox', charset });
  const digest = sha256Hex(bytes);
  const read = readingOf(mail, bytes);
  return {
    ...read,
    issues: format === 'pst' ? [REBUILT, ...read.issues] : read.issues,
    sha256: digest,
    lineDigest: lineDigestOf(bytes, digest),
    contentDigest: contentDigestOf(mail, digest),
  };
}

function readingOf(mail: Mail, bytes: Uint8Array): Omit<Reading, 'sha256' | 'lineDigest' | 'contentDigest'> {
  const whole = storable(mail.text ?? '');
  const text = whole.slice(0, TEXT_LIMIT);
  const issues = mail.issues.map(({ code, message }) => ({
    code: code as string,
    message: storable(message),
  }));
  if (text.length < whole.length)
    issues.push({
      code: 'text-long',
      message: `Only the first ${TEXT_LIMIT} characters are searchable; the original has all of it.`,
    });
  const { letters, isWhole } = lettersIn(bytes, mail);
  if (!isWhole) issues.push(NOT_WHOLE);
  const quoted = quotedFrom(text);
  return {
    subject: mail.subject === null ? null : storable(mail.subject),
    from: person(mail.from),
    participants: {
      from: mail.from ? [person(mail.from)!] : [],
      to: people(mail.to),
      cc: people(mail.cc),
      bcc: people(mail.bcc),
      replyTo: people(mail.replyTo),
    },
    sent: possible(stated(mail.sentAt, 'date-header')),
    received: possible(stated(mail.receivedAt, 'received-header')),
    text,
    lead: leadOf(text, quoted),
    quotedFrom: quoted,
    hasHtml: mail.html !== null,
    lang: detectLanguage(text),
    messageId: mail.messageId === null ? null : storable(mail.messageId),
    replyIds: namedBy(mail).map(storable),
    attachments: [...attachmentsOf(mail), ...letterFiles(bytes, mail)],
    letters,
    issues,
  };
}

/** The messages it names: those it answers, and the one a bounce or receipt speaks of. */
function namedBy({ references, inReplyTo, report }: Mail): readonly string[] {
  const named = [inReplyTo, report?.originalMessageId].filter((one) => typeof one === 'string');
  return [...new Set([...references, ...named])];
}

/** Calendars have no year 0, and what claims to be of the first century claims nothing: an unknown time is null. */
export function possible(time: Stated | null): Stated | null {
  return time && time.at >= '0100' && time.at < '9999-12-31' ? time : null;
}

function attachmentsOf(mail: Mail): readonly AttachmentSeen[] {
  return mail.attachments.map((a) => ({
    name: a.name === null ? null : storable(a.name),
    mediaType: storable(a.mediaType),
    sizeBytes: a.sizeBytes,
    sha256: a.sha256,
    contentId: a.contentId === null ? null : storable(a.contentId),
    nested: a.mediaType === 'message/rfc822',
  }));
}

/** A letter that came inside another is there to be opened, as any file is. */
function letterFiles(bytes: Uint8Array, mail: Mail): readonly AttachmentSeen[] {
  return lettersInside(bytes, mail).map(({ name, mediaType, bytes: letter }) => ({
    name: name === null ? null : storable(name),
    mediaType,
    sizeBytes: letter().length,
    sha256: sha256Hex(letter()),
    contentId: null,
    nested: true,
  }));
}

function person(seen: { name: string | null; address: string | null } | null): Person | null {
  return (
    seen && {
      name: seen.name === null ? null : storable(seen.name),
      address: seen.address === null ? null : storable(seen.address),
    }
  );
}

function people(seen: readonly { name: string | null; address: string | null }[]): readonly Person[] {
  return seen.map((one) => person(one)!);
}

/** The hash of the bytes with every CRLF as LF; a CR alone stays. */
export function lineDigestOf(bytes: Uint8Array, digest: string): string {
  if (!bytes.includes(CR)) return digest;
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scratch = Buffer.allocUnsafe(Math.min(source.length, LINES_AT_ONCE_BYTES + 1));
  if (source.length <= LINES_AT_ONCE_BYTES) return sha256Hex(withLineFeeds(source, scratch));
  const hash = sha256Stream();
  for (let from = 0; from < source.length; ) {
    let until = Math.min(source.length, from + LINES_AT_ONCE_BYTES);
    if (source[until - 1] === CR && source[until] === LF) until += 1;
    hash.update(withLineFeeds(source.subarray(from, until), scratch));
    from = until;
  }
  return hash.hex();
}

function withLineFeeds(source: Buffer, target: Buffer): Uint8Array {
  let written = 0;
  let from = 0;
  for (let at = source.indexOf(CR); at >= 0; at = source.indexOf(CR, at + 1)) {
    if (source[at + 1] !== LF) continue;
    target.set(source.subarray(from, at), written);
    written += at - from;
    from = at + 1;
  }
  target.set(source.subarray(from), written);
  return target.subarray(0, written + source.length - from);
}

/** Copies of one letter share this; a mail that cannot be told to be a copy has only its own bytes. */
function contentDigestOf(mail: Mail, digest: string): string {
  return sha256Hex(contentDigestInput(mail) ?? digest);
}
