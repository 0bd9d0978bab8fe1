import { DIGIT, LATIN, LONE } from './characters.ts';
import { FINNISH_COLON_ENDINGS } from './finnish-words.ts';
import { GROUPED_NUMBER, PHONE, scanTokens } from './tokens.ts';
import { type Word, wordAt, wordOf } from './words.ts';

/** What a text is searched by. Units overlap: a pair lies over its two words, a number over its groups. */
export type UnitVisitor = {
  /** A token, or a hyphenated word as if it were written together (e-mail, linja-auto: `isJoined`). */
  readonly word: (word: Word, start: number, end: number, isJoined: boolean) => void;
  /**
   * Two tokens joined by a character (`baltika.example`, `INV-2024`; an address of n parts has n − 1 such pairs), a
   * number written in groups (`1 240`), or a telephone number.
   *
   * @param held The lexemes a row holds for it.
   * @param asked The lexemes of which a query needs one.
   */
  readonly exact: (
    kind: 'pair' | 'number' | 'phone',
    held: readonly string[],
    asked: readonly string[],
    start: number,
    end: number,
  ) => void;
};

type Place = { readonly word: Word; readonly start: number; readonly end: number };

/** Goes over the units of a text; a pair comes before its second word. Never throws. */
export function forEachUnit(text: string, visitor: UnitVisitor): void {
  let previous: Word | undefined;
  let previousStart = 0;
  let group: Place | undefined;
  scanTokens(text, (start, end, kind, joint) => {
    if (kind === PHONE) {
      visitPhone(text, start, end, visitor);
      return;
    }
    if (kind === GROUPED_NUMBER) {
      group = visitGroup(text, start, end, visitor);
      return;
    }
    const word = wordAt(text, start, end, kind);
    if (joint !== 0 && previous !== undefined) {
      if (isColonEnding(word, joint)) return;
      visitPair({ word: previous, start: previousStart, end }, word, joint, visitor);
      if (group?.end === start - 1) visitPair({ ...group, end }, word, joint, visitor);
    }
    visitor.word(word, start, end, false);
    previous = kind === LONE ? undefined : word;
    previousStart = start;
  });
}

const COLON = 0x3a;
const AT_SIGN = 0x40;
const HYPHENS: ReadonlySet<number> = new Set([0x2d, 0x2010, 0x2011, 0x2013]);

/** EU:n, PDF:ää: what stands behind the colon is an ending, not a word. */
function isColonEnding(word: Word, joint: number): boolean {
  return joint === COLON && word.kind === LATIN && FINNISH_COLON_ENDINGS.has(word.folded);
}

/** @param over The first word, with the range of the whole pair. */
function visitPair(over: Place, second: Word, joint: number, visitor: UnitVisitor): void {
  const one = over.word.folded;
  const two = second.folded;
  if (one === '' || two === '') return;
  const hasDigits = ((over.word.kind | second.kind) & DIGIT) !== 0;
  if (!hasDigits && HYPHENS.has(joint)) {
    visitor.word(wordOf(one + two, over.word.kind | second.kind), over.start, over.end, true);
    return;
  }
  const lexemes = [one + mark(one, two, joint, hasDigits) + two];
  visitor.exact('pair', lexemes, lexemes, over.start, over.end);
}

/** INV-2024, INV/2024 and INV2024 are one; 1.11 and 11.1 are two. */
function mark(one: string, two: string, joint: number, hasDigits: boolean): string {
  if (!hasDigits) return joint === AT_SIGN ? '@' : '.';
  return isDigit(one[one.length - 1]) === isDigit(two[0]) ? '.' : '';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function visitGroup(text: string, start: number, end: number, visitor: UnitVisitor): Place {
  const written = text.slice(start, end);
  const digits = digitsOf(written);
  const asked = /^\d+[.,]\d+$/.test(written) ? [digits, written.replace(',', '.')] : [digits];
  visitor.exact('number', [digits], asked, start, end);
  return { word: wordOf(digits, DIGIT), start, end };
}

const PHONE_TAIL_DIGITS = 7;

/** +358 40 123 4567, 040 1234567: the last seven digits bring the ways of writing it together. */
function visitPhone(text: string, start: number, end: number, visitor: UnitVisitor): void {
  const digits = digitsOf(text.slice(start, end));
  const tail = `#${digits.slice(-PHONE_TAIL_DIGITS)}`;
  const isPlain = digits.length === end - start && digits[0] !== '0' && text[start - 1] !== '+';
  visitor.exact('phone', [digits, tail], isPlain ? [digits] : [tail], start, end);
}

function digitsOf(written: string): string {
  return written.replace(/\D/g, '');
}
