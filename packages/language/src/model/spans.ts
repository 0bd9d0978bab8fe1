import type { RuleLang, Scores } from '../finding.ts';
import { probabilityOf } from './calibration.ts';
import { featuresOf } from './features.ts';
import { plainLogits } from './linear.ts';
import { tokensOf, WORD } from './tokens.ts';
import type { LabelHead, LanguageWeights } from './weights-file.ts';

/**
 * A part of a text that makes a label likely.
 *
 * @property start offset of the first UTF-16 code unit in the text as given; never inside a character
 * @property end offset behind the last one
 * @property confidence calibrated probability that a reader would mark these words
 * @property words the words that weigh most, as written, heaviest first, at most four
 */
export type ModelSpan = {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly words: readonly string[];
};

/** A word and how likely a reader marks it, as a logit. */
export type WordLogit = { readonly start: number; readonly end: number; readonly logit: number };

/** How far below the heaviest word near it a word may lie that is not sure by itself: readers mark the worst words. */
const REACH = 1.5;
/** A word of this logit is marked whatever stands near: about four of five readers would. */
const SURE = 1.5;
/** UTF-16 units that count as near: no text that readers marked is longer. */
const NEAR = 1000;
/** Labels whose words are marked by the model that was learnt from marked words, where a language has one. */
const MARKED = new Set<string>(['toxicity', 'insult', 'obscene']);
const MOST_WORDS = 4;

/** The spans of a text for a label by the weights of its language; none where there is no model. */
export function spansOfText(
  weights: LanguageWeights,
  text: string,
  label: keyof Scores,
  threshold: number,
): readonly ModelSpan[] {
  const place = placeOf(weights, label);
  if (place < 0) return [];
  const head = weights.labels[place] as LabelHead;
  const words = wordPlaces(text).map(({ start, end }) => ({
    start,
    end,
    logit: wordLogit(weights, text.slice(start, end), place),
  }));
  const lowest = (Math.log(threshold / (1 - threshold)) - head.calibration.shift) / head.calibration.slope;
  return joinWords(withHyphens(text, words), lowest).map((run) => spanOf(text, run, head));
}

function placeOf(weights: LanguageWeights, label: string): number {
  const marked = MARKED.has(label) ? weights.labels.findIndex((head) => head.name === 'span') : -1;
  return marked >= 0 ? marked : weights.labels.findIndex((head) => head.name === label);
}

function wordPlaces(text: string): { start: number; end: number }[] {
  const tokens = tokensOf(text);
  const places: { start: number; end: number }[] = [];
  for (let token = 0; token < tokens.count; token += 1)
    if (tokens.kinds[token] === WORD)
      places.push({ start: tokens.starts[token] as number, end: tokens.ends[token] as number });
  return places;
}

/** A word is asked for one label after another. */
let last: { readonly weights: LanguageWeights; readonly word: string; readonly logits: Float64Array } | null =
  null;

/** The logit of a word that stands alone. */
function wordLogit(weights: LanguageWeights, word: string, place: number): number {
  if (last?.weights !== weights || last.word !== word)
    last = { weights, word, logits: plainLogits(weights, featuresOf(word, weights.lang as RuleLang)) };
  return last.logits[place] as number;
}

/** Words that a hyphen joins are one to a reader (pig-headed): each weighs as much as the heaviest of them. */
export function withHyphens(text: string, words: readonly WordLogit[]): WordLogit[] {
  const joined = words.map((word) => ({ ...word }));
  const heavier = (one: number, beside: number) => {
    const word = joined[one] as { logit: number };
    word.logit = Math.max(word.logit, joined[beside]?.logit ?? word.logit);
  };
  const isJoined = (at: number) => text.slice(words[at - 1]?.end, words[at]?.start) === '-';
  for (let at = 1; at < words.length; at += 1) if (isJoined(at)) heavier(at, at - 1);
  for (let at = words.length - 1; at > 0; at -= 1) if (isJoined(at)) heavier(at - 1, at);
  return joined;
}

/** Runs of neighbouring words above a logit, each sure or not far below the heaviest word near it. */
export function joinWords(words: readonly WordLogit[], lowest: number): WordLogit[][] {
  const heaviest = heaviestNear(words);
  const runs: WordLogit[][] = [];
  let last = -2;
  words.forEach((word, at) => {
    if (word.logit < lowest || (word.logit < SURE && word.logit < heaviest(word) - REACH)) return;
    if (at === last + 1) runs.at(-1)?.push(word);
    else runs.push([word]);
    last = at;
  });
  return runs;
}

/** The highest logit in the stretch of a word and in those beside it. */
function heaviestNear(words: readonly WordLogit[]): (word: WordLogit) => number {
  const highest = new Map<number, number>();
  const stretchOf = ({ start }: WordLogit) => Math.floor(start / NEAR);
  const inStretch = (stretch: number) => highest.get(stretch) ?? Number.NEGATIVE_INFINITY;
  for (const word of words) highest.set(stretchOf(word), Math.max(inStretch(stretchOf(word)), word.logit));
  return (word) => Math.max(...[-1, 0, 1].map((beside) => inStretch(stretchOf(word) + beside)));
}

function spanOf(text: string, run: readonly WordLogit[], head: LabelHead): ModelSpan {
  const heaviest = run.toSorted((a, b) => b.logit - a.logit);
  return {
    start: (run[0] as WordLogit).start,
    end: (run.at(-1) as WordLogit).end,
    confidence: probabilityOf(head.calibration, (heaviest[0] as WordLogit).logit),
    words: heaviest.slice(0, MOST_WORDS).map(({ start, end }) => text.slice(start, end)),
  };
}
