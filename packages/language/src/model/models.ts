import type { Concepts } from '../concepts/concepts.ts';
import { NO_SCORES, type RuleLang, type Scores } from '../finding.ts';
import { probabilityOf } from './calibration.ts';
import { logitsOf } from './linear.ts';
import { type ModelSpan, spansOfText } from './spans.ts';
import { type LanguageWeights, readWeights } from './weights-file.ts';

/** The models of all languages that were read. */
export type Models = {
  /** Eight hex digits over all weights: part of a finding's `pack`. */
  readonly version: string;
  readonly languages: ReadonlyMap<RuleLang, LanguageWeights>;
};

/** A label of a score. */
export type ModelLabel = keyof Scores;

/**
 * Reads weights as `weights/<lang>.bin` holds them. The bytes are not copied: they must not change afterwards.
 *
 * @param concepts those that were there when the weights were learnt
 * @throws Error when bytes are no weights of this version of the format, or were learnt with other concepts.
 */
export function readModels(files: readonly Uint8Array[], concepts: readonly Concepts[] = []): Models {
  const weights = files.map((bytes) => readWeights(bytes, concepts));
  return {
    version: weights.map((one) => one.version).join('-'),
    languages: new Map(weights.map((one) => [one.lang, one])),
  };
}

/**
 * The scores of one text, each a calibrated probability: at .5 the decision is best for texts like those of the model
 * card. A label without a model in the language is null, and so is every label of an unknown language.
 */
export function scoresOfText(models: Models, text: string, lang: RuleLang): Scores {
  const weights = models.languages.get(lang);
  if (!weights) return NO_SCORES;
  const logits = logitsOf(weights, text);
  const scores: { -readonly [Label in ModelLabel]: number | null } = { ...NO_SCORES };
  weights.labels.forEach((label, place) => {
    if (label.name !== 'span') scores[label.name] = probabilityOf(label.calibration, logits[place] as number);
  });
  return scores;
}

/**
 * The words that make a label likely.
 *
 * @param threshold Least probability that a reader would mark a word, between 0 and 1; .02 is best by characters, .5 marks what is plain.
 * @returns In order of place, none overlapping; none where the language has no model of the label.
 */
export function modelSpans(
  models: Models,
  text: string,
  lang: RuleLang,
  label: ModelLabel,
  threshold: number,
): readonly ModelSpan[] {
  const weights = models.languages.get(lang);
  return weights ? spansOfText(weights, text, label, threshold) : [];
}
