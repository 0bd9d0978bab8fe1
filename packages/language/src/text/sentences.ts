import { mergeNumbers } from './merge.ts';
import { type Normalised, sourceStart } from './normalise.ts';
import { EMPTY_LINE, LINE_START, PUNCTUATION, QUOTED, type Token, tokensOf, WORD } from './tokens.ts';

/** The tokens of one sentence, in order; offsets count units of the folded text. */
export type Sentence = { readonly tokens: readonly Token[]; readonly isQuestion: boolean };

/** A longer run without an end is cut, so that what a rule looks at is bounded. */
const MAX_TOKENS = 256;
/** From this many units on, a line is taken to be wrapped and not to end a sentence by itself. */
const WRAPPED = 55;

/** Cuts a stretch of a folded text into sentences, also where only a line or a bullet ends one. */
export function sentencesOf(normalised: Normalised, from: number, to: number): Sentence[] {
  const tokens = mergeNumbers(tokensOf(normalised.text, from, to));
  markQuotations(tokens);
  const sentences: Sentence[] = [];
  let first = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const isFull = at + 1 - first >= MAX_TOKENS;
    if (!isFull && !endsAt(normalised, tokens, at, first)) continue;
    sentences.push(sentenceOf(tokens.slice(first, at + 1)));
    first = at + 1;
  }
  if (first < tokens.length) sentences.push(sentenceOf(tokens.slice(first)));
  return sentences;
}

function sentenceOf(tokens: readonly Token[]): Sentence {
  return { tokens, isQuestion: isQuestion(tokens) };
}

function isQuestion(tokens: readonly Token[]): boolean {
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const { kind, form } = tokens[at] as Token;
    if ((kind & PUNCTUATION) === 0) return false;
    if (form.includes('?')) return true;
  }
  return false;
}

/** Whether the sentence that began at `first` ends with the token at `at`. */
function endsAt(normalised: Normalised, tokens: readonly Token[], at: number, first: number): boolean {
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  if (next === undefined) return true;
  if ((next.kind & LINE_START) !== 0) return endsLine(tokens, at, next, first);
  if (isClosing(next, token)) return false;
  const mark = isClosing(token, tokens[at - 1]) ? (tokens[at - 1] as Token) : token;
  if ((mark.kind & PUNCTUATION) === 0) return false;
  if (mark !== token && !isUpper(normalised, next)) return false;
  if (/^[!?]/.test(mark.form)) return next.start > token.end || isUpper(normalised, next);
  if (mark.form === '…') return isUpper(normalised, next);
  return mark.form === '.' && endsByStop(normalised, tokens, mark === token ? at : at - 1, next);
}

/** A quotation mark or bracket that closes right behind the mark that ends a sentence. */
function isClosing(token: Token, before: Token | undefined): boolean {
  return (
    (token.form === '"' || token.form === ')') &&
    before !== undefined &&
    before.end === token.start &&
    /^(?:[!?]+|[.…])$/.test(before.form)
  );
}

const ABBREVIATION =
  /^(?:mr|mrs|ms|dr|prof|st|vs|eg|ie|no|nr|approx|inc|ltd|co|fig|dept|ref|г|гг|ул|им|д|кв|стр|см|тыс|млн|руб|коп|рис|п|пп|ст|т|е|тел|esim|ym|jne|mm|ns|nro|puh|os|ko|ks|tms|sis|alv|kpl)$/;
/** These close a list and so may end a sentence too. */
const LIST_END = /^(?:etc|др|пр|руб|коп|тыс|млн|г|jne|ym|tms)$/;

function endsByStop(normalised: Normalised, tokens: readonly Token[], at: number, next: Token): boolean {
  const before = tokens[at - 1];
  const stop = tokens[at] as Token;
  if (before === undefined || (before.kind & WORD) === 0) return next.start > stop.end;
  const word = before.form.slice(before.form.lastIndexOf(' ') + 1);
  if (LIST_END.test(word)) return isUpper(normalised, next);
  if (isInitial(normalised, before) || ABBREVIATION.test(word)) return false;
  if (next.start > stop.end) return !isOrdinal(normalised, before, next);
  return before.form.length > 1 && isUpper(normalised, next);
}

/** J. Smith, т. е.: one letter before the stop that is not a word of its own. */
function isInitial(normalised: Normalised, before: Token): boolean {
  return (
    before.end - before.start === 1 &&
    /\p{L}/u.test(before.form) &&
    before.form !== 'i' &&
    isUpper(normalised, before)
  );
}

/** 12. maaliskuuta: a number before a lower-case word. */
function isOrdinal(normalised: Normalised, before: Token, next: Token): boolean {
  return /^\d{1,2}$/.test(before.form) && /^\p{L}/u.test(next.form) && !isUpper(normalised, next);
}

function isUpper(normalised: Normalised, token: Token): boolean {
  const character = String.fromCodePoint(
    normalised.source.codePointAt(sourceStart(normalised, token.start)) as number,
  );
  return character !== character.toLowerCase();
}

const BULLET = /^(?:[-*•·–—>]|[-*]{2,}|\d{1,2})$/;

function endsLine(tokens: readonly Token[], at: number, next: Token, first: number): boolean {
  if (
    (next.kind & EMPTY_LINE) !== 0 ||
    BULLET.test(next.form) ||
    /^\p{Extended_Pictographic}/u.test(next.form)
  )
    return true;
  const last = tokens[at] as Token;
  if (/^(?:[.!?…]|[!?]+)$/.test(last.form)) return true;
  if (/^[,(-]$/.test(last.form)) return false;
  return last.end - lineStart(tokens, at, first) < WRAPPED;
}

function lineStart(tokens: readonly Token[], at: number, first: number): number {
  let start = at;
  while (start > first && ((tokens[start] as Token).kind & LINE_START) === 0) start -= 1;
  return (tokens[start] as Token).start;
}

/** Longer than this, an opening mark was a lone one (inches, a forgotten close). */
const MAX_QUOTATION = 600;

/** Marks the tokens between a pair of quotation marks within one paragraph. */
function markQuotations(tokens: readonly Token[]): void {
  let open = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if ((token.kind & EMPTY_LINE) !== 0) open = -1;
    if (token.form !== '"') continue;
    const isClose = open >= 0 && token.start - (tokens[open] as Token).start <= MAX_QUOTATION;
    if (isClose)
      for (let inside = open + 1; inside < at; inside += 1) (tokens[inside] as Token).kind |= QUOTED;
    open = isClose ? -1 : at;
  }
}
