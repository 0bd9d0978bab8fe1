import { SENTENCE } from './calmer.ts';

/** Longer than this a reply is read in part only, and a sentence twice. */
export const LONG_WORDS = 200;
export const LONG_SENTENCE_WORDS = 30;

export type Length = { readonly words: number; readonly longSentences: number };

const WORD = /[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu;

/** How long a draft is, and how many of its sentences are too long to be read at once. */
export function lengthOf(draft: string): Length {
  const counts = (draft.match(SENTENCE) ?? []).map((sentence) => sentence.match(WORD)?.length ?? 0);
  return {
    words: counts.reduce((sum, count) => sum + count, 0),
    longSentences: counts.filter((count) => count > LONG_SENTENCE_WORDS).length,
  };
}
