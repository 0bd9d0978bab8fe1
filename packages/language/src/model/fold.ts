import { bareLetter, CYRILLIC_SIGNS, CYRILLIC_TO_LATIN, LATIN_SIGNS, LATIN_TO_CYRILLIC } from '../letters.ts';

/** What a UTF-16 code unit is to the models. */
export const GAP = 0;
export const LETTER = 1;
export const NUMBER = 2;
/** Stands for a hidden letter inside a word: f*ck, sh!t, a$$. */
export const MASK = 3;
export const APOSTROPHE = 4;
export const MARK = 5;
export const PICTURE = 6;
/** Takes no room: combining marks, soft hyphens, zero-width characters. */
export const NOTHING = 7;

const classes = new Uint8Array(0x10000).fill(255);
const folded = new Uint16Array(0x10000);

/** The class of a code unit; `foldedUnit` may be asked for the same unit afterwards. */
export function unitClass(unit: number): number {
  const known = classes[unit] as number;
  return known === 255 ? learn(unit) : known;
}

/** Lower case, one code unit, ё→е, full-width and accented letters to plain ones except ä ö å й. */
export function foldedUnit(unit: number): number {
  return folded[unit] as number;
}

function learn(unit: number): number {
  const character = String.fromCharCode(unit);
  const plain = plainOf(character);
  folded[unit] = plain.charCodeAt(0);
  const found = classify(character, plain);
  classes[unit] = found;
  return found;
}

function plainOf(character: string): string {
  return bareLetter(character.normalize('NFKC').toLowerCase()) || character;
}

function classify(character: string, plain: string): number {
  if (/[\uD800-\uDFFF]/.test(character)) return PICTURE;
  if (/\p{M}|[\u00AD\u200B-\u200D\u2060\uFEFF]/u.test(character)) return NOTHING;
  if (/^\p{L}/u.test(plain)) return LETTER;
  if (/^\p{N}/u.test(plain)) return NUMBER;
  if (/['’‘ʼ`´]/.test(character)) return APOSTROPHE;
  if (/[*@$#%&_~^|]/.test(character)) return MASK;
  if (/[\p{P}\p{S}]/u.test(character)) return /\p{Extended_Pictographic}/u.test(character) ? PICTURE : MARK;
  return GAP;
}

/** Code units that look like a letter of the other alphabet, both ways; 0 where there is none. */
export const toLatin = lookup(CYRILLIC_TO_LATIN);
export const toCyrillic = lookup(LATIN_TO_CYRILLIC);
/** Digits and signs that stand for a Latin or a Cyrillic letter inside a word; 0 where there is none. */
export const leetLatin = lookup(LATIN_SIGNS);
export const leetCyrillic = lookup(CYRILLIC_SIGNS);

function lookup(pairs: ReadonlyMap<string, string>): Uint16Array {
  const table = new Uint16Array(0x500);
  for (const [from, to] of pairs) table[from.charCodeAt(0)] = to.charCodeAt(0);
  return table;
}
