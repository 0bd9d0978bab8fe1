import { CYRILLIC_TO_LATIN, LATIN_TO_CYRILLIC } from '../letters.ts';

const BOTH = /[a-z][а-яіѕј]|[а-яіѕј][a-z]/;
const RUN = /[a-zа-яіѕј]+/g;

/**
 * Brings the letters of a word that mixes Latin and Cyrillic to one alphabet, one unit for one: to the alphabet of
 * most of its letters as long as every other letter has a look-alike there.
 */
export function unmixed(text: string): string {
  return BOTH.test(text) ? text.replace(RUN, (word) => (BOTH.test(word) ? unmixWord(word) : word)) : text;
}

function unmixWord(word: string): string {
  const latin = word.replace(/[^a-z]/g, '').length;
  const toCyrillic = replaced(word, LATIN_TO_CYRILLIC);
  const toLatin = replaced(word, CYRILLIC_TO_LATIN);
  const [first, second] = latin * 2 > word.length ? [toLatin, toCyrillic] : [toCyrillic, toLatin];
  if (!BOTH.test(first)) return first;
  return BOTH.test(second) ? word : second;
}

function replaced(word: string, letters: ReadonlyMap<string, string>): string {
  let found = '';
  for (const letter of word) found += letters.get(letter) ?? letter;
  return found;
}
