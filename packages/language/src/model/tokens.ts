import {
  APOSTROPHE,
  foldedUnit,
  GAP,
  LETTER,
  leetCyrillic,
  leetLatin,
  MARK,
  MASK,
  NOTHING,
  NUMBER,
  PICTURE,
  toCyrillic,
  toLatin,
  unitClass,
} from './fold.ts';

/** What a token is. */
export const WORD = 1;
export const DIGITS = 2;
export const SIGN = 3;
export const SYMBOL = 4;
export const LINK = 5;
export const MENTION = 6;

const CAPITALS = 1;
const STRETCHED = 2;
const MASKED = 4;
/** Bits of `Tokens.flags`: written in capitals, letters repeated, letters hidden behind signs, tag (#word). */
export const FLAGS = {
  capitals: CAPITALS,
  stretched: STRETCHED,
  masked: MASKED,
  tag: 8,
  quoted: 16,
} as const;

/**
 * Tokens of one text. The arrays are reused by the next call and longer than `count`.
 *
 * `codes[from[i]…to[i]]` is the folded token i; `starts` and `ends` are UTF-16 offsets in the text as it was given.
 */
export type Tokens = {
  count: number;
  kinds: Uint8Array;
  flags: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  from: Int32Array;
  to: Int32Array;
  codes: Uint16Array;
};

/** A word is cut here: longer runs are base64, not words. */
const LONGEST = 40;

const scratch: Tokens = room(1024);

function room(units: number): Tokens {
  return {
    count: 0,
    kinds: new Uint8Array(units),
    flags: new Uint8Array(units),
    starts: new Int32Array(units),
    ends: new Int32Array(units),
    from: new Int32Array(units),
    to: new Int32Array(units),
    codes: new Uint16Array(units * 2),
  };
}

/** Cuts a text into words, numbers, signs, pictures, links and mentions, folded. Valid until the next call. */
export function tokensOf(text: string): Tokens {
  if (scratch.kinds.length < text.length + 2) Object.assign(scratch, room(text.length * 2));
  scratch.count = 0;
  let at = 0;
  let filled = 0;
  let quoted = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = unitClass(unit);
    if (kind === GAP || kind === NOTHING) at += 1;
    else if (kind === LETTER || (kind === MASK && startsMasked(text, at)))
      at = readWord(text, at, filled, quoted);
    else if (kind === NUMBER) at = readNumber(text, at, filled, quoted);
    else if (unit === 64 && isWordAt(text, at + 1)) at = readMention(text, at, filled);
    else if (unit === 91 && namesAccount(text, at)) at = readAccount(text, at, filled);
    else {
      at = readSign(text, at, filled, kind);
      quoted = quoteAfter(quoted, unit);
    }
    filled = scratch.count > 0 ? (scratch.to[scratch.count - 1] as number) : 0;
  }
  return scratch;
}

/** Straight quotes toggle, « “ „ open, » ” close: 16 while inside. */
function quoteAfter(quoted: number, unit: number): number {
  if (unit === 34) return quoted ^ FLAGS.quoted;
  if (unit === 0xab || unit === 0x201c || unit === 0x201e) return FLAGS.quoted;
  return unit === 0xbb || unit === 0x201d || unit === 10 ? 0 : quoted;
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && unitClass(text.charCodeAt(at)) === LETTER;
}

/** $hit, @ss and #tag begin with a sign; a mention and a price do not count. */
function startsMasked(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit === 35) return isWordAt(text, at + 1);
  if (unit === 36) return isWordAt(text, at + 1);
  return unit === 64 && /^@ss(?:hole)?s?(?![\p{L}\d_])/iu.test(text.slice(at, at + 10));
}

function push(kind: number, flags: number, start: number, end: number, from: number, to: number): void {
  const place = scratch.count;
  scratch.kinds[place] = kind;
  scratch.flags[place] = flags;
  scratch.starts[place] = start;
  scratch.ends[place] = end;
  scratch.from[place] = from;
  scratch.to[place] = to;
  scratch.count = place + 1;
}

const STAR = 42;

function readWord(text: string, start: number, from: number, quoted: number): number {
  const { codes } = scratch;
  let at = start;
  let to = from;
  let capitals = 0;
  let letters = 0;
  let cyrillic = 0;
  let latin = 0;
  let flags = quoted;
  let repeated = 0;
  let foreign = false;
  if (text.charCodeAt(at) === 35) {
    flags |= FLAGS.tag;
    at += 1;
  }
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = unitClass(unit);
    if (kind === NOTHING) continue;
    if (kind !== LETTER && !goesOn(text, at, kind, start)) break;
    let code = kind === LETTER ? foldedUnit(unit) : unit;
    if (kind === APOSTROPHE) code = 39;
    if (kind === LETTER) {
      letters += 1;
      if (code !== unit) capitals += 1;
      if (code < 0x250) latin += 1;
      else if (code >= 0x400 && code < 0x530) cyrillic += 1;
    } else if (kind !== APOSTROPHE) foreign = true;
    if (kind === MASK && (unit === STAR || unit === 35 || unit === 37 || unit === 95)) {
      code = STAR;
      flags |= MASKED;
      if (to > from && codes[to - 1] === STAR) continue;
    }
    if (to > from && codes[to - 1] === code && kind === LETTER) {
      repeated += 1;
      if (repeated >= 2) {
        if (repeated === 2) to -= 1;
        flags |= STRETCHED;
        if (codes[to - 1] !== code) codes[to++] = code;
        continue;
      }
    } else repeated = 0;
    if (to - from < LONGEST) codes[to++] = code;
  }
  if (
    /^https?$|^www$/.test(text.slice(start, at)) &&
    (text.startsWith('://', at) || text.startsWith('.', at))
  )
    return readLink(text, start, from);
  while (to > from + 1 && codes[to - 1] === 39) to -= 1;
  if (foreign || (latin > 0 && cyrillic > 0)) unmask(from, to, latin, cyrillic);
  if (letters >= 3 && capitals >= letters - 1) flags |= CAPITALS;
  push(WORD, flags, start, at, from, to);
  return at;
}

/** Whether a sign or digit inside a word belongs to it: a letter has to follow, as in don't, f*ck, s4ck, sh!t. */
function goesOn(text: string, at: number, kind: number, start: number): boolean {
  if (kind === GAP || kind === PICTURE) return false;
  if (kind === MARK && text.charCodeAt(at) !== 33) return false;
  if (at === start) return true;
  const next = at + 1 < text.length ? unitClass(text.charCodeAt(at + 1)) : GAP;
  if (kind === MASK && text.charCodeAt(at) === STAR)
    return next === LETTER || next === MASK || isStarred(text, at);
  if (kind === MASK && text.charCodeAt(at) === 64 && text.indexOf('.', at) > 0)
    return next === LETTER && at - start < 5;
  if (kind === MASK) return next === LETTER || (next === MASK && at - start > 0 && at - start < 4);
  return next === LETTER;
}

/** f***, s**: a word that ends in two stars or more. */
function isStarred(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === STAR;
}

/** Letters of the other alphabet and signs that stand for letters become letters of the word's own alphabet. */
function unmask(from: number, to: number, latin: number, cyrillic: number): void {
  const { codes } = scratch;
  const isLatin = latin >= cyrillic;
  const letters = isLatin ? toLatin : toCyrillic;
  const signs = isLatin ? leetLatin : leetCyrillic;
  for (let at = from; at < to; at += 1) {
    const code = codes[at] as number;
    if (code >= 0x500) continue;
    const other = isLatin ? code >= 0x400 : code >= 97;
    const better = other ? letters[code] : signs[code];
    if (better) codes[at] = better;
  }
}

function readLink(text: string, start: number, from: number): number {
  let at = start;
  while (at < text.length && unitClass(text.charCodeAt(at)) !== GAP) at += 1;
  push(LINK, 0, start, at, from, from);
  return at;
}

function readMention(text: string, start: number, from: number): number {
  let at = start + 1;
  while (at < text.length) {
    const kind = unitClass(text.charCodeAt(at));
    if (kind !== LETTER && kind !== NUMBER && text.charCodeAt(at) !== 95) break;
    at += 1;
  }
  push(MENTION, 0, start, at, from, from);
  return at;
}

const ACCOUNT = /\[(?:id|club|public)\d{1,12}\|[^\]\n]{0,80}\]/y;

/** [id12345|Name]: how VKontakte writes whom an answer is for; the name tells nothing of the writer's tone. */
function namesAccount(text: string, start: number): boolean {
  ACCOUNT.lastIndex = start;
  return ACCOUNT.test(text);
}

function readAccount(text: string, start: number, from: number): number {
  const end = text.indexOf(']', start) + 1;
  push(MENTION, 0, start, end, from, from);
  return end;
}

function readNumber(text: string, start: number, from: number, quoted: number): number {
  let at = start;
  while (at < text.length && unitClass(text.charCodeAt(at)) === NUMBER) at += 1;
  if (at - start === 1 && isWordAt(text, at) && isWordAt(text, at + 1))
    return readWord(text, start, from, quoted);
  push(DIGITS, quoted, start, at, from, from);
  return at;
}

/** A run of the same sign is one token that tells whether it stood alone: ! and !!, . and … */
function readSign(text: string, start: number, from: number, kind: number): number {
  const unit = text.charCodeAt(start);
  let at = start + 1;
  if (kind === PICTURE && at < text.length && unit >= 0xd800 && unit < 0xdc00) {
    scratch.codes[from] = unit;
    scratch.codes[from + 1] = text.charCodeAt(at);
    push(SYMBOL, 0, start, at + 1, from, from + 2);
    return at + 1;
  }
  while (at < text.length && text.charCodeAt(at) === unit) at += 1;
  scratch.codes[from] = foldedUnit(unit);
  scratch.codes[from + 1] = foldedUnit(unit);
  push(kind === PICTURE ? SYMBOL : SIGN, 0, start, at, from, at - start > 1 ? from + 2 : from + 1);
  return at;
}
