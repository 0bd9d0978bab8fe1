/** Three numbers of a date as they stand, in ASCII: `23`, `2022`, `R4`. */
export type DateNumbers = readonly [string, string, string];

/**
 * The beginning of a message: everything before the sender.
 *
 * @property numbers In the order of the file; which one is the day is decided over the whole file.
 * @property shape Equal for all headers that one phone writes; a forged line inside a message seldom has it.
 * @property bodyAt Where sender and text begin, in UTF-16 units of the line.
 * @property isMarked The line begins with a direction mark, as iPhones write it before media.
 */
export type Header = {
  readonly form: 'bracket' | 'dash' | 'colon';
  readonly numbers: DateNumbers;
  readonly era: string | null;
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
  readonly shape: string;
  readonly raw: string;
  readonly bodyAt: number;
  readonly isMarked: boolean;
  /** Written as Korean and Hungarian do: `20. 12. 4.` */
  readonly isSpaced: boolean;
  readonly half: string | null;
};

/** Direction marks and the byte order mark: they are seen by nobody and stand anywhere. */
export const MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;
const IS_MARK = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/;
/** A header is shorter than this in every language. */
const HEADER_CHARS = 90;
/** The first code points of runs of ten digits: Arabic, Persian, the scripts of India, Thai, Lao, Burmese, Khmer, full width. */
const DIGIT_ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0,
  0xff10,
];
const WRITTEN_OUT = /^\[?R?\d{1,4} ?[年년]/;

const BEFORE_NOON =
  'a\\.? ?m\\.?|π\\.? ?μ\\.?|ق\\.? ?ظ\\.?|ص|上午|凌晨|清晨|早上|오전|午前|pg|sa|ap\\.?|de\\.?|öö|' +
  'dop\\.?|f\\.? ?h\\.?|fm|पूर्वाह्न|म\\.पू\\.|ก่อนเที่ยง|לפנה״צ|to|vm\\.?|p\\. ?d\\.|e paradites|paradite|дп|претпл\\.|' +
  'priekšp\\.|priešpiet|r\\. ?n\\.|sf|тң|ү\\. ?ө\\.|صبح|முற்பகல்|ጥዋት|ກ່ອນທ່ຽງ|နံနက်|පෙ\\.ව\\.';
const AFTER_NOON =
  'p\\.? ?m\\.?|μ\\.? ?μ\\.?|ب\\.? ?ظ\\.?|م|下午|晚上|오후|午後|ptg|ch|ip\\.?|du\\.?|ös|' +
  'odp\\.?|popiet|pop\\.?|e\\.? ?h\\.?|em|अपराह्न|म\\.उ\\.|หลังเที่ยง|אחה״צ|tk|nm\\.?|m\\. ?d\\.|e pasdites|pasdite|пп|попл\\.|' +
  'pēcp\\.|i\\. ?n\\.|ym|тк|ү\\. ?х\\.|شام|பிற்பகல்|ከሰዓት|ຫຼັງທ່ຽງ|ညနေ|ප\\.ව\\.';
const NOON = '中午|دوپہر';
const HALF = `${BEFORE_NOON}|${AFTER_NOON}|${NOON}`;
const IS_BEFORE_NOON = new RegExp(`^(?:${BEFORE_NOON})$`, 'iu');
const IS_NOON = new RegExp(`^(?:${NOON})$`, 'u');

const DATE =
  '(?<n1>R?\\d{1,4})(?<sep> ?[/.-] ?)(?<n2>\\d{1,2}) ?[/.-] ?(?<n3>R?\\d{1,4})\\.?(?: ?(?<era>BE|AP|AH|AD|CE|г\\.?|р\\.?|هـ))?';
const TIME = `(?:(?<h1>${HALF}) ?)?(?<hour>\\d{1,2}) ?[:.h] ?(?<minute>\\d{2})(?: ?[:.] ?(?<second>\\d{2}))?(?: ?(?:ч\\.|Uhr))?(?: ?(?<h2>${HALF})(?![\\p{L}]))?(?: ?ч\\.)?`;
const GLUE = '(?<glue> ?[,،] ?| )(?<word>(?:klo|kl\\.?|um|at|à|às|om|alle|o|u) )?';
const END = '(?<end>\\] ?| [-–] ?|: )';
const DATE_FIRST = new RegExp(`^(?<open>\\[)?${DATE}${GLUE}${TIME}${END}`, 'iu');
const TIME_FIRST = new RegExp(`^(?<open>\\[)?${TIME}${GLUE}${DATE}${END}`, 'iu');
/** What signal-export writes; phones write seconds in brackets. */
const IS_SIGNAL = /^\[\d{4}-\d\d-\d\d,? \d\d:\d\d\]/;

/** Reads the header at the beginning of a line; null for a line that goes on with the message above. */
export function headerOf(line: string): Header | null {
  const plain = plainBeginning(line);
  if (!/^[[\dR]/.test(plain.text)) return null;
  const match = DATE_FIRST.exec(plain.text) ?? TIME_FIRST.exec(plain.text);
  const groups = match?.groups;
  if (!match || !groups || IS_SIGNAL.test(plain.text)) return null;
  const form = formOf(groups);
  const time = timeOf(groups);
  if (!form || !time) return null;
  const numbers: DateNumbers = [groups.n1!, groups.n2!, groups.n3!];
  const begin = plain.at?.[0] ?? 0;
  const bodyAt = plain.at ? (plain.at[match[0].length] ?? line.length) : match[0].length;
  return {
    form,
    numbers,
    era: groups.era ?? null,
    ...time,
    shape: shapeOf(form, groups, numbers, plain),
    raw: line
      .slice(begin, bodyAt)
      .replace(MARKS, '')
      .replace(/(?: [-–] ?|: )$/, '')
      .trim(),
    bodyAt,
    isMarked: begin > 0 && !line.startsWith('\ufeff'),
    isSpaced: (groups.sep ?? '').includes(' '),
    half: groups.h1 ?? groups.h2 ?? null,
  };
}

/** `at` leads back into the line; null where nothing was left out. `script` is the zero of the digits used, or 0. */
type Plain = { readonly text: string; readonly at: readonly number[] | null; readonly script: number };

const IS_ASCII = /^[\x20-\x7e]*$/;

/** The beginning of a line without marks, with ASCII digits and plain spaces. */
function plainBeginning(line: string): Plain {
  const beginning = line.slice(0, HEADER_CHARS);
  return IS_ASCII.test(beginning) ? { text: beginning, at: null, script: 0 } : translated(line);
}

function translated(line: string): Plain {
  let text = '';
  let script = 0;
  const at: number[] = [];
  for (let index = 0; index < line.length && text.length < HEADER_CHARS; index += 1) {
    const char = line[index]!;
    if (IS_MARK.test(char)) continue;
    const digit = digitOf(char);
    if (digit) script = digit.zero;
    text += digit?.text ?? (/[\u00a0\u202f\u2007\u2009]/.test(char) ? ' ' : char);
    at.push(index);
  }
  at.push(at.length === 0 ? line.length : at.at(-1)! + 1);
  return { text: WRITTEN_OUT.test(text) ? withSlashes(text) : text, at, script };
}

function digitOf(char: string): { text: string; zero: number } | null {
  const code = char.charCodeAt(0);
  if (code < 0x660) return null;
  const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? null : { text: String(code - zero), zero };
}

/** `2020年12月4日` has signs where others have separators; each is one character, so places stay. */
function withSlashes(text: string): string {
  return text
    .replace(/[年년月월]/g, '/')
    .replace(/[日일]/, ' ')
    .replace(/ {2}/, ', ');
}

function formOf(groups: Record<string, string | undefined>): Header['form'] | null {
  const end = groups.end ?? '';
  if (end.startsWith(']')) return groups.open ? 'bracket' : null;
  if (groups.open) return null;
  return end.startsWith(':') ? 'colon' : 'dash';
}

function timeOf(groups: Record<string, string | undefined>) {
  const half = groups.h1 ?? groups.h2 ?? null;
  const minute = Number(groups.minute);
  const second = groups.second === undefined ? null : Number(groups.second);
  const hour = hourOf(Number(groups.hour), half);
  if (hour > 23 || minute > 59 || (second ?? 0) > 60) return null;
  return { hour, minute, second: second === 60 ? 59 : second };
}

function hourOf(hour: number, half: string | null): number {
  if (half === null || hour > 12) return hour;
  if (IS_NOON.test(half)) return hour < 4 ? hour + 12 : hour;
  return (hour % 12) + (IS_BEFORE_NOON.test(half) ? 0 : 12);
}

function shapeOf(
  form: string,
  groups: Record<string, string | undefined>,
  numbers: DateNumbers,
  plain: Plain,
): string {
  const halfPlace = groups.h1 ? 'before' : groups.h2 ? 'after' : 'none';
  const yearPlace = numbers.findIndex((number) => number.length > 2 || number.startsWith('R'));
  const order =
    groups.hour && plain.text.indexOf(groups.hour) === (groups.open ? 1 : 0) && numbers[0] !== groups.hour;
  return [
    form,
    order ? 'time' : 'date',
    groups.sep,
    (groups.glue ?? '').trim(),
    (groups.word ?? '').trim(),
    groups.second === undefined ? 'minutes' : 'seconds',
    halfPlace,
    yearPlace,
    groups.era ?? '',
    plain.script,
  ].join('|');
}
