import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Attached } from '../interaction/interaction.ts';
import type { Person } from '../interaction/reading.ts';

export type RedactionId = Brand<string, 'RedactionId'>;
/** For whom a copy stands in the place of the record: whoever gets a bundle, or only the client who asks for their data. */
export const REDACTION_USES = ['everyone', 'subject'] as const;
export type RedactionUse = (typeof REDACTION_USES)[number];
/** UTF-16 code units of a text. */
export type Span = { readonly start: number; readonly end: number };

type About = { readonly redaction: RedactionId; readonly party: string; readonly interaction: string };
export type RedactionFact =
  | {
      /** Opened in the bundles that exhibit the copy: it says nothing of the words that were taken out. */
      readonly kind: 'exhibit.redacted';
      readonly id: RedactionId;
      readonly party: string;
      readonly interaction: string;
      /** Commitments, in hex, of the entry that holds the original and of its bytes: whoever is shown them later can tell. */
      readonly record: string;
      readonly object: string;
      readonly use: RedactionUse;
      readonly reason: string;
      readonly places: number;
      readonly filesTaken: number;
      readonly slot: number;
      readonly mediaType: string;
      readonly sizeBytes: number;
      /** SHA-256 hex of the copy. */
      readonly sha256: string;
      /** What was left in of the attachments. */
      readonly files: readonly Attached[];
    }
  | (About & {
      /** Opened in no bundle: what was taken out, so that nothing else says it. */
      readonly kind: 'exhibit.words-taken';
      readonly words: readonly string[];
      readonly people: readonly string[];
      readonly subject: string | null;
      readonly text: string;
    })
  | (About & { readonly kind: 'exhibit.redaction-withdrawn'; readonly reason: string });

/** What a person wants to be taken out of one record. */
export type RedactionWish = {
  readonly party: string;
  readonly interaction: string;
  readonly use: RedactionUse;
  readonly reason: string;
  readonly text: readonly Span[];
  readonly subject: readonly Span[];
  /** Names or addresses of people who took part. */
  readonly people: readonly string[];
  /** SHA-256 hex of the attachments that are left in; every other one is taken out. */
  readonly files: readonly string[];
};

/** A copy as it stands. */
export type Redaction = {
  readonly id: RedactionId;
  readonly recordId: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly use: RedactionUse;
  readonly reason: string;
  readonly slot: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly subject: string | null;
  readonly words: string;
  readonly taken: readonly string[];
  readonly people: readonly string[];
  readonly files: readonly Attached[];
  readonly filesTaken: number;
  readonly madeAt: Instant;
  readonly madeBy: string;
};

export type RedactionRefusal =
  | 'party-unknown'
  | 'interaction-unknown'
  | 'reason-missing'
  | 'nothing-taken'
  | 'span-outside'
  | 'text-too-long'
  | 'file-unknown'
  | 'words-in-file'
  | 'words-in-reason'
  | 'redaction-unknown';

export const COPY_TYPE = 'text/plain; charset=utf-8';
export const BLACK = '████';
/** Longer texts are not blacked out by hand. */
export const MOST_TEXT = 1_000_000;
/** Shorter words stand everywhere: they are taken out of their own record, and looked for nowhere else. */
const SHORTEST_SOUGHT = 5;
const SHORTEST_AGAIN = 3;

/** What of a record is left when these words are gone. */
export type Remains = {
  readonly subject: string | null;
  readonly text: string;
  /** The words that were taken out, each once. */
  readonly words: readonly string[];
  readonly places: number;
};

type Written = { readonly subject: string | null; readonly text: string };

/** Takes words out of a text and its subject, in every place where the same words stand again. */
export function decideRemains(
  { subject, text }: Written,
  wish: Pick<RedactionWish, 'text' | 'subject' | 'people' | 'reason'>,
  hasFilesTaken: boolean,
): Outcome<Remains, RedactionRefusal> {
  if (wish.reason.trim() === '') return refuse('reason-missing');
  if (text.length > MOST_TEXT) return refuse('text-too-long');
  const head = subject ?? '';
  if (!areInside(text, wish.text) || !areInside(head, wish.subject)) return refuse('span-outside');
  const words = distinct([...wordsAt(text, wish.text), ...wordsAt(head, wish.subject), ...wish.people]);
  if (words.length === 0 && !hasFilesTaken) return refuse('nothing-taken');
  const again = words.filter((word) => plain(word).length >= SHORTEST_AGAIN);
  const inText = joined([...wish.text, ...placesOf(text, again)]);
  const inHead = joined([...wish.subject, ...placesOf(head, again)]);
  return accept({
    subject: subject === null ? null : blackOut(head, inHead),
    text: blackOut(text, inText),
    words,
    places: inText.length + inHead.length,
  });
}

function areInside(text: string, spans: readonly Span[]): boolean {
  return spans.every(({ start, end }) => start >= 0 && start < end && end <= text.length);
}

function wordsAt(text: string, spans: readonly Span[]): readonly string[] {
  return spans.map(({ start, end }) => text.slice(start, end).trim()).filter((word) => word !== '');
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

/** How the same words look where a line was broken or quoted in between. */
function plain(word: string): string {
  return word.replace(/[\s>]+/gu, ' ').trim();
}

const LETTER = /[\p{L}\p{N}]/u;

function patternOf(word: string): RegExp {
  const parts = plain(word)
    .split(' ')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // Whole words only: a name taken out is not taken out of the middle of another.
  const [open, close] = [LETTER.test(parts[0]![0]!), LETTER.test(parts.at(-1)!.at(-1)!)];
  return new RegExp(
    `${open ? '(?<![\\p{L}\\p{N}])' : ''}${parts.join('[\\s>]+')}${close ? '(?![\\p{L}\\p{N}])' : ''}`,
    'giu',
  );
}

function placesOf(text: string, words: readonly string[]): readonly Span[] {
  return words.flatMap((word) =>
    [...text.matchAll(patternOf(word))].map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
    })),
  );
}

/** Overlapping and touching places become one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** Every place becomes a bar of one length, so that nothing can be told from its own. */
function blackOut(text: string, spans: readonly Span[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of spans) {
    out += text.slice(from, start) + BLACK;
    from = end;
  }
  return out + text.slice(from);
}

/** Looks for words that were taken out of one record in everything else. */
export type Taken = {
  readonly isEmpty: boolean;
  readonly isIn: (text: string) => boolean;
  readonly blackedIn: (text: string) => string;
};

export function takenWords(redactions: readonly Pick<Redaction, 'taken'>[]): Taken {
  const words = distinct(redactions.flatMap(({ taken }) => taken)).filter(
    (word) => plain(word).length >= SHORTEST_SOUGHT,
  );
  const patterns = words.map(patternOf);
  return {
    isEmpty: patterns.length === 0,
    isIn: (text) => patterns.some((pattern) => text.search(pattern) >= 0),
    blackedIn: (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, BLACK), text),
  };
}

/** Every text inside a value, blacked out. */
export function blackedValue<T>(value: T, taken: Taken): T {
  if (typeof value === 'string') return taken.blackedIn(value) as T;
  if (Array.isArray(value)) return value.map((one) => blackedValue(one, taken)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, blackedValue(one, taken)])) as T;
}

/** Whether any text inside a value says words that were taken out. */
export function isSaidIn(value: unknown, taken: Taken): boolean {
  if (typeof value === 'string') return taken.isIn(value);
  return (
    value !== null && typeof value === 'object' && Object.values(value).some((one) => isSaidIn(one, taken))
  );
}

/** People without those who were taken out; that somebody was there stays. */
export function peopleLeft(people: readonly Person[], taken: readonly string[]): readonly Person[] {
  const gone = new Set(taken.map((word) => word.toLowerCase()));
  const isGone = ({ name, address }: Person) =>
    [name, address].some((word) => word !== null && gone.has(word.toLowerCase()));
  return people.map((person) => (isGone(person) ? { name: BLACK, address: null } : person));
}
