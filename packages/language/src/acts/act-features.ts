import { type Concepts, createPhrases, knownWord } from '../concepts/concepts.ts';
import type { RuleLang } from '../finding.ts';
import { hashOf, hashPair, spread } from '../model/hash.ts';
import { stemsOf } from '../rules/atoms.ts';
import { writtenFor } from '../rules/spoken.ts';
import type { Form } from '../text/forms.ts';
import { formOf } from '../text/forms.ts';
import type { Sentence } from '../text/sentences.ts';
import { ADDRESS, DATE, MONEY, NUMBER, PUNCTUATION, TIME, type Token } from '../text/tokens.ts';
import type { WordClasses } from './word-classes.ts';

/** Features fall into this many places. */
export const ACT_BITS = 14;
export const ACT_PLACES = 1 << ACT_BITS;

/** Who a word speaks of: nobody, us, the reader. A sentence keeps the last one that it named. */
const NOBODY = 0;
const US = 1;
const YOU = 2;

/**
 * What a word brings along, wherever it stands.
 *
 * @property key its stem, for pairs with its neighbours
 * @property actor whom it names; the words behind it are taken to be about them
 * @property begins whether phrases begin with it that stand for a concept
 * @property places and values of its features: stem, form, word classes, concepts, beginning and end
 * @property acted for each actor the place of the stem as something that they do
 */
export type ActWord = {
  readonly key: number;
  readonly actor: number;
  readonly begins: boolean;
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly acted: readonly number[];
};

const STEM_SHARE = 1;
const FORM_SHARE = 0.5;
const CLASS_SHARE = 0.9;
const EDGE_SHARE = 0.5;
/** What the concepts of a word count together. A word of many senses tells less of each, and of some nothing. */
const CONCEPT_SHARE = 1.4;
const MOST_CONCEPTS = 3;
/** What a stem counts together with who acts, and two words that stand together or nearly so. */
export const ACTED_SHARE = 0.7;
export const PAIR_SHARE = 0.8;
export const SKIP_SHARE = 0.5;

/** Reads the words of one language. */
export type ActReader = {
  readonly concepts: Concepts | null;
  readonly wordsOf: (form: Form) => readonly ActWord[];
};

/** @param classes of the language's packs */
export function createActReader(lang: RuleLang, classes: WordClasses, concepts: Concepts | null): ActReader {
  const read = (written: string, names: readonly string[]) => wordOf(written, lang, names, concepts);
  return {
    concepts,
    wordsOf: (form) => {
      const { names, split } = classes(form);
      if (split !== undefined) return split.map((part) => read(part, classes(formOf(part)).names));
      return [read(form.written, names)];
    },
  };
}

function wordOf(
  written: string,
  lang: RuleLang,
  classes: readonly string[],
  concepts: Concepts | null,
): ActWord {
  const spoken = writtenFor(written, lang)[0] ?? written;
  const stems = /\p{L}/u.test(spoken) ? stemsOf(spoken, lang) : [spoken];
  const places: number[] = [];
  const values: number[] = [];
  const add = (feature: string, value: number): void => {
    places.push(placeOf(hashOf(feature)));
    values.push(value);
  };
  for (const stem of stems) add(`s ${stem}`, STEM_SHARE / Math.sqrt(stems.length));
  add(`f ${spoken}`, FORM_SHARE);
  for (const name of classes) add(`c ${name}`, CLASS_SHARE);
  for (const edge of edgesOf(spoken)) add(edge, EDGE_SHARE);
  const { key, begins, concepts: meant } = knownWord(concepts, spoken, stems);
  eachConcept(meant, (place, value) => {
    places.push(place);
    values.push(value);
  });
  const acted = [NOBODY, US, YOU].map((actor) => placeOf(hashPair(key, actor + 77)));
  return { key, actor: actorOf(spoken, lang, classes), begins, places, values, acted };
}

/** What a word or a phrase counts by its concepts. */
export function eachConcept(concepts: readonly number[], add: (place: number, value: number) => void): void {
  const meant = concepts.slice(0, MOST_CONCEPTS);
  const share = CONCEPT_SHARE / Math.sqrt(meant.length);
  for (const concept of meant) add(conceptPlace(concept), share);
}

/** The place of a concept. */
export function conceptPlace(concept: number): number {
  return placeOf(hashPair(CONCEPT_KEY, concept));
}

const CONCEPT_KEY = hashOf('concept');

/** Beginnings of three to six letters and ends of two to four: what inflected and compound words share. */
function edgesOf(word: string): string[] {
  if (!/^\p{L}{4,}$/u.test(word)) return [];
  const edges: string[] = [];
  for (let length = 3; length <= 6 && length < word.length; length += 1)
    edges.push(`b ${word.slice(0, length)}`);
  for (let length = 2; length <= 4 && length < word.length; length += 1)
    edges.push(`e ${word.slice(-length)}`);
  return edges;
}

const OF_US: ReadonlySet<string> = new Set(['i', 'my', 'we', 'our', 'ours']);
const OF_YOU: ReadonlySet<string> = new Set(['you', 'your']);
/** Persons that the end of a verb tells. */
const ENDS_US: Readonly<Record<RuleLang, RegExp | null>> = {
  en: null,
  ru: /..[ае]ем(?:ся)?$/,
  fi: /..mme(?:kin|kään)?$/,
};
const ENDS_YOU: Readonly<Record<RuleLang, RegExp | null>> = {
  en: null,
  ru: /..(?:ете|ите|етесь|итесь)$/,
  fi: /..(?:tte|nne)(?:kin|kään|ko|kö)?$/,
};

function actorOf(word: string, lang: RuleLang, classes: readonly string[]): number {
  if (classes.some((name) => OF_YOU.has(name)) || ENDS_YOU[lang]?.test(word)) return YOU;
  return classes.some((name) => OF_US.has(name)) || ENDS_US[lang]?.test(word) ? US : NOBODY;
}

const NO_WORD = MONEY | DATE | TIME | NUMBER | ADDRESS | PUNCTUATION;

/** What stands for a token whose letters say nothing: a number, a sum, a day; null: it is passed by. */
export function signOf({ kind, form }: Token): Form | null | undefined {
  if ((kind & NO_WORD) === 0) return undefined;
  if (kind & MONEY) return SIGNS.money;
  if (kind & DATE) return SIGNS.date;
  if (kind & TIME) return SIGNS.time;
  if (kind & NUMBER) return SIGNS.number;
  if (kind & ADDRESS) return SIGNS.address;
  if ((kind & PUNCTUATION) === 0) return undefined;
  if (form.includes('?')) return form.includes('!') || form.length > 1 ? SIGNS.heated : SIGNS.question;
  if (form.startsWith('!')) return form.length > 1 ? SIGNS.heated : SIGNS.exclamation;
  return form === '…' ? SIGNS.trailing : null;
}

const SIGNS = {
  money: formOf('1€'),
  date: formOf('1.1.'),
  time: formOf('1:00'),
  number: formOf('1'),
  address: formOf('@'),
  question: formOf('?'),
  heated: formOf('!!'),
  exclamation: formOf('!'),
  trailing: formOf('…'),
};

/** The key of a sentence's beginning and end. */
export const EDGE_KEY = 0x5bd1e995;

export function pairPlace(left: number, right: number): number {
  return placeOf(hashPair(left, right));
}

export function skipPlace(left: number, right: number): number {
  return placeOf(hashPair(left ^ 0x2545f491, right));
}

/** Goes over the words of a sentence in order and tells each of their features, pairs and phrases included. */
export function createPass(concepts: Concepts | null, add: (place: number, value: number) => void) {
  const phrases = createPhrases(concepts, (meaning) => eachConcept(meaning.concepts, add));
  let words = 0;
  let actor = NOBODY;
  let before = EDGE_KEY;
  let earlier = 0;
  return {
    word({ key, actor: named, begins, places, values, acted }: ActWord): void {
      phrases.word(key, begins);
      if (named !== NOBODY) actor = named;
      for (let at = 0; at < places.length; at += 1) add(places[at] as number, values[at] as number);
      add(acted[actor] as number, ACTED_SHARE);
      add(pairPlace(before, key), PAIR_SHARE);
      if (earlier !== 0) add(skipPlace(earlier, key), SKIP_SHARE);
      earlier = before;
      before = key;
      words += 1;
    },
    /** @returns how many words there were */
    end(): number {
      add(pairPlace(before, EDGE_KEY), PAIR_SHARE);
      return words;
    },
  };
}

/** What the whole sentence is like: places that count once. */
export function shapePlaces(words: number, { isQuestion }: Sentence): readonly number[] {
  const length = LENGTHS[Math.min(LENGTHS.length - 1, 31 - Math.clz32(Math.max(1, words)))] as number;
  return isQuestion ? [length, QUESTION] : [length];
}

const QUESTION = placeOf(hashOf('is question'));
const LENGTHS = [0, 1, 2, 3, 4, 5, 6].map((log) => placeOf(hashOf(`length ${log}`)));

/** By what the sums of a sentence of so many words are divided. */
export function normOf(words: number): number {
  return Math.sqrt(words + 2);
}

function placeOf(hash: number): number {
  return spread(hash) & (ACT_PLACES - 1);
}
