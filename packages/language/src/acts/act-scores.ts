import { createPhrases, type Meaning } from '../concepts/concepts.ts';
import { madeOfForms } from '../text/forms.ts';
import type { Sentence } from '../text/sentences.ts';
import type { Token } from '../text/tokens.ts';
import {
  ACTED_SHARE,
  type ActReader,
  type ActWord,
  createPass,
  EDGE_KEY,
  eachConcept,
  normOf,
  PAIR_SHARE,
  pairPlace,
  SKIP_SHARE,
  shapePlaces,
  signOf,
  skipPlace,
} from './act-features.ts';
import type { ActWeights, Column } from './act-weights.ts';

/** A word with what it adds to the logit of any act: behind nobody, behind us, behind the reader. */
type ScoredWord = {
  readonly word: ActWord;
  readonly key: number;
  readonly actor: number;
  readonly plain: number;
  readonly ours: number;
  readonly yours: number;
};

/** Scores sentences of one language and side. */
export type ActScorer = {
  readonly weights: ActWeights;
  /** The kind that a sentence most likely does, as a place among the kinds; -1: none is likely enough. */
  readonly actOf: (sentence: Sentence) => number;
  /** What each token of a sentence adds to the logit of a kind, its pairs with the words before it included. */
  readonly sharesOf: (sentence: Sentence, kind: number) => readonly number[];
};

/** Most sentences do nothing of the kinds: whether they do is asked first, and which only of the others. */
export function createActScorer(weights: ActWeights, reader: ActReader): ActScorer {
  const { table, anyTable, kinds, any } = weights;
  const count = kinds.length;
  const totals = new Float64Array(count);

  const wordsOf = madeOfForms((form): readonly ScoredWord[] =>
    reader.wordsOf(form).map((word) => {
      const [plain = 0, ours = 0, yours = 0] = word.acted.map((acted) => anySum(word, acted));
      return { word, key: word.key, actor: word.actor, plain, ours, yours };
    }),
  );

  let phrasesSum = 0;
  const sums = new Map<Meaning, number>();
  const phrases = createPhrases(reader.concepts, (meaning) => {
    const known = sums.get(meaning) ?? phraseSum(meaning);
    sums.set(meaning, known);
    phrasesSum += known;
  });

  function phraseSum({ concepts }: Meaning): number {
    let sum = 0;
    eachConcept(concepts, (place, value) => {
      sum += value * (anyTable[place] as number);
    });
    return sum;
  }

  function anySum({ places, values }: ActWord, acted: number): number {
    const sum = ACTED_SHARE * (anyTable[acted] as number);
    return places.reduce((all, place, at) => all + (values[at] as number) * (anyTable[place] as number), sum);
  }

  /** Whether the sentence may do anything of the kinds. */
  function mayAct(sentence: Sentence): boolean {
    const { tokens } = sentence;
    let sum = 0;
    let words = 0;
    let actor = 0;
    let before = EDGE_KEY;
    let earlier = 0;
    phrasesSum = 0;
    phrases.restart();
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      const sign = signOf(token);
      if (sign === null) continue;
      const read = wordsOf(sign ?? token.known);
      for (let one = 0; one < read.length; one += 1) {
        const word = read[one] as ScoredWord;
        const { key } = word;
        if (word.actor > 0) actor = word.actor;
        phrases.word(key, word.word.begins);
        sum += actor === 0 ? word.plain : actor === 1 ? word.ours : word.yours;
        sum += PAIR_SHARE * (anyTable[pairPlace(before, key)] as number);
        if (earlier !== 0) sum += SKIP_SHARE * (anyTable[skipPlace(earlier, key)] as number);
        earlier = before;
        before = key;
        words += 1;
      }
    }
    sum += PAIR_SHARE * (anyTable[pairPlace(before, EDGE_KEY)] as number);
    sum = (sum + phrasesSum) / normOf(words);
    for (const place of shapePlaces(words, sentence)) sum += anyTable[place] as number;
    anyLogit = logitOf(any, sum);
    return anyLogit >= any.from;
  }
  let anyLogit = 0;

  function actOf(sentence: Sentence): number {
    if (!mayAct(sentence)) return -1;
    totals.fill(0);
    const words = addWords(sentence);
    const norm = normOf(words);
    for (let kind = 0; kind < count; kind += 1) totals[kind] = (totals[kind] as number) / norm;
    for (const place of shapePlaces(words, sentence)) addPlace(place, 1);
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let kind = 0; kind < count; kind += 1) {
      const logit = logitOf(kinds[kind] as Column, totals[kind] as number);
      if (logit > highest) [best, highest] = [kind, logit];
    }
    const from = kinds[best]?.from ?? Number.POSITIVE_INFINITY;
    return anyLogit + any.kindShare * highest >= from ? best : -1;
  }

  /** Adds up what the words of a sentence bring along; `told` hears of each token behind it. */
  function addWords({ tokens }: Sentence, told?: (token: number) => void): number {
    const add = (place: number, value: number): void => addPlace(place, value);
    const pass = createPass(reader.concepts, add);
    tokens.forEach((token, at) => {
      const sign = signOf(token);
      if (sign === null) return;
      for (const { word } of wordsOf(sign ?? token.known)) pass.word(word);
      told?.(at);
    });
    return pass.end();
  }

  function addPlace(place: number, value: number): void {
    const base = place * count;
    for (let kind = 0; kind < count; kind += 1)
      totals[kind] = (totals[kind] as number) + value * (table[base + kind] as number);
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
