import { type AskedUnit, askedUnits, type Range, type SearchQuery } from './asked.ts';
import { scanTokens } from './tokens.ts';
import { forEachUnit } from './units.ts';
import { englishOf, finnishOf, type Word, wordAt } from './words.ts';

/**
 * Where a text meets a query, for highlights. A phrase is marked as a whole; the words of a phrase are not marked
 * elsewhere.
 *
 * @returns In the order of the text, without overlaps; offsets in UTF-16 code units. Empty where a phrase of the query
 *   is not in the text word for word, or an excluded one is, whatever else is.
 */
export function matches(text: string, query: SearchQuery): Range[] {
  if (!meetsPhrases(text, query)) return [];
  const phrases = query.phrases.map((phrase) => phraseRanges(text, phrase));
  return merged([...wordRanges(text, wantedOf(query)), ...phrases.flat()]);
}

/** Whether a text holds every phrase of the query, and none of those it excludes. For a row, pass all of its text. */
export function meetsPhrases(text: string, query: SearchQuery): boolean {
  const holds = (phrase: string): boolean => phraseRanges(text, phrase).length > 0;
  return query.phrases.every(holds) && !query.nonePhrases.some(holds);
}

function wantedOf(query: SearchQuery): ReadonlySet<string> {
  const quoted = new Set(query.phrases.flatMap(askedUnits).map(textOf));
  return new Set(query.all.filter((asked) => !quoted.has(textOf({ asked }))).flat());
}

function textOf(unit: Pick<AskedUnit, 'asked'>): string {
  return unit.asked.join(' ');
}

function wordRanges(text: string, wanted: ReadonlySet<string>): Range[] {
  if (wanted.size === 0) return [];
  const ranges: Range[] = [];
  const known = new Map<Word, boolean>();
  forEachUnit(text, {
    word: (word, start, end) => {
      const isMet = known.get(word) ?? meets(word, wanted);
      known.set(word, isMet);
      if (isMet) ranges.push({ start, end });
    },
    exact: (_kind, held, _asked, start, end) => {
      if (held.some((lexeme) => wanted.has(lexeme))) ranges.push({ start, end });
    },
  });
  return ranges;
}

function meets(word: Word, wanted: ReadonlySet<string>): boolean {
  return [word.certain, englishOf(word), finnishOf(word).held].some((lexemes) =>
    lexemes.some((lexeme) => wanted.has(lexeme)),
  );
}

/** Every place where the phrase's words follow each other; what stands between words does not matter, case neither. */
function phraseRanges(text: string, phrase: string): Range[] {
  const sought = tokensOf(phrase);
  if (sought.length === 0) return [];
  const tokens = tokensOf(text);
  const ranges: Range[] = [];
  for (let at = 0; at + sought.length <= tokens.length; at += 1) {
    if (!sought.every((token, offset) => tokens[at + offset]?.folded === token.folded)) continue;
    ranges.push({ start: tokens[at]?.start ?? 0, end: tokens[at + sought.length - 1]?.end ?? 0 });
    at += sought.length - 1;
  }
  return ranges;
}

const MAX_WORD_KIND = 31;

function tokensOf(text: string): readonly (Range & { readonly folded: string })[] {
  const tokens: (Range & { readonly folded: string })[] = [];
  scanTokens(text, (start, end, kind) => {
    if (kind > MAX_WORD_KIND) return;
    const { folded } = wordAt(text, start, end, kind);
    if (folded !== '') tokens.push({ start, end, folded });
  });
  return tokens;
}

function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = result[result.length - 1];
    if (last && range.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}
