import { CYRILLIC, fold, LATIN, withoutDots } from './characters.ts';
import { englishStem } from './english.ts';
import { evidenceOf, isStopWord, type WordEvidence } from './evidence.ts';
import { readFinnish } from './finnish.ts';
import { russianStems } from './russian.ts';

/** Stands before every Finnish key, so that Finnish endings cannot make English words meet (plant ~ plan). */
const FINNISH = '~';
/** From this length on a word in ä or ö is also held without its dots, for those who type tyontekija. */
const MIN_DOTLESS = 5;
const MAX_CACHED_LENGTH = 40;
/** What is read of a run without spaces; `fold` keeps 64 units of it. */
const MAX_READ_LENGTH = 256;

/** One word as it was written, with what its letters alone tell. `stamp` belongs to the caller. */
export type Word = {
  readonly written: string;
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

const SLOTS = 1 << 17;
/** A word lives in one of this many slots from where its letters point to; where all are taken it replaces one. */
const PROBES = 8;
const table: (Word | undefined)[] = new Array<Word | undefined>(SLOTS + PROBES).fill(undefined);
/** Beside each word the hash of its letters, never 0: other words are passed by without a look at them. */
const hashes = new Int32Array(SLOTS + PROBES);

/**
 * Looks up the token at a place of a text, without cutting it out. At most 131,072 words are remembered.
 *
 * @param kind Bits of LATIN, CYRILLIC, OTHER_LETTER, DIGIT, as the scanner gives them.
 */
export function wordAt(text: string, start: number, end: number, kind: number): Word {
  if (end - start > MAX_CACHED_LENGTH)
    return analyseWord(text.slice(start, Math.min(end, start + MAX_READ_LENGTH)), kind);
  const hash = hashOf(text, start, end);
  const slot = hash & (SLOTS - 1);
  for (let probe = slot; probe < slot + PROBES; probe += 1) {
    const found = hashes[probe];
    if (found === hash) {
      const known = table[probe] as Word;
      if (isAt(known.written, text, start, end)) return known;
    } else if (found === 0) return remember(probe, hash, text.slice(start, end), kind);
  }
  return remember(slot + ((hash >>> 20) & (PROBES - 1)), hash, text.slice(start, end), kind);
}

function remember(slot: number, hash: number, token: string, kind: number): Word {
  const word = analyseWord(token, kind);
  table[slot] = word;
  hashes[slot] = hash;
  return word;
}

/** Looks up a token that is no part of a text. */
export function wordOf(token: string, kind: number): Word {
  return wordAt(token, 0, token.length, kind);
}

function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13) || 1;
}

function isAt(written: string, text: string, start: number, end: number): boolean {
  if (written.length !== end - start) return false;
  for (let at = 0; at < written.length; at += 1) {
    if (written.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
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

function analyseWord(token: string, kind: number): Word {
  const written = detached(token);
  const folded = fold(written);
  const isStop = isStopWord(folded);
  const isLatin = kind === LATIN && folded !== '';
  return {
    written,
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
  const { keys, head } = readFinnish(folded);
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
