import {
  APOSTROPHE,
  CONNECTOR,
  CYRILLIC,
  classOf,
  classOfPair,
  DIGIT,
  LATIN,
  LONE,
  OTHER_LETTER,
  SURROGATE,
} from './characters.ts';

/** Number written in groups of three (`1 240`, `1.240.000`); its parts follow as tokens of their own. */
export const GROUPED_NUMBER = 64;
/** A telephone number as far as its form tells; its parts follow as tokens of their own. */
export const PHONE = 128;

/**
 * @param start Offset of the first UTF-16 code unit.
 * @param end Offset behind the last one.
 * @param kind Bits of LATIN, CYRILLIC, OTHER_LETTER, DIGIT, or one of LONE, GROUPED_NUMBER, PHONE.
 * @param joint The connecting character's code between the previous token and this one (`-` in INV-2024), else 0.
 */
export type VisitToken = (start: number, end: number, kind: number, joint: number) => void;

const LETTER = LATIN | CYRILLIC | OTHER_LETTER;
const STARTS = LETTER | DIGIT;

/** Cuts a text into tokens in one pass over its UTF-16 code units. Never throws, whatever the string holds. */
export function scanTokens(text: string, visit: VisitToken): void {
  let at = 0;
  let joint = 0;
  let numberEnd = 0;
  while (at < text.length) {
    const found = classAt(text, at);
    if (found === LONE) {
      const end = at + widthAt(text, at);
      visit(at, end, LONE, 0);
      at = end;
      joint = 0;
    } else if (found !== 0 && found <= STARTS) {
      const end = tokenEnd(text, at);
      const kind = tokenKind;
      if ((kind & LETTER) === 0 && at >= numberEnd) numberEnd = visitNumber(text, at, end, joint, visit);
      visit(at, end, kind, joint);
      joint = jointAt(text, end);
      at = joint === 0 ? end : end + 1;
    } else {
      at += 1;
      joint = 0;
    }
  }
}

/** Bits of the token that `tokenEnd` went over last: a second return value without an allocation per token. */
let tokenKind = 0;

function tokenEnd(text: string, start: number): number {
  let at = start;
  tokenKind = 0;
  while (at < text.length) {
    const unit = classOf(text.charCodeAt(at));
    if (unit !== 0 && unit <= STARTS) tokenKind |= unit;
    else {
      const found = unit === SURROGATE ? classOfPair(text, at) : unit;
      if (!continuesToken(text, at, found)) break;
      if (found <= STARTS) tokenKind |= found;
      if (unit === SURROGATE) at += 1;
    }
    at += 1;
  }
  return at;
}

function continuesToken(text: string, at: number, found: number): boolean {
  if (found === APOSTROPHE) return isInsideWord(text, at);
  return found !== 0 && found !== LONE && found !== CONNECTOR;
}

function isInsideWord(text: string, at: number): boolean {
  return (
    (tokenKind & DIGIT) === 0 &&
    at + 1 < text.length &&
    (classAt(text, at + 1) & ~LETTER) === 0 &&
    classAt(text, at + 1) !== 0
  );
}

function classAt(text: string, at: number): number {
  const found = classOf(text.charCodeAt(at));
  return found === SURROGATE ? classOfPair(text, at) : found;
}

function widthAt(text: string, at: number): number {
  return classOf(text.charCodeAt(at)) === SURROGATE && (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
}

function jointAt(text: string, end: number): number {
  if (end + 1 >= text.length || classOf(text.charCodeAt(end)) !== CONNECTOR) return 0;
  const next = classAt(text, end + 1);
  return next !== 0 && next <= STARTS ? text.charCodeAt(end) : 0;
}

/** Visits the telephone number and the grouped number that start here. @returns Where the longer of them ends. */
function visitNumber(text: string, start: number, end: number, joint: number, visit: VisitToken): number {
  const phoneEndsAt = phoneEnd(text, start, end);
  if (phoneEndsAt > 0) visit(start, phoneEndsAt, PHONE, 0);
  const groupEndsAt = joint === 0 && end - start <= 3 ? groupEnd(text, end) : end;
  if (groupEndsAt > end) visit(start, groupEndsAt, GROUPED_NUMBER, 0);
  return Math.max(phoneEndsAt, groupEndsAt);
}

/** Longer rows of three digits are columns of a table, not one number. */
const MAX_GROUPS = 5;

/** Where a number in groups of three ends whose first group ends at `end`; `end` itself if there is no such number. */
function groupEnd(text: string, end: number): number {
  let at = end;
  while (at - end <= MAX_GROUPS * 4 && isGroupAt(text, at)) at += 4;
  return at - end <= MAX_GROUPS * 4 ? at : end;
}

function isGroupAt(text: string, at: number): boolean {
  const hasThree = isDigit(text, at + 1) && isDigit(text, at + 2) && isDigit(text, at + 3);
  return hasThree && !isDigit(text, at + 4) && isGroupMark(text.charCodeAt(at));
}

/** Space, no-break spaces, full stop, comma, apostrophe. */
function isGroupMark(unit: number): boolean {
  return (
    unit === 0x20 ||
    unit === 0xa0 ||
    unit === 0x202f ||
    unit === 0x2009 ||
    unit === 0x2e ||
    unit === 0x2c ||
    unit === 0x27
  );
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}

const MIN_PHONE_DIGITS = 7;
const MAX_PHONE_DIGITS = 15;
const MIN_PLAIN_PHONE_DIGITS = 9;

/** Where a telephone number that starts here ends, or 0. It starts with `+`, `(`, `0` or `8 (`, or is one long run. */
function phoneEnd(text: string, start: number, end: number): number {
  const before = start > 0 ? text.charCodeAt(start - 1) : 0;
  const isMarked = before === 0x2b || before === 0x28 || isTrunk(text, start, end);
  if (!isMarked) {
    const digits = end - start;
    return digits >= MIN_PLAIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS ? end : 0;
  }
  return markedPhoneEnd(text, start, before === 0x2b);
}

function isTrunk(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) === 48) return true;
  return (
    end - start === 1 &&
    text.charCodeAt(start) === 56 &&
    /^[ \u00A0-]?\(?\d{3}/.test(text.slice(end, end + 5))
  );
}

function markedPhoneEnd(text: string, start: number, dotsToo: boolean): number {
  let digits = 0;
  let gap = 0;
  let lastDigit = start;
  for (let at = start; at < text.length && gap <= 2 && digits <= MAX_PHONE_DIGITS; at += 1) {
    if (isDigit(text, at)) {
      digits += 1;
      gap = 0;
      lastDigit = at;
    } else if (isPhoneGap(text.charCodeAt(at), dotsToo)) gap += 1;
    else break;
  }
  return digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS ? lastDigit + 1 : 0;
}

function isPhoneGap(unit: number, dotsToo: boolean): boolean {
  return (
    unit === 0x20 ||
    unit === 0xa0 ||
    unit === 0x28 ||
    unit === 0x29 ||
    unit === 0x2d ||
    (dotsToo && unit === 0x2e)
  );
}
