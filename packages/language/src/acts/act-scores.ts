import type { Form } from '../text/forms.ts';
import type { Sentence } from '../text/sentences.ts';
import {
  ACTED_SHARE,
  ACTORS,
  type ActReader,
  EDGE_KEY,
  normOf,
  PAIR_SHARE,
  pairPlace,
  SKIP_SHARE,
  shapePlaces,
  signOf,
  skipPlace,
} from './act-features.ts';
import type { ActWeights, Column } from './act-weights.ts';

/** A word with what it adds to the logits of all kinds: one row for each actor that may stand before it. */
type ScoredWord = { readonly key: number; readonly actor: number; readonly sums: Float64Array };

/** Scores sentences of one language and side. */
export type ActScorer = {
  readonly weights: ActWeights;
  /** The kind that a sentence most likely does, as a place among the kinds; -1: none is likely enough. */
  readonly actOf: (sentence: Sentence) => number;
  /** What each token of a sentence adds to the logit of a kind, its pairs with the words before it included. */
  readonly sharesOf: (sentence: Sentence, kind: number) => readonly number[];
};

const MAX_REMEMBERED = 60_000;

export function createActScorer(weights: ActWeights, read: ActReader): ActScorer {
  const { table, kinds, any } = weights;
  const count = kinds.length + 1;
  const scored = new Map<Form, readonly ScoredWord[]>();
  const totals = new Float64Array(count);

  function wordsOf(form: Form): readonly ScoredWord[] {
    const known = scored.get(form);
    if (known) return known;
    if (scored.size >= MAX_REMEMBERED) scored.clear();
    const words = read(form).map(({ key, actor, places, values, acted }) => {
      const sums = new Float64Array(count * ACTORS);
      for (let who = 0; who < ACTORS; who += 1) {
        const row = sums.subarray(who * count, (who + 1) * count);
        for (const [at, place] of places.entries()) addPlace(row, place, values[at] as number);
        addPlace(row, acted[who] as number, ACTED_SHARE);
      }
      return { key, actor, sums };
    });
    scored.set(form, words);
    return words;
  }

  function addPlace(sums: Float64Array, place: number, value: number): void {
    const base = place * count;
    for (let kind = 0; kind < count; kind += 1)
      sums[kind] = (sums[kind] as number) + value * (table[base + kind] as number);
  }

  /** Adds up what the words of a sentence bring along; `told` hears of each token behind it. */
  function addWords({ tokens }: Sentence, told?: (token: number) => void): number {
    let words = 0;
    let actor = 0;
    let before = EDGE_KEY;
    let earlier = 0;
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Sentence['tokens'][number];
      const sign = signOf(token);
      if (sign === null) continue;
      for (const word of wordsOf(sign ?? token.known)) {
        if (word.actor > 0) actor = word.actor;
        const from = actor * count;
        for (let kind = 0; kind < count; kind += 1)
          totals[kind] = (totals[kind] as number) + (word.sums[from + kind] as number);
        addPlace(totals, pairPlace(before, word.key), PAIR_SHARE);
        if (earlier !== 0) addPlace(totals, skipPlace(earlier, word.key), SKIP_SHARE);
        earlier = before;
        before = word.key;
        words += 1;
      }
      told?.(at);
    }
    addPlace(totals, pairPlace(before, EDGE_KEY), PAIR_SHARE);
    return words;
  }

  function actOf(sentence: Sentence): number {
    totals.fill(0);
    const words = addWords(sentence);
    const norm = normOf(words);
    for (let kind = 0; kind < count; kind += 1) totals[kind] = (totals[kind] as number) / norm;
    for (const place of shapePlaces(words, sentence)) addPlace(totals, place, 1);
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let kind = 0; kind < kinds.length; kind += 1) {
      const logit = logitOf(kinds[kind] as Column, totals[kind] as number);
      if (logit > highest) [best, highest] = [kind, logit];
    }
    if (best < 0) return -1;
    const { from } = kinds[best] as ActWeights['kinds'][number];
    const sum = logitOf(any, totals[kinds.length] as number) + any.kindShare * highest;
    return from !== null && sum >= from ? best : -1;
  }

  function sharesOf(sentence: Sentence, kind: number): readonly number[] {
    const shares: number[] = sentence.tokens.map(() => 0);
    let sum = 0;
    totals.fill(0);
    addWords(sentence, (token) => {
      shares[token] = (totals[kind] as number) - sum;
      sum = totals[kind] as number;
    });
    return shares;
  }

  return { weights, actOf, sharesOf };
}

function logitOf({ bias, step }: Column, sum: number): number {
  return bias + step * sum;
}
