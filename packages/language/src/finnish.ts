import { addForm, addOblique } from './finnish-endings.ts';
import { endsInVowel, type Keys } from './finnish-stem.ts';
import { COMPOUND_HEADS, FINNISH_FORMS, FINNISH_KEYS } from './finnish-words.ts';

const MAX_KEYS = 4;
const MIN_WORD = 3;
const MIN_COMPOUND = 8;
const MIN_HEAD = 4;

/** Keys, and the key of a compound's last part where it is one people search for: vuokrasopimuksen → sopimus. */
export type FinnishReading = { readonly keys: readonly string[]; readonly head: string | undefined };

/**
 * The keys of a Finnish word form. Two forms of one word share a key; a form that can be read in several ways
 * (tuulen: wind's, I guess) has a key for each reading.
 *
 * @param word Folded: lower case, ä ö å as they are.
 * @returns One to four keys.
 * @example readFinnish('sopimuksen').keys // ['sopimus']
 * @example readFinnish('asiakkaalle').keys // ['asiaka']
 */
export function readFinnish(word: string): FinnishReading {
  const compound = splitCompound(word);
  const keys = inflectionKeys(word);
  if (compound === undefined) return { keys, head: undefined };
  return { keys: [...new Set([compound.prefix + compound.head, ...keys.slice(0, 2)])], head: compound.head };
}

function inflectionKeys(word: string): readonly string[] {
  if (word.length < MIN_WORD) return [word];
  const irregular = FINNISH_FORMS.get(word);
  if (irregular !== undefined) return [irregular];
  const keys: Keys = [];
  readWithoutClitic(keys, word);
  const found = keys.length > 0 ? keys : [word];
  return [...new Set(found.map((key) => FINNISH_KEYS.get(key) ?? key))].slice(0, MAX_KEYS);
}

const CLITIC = /(?:kin|kaan|kään|han|hän|ko|kö|pa|pä)$/;

function readWithoutClitic(keys: Keys, word: string): void {
  const clitic = CLITIC.exec(word);
  if (clitic && isWholeWord(word.slice(0, clitic.index)))
    readWithoutPossessive(keys, word.slice(0, clitic.index));
  readWithoutPossessive(keys, word);
}

/** Two syllables, ending in a letter a Finnish word ends in: verkko is not verk + ko, laskin not las + kin. */
function isWholeWord(word: string): boolean {
  return word.length >= 4 && /[aeiouyäönstlr]$/.test(word) && /[aeiouyäö][^aeiouyäö]+[aeiouyäö]/.test(word);
}

function readWithoutPossessive(keys: Keys, word: string): void {
  const owned = withoutPossessive(word);
  if (owned === undefined) {
    addForm(keys, word);
    return;
  }
  readOwned(keys, owned);
  const mayBeUnowned = /(?:n[iaä]|si|nne)$/.test(word) || (/[aä]n$/.test(word) && owned.length <= 5);
  if (mayBeUnowned) addForm(keys, word);
}

/** What stands before -ni, -si, -nsa, -mme, -nne, or the -an of talossaan, taloaan; undefined if there is none. */
function withoutPossessive(word: string): string | undefined {
  const ending =
    /(?:ni|(?<!k)si|ns[aä]|mme|nne|(?<=(?:ss|st|ll|lt|n)a)an|(?<=(?:ss|st|ll|lt|n)ä)än|(?<=lle)en|(?<=kse)en)$/.exec(
      word,
    );
  if (!ending || ending.index < 3) return undefined;
  const owned = word.slice(0, ending.index);
  return endsInVowel(owned) && /[aeiouyäö][^aeiouyäö]+[aeiouyäö]/.test(owned) ? owned : undefined;
}

function readOwned(keys: Keys, owned: string): void {
  if (/(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|j[aä]|[iu]t[aä])$/.test(owned)) addForm(keys, owned);
  else if (owned.endsWith('kse') && owned.length > 6) {
    addOblique(keys, owned.slice(0, -3), 'weak');
    addOblique(keys, owned, 'strong');
  } else addOblique(keys, owned, 'strong');
}

const HEAD_KEYS: ReadonlyMap<string, string> = new Map(
  COMPOUND_HEADS.flatMap((head) =>
    headKeys(head).map((key, _at, all): [string, string] => [key, all[0] as string]),
  ),
);
/** Keys that are nearly as long as the word: readings as another word (tehtävä as a form of tehdä) make no head. */
function headKeys(head: string): readonly string[] {
  return inflectionKeys(head).filter((key) => key.length >= head.length - 2);
}

const HEAD_STARTS: ReadonlySet<string> = new Set(COMPOUND_HEADS.map((head) => head.slice(0, 3)));

type Compound = { readonly prefix: string; readonly head: string };

/** The longest known last part; the first part keeps its form (työn|tekijä, vuokra|sopimus). */
function splitCompound(word: string): Compound | undefined {
  if (word.length < MIN_COMPOUND) return undefined;
  for (let at = 3; at <= word.length - MIN_HEAD; at += 1) {
    if (!HEAD_STARTS.has(word.slice(at, at + 3)) || !isFirstPart(word.slice(0, at))) continue;
    const head = headAmong(inflectionKeys(word.slice(at)));
    if (head !== undefined) return { prefix: word.slice(0, at), head };
  }
  return undefined;
}

function headAmong(keys: readonly string[]): string | undefined {
  const key = keys.slice(0, 2).find((candidate) => HEAD_KEYS.has(candidate));
  return key === undefined ? undefined : HEAD_KEYS.get(key);
}

function isFirstPart(part: string): boolean {
  return /[aeiouyäönsltr]$/.test(part) && /[aeiouyäö]/.test(part);
}

/** Whether two forms meet in a search. */
export function finnishFormsMeet(one: string, other: string): boolean {
  const keys = new Set(readFinnish(one).keys);
  return readFinnish(other).keys.some((key) => keys.has(key));
}
