import { sourceEnd, sourceStart } from '../text/normalise.ts';
import { type Reading, readText } from '../text/reading.ts';

/** A sentence of a text, with its language; offsets in UTF-16 code units. */
export type OwnSentence = {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly lang: string;
};

/** The sentences that the writer of a text wrote newly: no quoted history, no signature. */
export function ownSentences(text: string): readonly OwnSentence[] {
  return sentencesOf(readText(text));
}

/** The same of a text that was read. */
export function sentencesOf({ normalised, sentences }: Reading): readonly OwnSentence[] {
  return sentences.flatMap(({ tokens, lang }) => {
    const first = tokens[0];
    const last = tokens.at(-1);
    if (!first || !last) return [];
    const start = sourceStart(normalised, first.start);
    const end = sourceEnd(normalised, last.end);
    return [{ start, end, quote: normalised.source.slice(start, end), lang }];
  });
}
