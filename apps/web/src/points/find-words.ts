/** Where words stand in a text. */
export type Place = { readonly start: number; readonly end: number };

/** What a page may show otherwise than it stands in the record: spaces, line breaks, signs that nobody sees. */
const BETWEEN = String.raw`[\s\u00ad\u200b-\u200d\u2060\ufeff]`;

/**
 * Where words that were selected on a page stand in the text of the record: the same words, with whatever space between.
 *
 * @param before what the page shows in front of them: of several places it tells which is meant
 * @returns null where they do not stand so
 */
export function findWords(text: string, words: string, before = ''): Place | null {
  const pattern = patternOf(words);
  if (pattern === null) return null;
  const places = [...text.matchAll(pattern)];
  const nth = [...before.matchAll(pattern)].length;
  const found = places[Math.min(nth, places.length - 1)];
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}

const FEWEST = 2;

/** The longest run of these words that stands in the text, two words at the least: where to look for them. */
export function nearestWords(text: string, words: string): Place | null {
  const parts = partsOf(words);
  for (let length = parts.length - 1; length >= FEWEST; length -= 1)
    for (let first = 0; first + length <= parts.length; first += 1) {
      const place = findWords(text, parts.slice(first, first + length).join(' '));
      if (place) return place;
    }
  return null;
}

function patternOf(words: string): RegExp | null {
  const parts = partsOf(words).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.length === 0 ? null : new RegExp(parts.join(`${BETWEEN}+`), 'gu');
}

/** A long selection is looked for by its first words: what is longer than this is no quote. */
const MOST_WORDS = 400;

function partsOf(words: string): readonly string[] {
  return words
    .split(new RegExp(`${BETWEEN}+`, 'u'))
    .filter((part) => part !== '')
    .slice(0, MOST_WORDS);
}
