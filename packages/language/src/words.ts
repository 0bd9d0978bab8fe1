import { CYRILLIC, fold, LATIN, withoutDots } from './characters.ts';
import { englishStem } from './english.ts';
import { evidenceOf, isStopWord, type WordEvidence } from './evidence.ts';
import { finnishHead, finnishKeys } from './finnish.ts';
import { russianStems } from './russian.ts';

/** Stands before every Finnish key, so that Finnish endings cannot make English words meet (plant ~ plan). */
const FINNISH = '~';
/** From this length on a word in ä or ö is also held without its dots, for those who type tyontekija. */
const MIN_DOTLESS = 5;
const MAX_CACHED_WORDS = 60_000;
const MAX_CACHED_LENGTH = 40;

/** One word as it was written, with what its letters alone tell. `stamp` belongs to the caller. */
export type Word = {
  readonly folded: string;
  readonly kind: number;
  readonly isStop: boolean;
  /** Holds ä, ö or å: likely Finnish also where the text is English (a name). */
  readonly isDotted: boolean;
  readonly evidence: WordEvidence;
  /** The lexemes of a word whose script decides its language: Cyrillic, other scripts, numbers; else empty. */
  readonly certain: readonly string[];
  readonly stems: { english?: readonly string[]; finnish?: FinnishLexemes };
  stamp: number;
};

/** `held` by a row: keys, compound head and dotless key; `asked` by a query: keys. */
export type FinnishLexemes = { readonly held: readonly string[]; readonly asked: readonly string[] };

/** The English lexemes of a Latin word, worked out when they are first needed. */
export function englishOf(word: Word): readonly string[] {
  word.stems.english ??= isUndecided(word) ? [englishStem(word.folded)] : NOTHING;
  return word.stems.english;
}

/** The Finnish lexemes of a Latin word, worked out when they are first needed. */
export function finnishOf(word: Word): FinnishLexemes {
  word.stems.finnish ??= isUndecided(word) ? finnishLexemes(word.folded) : { held: NOTHING, asked: NOTHING };
  return word.stems.finnish;
}

function isUndecided(word: Word): boolean {
  return word.kind === LATIN && !word.isStop && word.folded !== '';
}

let fresh = new Map<string, Word>();
let aged = new Map<string, Word>();

/**
 * Looks a token up. The words met last are remembered, at most 120,000 of them.
 *
 * @param token As it stands in the text.
 * @param kind Bits of LATIN, CYRILLIC, OTHER_LETTER, DIGIT, as the scanner gives them.
 */
export function wordOf(token: string, kind: number): Word {
  return fresh.get(token) ?? remember(token, kind);
}

function remember(token: string, kind: number): Word {
  const known = aged.get(token);
  const word = known ?? analyseWord(fold(detached(token)), kind);
  if (token.length > MAX_CACHED_LENGTH) return word;
  if (fresh.size >= MAX_CACHED_WORDS) {
    aged = fresh;
    fresh = new Map();
  }
  fresh.set(detached(token), word);
  return word;
}

/** A copy that shares no memory: engines keep the whole mail alive for a slice of it. */
function detached(slice: string): string {
  if (slice.length < 13) return slice;
  const units = new Array<number>(slice.length);
  for (let at = 0; at < slice.length; at += 1) units[at] = slice.charCodeAt(at);
  return String.fromCharCode(...units);
}

const NOTHING: readonly string[] = [];
const NO_EVIDENCE: WordEvidence = { en: 0, fi: 0, other: 0 };

function analyseWord(folded: string, kind: number): Word {
  const isStop = isStopWord(folded);
  const isLatin = kind === LATIN && folded !== '';
  return {
    folded,
    kind,
    isStop,
    isDotted: /[äöå]/.test(folded),
    evidence: isLatin ? evidenceOf(folded) : NO_EVIDENCE,
    certain: folded === '' || (isLatin && !isStop) ? NOTHING : certainLexemes(folded, kind, isStop),
    stems: {},
    stamp: 0,
  };
}

function certainLexemes(folded: string, kind: number, isStop: boolean): readonly string[] {
  if (kind === CYRILLIC && !isStop) return russianStems(folded);
  if (kind === (CYRILLIC | LATIN)) return [unmixed(folded)];
  return [folded];
}

function finnishLexemes(folded: string): FinnishLexemes {
  const keys = finnishKeys(folded);
  const head = finnishHead(folded);
  const dotless =
    folded.length >= MIN_DOTLESS && /[äöå]/.test(folded) ? [withoutDots(keys[0] as string)] : [];
  const held = new Set([...keys, ...(head === undefined ? [] : [head]), ...dotless]);
  return { held: [...held].map((key) => FINNISH + key), asked: keys.map((key) => FINNISH + key) };
}

const LOOKS_CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

/** A word that mixes alphabets by look-alikes (cчёт with a Latin c) is read as Cyrillic; others stay as they are. */
function unmixed(folded: string): string {
  const cyrillic = folded.replace(/[a-z]/g, (letter) => LOOKS_CYRILLIC[letter] ?? letter);
  return /[a-z]/.test(cyrillic) ? folded : (russianStems(cyrillic)[0] as string);
}
