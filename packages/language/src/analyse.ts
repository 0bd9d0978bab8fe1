import { LATIN } from './characters.ts';
import { analysesOf, majorityOf, scoreLanguages } from './detect.ts';
import { forEachUnit } from './units.ts';
import { englishOf, finnishOf, type Word } from './words.ts';

export type Lang = 'en' | 'ru' | 'fi' | 'simple';

/** A lexeme and the UTF-16 code units it stands for; several may share one place. */
export type Located = { readonly lexeme: string; readonly start: number; readonly end: number };

/** Changes whenever a lexeme does; rows written by another version are analysed again. */
export const ANALYSER_VERSION = 1;

/**
 * Cuts a text into lexemes of one language: stems, compound heads, the pairs of addresses and order numbers, numbers
 * and telephone numbers. Never throws, whatever the string holds.
 *
 * Lexemes hold letters, marks, digits, pictures and the characters `~ . @ #`: no U+0000, no lone surrogate, no quote,
 * no backslash, no space; at most 130 UTF-16 code units. Finnish keys start with `~`, so that no Finnish ending makes two
 * English words meet. Cyrillic words are Russian in every language but `simple`.
 *
 * @param lang `simple` folds (NFKC, lower case, ё→е, marks) and does not stem.
 * @returns In the order of the text; offsets in UTF-16 code units of `text`.
 * @example analyse('Laskun maksu', 'fi') // [{ lexeme: '~lasku', start: 0, end: 6 }, { lexeme: '~maksu', … }]
 */
export function analyse(text: string, lang: Lang): Located[] {
  const found: Located[] = [];
  const add = (lexemes: readonly string[], start: number, end: number): void => {
    for (const lexeme of lexemes) found.push({ lexeme, start, end });
  };
  forEachUnit(text, {
    word: (word, start, end) => add(lexemesIn(word, lang), start, end),
    exact: (_kind, held, _asked, start, end) => add(held, start, end),
  });
  return found;
}

function lexemesIn(word: Word, lang: Lang): readonly string[] {
  if (word.folded === '') return [];
  if (lang === 'simple') return [word.folded];
  if (word.kind !== LATIN || word.isStop) return word.certain;
  return lang === 'fi' ? finnishOf(word).held : englishOf(word);
}

/**
 * Tells the language of most of a text from its first 2,000 characters, by script, function words and the shape of
 * words; `simple` where none of the three is likely.
 */
export function detectLanguage(text: string): Lang {
  return majorityOf(scoreLanguages(text), text);
}

/** Distinguishes the texts of successive calls, so that a word is added once for each of them. */
let textNumber = 0;

/**
 * The lexemes of a search row for a text whose language is not known: Cyrillic words as Russian, Latin words as
 * English, Finnish or both, as the text's own words suggest. A query asks for a word in every analysis, so that row and
 * query meet whatever the guess was.
 *
 * @param maxBytes Stops before the lexemes' UTF-8 bytes exceed this (a tsvector holds 1 MB).
 * @returns Each lexeme once, in the order of the text.
 */
export function lexemesOf(text: string, maxBytes = 1_000_000): readonly string[] {
  textNumber += 1;
  const words: Word[] = [];
  const lexemes = new Set<string>();
  const score = { en: 0, fi: 0, other: 0 };
  forEachUnit(text, {
    word: (word) => {
      score.en += word.evidence.en;
      score.fi += word.evidence.fi;
      score.other += word.evidence.other;
      if (word.stamp === textNumber) return;
      word.stamp = textNumber;
      words.push(word);
    },
    exact: (_kind, held) => {
      for (const lexeme of held) lexemes.add(lexeme);
    },
  });
  addWords(lexemes, words, analysesOf(score));
  return cutAt([...lexemes], maxBytes);
}

function addWords(lexemes: Set<string>, words: readonly Word[], analyses: 'en' | 'fi' | 'both'): void {
  for (const word of words) {
    for (const lexeme of word.certain) lexemes.add(lexeme);
    if (analyses !== 'fi') for (const lexeme of englishOf(word)) lexemes.add(lexeme);
    if (analyses !== 'en' || word.isDotted) for (const lexeme of finnishOf(word).held) lexemes.add(lexeme);
  }
}

const MAX_BYTES_PER_UNIT = 3;

function cutAt(lexemes: readonly string[], maxBytes: number): readonly string[] {
  const units = lexemes.reduce((sum, lexeme) => sum + lexeme.length, 0);
  if (units * MAX_BYTES_PER_UNIT <= maxBytes) return lexemes;
  let bytes = 0;
  const end = lexemes.findIndex((lexeme) => {
    bytes += utf8Length(lexeme);
    return bytes > maxBytes;
  });
  return end < 0 ? lexemes : lexemes.slice(0, end);
}

function utf8Length(lexeme: string): number {
  let bytes = 0;
  for (let at = 0; at < lexeme.length; at += 1) {
    const unit = lexeme.charCodeAt(at);
    const isHalfOfPair = unit >= 0xd800 && unit <= 0xdfff;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalfOfPair ? 2 : 3;
  }
  return bytes;
}
