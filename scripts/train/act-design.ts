import {
  ACT_PLACES,
  type ActReader,
  createPass,
  normOf,
  shapePlaces,
  signOf,
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
  const pass = createPass(read.concepts, add);
  for (const token of tokens) {
    const sign = signOf(token);
    if (sign !== null) for (const word of read.wordsOf(sign ?? token.known)) pass.word(word);
  }
  return pass.end();
}
