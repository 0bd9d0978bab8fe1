import type { RuleLang } from '../finding.ts';
import { hashOf, hashPair, spread } from '../model/hash.ts';
import { readHeaded, writeHeaded } from '../model/headed-file.ts';

/** What a word or a phrase stands for: concepts by number, and whether phrases begin with it. */
export type Meaning = { readonly concepts: readonly number[]; readonly begins: boolean };

/** What words of a language mean, as far as many of them mean about the same. */
export type Concepts = {
  readonly lang: RuleLang;
  readonly version: string;
  /** How many there are. */
  readonly size: number;
  /** What a key stands for: the hash of a word's stem, or that of a phrase by `phraseKey`. Most stand for nothing. */
  readonly meaningOf: (key: number) => Meaning | undefined;
};

/** A word as concepts see it: the key of its stem, what it stands for, and whether phrases begin with it. */
export type KnownWord = {
  readonly key: number;
  readonly begins: boolean;
  readonly concepts: readonly number[];
};

/** @param stems of the word, the likeliest first; without any it is known by itself */
export function knownWord(concepts: Concepts | null, word: string, stems: readonly string[]): KnownWord {
  const key = hashOf(stems[0] ?? word);
  const meanings = stems.flatMap((stem) => concepts?.meaningOf(hashOf(stem)) ?? []);
  return {
    key,
    begins: concepts?.meaningOf(key)?.begins === true,
    concepts: [...new Set(meanings.flatMap((meaning) => meaning.concepts))],
  };
}

/** A key and one of its concepts, or `BEGINS`. */
export type ConceptEntry = { readonly key: number; readonly concept: number };

type Head = {
  readonly format: 1;
  readonly lang: RuleLang;
  readonly version: string;
  readonly size: number;
  readonly entries: number;
};

/** In the place of a concept: a phrase begins so. */
export const BEGINS = 0xffff;

const MAGIC = 'EKLC';
const KEY_BYTES = 4;
const ENTRY_BYTES = 6;

/** The key of the beginning of a phrase and its next word. */
export function phraseKey(beginning: number, word: number): number {
  return hashPair(beginning ^ 0x3c6ef372, word);
}

/** Writes keys, and behind them their concepts. @param entries in the order of their keys */
export function writeConcepts(
  lang: RuleLang,
  { version, size }: Pick<Concepts, 'version' | 'size'>,
  entries: readonly ConceptEntry[],
): Uint8Array {
  const body = new DataView(new ArrayBuffer(entries.length * ENTRY_BYTES));
  entries.forEach(({ key, concept }, at) => {
    body.setInt32(at * KEY_BYTES, key, true);
    body.setUint16(entries.length * KEY_BYTES + at * 2, concept, true);
  });
  const head: Head = { format: 1, lang, version, size, entries: entries.length };
  return writeHeaded(MAGIC, head, new Int8Array(body.buffer));
}

/**
 * Reads concepts as `weights/<lang>.concepts` holds them; the bytes must not change afterwards. Nothing is made of them
 * before a word is looked up.
 *
 * @throws Error when the bytes are no concepts, or of another format
 */
export function readConcepts(bytes: Uint8Array): Concepts {
  const { head, body } = readHeaded<Head>(MAGIC, bytes, sizeOf);
  const { lang, version, size, entries } = head;
  let meanings: Lookup | undefined;
  return {
    lang,
    version,
    size,
    meaningOf: (key) => {
      meanings ??= meaningsIn(body, entries);
      return meanings(key);
    },
  };
}

function sizeOf({ format, entries }: Head): number {
  if (format !== 1) throw new Error('These weights are of another format.');
  return entries * ENTRY_BYTES;
}

type Lookup = (key: number) => Meaning | undefined;
/** One bit for each of so many keys: most pairs of words are no phrase, and are told so by it. */
const BITS = 18;

/** Looks keys up where they are, in order; what was found is kept. */
function meaningsIn(body: Int8Array, entries: number): Lookup {
  const bytes = body.slice();
  const keys = new Int32Array(bytes.buffer, 0, entries);
  const concepts = new Uint16Array(bytes.buffer, entries * KEY_BYTES, entries);
  const bits = new Int32Array(1 << (BITS - 5));
  for (const key of keys) {
    const bit = spread(key) >>> (32 - BITS);
    bits[bit >> 5] = (bits[bit >> 5] as number) | (1 << (bit & 31));
  }
  const found = new Map<number, Meaning>();

  function search(key: number): Meaning | undefined {
    let low = 0;
    let high = entries;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    if (keys[low] !== key) return undefined;
    let end = low;
    while (end < entries && keys[end] === key) end += 1;
    const all = Array.from(concepts.subarray(low, end));
    return { concepts: all.filter((concept) => concept !== BEGINS), begins: all.includes(BEGINS) };
  }

  return (key) => {
    const bit = spread(key) >>> (32 - BITS);
    if (((bits[bit >> 5] as number) & (1 << (bit & 31))) === 0) return undefined;
    const known = found.get(key);
    if (known !== undefined) return known;
    const meaning = search(key);
    if (meaning !== undefined) found.set(key, meaning);
    return meaning;
  };
}

/** Goes over words in order and tells of the phrases of two and three words that end with each. */
export function createPhrases(concepts: Concepts | null, tell: (meaning: Meaning) => void) {
  /** The word before where phrases begin with it, and the two words before; 0: none. */
  let one = 0;
  let two = 0;

  function met(beginning: number, word: number): number {
    const key = phraseKey(beginning, word);
    const meaning = concepts?.meaningOf(key);
    if (meaning === undefined) return 0;
    if (meaning.concepts.length > 0) tell(meaning);
    return meaning.begins ? key : 0;
  }

  return {
    restart(): void {
      one = 0;
      two = 0;
    },
    /** @param begins whether phrases begin with the word */
    word(key: number, begins: boolean): void {
      if (two !== 0) met(two, key);
      two = one === 0 ? 0 : met(one, key);
      one = begins ? key : 0;
    },
  };
}
