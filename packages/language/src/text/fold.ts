import { bareLetter } from '../letters.ts';

/** What stands for a unit that is read together with its neighbours (surrogates, marks, invisible characters, ligatures). */
export const COMPLEX = 0xffff;
const UNKNOWN = 0xfffe;

const FOLDED = new Uint16Array(0x10000).fill(UNKNOWN);

/** The one folded unit of a simple UTF-16 unit, or COMPLEX; worked out when a character is first met. */
export function foldedUnit(unit: number): number {
  const known = FOLDED[unit] as number;
  if (known !== UNKNOWN) return known;
  const found = foldUnit(unit);
  FOLDED[unit] = found;
  return found;
}

const NEEDS_NEIGHBOURS = /[\p{M}\p{Cs}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;

function foldUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  if (NEEDS_NEIGHBOURS.test(character)) return COMPLEX;
  const folded = foldCharacters(character);
  return folded.length === 1 ? folded.charCodeAt(0) : COMPLEX;
}

const KEPT = /[…№½¼¾™äöåй]/;
/**
 * Folds the characters of one cluster (a base and its marks): NFKC, lower case, ё→е, no marks but those of ä ö å й,
 * quotation marks and dashes brought to `"`, `'` and `-`, every space to U+0020; line ends stay.
 */
export function foldCharacters(cluster: string): string {
  let folded = '';
  for (const character of cluster.normalize('NFC')) folded += foldOne(character);
  return folded;
}

function foldOne(character: string): string {
  const lower = character.toLowerCase();
  if (KEPT.test(lower)) return lower;
  const mark = punctuationOf(character);
  if (mark !== undefined) return mark;
  let folded = '';
  for (const letter of lower.normalize('NFKC').toLowerCase().normalize('NFC')) folded += foldLetter(letter);
  return folded;
}

function punctuationOf(character: string): string | undefined {
  if (/[\t\n\r]/.test(character)) return character;
  if (/["“”„‟«»″＂]/.test(character)) return '"';
  if (/['‘’‚‛ʼ`´′]/.test(character)) return "'";
  if (/[\u2028\u2029\u0085]/.test(character)) return '\n';
  if (/\p{Pd}|\u2212/u.test(character)) return '-';
  return /[\s\p{Zs}\p{Cc}]/u.test(character) ? ' ' : undefined;
}

function foldLetter(letter: string): string {
  if (KEPT.test(letter)) return letter;
  if (/\p{M}/u.test(letter)) return '';
  return /[^\x00-\x7f]/.test(letter) && /[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(letter)
    ? bareLetter(letter)
    : letter;
}
