import { fold } from '../characters.ts';
import { forEachUnit } from '../units.ts';
import { englishOf, finnishOf, type Word } from '../words.ts';
import { beginningAt } from './concepts.ts';
import type { Content } from './content.ts';
import { bonesOf } from './crossing.ts';
import { clueOf } from './facts.ts';

/** Words that may be one of the things looked for. `weight`: no thing of a content that begins there weighs more. */
export type Hit = { readonly start: number; readonly end: number; readonly weight: number };

/** Looks over a text for the things of a content; what it does not hit, shares nothing with them. */
export type Glance = (text: string) => readonly Hit[];

const WORD_WEIGHT = 1;
const NUMBER_WEIGHT = 1.5;

/**
 * A look at texts that is much cheaper than reading what each sentence is about, and misses nothing: where a sentence
 * shares a thing with `content`, at least one hit stands in it. The other way round a hit promises nothing: a word is
 * taken for whatever it may be in any of the languages.
 */
export function glanceFor(content: Content): Glance {
  const wanted: ReadonlySet<number> = new Set(content.flatMap(({ keys }) => keys.map(hashOf)));
  const clues = cluesIn(content);
  const known = new Map<Word, boolean>();
  const mayBe = (word: Word) => {
    const met = known.get(word) ?? hashesOf(word).some((hash) => wanted.has(hash));
    known.set(word, met);
    return met;
  };
  return (text) => {
    const hits: Hit[] = clues.flatMap((clue) => placesOf(clue, text));
    forEachUnit(text, {
      word: (word, start, end) => {
        if (mayBe(word)) hits.push({ start, end, weight: WORD_WEIGHT });
      },
      exact: (_kind, lexemes, _asked, start, end) => {
        const keys = keysFrom(fold(text.slice(start, end)), lexemes);
        if (keys.some((key) => wanted.has(hashOf(key)))) hits.push({ start, end, weight: WORD_WEIGHT });
      },
    });
    return hits;
  };
}

/** Signs of the numbers of a content, each once. */
function cluesIn(content: Content): readonly RegExp[] {
  const clues = content.flatMap(({ particular: kind, keys }) =>
    kind === null ? [] : keys.map((key) => clueOf({ kind, key })),
  );
  return clues.filter((one, at) => clues.findIndex(({ source }) => source === one.source) === at);
}

function placesOf(clue: RegExp, text: string): readonly Hit[] {
  return [...text.matchAll(clue)].map(({ index, 0: { length } }) => ({
    ...{ start: index, end: index + length },
    weight: NUMBER_WEIGHT,
  }));
}

/** A word is looked up once for all texts; two keys with one hash cost a needless look and lose nothing. */
const HASHES = new WeakMap<Word, Int32Array>();

function hashesOf(word: Word): Int32Array {
  const known = HASHES.get(word) ?? Int32Array.from(keysOfWord(word), hashOf);
  HASHES.set(word, known);
  return known;
}

/** Everything a word may be known by, in whatever language its sentence is. */
function keysOfWord(word: Word): readonly string[] {
  return keysFrom(word.folded, [word.folded, ...word.certain, ...englishOf(word), ...finnishOf(word).held]);
}

function keysFrom(folded: string, lexemes: readonly string[]): readonly string[] {
  const concepts = beginningAt({ folded, lexemes }).map((name) => `=${name}`);
  const bones = lexemes.flatMap((lexeme) => {
    const left = bonesOf(lexeme.replace('~', ''));
    return left === null ? [] : [`%${left}`];
  });
  return [...concepts, ...lexemes, ...bones];
}

function hashOf(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
  return hash;
}
