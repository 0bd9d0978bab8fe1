import { DAY, MONTH } from './calendar.ts';
import { formOf } from './forms.ts';
import { DATE, LINE_START, MONEY, NUMBER, TIME, type Token, WORD } from './tokens.ts';

const SIGN = /^[$€£₽¥]$/;
const CURRENCY =
  /^(?:[$€£₽¥]|usd|eur|gbp|rub|sek|euros?|dollars?|bucks|quid|pounds?|euro[an]?|eurolla|euroo?n|руб|рубл(?:ь|я|ей|ями|ях)|р|евро|доллар(?:а|ов|ы)?|копе(?:ек|йки)|e|k)$/;
const THOUSAND = /^(?:тыс|тысяч[аи]?|млн|million|thousand|tuhatta|k)$/;
const HALF_DAY = /^(?:am|pm|a\.m|p\.m|o'clock|часов|часа|час|утра|вечера)$/;
const CLOCK = /^(?:klo|kello)$/;
const ORDINAL = /^(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2})$/;

/** Makes one token of a sum with its currency, of a day with its month and year, of an hour with what marks it. */
export function mergeNumbers(tokens: Token[]): Token[] {
  if (!tokens.some(isNumeral)) return tokens;
  const merged: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = moneyAt(tokens, at) ?? dateAt(tokens, at) ?? timeAt(tokens, at);
    merged.push(found === undefined ? (tokens[at] as Token) : joined(tokens, at, found.end, found.kind));
    at = found?.end ?? at + 1;
  }
  return merged;
}

type Merge = { readonly end: number; readonly kind: number } | undefined;

function isNumeral({ kind, known, form }: Token): boolean {
  return (kind & NUMBER) !== 0 || known.isCalendar || isDigit(form.charCodeAt(0));
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && (token.kind & NUMBER) !== 0;
}

function joined(tokens: readonly Token[], at: number, end: number, kind: number): Token {
  const first = tokens[at] as Token;
  const last = tokens[end - 1] as Token;
  const isOne = end === at + 1;
  const form = isOne
    ? first.form
    : tokens
        .slice(at, end)
        .map((token) => token.form)
        .join(' ');
  return {
    form,
    known: isOne ? first.known : formOf(form),
    start: first.start,
    end: last.end,
    kind: first.kind | kind | WORD,
  };
}

function moneyAt(tokens: readonly Token[], at: number): Merge {
  const first = tokens[at] as Token;
  if (SIGN.test(first.form) && isNumber(tokens[at + 1])) return { end: at + 2, kind: MONEY | NUMBER };
  if (!isNumber(first) || (first.kind & (DATE | TIME)) !== 0) return undefined;
  let end = at + 1;
  if (THOUSAND.test(tokens[end]?.form ?? '')) end += tokens[end + 1]?.form === '.' ? 2 : 1;
  return CURRENCY.test(tokens[end]?.form ?? '') ? { end: end + 1, kind: MONEY } : undefined;
}

function dateAt(tokens: readonly Token[], at: number): Merge {
  const first = tokens[at] as Token;
  if (DAY.test(first.form)) return { end: at + 1, kind: DATE };
  if (ORDINAL.test(first.form)) {
    const month = tokens[at + 1]?.form === '.' || tokens[at + 1]?.form === 'of' ? at + 2 : at + 1;
    if (MONTH.test(tokens[month]?.form ?? '')) return withYear(tokens, month + 1);
  }
  const isMonth = MONTH.test(first.form) && ORDINAL.test(tokens[at + 1]?.form ?? '');
  return isMonth ? withYear(tokens, at + 2) : undefined;
}

function withYear(tokens: readonly Token[], end: number): Merge {
  const year = tokens[end]?.form === ',' ? end + 1 : end;
  return { end: /^(?:19|20)\d\d$/.test(tokens[year]?.form ?? '') ? year + 1 : end, kind: DATE };
}

function timeAt(tokens: readonly Token[], at: number): Merge {
  const first = tokens[at] as Token;
  if (CLOCK.test(first.form) && isNumber(tokens[at + 1])) return { end: at + 2, kind: TIME };
  if (/^\d{1,2}(?:am|pm)$/.test(first.form)) return { end: at + 1, kind: TIME };
  if (!isNumber(first) || (first.kind & DATE) !== 0) return undefined;
  return HALF_DAY.test(tokens[at + 1]?.form ?? '') ? { end: at + 2, kind: TIME } : undefined;
}

/** A word has fewer letters than this. */
const MAX_SPELLED = 24;

/** A run of single letters set apart in one way: f u c k, х.у.й. @returns Where it ends; `at + 1` if there is none. */
export function spacedEnd(tokens: readonly Token[], at: number): number {
  const isDotted = isMark(tokens[at + 1]);
  const step = isDotted ? 2 : 1;
  let end = at + 1;
  const most = Math.min(tokens.length, at + MAX_SPELLED * step);
  while (end - 1 + step < most && isNextLetter(tokens, end - 1, step)) end += step;
  return end;
}

function isNextLetter(tokens: readonly Token[], at: number, step: number): boolean {
  const next = tokens[at + step] as Token;
  const apart = next.start - (tokens[at] as Token).end;
  return (
    isSingle(next) && apart === 1 && (next.kind & LINE_START) === 0 && (step === 1 || isMark(tokens[at + 1]))
  );
}

export function isSingle(token: Token | undefined): boolean {
  return token !== undefined && (token.kind & WORD) !== 0 && token.end - token.start === 1;
}

function isMark(token: Token | undefined): boolean {
  return token !== undefined && /^[.\-_*]$/.test(token.form);
}
