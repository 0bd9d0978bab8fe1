import { type Concepts, createPhrases, type KnownWord, knownWord } from '../concepts/concepts.ts';
import { splitForm, stemsOf } from '../rules/atoms.ts';
import { writtenFor } from '../rules/spoken.ts';
import { type Tokens, WORD } from './tokens.ts';

/** A concept that is met often counts no more than twice. */
const MOST_TIMES = 2;
const MAX_REMEMBERED = 60_000;

/** Tells how much each concept of a text counts, of all that are met. */
export type ToneConcepts = (tokens: Tokens, hashes: Int32Array) => ReadonlyMap<number, number>;

export function createToneConcepts(concepts: Concepts): ToneConcepts {
  const remembered = new Map<number, readonly KnownWord[]>();
  const times = new Map<number, number>();
  const count = (met: readonly number[]): void => {
    for (const concept of met) times.set(concept, (times.get(concept) ?? 0) + 1);
  };
  const phrases = createPhrases(concepts, (meaning) => count(meaning.concepts));

  function wordsAt(tokens: Tokens, token: number, hash: number): readonly KnownWord[] {
    const known = remembered.get(hash);
    if (known) return known;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const codes = tokens.codes.subarray(tokens.from[token] as number, tokens.to[token] as number);
    const words = knownWords(String.fromCharCode(...codes), concepts);
    remembered.set(hash, words);
    return words;
  }

  return (tokens, hashes) => {
    times.clear();
    phrases.restart();
    for (let token = 0; token < tokens.count; token += 1) {
      if (tokens.kinds[token] !== WORD) {
        phrases.restart();
        continue;
      }
      for (const word of wordsAt(tokens, token, hashes[token] as number)) {
        phrases.word(word.key, word.begins);
        count(word.concepts);
      }
    }
    const share = 1 / Math.sqrt(Math.max(1, times.size));
    for (const [concept, met] of times) times.set(concept, share * Math.min(MOST_TIMES, met));
    return times;
  };
}

function knownWords(written: string, concepts: Concepts): readonly KnownWord[] {
  const { lang } = concepts;
  const parts = (lang === 'en' && splitForm(written)) || [written];
  return parts.map((part) => {
    const word = writtenFor(part, lang)[0] ?? part;
    return knownWord(concepts, word, stemsOf(word, lang));
  });
}
