import type { Concepts } from '../concepts/concepts.ts';
import type { RuleLang } from '../finding.ts';
import { keptFor } from '../shipped.ts';
import { createActReader } from './act-features.ts';
import { type ActScorer, createActScorer } from './act-scores.ts';
import { readActs, type Side } from './act-weights.ts';
import { createWordClasses } from './word-classes.ts';

/** The bytes of weights, and the concepts that were there when they were learnt. */
export type ActFiles = { readonly weights: readonly Uint8Array[]; readonly concepts: readonly Concepts[] };

/** What was learnt of the acts of sentences, for as many languages and sides as there are weights. */
export type Acts = {
  readonly version: string;
  readonly scorerOf: (lang: RuleLang, side: Side) => ActScorer | null;
};

/**
 * Reads weights; a language costs nothing until a text of it is met.
 *
 * @param wordsOf the word lists of the pack of a language that ships
 * @throws Error when bytes are no weights of this version of the format, or were learnt with other concepts
 */
export function createActs(
  files: ActFiles,
  wordsOf: (lang: RuleLang) => Readonly<Record<string, readonly string[]>>,
): Acts {
  const all = files.weights.map(readActs);
  const conceptsOf = (lang: RuleLang) => files.concepts.find((one) => one.lang === lang) ?? null;
  for (const { lang, concepts: version } of all)
    if (conceptsOf(lang)?.version !== version)
      throw new Error('These weights were learnt with other concepts.');
  const readerOf = keptFor((lang: RuleLang) =>
    createActReader(lang, createWordClasses(lang, wordsOf(lang)), conceptsOf(lang)),
  );
  const scorers = { client: keptFor(scorerFor('client')), draft: keptFor(scorerFor('draft')) };

  function scorerFor(side: Side) {
    return (lang: RuleLang): ActScorer | null => {
      const weights = all.find((one) => one.lang === lang && one.side === side);
      return weights ? createActScorer(weights, readerOf(lang)) : null;
    };
  }

  return {
    version: all.map(({ version }) => version).join('-'),
    scorerOf: (lang, side) => scorers[side](lang),
  };
}
