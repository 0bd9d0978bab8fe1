import { detectLanguage } from '@evenkeel/language/analyse';
import { unreadItem } from '@evenkeel/records/blank-item';
import type { ExportContext, ExportedItem, ExportedPerson, Reaction } from '@evenkeel/records/exported';
import { readerOf } from '@evenkeel/records/exports';
import { likenessOf } from '@evenkeel/records/likeness';
import { isZone, writtenLocal } from '../../kernel/calendar.ts';
import { type Stated, stated } from '../../kernel/instant.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { leadOf } from './quoted.ts';
import { type AttachmentSeen, type Person, possible, type Reading, TEXT_LIMIT } from './reading.ts';
import { storable } from './storable.ts';

/** What the record says of an entry of an export beside its bytes: with both it is read again at any time. */
export type Exported = {
  readonly format: string;
  readonly context: ExportContext;
  /** Where local times are read; null when nobody said and the export needs none. */
  readonly zone: { readonly name: string; readonly certainty: 'stated' | 'guessed' } | null;
  readonly isRebuilt: boolean;
  /** Whom it went to, where the entry names nobody and the talk does. */
  readonly to: readonly Person[];
};

/** A file that an entry takes along, and which of the files it names that is. */
export type TakenAlong = Omit<AttachmentSeen, 'contentId' | 'nested'> & { readonly file: number };

/** What an entry says of itself beside its words. */
export type EntrySeen = Pick<ExportedItem, 'conversation' | 'state' | 'editedAt' | 'durationSec'> & {
  readonly sentRaw: string | null;
  /** Null where nobody set a sign under it. */
  readonly reactions: readonly Reaction[] | null;
  /** What it said before it was edited, oldest first; null where the export keeps nothing of that. */
  readonly earlier: ExportedItem['earlier'] | null;
};

export function entrySeen({
  conversation,
  state,
  editedAt,
  durationSec,
  sentAtRaw,
  reactions,
  earlier,
}: ExportedItem): EntrySeen {
  const beside = { reactions: reactions ?? null, earlier: earlier?.length ? earlier : null };
  return { conversation, state, editedAt, durationSec, sentRaw: sentAtRaw, ...beside };
}

/** Reads an entry of an export as its reader does today. Never throws. */
export function entryOf(
  bytes: Uint8Array,
  { format, context }: Pick<Exported, 'format' | 'context'>,
): ExportedItem {
  const reader = readerOf(format);
  if (!reader) return unread(context, `No reader of "${format}" is in this version.`);
  try {
    return reader.readItem(bytes, context);
  } catch (error) {
    return unread(context, `The reader of "${format}" failed: ${String(error).slice(0, 200)}`);
  }
}

/** What one version of our readers sees in an entry of an export. */
export function readExported(
  bytes: Uint8Array,
  exported: Exported,
  files: readonly TakenAlong[],
  item: ExportedItem = entryOf(bytes, exported),
): Reading {
  const whole = storable(item.text ?? '');
  const text = whole.slice(0, TEXT_LIMIT);
  const from = item.from && personOf(item.from);
  const to = item.to.length > 0 ? item.to.map(personOf) : exported.to;
  const digest = sha256Hex(bytes);
  const talk = `${exported.format}:${storable(item.conversation.id)}`;
  return {
    subject: item.subject === null ? null : storable(item.subject),
    from,
    participants: { from: from ? [from] : [], to, cc: [], bcc: [], replyTo: [] },
    sent: sentOf(item, exported),
    received: null,
    text,
    lead: leadOf(text),
    quotedFrom: null,
    hasHtml: false,
    lang: detectLanguage(text),
    messageId: item.id === null ? null : storable(`${talk}/${item.id}`),
    replyIds: item.replyTo === null ? [] : [storable(`${talk}/${item.replyTo}`)],
    attachments: files.map((file) => ({ ...fileSeen(file), contentId: null, nested: false })),
    letters: [],
    ...(item.earlier?.length ? { earlier: item.earlier.map(storableWords) } : {}),
    issues: issuesOf(item, whole.length > text.length, files),
    sha256: digest,
    lineDigest: sha256Hex(Buffer.from(JSON.stringify([digest, talk, exported.context.nth ?? 1]))),
    contentDigest: contentDigestOf(item, exported, talk),
  };
}

/**
 * Entries of overlapping exports share this: the same words of the same person at the same time in the same talk. Where
 * the platform gives no id, a copy may tell the time less exactly, or come without the media.
 */
function contentDigestOf(item: ExportedItem, { context }: Exported, talk: string): string {
  const likeness = item.id === null ? likenessOf(item, context) : null;
  if (likeness !== null) return sha256Hex(Buffer.from(JSON.stringify([talk, likeness])));
  const who = item.from?.address ?? item.from?.name ?? null;
  const said = [item.text, item.files.map(({ name }) => name), item.durationSec];
  return sha256Hex(
    Buffer.from(JSON.stringify([talk, item.id, who, item.sentAt ?? item.sentAtRaw, said, context.nth ?? 1])),
  );
}

const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

function sentOf({ sentAt }: ExportedItem, { context, zone }: Exported): Stated | null {
  if (sentAt === null) return null;
  const isGuessed = context.dateOrder?.certainty === 'guessed';
  const known = stated(sentAt, 'export');
  if (known) return possible({ ...known, certainty: isGuessed ? 'guessed' : 'stated' });
  if (!zone || !isZone(zone.name) || !LOCAL_TIME.test(sentAt)) return null;
  try {
    const at = writtenLocal({ zone: zone.name }, sentAt);
    const certainty = isGuessed ? 'guessed' : zone.certainty;
    return possible({ at, offsetMin: null, source: 'export', certainty });
  } catch {
    return null;
  }
}

/** A time without an offset, which a zone has to be known for. */
export function isLocalTime(sentAt: string | null): boolean {
  return sentAt !== null && LOCAL_TIME.test(sentAt);
}

export function personOf({ name, address }: Pick<ExportedPerson, 'name' | 'address'>): Person {
  return {
    name: name === null ? null : storable(name),
    address: address === null ? null : storable(address),
  };
}

function storableWords({ text, at }: NonNullable<Reading['earlier']>[number]) {
  return { text: text === null ? null : storable(text), at };
}

function fileSeen({ name, mediaType, sizeBytes, sha256 }: TakenAlong) {
  return { name: name === null ? null : storable(name), mediaType, sizeBytes, sha256 };
}

function issuesOf(item: ExportedItem, isLong: boolean, files: readonly TakenAlong[]): Reading['issues'] {
  const issues = item.issues.map(({ code, message }) => ({
    code: code as string,
    message: storable(message),
  }));
  const there = new Set(files.map(({ file }) => file));
  const isSaid = issues.some(({ code }) => code === 'file-not-exported');
  for (const [i, { name, path }] of item.files.entries())
    if (!there.has(i) && !isSaid)
      issues.push({
        code: 'file-not-exported',
        message: storable(`${called(name ?? path)} belongs here, but was not in the export.`),
      });
  if (isLong)
    issues.push({
      code: 'text-long',
      message: `Only the first ${TEXT_LIMIT} characters are searchable; the original has all of it.`,
    });
  return issues;
}

function called(name: string | null): string {
  return name === null ? 'A file without a name' : JSON.stringify(name);
}

/** Where entries of this format come from: `whatsapp`, `sms`. */
export function platformOf(format: string): string {
  return readerOf(format)?.platform ?? format;
}

function unread(context: ExportContext, message: string): ExportedItem {
  return { ...unreadItem(context, { code: 'reader-failed', message }), kind: 'document' };
}
