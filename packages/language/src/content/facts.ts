import { fold } from '../characters.ts';
import { inLatin } from './crossing.ts';
import { DATED, monthOf } from './months.ts';

/** What kind of particular a text names. */
export type ParticularKind = 'sum' | 'share' | 'date' | 'time' | 'identifier' | 'count' | 'name';

/**
 * One particular of a text: a sum, a date, a name. Two with the same `key` say the same, in whatever language and way of
 * writing. Offsets in UTF-16 code units.
 */
export type Particular = {
  readonly kind: ParticularKind;
  readonly key: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
};

type Finder = {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, text: string) => Pick<Particular, 'kind' | 'key'> | null;
};

const NUMBER = String.raw`\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?`;
const CURRENCY = String.raw`€|\$|£|₽|EUR\b|USD\b|RUB\b|SEK\b|eur(?:o(?:s|a|n|illa)?)?(?![\p{L}])|евро(?![\p{L}])|руб(?:\.|л[\p{L}]*)?|dollars?\b|доллар[\p{L}]*|tokens?\b|токен[\p{L}]*`;
/** What stands before a number that names one thing among many. */
const NUMBERED =
  /(?:№|#|\bno\.?|\bnr\.?|invoice|order|change|ticket|clause|version|line|page|code|room|счет[\p{L}]*|счёт[\p{L}]*|заказ[\p{L}]*|пункт[\p{L}]*|договор[\p{L}]*|накладн[\p{L}]*|код[\p{L}]*|lasku[\p{L}]*|tilau[\p{L}]*|muuto[\p{L}]*|kohta[\p{L}]*|kohda[\p{L}]*|sopimu[\p{L}]*|product|товар[\p{L}]*|tuot[\p{L}]*)[ \u00a0]{0,2}$/iu;

const FINDERS: readonly Finder[] = [
  ...DATED.map(({ pattern, read }) => ({
    pattern,
    read: (match: RegExpExecArray) => {
      const day = read(match);
      return day ? { kind: 'date' as const, key: `date:${day}` } : null;
    },
  })),
  {
    pattern: /(?<![\d.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g,
    read: ([, hour, minute]) => ({ kind: 'time', key: `time:${hour!.padStart(2, '0')}:${minute}` }),
  },
  {
    pattern: new RegExp(
      String.raw`(?<![\p{L}\d.,])(${NUMBER})[ \u00a0]?(?:%|percent\b|per cent\b|процент[\p{L}]*|prosent[\p{L}]*)`,
      'giu',
    ),
    read: ([, written]) => ({ kind: 'share', key: valueKey(written!) }),
  },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\d.,])(${NUMBER})[ \u00a0\u202f]?(?:${CURRENCY})`, 'giu'),
    read: ([, written]) => ({ kind: 'sum', key: valueKey(written!) }),
  },
  {
    pattern: new RegExp(String.raw`(?:€|\$|£|₽|EUR|USD)[ \u00a0]?(${NUMBER})`, 'gu'),
    read: ([, written]) => ({ kind: 'sum', key: valueKey(written!) }),
  },
  {
    pattern: /(?<![\p{L}\d])\p{Lu}{1,5}[-/]?\d{2,}[\p{L}\d-]*/gu,
    read: ([written]) => ({
      kind: 'identifier',
      key: `id:${written.toLowerCase().replace(/[^\p{L}\d]/gu, '')}`,
    }),
  },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\d.,:/@-])(${NUMBER})(?![\p{L}\d@/:]|[.,]\d)`, 'gu'),
    read: (match, text) =>
      isOfList(text, match)
        ? null
        : {
            kind: NUMBERED.test(text.slice(Math.max(0, match.index - 24), match.index))
              ? 'identifier'
              : 'count',
            key: valueKey(match[1]!),
          },
  },
];

/** 1 240,50 and 1,240.50 and 1240.5 are one number. */
function valueKey(written: string): string {
  const grouped = written.replace(/[ \u00a0\u202f'’]/g, '');
  const decimal = /[.,](\d{1,2})$/.exec(grouped);
  const whole = (decimal ? grouped.slice(0, decimal.index) : grouped).replace(/[.,]/g, '');
  const part = decimal ? decimal[1]!.replace(/0+$/, '') : '';
  return `n:${Number(whole)}${part === '' ? '' : `.${part}`}`;
}

/** "2." or "3)" at the beginning of a line counts the lines. */
function isOfList(text: string, { index, 0: written }: RegExpExecArray): boolean {
  const before = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
  return (
    before.trim() === '' && /^[.)]\s/.test(text.slice(index + written.length, index + written.length + 2))
  );
}

/**
 * The particulars of a text, in its order: sums, shares, dates, times, identifiers, counts and names. Nothing stands in
 * two of them. Weekdays and relative days are none.
 */
export function particularsIn(text: string): readonly Particular[] {
  const found: Particular[] = [];
  for (const { pattern, read } of FINDERS)
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => other.start < end && start < other.end)) continue;
      const made = read(match, text);
      if (made) found.push({ ...made, quote: match[0], start, end });
    }
  return [...found, ...namesIn(text)].sort((one, other) => one.start - other.start);
}

const CAPITALISED = /(?<![\p{L}\d@._/-])\p{Lu}[\p{Ll}]{2,}(?:-\p{Lu}\p{Ll}+)?(?![\p{L}\d@_/]|\.\p{L})/gu;
/** Behind these a sentence, or a quotation, begins. */
const BEGINS = /(?:^|[.!?…:;)\n\r"“”«»(*•>]|^[^\n]{0,24},|\n[^\n]{0,24},|[–—-]\s)\s*$/u;
/** Capitals of languages and courtesy, which name nobody. */
const NO_NAMES =
  /^(?:вы|вас|вам|вами|ваш\p{L}*|mr|mrs|ms|dr|sir|madam|dear|hello|english|russian|finnish|swedish|german|french|english|european|vat|internet|excel|word|pdf|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$/u;

function namesIn(text: string): readonly Particular[] {
  return [...text.matchAll(CAPITALISED)].flatMap((match) => {
    const folded = fold(match[0]);
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (BEGINS.test(before) || NO_NAMES.test(folded) || monthOf(folded) !== null) return [];
    const start = match.index;
    return [
      {
        kind: 'name' as const,
        key: `name:${inLatin(folded)}`,
        quote: match[0],
        start,
        end: start + match[0].length,
      },
    ];
  });
}

/** What is left of a name in every case ending: Kotka, Kotkassa; Орлов, Орлову. */
export function nameRoot(key: string): string {
  const name = key.slice('name:'.length);
  return name.slice(0, Math.max(4, name.length - 3));
}

const GROUP = 3;
/** A longer number is not kept to its last digit. */
const EXACT_DIGITS = 15;

/**
 * What stands in every way of writing a number, a date or a time: where it is missing, the particular is not in a text.
 *
 * @param particular of any kind but a name
 */
export function clueOf({ kind, key }: Pick<Particular, 'kind' | 'key'>): RegExp {
  const digits = key.match(/\d+/g) ?? [];
  if (kind === 'date') return alone(String(Number(digits[1])));
  if (kind === 'time') return new RegExp(`:${digits[1]}(?!\\d)`, 'g');
  const whole = digits[0]!;
  // AB12-345 is kept without its hyphen; letters are followed by two digits at least.
  if (key.startsWith('id:')) return new RegExp(whole.slice(0, 2), 'g');
  if (whole.length > EXACT_DIGITS || key.includes('e')) return new RegExp(whole[0]!, 'g');
  // 1 240 and 1.240 both end with 240.
  return whole.length > GROUP ? new RegExp(`${whole.slice(-GROUP)}(?!\\d)`, 'g') : alone(whole);
}

function alone(digits: string): RegExp {
  return new RegExp(`(?<!\\d)0*${digits}(?!\\d)`, 'g');
}
