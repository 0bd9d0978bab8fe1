import { HASH_START, hashOf, hashPair, hashUnit } from './hash.ts';
import type { Tokens } from './tokens.ts';

/** Families by name: entries set apart by commas, `word*` for a beginning, several words for a phrase. */
export type CueFamilies = Readonly<Record<string, string>>;

/** Families compiled to tables of hashes. */
export type CueTable = {
  readonly names: readonly string[];
  readonly exact: HashTable;
  readonly beginnings: HashTable;
  readonly phrases: HashTable;
  readonly longestPhrase: number;
};

/** Open addressing over 32-bit hashes; `at` tells the run of families in `families`, which ends with -1. */
type HashTable = {
  readonly keys: Int32Array;
  readonly at: Int32Array;
  readonly families: Int16Array;
  readonly mask: number;
};

const WILDCARD = '*';

/** Compiles families; a word may be in several. */
export function compileCues(families: CueFamilies): CueTable {
  const exact = new Map<number, number[]>();
  const beginnings = new Map<number, number[]>();
  const phrases = new Map<number, number[]>();
  let longestPhrase = 1;
  Object.values(families).forEach((entries, family) => {
    for (const entry of entries.split(',').map((one) => one.trim().replaceAll('ё', 'е'))) {
      if (entry === '') continue;
      const words = entry.split(' ');
      longestPhrase = Math.max(longestPhrase, words.length);
      if (words.length > 1) note(phrases, phraseHash(words), family);
      else if (entry.endsWith(WILDCARD)) note(beginnings, hashOf(entry.slice(0, -1)), family);
      else note(exact, hashOf(entry), family);
    }
  });
  return {
    names: Object.keys(families),
    exact: tableOf(exact),
    beginnings: tableOf(beginnings),
    phrases: tableOf(phrases),
    longestPhrase,
  };
}

function note(found: Map<number, number[]>, hash: number, family: number): void {
  const known = found.get(hash);
  if (!known) found.set(hash, [family]);
  else if (!known.includes(family)) known.push(family);
}

function phraseHash(words: readonly string[]): number {
  return words.slice(1).reduce((hash, word) => hashPair(hash, hashOf(word)), hashOf(words[0] as string));
}

function tableOf(found: ReadonlyMap<number, readonly number[]>): HashTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, found.size * 3)));
  const keys = new Int32Array(size);
  const at = new Int32Array(size).fill(-1);
  const families: number[] = [];
  for (const [hash, list] of found) {
    let place = hash & (size - 1);
    while (at[place] !== -1) place = (place + 1) & (size - 1);
    keys[place] = hash;
    at[place] = families.length;
    families.push(...list, -1);
  }
  return { keys, at, families: Int16Array.from(families), mask: size - 1 };
}

function find(table: HashTable, hash: number): number {
  let place = hash & table.mask;
  while (table.at[place] !== -1) {
    if (table.keys[place] === hash) return table.at[place] as number;
    place = (place + 1) & table.mask;
  }
  return -1;
}

/** Told about every cue that is met: its family, the tokens it begins and ends with. */
export type CueSink = (family: number, first: number, last: number) => void;

/** Walks over all tokens and tells which families they belong to. */
export function eachCue(cues: CueTable, tokens: Tokens, hashes: Int32Array, sink: CueSink): void {
  for (let token = 0; token < tokens.count; token += 1) {
    wordCues(cues, tokens, token, sink);
    phraseCues(cues, tokens.count, hashes, token, sink);
  }
}

const APOSTROPHE_CODE = 39;

function wordCues(cues: CueTable, tokens: Tokens, token: number, sink: CueSink): void {
  const end = tokens.to[token] as number;
  let hash = HASH_START;
  for (let at = tokens.from[token] as number; at < end; at += 1) {
    const code = tokens.codes[at] as number;
    if (code === APOSTROPHE_CODE) tell(cues.exact, hash, token, token, sink);
    hash = hashUnit(hash, code);
    tell(cues.beginnings, hash, token, token, sink);
  }
  tell(cues.exact, hash, token, token, sink);
}

function phraseCues(cues: CueTable, count: number, hashes: Int32Array, token: number, sink: CueSink): void {
  let hash = hashes[token] as number;
  const end = Math.min(count, token + cues.longestPhrase);
  for (let next = token + 1; next < end; next += 1) {
    hash = hashPair(hash, hashes[next] as number);
    tell(cues.phrases, hash, token, next, sink);
  }
}

function tell(table: HashTable, hash: number, first: number, last: number, sink: CueSink): void {
  const at = find(table, hash);
  if (at < 0) return;
  for (let next = at; table.families[next] !== -1; next += 1)
    sink(table.families[next] as number, first, last);
}
