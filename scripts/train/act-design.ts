import {
  ACT_PLACES,
  ACTED_SHARE,
  type ActReader,
  EDGE_KEY,
  normOf,
  PAIR_SHARE,
  pairPlace,
  SKIP_SHARE,
  shapePlaces,
  signOf,
  skipPlace,
} from '../../packages/language/src/acts/act-features.ts';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { readText } from '../../packages/language/src/text/reading.ts';
import type { Sentence } from '../../packages/language/src/text/sentences.ts';
import type { Design } from './design.ts';

/** The features of texts as sparse rows, as `createActScorer` adds them up; a text of several sentences is one. */
export function actDesign(texts: readonly string[], lang: RuleLang, read: ActReader): Design {
  const from = new Int32Array(texts.length + 1);
  const places: number[] = [];
  const values: number[] = [];
  texts.forEach((text, at) => {
    for (const [place, value] of featuresOf(text, lang, read)) {
      places.push(place);
      values.push(value);
    }
    from[at + 1] = places.length;
  });
  return {
    size: texts.length,
    width: ACT_PLACES,
    from,
    places: Int32Array.from(places),
    values: Float32Array.from(values),
  };
}

function featuresOf(text: string, lang: RuleLang, read: ActReader): Map<number, number> {
  const { sentences } = readText(text, lang);
  const found = new Map<number, number>();
  const add = (place: number, value: number): void => {
    found.set(place, (found.get(place) ?? 0) + value);
  };
  const words = sentences.reduce((sum, sentence) => sum + addSentence(sentence, read, add), 0);
  const norm = normOf(words);
  for (const [place, value] of found) found.set(place, value / norm);
  for (const sentence of sentences.slice(-1)) for (const place of shapePlaces(words, sentence)) add(place, 1);
  return found;
}

function addSentence(
  { tokens }: Sentence,
  read: ActReader,
  add: (place: number, value: number) => void,
): number {
  let words = 0;
  let actor = 0;
  let before = EDGE_KEY;
  let earlier = 0;
  for (const token of tokens) {
    const sign = signOf(token);
    if (sign === null) continue;
    for (const word of read(sign ?? token.known)) {
      if (word.actor > 0) actor = word.actor;
      for (const [at, place] of word.places.entries()) add(place, word.values[at] as number);
      add(word.acted[actor] as number, ACTED_SHARE);
      add(pairPlace(before, word.key), PAIR_SHARE);
      if (earlier !== 0) add(skipPlace(earlier, word.key), SKIP_SHARE);
      earlier = before;
      before = word.key;
      words += 1;
    }
  }
  add(pairPlace(before, EDGE_KEY), PAIR_SHARE);
  return words;
}
