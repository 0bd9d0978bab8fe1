import { LATIN } from './characters.ts';
import { forEachUnit } from './units.ts';
import { englishOf, finnishOf, type Word } from './words.ts';

/** UTF-16 code units of the text that was searched. */
export type Range = { readonly start: number; readonly end: number };

/**
 * What was asked for.
 * - all: every group must be met by one of its lexemes.
 * - none: a row that meets any of these groups is left out.
 * - phrases: as typed, without the quotation marks; their words are in `all`, and `matches` tells whether a text holds
 *   them word for word.
 * - nonePhrases: excluded, and more than one lexeme long, so that only the text can tell: `matches` does.
 */
export type SearchQuery = {
  readonly all: readonly (readonly string[])[];
  readonly none: readonly (readonly string[])[];
  readonly phrases: readonly string[];
  readonly nonePhrases: readonly string[];
};

/** One thing a query asks for: a word, a pair, a number; met by any of `asked`. Offsets in UTF-16 code units. */
export type AskedUnit = {
  readonly asked: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly isStop: boolean;
};

/** How much a unit covers: a number or telephone number its pairs, a pair its words. */
type Found = AskedUnit & { readonly rank: number };

const MAX_TYPED = 2_000;

/** The units of a typed text, of which the first 2,000 characters count; what a greater one covers is left to it. */
export function askedUnits(text: string): readonly AskedUnit[] {
  const found: Found[] = [];
  forEachUnit(text.slice(0, MAX_TYPED), {
    word: (word, start, end, isJoined) => {
      found.push({
        asked: askedFor(word),
        start,
        end,
        isStop: word.isStop && !isJoined,
        rank: isJoined ? 1 : 0,
      });
    },
    exact: (kind, _held, asked, start, end) => {
      found.push({ asked, start, end, isStop: false, rank: RANKS[kind] });
    },
  });
  return found.filter((unit) => unit.asked.length > 0 && !found.some((over) => covers(over, unit)));
}

const RANKS = { pair: 1, number: 2, phone: 3 } as const;

function covers(over: Found, unit: Found): boolean {
  if (over === unit || over.start > unit.start || over.end < unit.end) return false;
  return over.end - over.start > unit.end - unit.start ? over.rank > 0 : over.rank > unit.rank;
}

/** A word in every analysis a row may have been given. */
function askedFor(word: Word): readonly string[] {
  if (word.kind !== LATIN || word.isStop) return word.certain;
  return [...new Set([...englishOf(word), ...finnishOf(word).asked])];
}
