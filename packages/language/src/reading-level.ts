import { ownSentences } from './content/own-sentences.ts';

/**
 * How hard a text is to read: LIX, the mean number of words in a sentence and the share of words of more than six letters in
 * per cent. It counts letters and knows no language, so it is comparable within one, and never between two.
 *
 * @source C. H. Björnsson, Läsbarhet (1968): below 30 very easy, 40 the language of newspapers, above 60 very hard
 */
export type ReadingLevel = { readonly draft: number; readonly theirs: number };

/** Of fewer words nothing is said of a draft, and of somebody's own message. */
const LEAST_OF_DRAFT = 30;
const LEAST_OF_MESSAGE = 15;
/** Of fewer messages nobody knows how somebody writes. */
const LEAST_MESSAGES = 3;
/** A step of Björnsson's scale: what is harder by less is not clearly harder. */
const CLEARLY = 10;
/** What is easy by itself is too hard for nobody. */
const EASY = 40;

const WORD = /\p{L}[\p{L}\p{M}’'-]*/gu;
const LONG_LETTERS = 6;

/** LIX of what is written newly in a text in one language; null where that is too little. */
export function lixOf(text: string, lang: string, least: number): number | null {
  const sentences = ownSentences(text)
    .filter((sentence) => sentence.lang === lang)
    .map(({ quote }) => quote.match(WORD) ?? [])
    .filter(({ length }) => length > 0);
  const words = sentences.flat();
  if (words.length < Math.max(1, least)) return null;
  const long = words.filter((word) => word.replace(/[^\p{L}]/gu, '').length > LONG_LETTERS);
  return words.length / sentences.length + (100 * long.length) / words.length;
}

/**
 * Compares a draft with the hardest message that its reader wrote in the language of the draft.
 *
 * @param theirs what they wrote; asked for only where the draft is not easy by itself
 * @returns both levels where the draft is clearly harder than all of it, else null
 */
export async function clearlyHarder(
  draft: string,
  lang: string,
  theirs: () => Promise<readonly string[]>,
): Promise<ReadingLevel | null> {
  const level = lixOf(draft, lang, LEAST_OF_DRAFT);
  if (level === null || level < EASY) return null;
  const levels = (await theirs()).flatMap((text) => lixOf(text, lang, LEAST_OF_MESSAGE) ?? []);
  if (levels.length < LEAST_MESSAGES) return null;
  const hardest = Math.max(...levels);
  return level >= hardest + CLEARLY ? { draft: Math.round(level), theirs: Math.round(hardest) } : null;
}
