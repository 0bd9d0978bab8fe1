import { APOSTROPHE, classOf, classOfPair, DIGIT, INVISIBLE, LONE, SURROGATE } from '../characters.ts';
import { type Form, formAt, formOf } from './forms.ts';

/** What a token is; bits, for a money sum is a number too. */
export const WORD = 1;
export const PUNCTUATION = 2;
export const NUMBER = 4;
export const MONEY = 8;
export const DATE = 16;
export const TIME = 32;
/** A word of three letters or more, all of them capitals. */
export const CAPS = 64;
/** A word with letters hidden behind signs: f**k, п***ц. */
export const MASKED = 128;
/** Between quotation marks. */
export const QUOTED = 256;
/** An address of the web or of mail, or a handle. */
export const ADDRESS = 512;
/** A line ends before this token; an empty line if EMPTY_LINE is set too. */
export const LINE_START = 1024;
export const EMPTY_LINE = 2048;

/** A token of a folded text; offsets count its units. `form` is what a rule's word is compared with. */
export type Token = {
  readonly form: string;
  readonly known: Form;
  readonly start: number;
  readonly end: number;
  kind: number;
};

const LETTERS = 1 | 2 | 4;
const NEWLINE = 10;
const HYPHEN = 45;

/** Cuts a stretch of a folded text into words, numbers, addresses, pictures and punctuation, in one pass. */
export function tokensOf(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  let lines = 0;
  for (let at = from; at < to; ) {
    const unit = text.charCodeAt(at);
    if (unit <= 32) {
      if (unit === NEWLINE) lines += 1;
      at += 1;
      continue;
    }
    if (unit === HYPHEN && joinsWords(text, at, from, to)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, to);
    if (lines > 0) token.kind |= lines > 1 ? LINE_START | EMPTY_LINE : LINE_START;
    lines = 0;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** The hyphen of a compound is no token: charge-back is the two words charge back. */
function joinsWords(text: string, at: number, from: number, to: number): boolean {
  return at > from && at + 1 < to && isLetter(classAt(text, at - 1)) && isLetter(classAt(text, at + 1));
}

function tokenAt(text: string, at: number, to: number): Token {
  const found = classAt(text, at);
  if (isLetter(found)) return wordAt(text, at, to);
  if (found === DIGIT) return numberAt(text, at, to);
  if (found === LONE) return token(text, at, at + widthAt(text, at), WORD);
  const unit = text[at] as string;
  if ((unit === '@' || unit === '$') && at + 1 < to && isLetter(classAt(text, at + 1)))
    return wordAt(text, at, to);
  return signAt(text, at, to);
}

function token(text: string, start: number, end: number, kind: number): Token {
  const known = formAt(text, start, end);
  return { form: known.written, known, start, end, kind };
}

function classAt(text: string, at: number): number {
  const found = classOf(text.charCodeAt(at));
  return found === SURROGATE ? classOfPair(text, at) : found;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
}

function isLetter(found: number): boolean {
  return found !== 0 && found <= LETTERS;
}

/** Letters and digits, apostrophes and hidden letters inside; or the address that begins like a word. */
function wordAt(text: string, start: number, to: number): Token {
  let at = start + widthAt(text, start);
  let kind = WORD;
  while (at < to) {
    const found = classAt(text, at);
    if (isLetter(found) || found === DIGIT || found === INVISIBLE) at += widthAt(text, at);
    else if (found === APOSTROPHE) {
      if (at + 1 >= to || !isLetter(classAt(text, at + 1))) break;
      at += 1;
    } else {
      const behind = maskEnd(text, at, to);
      if (behind === at) break;
      kind |= MASKED;
      at = behind;
    }
  }
  const end = addressEnd(text, start, at, to);
  return end > at ? token(text, start, end, WORD | ADDRESS) : token(text, start, at, kind);
}

/** Behind the signs at `at` that hide letters: any of `*$!#` before a letter, or two stars at the end. */
function maskEnd(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && '*$#!@'.includes(text[end] as string)) end += 1;
  if (end === at) return at;
  const isStars = text[at] === '*' && text[end - 1] === '*';
  if (end < to && isLetter(classAt(text, end)))
    return text[at] === '@' && end === at + 1 ? maskedAt(text, at, end, to) : end;
  return isStars && end - at >= 2 ? end : at;
}

/** `@` hides a letter unless what follows makes it an address. */
function maskedAt(text: string, at: number, end: number, to: number): number {
  MAIL_HOST.lastIndex = end;
  return end < to && MAIL_HOST.test(text) ? at : end;
}

const MAIL_HOST = /[^\s@,;<>()"]{1,120}\.[^\s@,;<>()"]/y;
const WEB =
  /(?::\/\/[^\s<>"]+|\.(?:com|net|org|info|biz|edu|gov|io|co|eu|uk|us|de|fi|se|ru|su|рф|example|test)(?![^\s/.,;:!?)"'])(?:\/[^\s<>"]*)?)/y;
const WORLD_WIDE = /[^\s<>"]+/y;
const MAIL = /(?:[.+-][^\s@,;<>()"]{1,60})?@[^\s@,;<>()"]{1,120}\.[^\s@,;<>()".!?]{2,20}/y;

function addressEnd(text: string, start: number, at: number, to: number): number {
  const next = text[at];
  if (at >= to || next === undefined || !':.@+-'.includes(next)) return at;
  if (next === '.' && at - start === 3 && text.startsWith('www', start))
    return matchEnd(WORLD_WIDE, text, at, to);
  return Math.max(matchEnd(MAIL, text, at, to), matchEnd(WEB, text, at, to));
}

function matchEnd(pattern: RegExp, text: string, at: number, to: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? Math.min(pattern.lastIndex, to) : at;
}

const NUMBER_FORM =
  /\d{4}-\d\d?-\d\d?(?!\d)|\d\d?[./]\d\d?[./](?:\d{4}|\d\d)(?!\d)|(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)|\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?/y;

function numberAt(text: string, start: number, to: number): Token {
  NUMBER_FORM.lastIndex = start;
  const isPlain = NUMBER_FORM.test(text);
  const end = isPlain ? Math.min(NUMBER_FORM.lastIndex, to) : start + widthAt(text, start);
  const form = text.slice(start, end);
  if (end < to && isLetter(classAt(text, end)) && /^\d+$/.test(form)) return wordAt(text, start, to);
  if (/^\d{4}-|^\d\d?[./]\d\d?[./]/.test(form)) return token(text, start, end, WORD | NUMBER | DATE);
  return token(text, start, end, form.includes(':') ? WORD | NUMBER | TIME : WORD | NUMBER);
}

const RUNS = /[!?]+|\.{2,}|…+|\*+|-{2,}|_+|={2,}/y;

function signAt(text: string, start: number, to: number): Token {
  const end = Math.max(matchEnd(RUNS, text, start, to), start + widthAt(text, start));
  const written = token(text, start, end, PUNCTUATION);
  return written.form.length > 1 && /^[.…]/.test(written.form)
    ? { ...written, form: '…', known: formOf('…') }
    : written;
}
