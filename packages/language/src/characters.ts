import { bareLetter } from './letters.ts';

/** What a UTF-16 code unit may do in a token. The numbers are bits where a token collects them. */
export const LATIN = 1;
export const CYRILLIC = 2;
export const OTHER_LETTER = 4;
export const DIGIT = 8;
/** A script written without spaces (Han, kana, Thai …) or a picture: every character is a token of its own. */
export const LONE = 16;

export const SEPARATOR = 0;
/** Continues a token and never starts one: combining marks, soft hyphens, zero-width characters. */
export const INVISIBLE = 32;
export const APOSTROPHE = 33;
export const CONNECTOR = 34;
export const SURROGATE = 35;
const UNKNOWN = 255;

const CLASSES = new Uint8Array(0x10000).fill(UNKNOWN);
const CONNECTORS = '-./@_:,&+=#~‐‑–';
const APOSTROPHES = "'’ʼ`´";
/** A lexeme is at most this long, in UTF-16 code units: longer runs are base64, not words. */
const MAX_FOLDED = 64;

/** The class of one UTF-16 code unit; computed when a character is first met. */
export function classOf(unit: number): number {
  const known = CLASSES[unit] as number;
  if (known !== UNKNOWN) return known;
  const found = classify(String.fromCharCode(unit), unit);
  CLASSES[unit] = found;
  return found;
}

/** The class of a surrogate pair at `at`, or SEPARATOR where the surrogate stands alone. */
export function classOfPair(text: string, at: number): number {
  const point = text.codePointAt(at) as number;
  if (point < 0x10000) return SEPARATOR;
  const character = String.fromCodePoint(point);
  if (/[\u{1F3FB}-\u{1F3FF}]/u.test(character)) return INVISIBLE;
  if (LONE_PATTERN.test(character)) return LONE;
  return letterClass(character);
}

const LONE_PATTERN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?![\d#*©®™])\p{Extended_Pictographic}/u;

function classify(character: string, unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return SURROGATE;
  if (CONNECTORS.includes(character)) return CONNECTOR;
  if (APOSTROPHES.includes(character)) return APOSTROPHE;
  if (/\p{M}|[\u00AD\u200B-\u200D\u2060\uFEFF]/u.test(character)) return INVISIBLE;
  if (LONE_PATTERN.test(character)) return LONE;
  return letterClass(character);
}

function letterClass(character: string): number {
  if (/\p{N}/u.test(character)) return DIGIT;
  if (!/\p{L}/u.test(character)) return SEPARATOR;
  if (/\p{Script=Latin}/u.test(character)) return LATIN;
  if (/\p{Script=Cyrillic}/u.test(character)) return CYRILLIC;
  return OTHER_LETTER;
}

/**
 * Folds a token to the form that is compared: NFKC, lower case, ё→е, no apostrophes, no marks except the Finnish
 * and Swedish letters ä ö å and the Cyrillic й. Never holds U+0000, a surrogate without its partner, a quote or a
 * backslash.
 *
 * @returns At most 64 UTF-16 code units; may be empty.
 */
export function fold(token: string): string {
  const lower = token.normalize('NFKC').toLowerCase();
  const plain = /^[\x00-\x7f]*$/.test(lower) ? lower.replace(/[^a-z0-9]/g, '') : foldMarks(lower);
  if (plain.length <= MAX_FOLDED) return plain;
  return plain.slice(0, MAX_FOLDED).replace(/[\uD800-\uDBFF]$/, '');
}

function foldMarks(lower: string): string {
  let folded = '';
  for (const character of lower.normalize('NFC')) folded += foldCharacter(character);
  return folded;
}

function foldCharacter(character: string): string {
  if (/[\u0300-\u036F]/.test(character)) return '';
  if (/[ё\p{Script=Latin}]/u.test(character)) return bareLetter(character);
  return /[\p{L}\p{N}\p{M}]|\p{Extended_Pictographic}/u.test(character) ? character : '';
}

/** ä→a, ö→o, å→a: how Finnish is typed where the keys are missing. */
export function withoutDots(word: string): string {
  return word.replace(/[äå]/g, 'a').replace(/ö/g, 'o');
}
