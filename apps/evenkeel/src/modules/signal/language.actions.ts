import type { WrittenAt } from '@evenkeel/language/ambiguous';
import type { Lang } from '@evenkeel/language/analyse';
import { bandOf, type RuleLang } from '@evenkeel/language/finding';
import { isExplained, knownAmong, termsIn } from '@evenkeel/language/known-words';
import { clearlyHarder, type ReadingLevel } from '@evenkeel/language/reading-level';
import { needByWords, type ReplyNeed } from '@evenkeel/language/reply-need';
import { localOf } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import { askedOf, GROUND, loadAsks } from './asks.actions.ts';
import type { DraftFinding, DraftRecord } from './draft-record.ts';
import { loadMessages, type Message, newestClock, newestInbound, textOf } from './messages.store.ts';
import { loadPlainWords, type PlainWords } from './plain-words.store.ts';
import type { Ground, PackState, Reader, Tasks } from './reader.ts';
import { type SaidBefore, saidBefore } from './repeats.ts';
import type { SignalRefusal } from './signal.ts';
import { mannerFor } from './working.actions.ts';
import { loadSettings } from './working.store.ts';

type Wish = { readonly text: string; readonly lang: RuleLang | null; readonly party: string | null };

type PastedAsk = Tasks['read']['answer']['asks'][number] & {
  readonly ground: Ground;
  readonly before: readonly SaidBefore[];
};
type PastedRead = Omit<Tasks['read']['answer'], 'asks'> & {
  readonly asks: readonly PastedAsk[];
  /** Whether it needs a reply by what it asks; what was answered before is known of messages in the record only. */
  readonly need: ReplyNeed | null;
};

/**
 * What a pasted text asks for, and how it says it. Nothing of it is kept, and nothing of it is written to a log.
 *
 * With a client, what it asks is compared with what they asked before.
 */
export async function readText(
  ledger: Ledger,
  reader: Reader,
  { text, lang, party }: Wish,
): Promise<Outcome<PastedRead, SignalRefusal>> {
  if (!(await isKnown(ledger, party))) return refuse('party-unknown');
  const read = await reader.read('read', { text, lang, ...(await mannerFor(ledger, party)) });
  const earlier = party === null || read.asks.length === 0 ? [] : await loadAsks(ledger, reader, party);
  const now = read.asks.map(({ number, quote }) => ({
    ...{ interactionId: 'pasted', threadId: null, at: ledger.chance.now() },
    ...{ number, quote, lang: read.lang },
  }));
  const before = saidBefore([...earlier.map(askedOf), ...now]).slice(earlier.length);
  return accept({
    ...read,
    need: needByWords({ ...read, marks: read.findings }),
    asks: read.asks.map((ask, i) => ({ ...ask, ground: GROUND, before: before[i]! })),
  });
}

export type DraftWish = Wish & {
  /** The message that is answered: one of the record, some words, the newest of the client, or none. */
  readonly replyTo: { readonly interaction: string } | { readonly text: string } | 'newest' | null;
  readonly ground: Ground | null;
  /** Whether an insurer or a lawyer is involved. */
  readonly counsel: boolean;
};

type DraftRead = {
  readonly lang: string;
  readonly findings: readonly DraftFinding[];
  /** Words of the trade that this client wrote themselves, agreed to or was told the meaning of: to them they are no jargon, and they are not marked. */
  readonly known: readonly string[];
  /** Where the draft is clearly harder to read than anything that this client wrote. */
  readonly harder: ReadingLevel | null;
};

/**
 * What a draft of ours says that it should not, what it leaves open and, with a client, where the record says otherwise.
 * Nothing of it is kept.
 */
export async function checkText(
  ledger: Ledger,
  reader: Reader,
  record: DraftRecord,
  { text, lang, party, replyTo, ground, counsel }: DraftWish,
): Promise<Outcome<DraftRead, SignalRefusal>> {
  if (!(await isKnown(ledger, party))) return refuse('party-unknown');
  const answered = await answeredText(ledger, party, replyTo);
  if (!answered.ok) return answered;
  const { place, workUntil } = await loadSettings(ledger.db, ledger.workspaceId);
  const manner = await mannerFor(ledger, party);
  const messages = messagesWith(ledger, party);
  const at = await writtenAt(ledger, party, workUntil);
  const wish = { text, lang, replyTo: answered.value, ground, counsel, place, at };
  const [read, compared, kept] = await Promise.all([
    reader.read('draft', { ...wish, ...manner }),
    party === null ? [] : record.against(ledger, reader, { text, lang, party }, messages),
    party === null ? [] : loadPlainWords(ledger.db, ledger.workspaceId, party),
  ]);
  const terms = termsIn(
    text,
    kept.filter((one) => one.lang === read.lang),
    read.lang as Lang,
  ).map((term): Term => ({ ...term, quote: text.slice(term.start, term.end) }));
  const agreed = async () => (party === null ? [] : record.agreed(ledger, party));
  const known = await wordsKnown({ ...read, text, terms }, messages, agreed);
  const unknown = terms.filter(({ quote }) => !known.has(quote));
  const seen = read.findings
    .filter(
      ({ kind, quote, start, end }) =>
        kind !== 'jargon' || !(known.has(quote) || unknown.some((one) => one.start < end && start < one.end)),
    )
    .map((one) => ({ ...one, level: one.level ?? 'warning', record: null, instead: one.instead ?? [] }));
  const harder = party === null ? null : await harderFor(text, read.lang, messages);
  const plain = unknown.map(inPlainWords);
  return accept({
    lang: read.lang,
    findings: [...compared, ...plain, ...seen],
    known: [...known],
    harder,
  });
}

const KEPT_CONFIDENCE = 1;

/** A term of ours that this client was never told the meaning of: what we say to them instead. */
function inPlainWords({ start, end, quote, plain }: Term): DraftFinding {
  return {
    ...{ kind: 'jargon', start, end, quote, level: 'warning' },
    ...{ confidence: KEPT_CONFIDENCE, band: bandOf(KEPT_CONFIDENCE), why: 'plain-words' },
    ...{ pack: 'plain-words', engine: 'record-1', phrase: null, instead: [plain], record: null },
  };
}

/** Ours is the zone of the workspace; the reader's clock is that of the newest message that states one. */
async function writtenAt(
  { db, workspaceId, chance }: Ledger,
  party: string | null,
  dayEnds: string,
): Promise<WrittenAt> {
  const { zone } = await loadWorkspace(db, workspaceId);
  const now = chance.now();
  const theirs = party === null ? null : await newestClock(db, workspaceId, party);
  const isElsewhere = theirs !== null && theirs.offsetMin !== offsetOf(zone, theirs.at);
  const offset = isElsewhere ? writtenOffset(offsetOf(zone, now)) : null;
  return { today: localOf({ zone }, now).date, dayEnds, offset };
}

const MINUTE_MS = 60_000;

/** Minutes that the clock of a zone is ahead of UTC. */
function offsetOf(zone: string, at: Instant): number {
  const { date, time } = localOf({ zone }, at);
  const minute = Math.floor(Date.parse(at) / MINUTE_MS);
  return Date.parse(`${date}T${time}Z`) / MINUTE_MS - minute;
}

/** `UTC`, `UTC+3`, `UTC-4:30`. */
function writtenOffset(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** So far back messages are looked at for a draft; they are kept nowhere. */
const MESSAGES_OF_DRAFT = 2000;

type Messages = () => Promise<readonly Message[]>;

/** Loaded once, when the first of those who look at them needs them; the oldest first. */
function messagesWith({ db, workspaceId }: Ledger, party: string | null): Messages {
  if (party === null) return async () => [];
  let loading: Promise<readonly Message[]> | undefined;
  return () => (loading ??= loadMessages(db, workspaceId, party, MESSAGES_OF_DRAFT));
}

function theirsAmong(messages: readonly Message[]): readonly string[] {
  return messages.filter(({ side }) => side === 'theirs').map(({ text }) => text);
}

/** So many of the newest messages show how somebody writes. */
const MESSAGES_OF_LEVEL = 200;

function harderFor(text: string, lang: string, messages: Messages): Promise<ReadingLevel | null> {
  return clearlyHarder(text, lang, async () => theirsAmong((await messages()).slice(-MESSAGES_OF_LEVEL)));
}

type Term = PlainWords & { readonly start: number; readonly end: number; readonly quote: string };

async function wordsKnown(
  {
    lang,
    findings,
    text,
    terms,
  }: Tasks['draft']['answer'] & { readonly text: string; readonly terms: readonly Term[] },
  messages: Messages,
  agreed: () => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const words = [...findings.filter(({ kind }) => kind === 'jargon'), ...terms].map(({ quote }) => quote);
  if (words.length === 0) return new Set();
  const [written, clauses] = await Promise.all([messages(), agreed()]);
  const known = knownAmong(words, [...clauses, ...theirsAmong(written).toReversed()], lang as Lang);
  const ours = [text, ...written.filter(({ side }) => side === 'ours').map((one) => one.text)];
  const explained = terms.filter((term) => isExplained(term, ours, lang as Lang));
  return new Set([...known, ...explained.map(({ quote }) => quote)]);
}

async function answeredText(
  { db, workspaceId }: Ledger,
  party: string | null,
  replyTo: DraftWish['replyTo'],
): Promise<Outcome<string | null, SignalRefusal>> {
  if (replyTo === null) return accept(null);
  if (replyTo === 'newest')
    return accept(party === null ? null : await newestInbound(db, workspaceId, party));
  if ('text' in replyTo) return accept(replyTo.text);
  const text = await textOf(db, workspaceId, replyTo.interaction);
  return text === null ? refuse('interaction-unknown') : accept(text);
}

/** What does not belong into a neutral note of ours. Nothing of it is kept. */
export async function checkNoteText(
  ledger: Ledger,
  reader: Reader,
  { text, lang }: Omit<Wish, 'party'>,
): Promise<Tasks['note']['answer']> {
  const { off } = await mannerFor(ledger, null);
  return reader.read('note', { text, lang, off });
}

async function isKnown({ db, workspaceId }: Ledger, party: string | null): Promise<boolean> {
  return party === null || (await loadParty(db, workspaceId, party)) !== null;
}

/** Which engine and packs read here, and which of the user's own packs cannot be used. */
export function packState(reader: Reader): Promise<PackState> {
  return reader.read('packs', null);
}
