import type { EntrySeen, Exported, TakenAlong } from './exported.ts';
import type { InteractionFact, Times } from './interaction.ts';
import { type LetterSeen, wordsOfLetter } from './letters.ts';
import { type AttachmentSeen, type Person, type Reading, readMailOriginal } from './reading.ts';
import { storable } from './storable.ts';

/** What its reading depends on beside the bytes. */
export type ReadWith = {
  /** How a mail lay where it was found. */
  readonly format: Extract<InteractionFact, { kind: 'interaction.read-anew' }>['changed'][number][1];
  /** In which charset a person has a mail read. */
  readonly readAs: string | null;
  /** Of an entry of an export, what the record says of it now; null for mail. */
  readonly exported: (Exported & { readonly files: readonly TakenAlong[] }) | null;
};

/** What today's reader makes of something; `entry` is what an entry of an export says beside its words. */
export type ReadNow = { readonly reading: Reading; readonly entry: EntrySeen | null };

export async function readToday(bytes: Uint8Array, { format, readAs, exported }: ReadWith): Promise<ReadNow> {
  if (!exported) return { reading: mailToday(bytes, format, readAs), entry: null };
  // The readers of every kind of export are loaded when one is read.
  const { entryOf, entrySeen, readExported } = await import('./exported.ts');
  const item = entryOf(bytes, exported);
  return { reading: readExported(bytes, exported, exported.files, item), entry: entrySeen(item) };
}

/** In which charset somebody has it read is not what makes it a copy of another. */
function mailToday(bytes: Uint8Array, format: ReadWith['format'], readAs: string | null): Reading {
  const plain = readMailOriginal(bytes, format);
  if (readAs === null) return plain;
  return { ...readMailOriginal(bytes, format, readAs), contentDigest: plain.contentDigest };
}

/** What an older reader made of a mail or an entry of a chat, as its rows hold it. */
export type ReadBefore = Pick<Reading, 'subject' | 'text' | 'messageId' | 'replyIds' | 'issues'> & {
  readonly participants: Reading['participants'];
  readonly attachments: readonly AttachmentSeen[];
  readonly letters: readonly LetterSeen[] | null;
  readonly times: Pick<Times, 'sent' | 'received'>;
  readonly entry: EntrySeen | null;
};

/** What of them may read differently. */
export const FIELDS = [
  'subject',
  'people',
  'sent',
  'received',
  'words',
  'files',
  'answers',
  'issues',
  'entry',
] as const;

/** One thing that reads differently, each side as somebody reads it; of long words the part around the difference. */
export type Difference = {
  readonly field: (typeof FIELDS)[number];
  readonly before: string;
  readonly after: string;
};

const SHOWN_UNITS = 300;
const AROUND_UNITS = 60;

/** What today's reader makes otherwise of it; empty when it makes the same. */
export function differencesOf(before: ReadBefore, { reading, entry }: ReadNow): readonly Difference[] {
  const [were, are] = [linesOf(before), linesOf({ ...reading, times: reading, entry })];
  return FIELDS.flatMap((field) =>
    were[field] === are[field] ? [] : [{ field, ...shown(were[field], are[field]) }],
  );
}

type Lines = Readonly<Record<Difference['field'], string>>;

function linesOf({ times, participants, entry, ...read }: ReadBefore): Lines {
  const { from, to, cc, bcc, replyTo } = participants;
  return {
    subject: read.subject ?? '',
    people: [from, to, cc, bcc, replyTo].map((list) => list.map(personLine).join(', ')).join('\n'),
    sent: timeLine(times.sent),
    received: timeLine(times.received),
    words: read.text,
    files: [...read.attachments.map(fileLine), ...(read.letters ?? []).map(letterLine)].join('\n'),
    answers: [read.messageId ?? '', ...read.replyIds].join('\n'),
    issues: read.issues.map(({ code, message }) => `${code}: ${message}`).join('\n'),
    entry: entry ? entryLine(entry) : '',
  };
}

function entryLine({
  conversation,
  state,
  editedAt,
  sentRaw,
  durationSec,
  reactions,
  earlier,
}: EntrySeen): string {
  const { id, name, isGroup } = conversation;
  const before = (earlier ?? []).map(({ text, at }) => [text, at].filter(Boolean).join(' '));
  const signs = reactions?.map(({ what, by, count, at }) =>
    [what, by?.name ?? by?.address ?? `× ${count}`, at].filter(Boolean).join(' '),
  );
  const said = [id, name, isGroup, state, editedAt, sentRaw, durationSec, ...(signs ?? []), ...before].filter(
    (one) => one !== null,
  );
  return said.map((one) => storable(String(one))).join(' · ');
}

function personLine({ name, address }: Person): string {
  return [name, address && `<${address}>`].filter(Boolean).join(' ');
}

function timeLine(time: Times['sent']): string {
  return time ? `${time.at} ${time.offsetMin ?? '?'} ${time.source} ${time.certainty}` : '';
}

function fileLine({ name, mediaType, sizeBytes, sha256, contentId }: AttachmentSeen): string {
  return [name, mediaType, sizeBytes, sha256, contentId].filter((one) => one !== null).join(' ');
}

function letterLine(letter: LetterSeen): string {
  return [letter.depth, letter.sha256, letter.sentAt ?? '', wordsOfLetter(letter)].join(' ');
}

function shown(before: string, after: string): Pick<Difference, 'before' | 'after'> {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(0, same - AROUND_UNITS);
  const part = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + SHOWN_UNITS)}`.toWellFormed();
  return { before: part(before), after: part(after) };
}
