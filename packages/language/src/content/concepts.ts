import { analyse } from '../analyse.ts';
import { fold } from '../characters.ts';
import { BUSINESS_WORDS } from './business-words.ts';

/** A thing of business under one name in all languages. `isBroad`: much is about it. */
export type Concept = { readonly name: string; readonly isBroad: boolean };

/** A word of a text: as it is compared, and the lexemes it may be. */
export type TextWord = { readonly folded: string; readonly lexemes: readonly string[] };

const LANGS = ['en', 'ru', 'fi'] as const;
const BEGINNING = 2;

type Entry = { readonly concept: Concept; readonly words: readonly (readonly Test[])[] };
type Test = { readonly starts: string | null; readonly lexemes: ReadonlySet<string> };

/** Entries by what they can begin with: a lexeme, or the first letters of a beginning. */
let index: ReadonlyMap<string, readonly Entry[]> | null = null;

/** The concepts a word stands for, alone or with the word behind it; with how many words it took. */
export function conceptsAt(words: readonly TextWord[], at: number): readonly [Concept, number][] {
  return [...entriesFor(words[at]!)].flatMap(({ concept, words: wanted }) => {
    const met = wanted.find((tests) => tests.every((test, i) => meets(test, words[at + i])));
    return met ? [[concept, met.length] as [Concept, number]] : [];
  });
}

/** The names of all concepts that a word may begin, whatever stands behind it. */
export function beginningAt(word: TextWord): readonly string[] {
  return [...entriesFor(word)]
    .filter(({ words }) => words.some(([first]) => meets(first!, word)))
    .map(({ concept }) => concept.name);
}

function entriesFor(word: TextWord): ReadonlySet<Entry> {
  index ??= readIndex();
  const keys = [...word.lexemes, `^${word.folded.slice(0, BEGINNING)}`];
  return new Set(keys.flatMap((key) => index?.get(key) ?? []));
}

function meets({ starts, lexemes }: Test, word: TextWord | undefined): boolean {
  if (!word) return false;
  return starts === null
    ? word.lexemes.some((lexeme) => lexemes.has(lexeme))
    : word.folded.startsWith(starts);
}

function readIndex(): ReadonlyMap<string, readonly Entry[]> {
  const made = new Map<string, Entry[]>();
  for (const line of BUSINESS_WORDS.trim().split('\n')) {
    const entry = entryOf(line);
    const keys = new Set(entry.words.flatMap(([first]) => keysOf(first!)));
    for (const key of keys) made.set(key, [...(made.get(key) ?? []), entry]);
  }
  return made;
}

function entryOf(line: string): Entry {
  const colon = line.indexOf(':');
  const columns = line.slice(colon + 1).split('|');
  const words = columns.flatMap((column, i) =>
    column
      .trim()
      .split(/\s+/)
      .map((written) => written.split('_').map((word) => testOf(word.replace('~', ''), LANGS[i]!))),
  );
  return { concept: { name: line.slice(0, colon), isBroad: line.includes('~') }, words };
}

function testOf(word: string, lang: (typeof LANGS)[number]): Test {
  if (word.endsWith('*') || word === '') return { starts: fold(word.slice(0, -1)), lexemes: new Set() };
  return { starts: null, lexemes: new Set(analyse(word, lang).map(({ lexeme }) => lexeme)) };
}

function keysOf({ starts, lexemes }: Test): readonly string[] {
  return starts === null ? [...lexemes] : [`^${starts.slice(0, BEGINNING)}`];
}
