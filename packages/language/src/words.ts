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

/** One word as it was written, with all that was worked out about it. `stamp` belongs to the caller. */
export type Word = {
  readonly folded: string;
  readonly kind: number;
  readonly isStop: boolean;
  /** Holds ä, ö or å: likely Finnish also where the text is English (a name). */
  readonly isDotted: boolean;
  readonly evidence: WordEvidence;
  readonly english: readonly string[];
  /** Keys, compound head and dotless key: what a row holds. */
  readonly finnish: readonly string[];
  /** Keys only: what a query asks for. */
  readonly finnishAsked: readonly string[];
  /** The lexemes of a word whose script decides its language: Cyrillic, other scripts, numbers; else empty. */
  readonly certain: readonly string[];
  stamp: number;
};

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
  const isDotted = /[äöå]/.test(folded);
  const blank = {
    folded,
    kind,
    isStop,
    isDotted,
    evidence: NO_EVIDENCE,
    english: NOTHING,
    finnish: NOTHING,
    finnishAsked: NOTHING,
    stamp: 0,
  };
  if (folded === '') return { ...blank, certain: NOTHING };
  if (kind !== LATIN) return { ...blank, certain: certainLexemes(folded, kind, isStop) };
  const evidence = evidenceOf(folded);
  return isStop ? { ...blank, evidence, certain: [folded] } : { ...blank, evidence, ...latinLexemes(folded) };
}

function certainLexemes(folded: string, kind: number, isStop: boolean): readonly string[] {
  if (kind === CYRILLIC && !isStop) return russianStems(folded);
  if (kind === (CYRILLIC | LATIN)) return [unmixed(folded)];
  return [folded];
}

function latinLexemes(folded: string): Pick<Word, 'english' | 'finnish' | 'finnishAsked' | 'certain'> {
  const keys = finnishKeys(folded);
  const head = finnishHead(folded);
  const dotless =
    folded.length >= MIN_DOTLESS && /[äöå]/.test(folded) ? [withoutDots(keys[0] as string)] : [];
  const held = new Set([...keys, ...(head === undefined ? [] : [head]), ...dotless]);
  return {
    english: [englishStem(folded)],
    finnish: [...held].map((key) => FINNISH + key),
    finnishAsked: keys.map((key) => FINNISH + key),
    certain: NOTHING,
  };
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
