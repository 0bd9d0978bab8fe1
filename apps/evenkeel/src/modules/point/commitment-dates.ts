import { addDays, type LocalDate, weekdayOf } from '../../kernel/calendar.ts';

/** What a sentence says about when: one day that can mean nothing else, or something that a person must settle. */
export type DateSaid =
  | { readonly is: 'read'; readonly date: LocalDate; readonly time: string | null; readonly words: string }
  | { readonly is: 'unclear'; readonly words: string };

/** Where it was said: dates without a year and days of the week are counted from that day. */
export type SaidOn = {
  readonly date: LocalDate;
  /** The working day that comes so many working days after a date. */
  readonly plusWorkingDays: (date: LocalDate, days: number) => LocalDate;
};

type Found = {
  readonly start: number;
  readonly end: number;
  /** Null when it may mean several days. */
  readonly date: LocalDate | null;
  /** 1 is Monday; for the name of a day beside a date that it must agree with. */
  readonly weekday?: number;
};

const before = '(?<![\\p{L}\\p{N}])';
const after = '(?![\\p{L}\\p{N}])';
const word = (inner: string) => new RegExp(`${before}(?:${inner})${after}`, 'giu');

/**
 * Reads the day, and the hour where one is named, from a sentence in English, Russian or Finnish. Whatever may mean two
 * days (`next Friday`, `5/6`, a Friday named on a Friday, two dates, a condition) is unclear: nobody's promise is guessed.
 *
 * @returns null when nothing is said about a day to come
 */
export function dateSaid(sentence: string, on: SaidOn): DateSaid | null {
  const found = READERS.flatMap((read) => read(sentence, on));
  const apart = withoutInner(found).filter(({ date }) => date === null || date >= on.date);
  if (apart.length === 0) return null;
  const words = wordsOf(sentence, apart);
  const dates = new Set(joined(apart).map(({ date }) => date));
  const times = timesIn(sentence);
  if (dates.size !== 1 || dates.has(null) || times.length > 1 || CONDITION.test(sentence))
    return { is: 'unclear', words };
  return { is: 'read', date: [...dates][0]!, time: times[0] ?? null, words };
}

const CONDITION =
  /(?<!\p{L})(?:if|unless|provided|as soon as|once|после того|как только|если|при условии|jos|mikäli|kunhan|sitten kun)(?!\p{L})/iu;

/** The longest of what overlaps says it best. */
function withoutInner(found: readonly Found[]): readonly Found[] {
  return found
    .filter(
      (one, i) =>
        !found.some(
          (other, j) =>
            i !== j &&
            other.start <= one.start &&
            one.end <= other.end &&
            (other.end - other.start > one.end - one.start || j < i),
        ),
    )
    .toSorted((one, other) => one.start - other.start);
}

/** `Friday, 15 May` is one date when that day is a Friday, and none when it is not. */
function joined(found: readonly Found[]): readonly Found[] {
  const dated = found.filter(({ date, weekday }) => date !== null && weekday === undefined);
  const named = found.filter(({ weekday }) => weekday !== undefined);
  if (dated.length !== 1 || named.length !== 1) return found;
  const [one] = dated as [Found];
  const isSame = weekdayOf(one.date!) === named[0]!.weekday;
  return [
    ...found.filter(({ weekday }) => weekday === undefined),
    ...(isSame ? [] : [{ ...one, date: null }]),
  ];
}

function wordsOf(sentence: string, found: readonly Found[]): string {
  return sentence.slice(found[0]!.start, Math.max(...found.map(({ end }) => end))).trim();
}

/** @returns null when there is no such day */
function dateOf(year: number, month: number, day: number): LocalDate | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? (date.toISOString().slice(0, 10) as LocalDate) : null;
}

/** Half a year back it is taken for what it says: past; further back, for the next year's. */
const LONG_PAST_DAYS = 183;

function nearest(on: LocalDate, month: number, day: number, stated: string | undefined): LocalDate | null {
  if (stated) return dateOf(stated.length === 2 ? 2000 + Number(stated) : Number(stated), month, day);
  const year = Number(on.slice(0, 4));
  const date = dateOf(year, month, day);
  const isLongPast = date !== null && date < addDays(on, -LONG_PAST_DAYS);
  return isLongPast ? dateOf(year + 1, month, day) : date;
}

type Read = (sentence: string, on: SaidOn) => readonly Found[];

/** Every match of a pattern, as what it says; undefined says nothing about a day. */
function reader(
  pattern: RegExp,
  say: (match: RegExpExecArray, on: SaidOn) => Omit<Found, 'start' | 'end'> | undefined,
): Read {
  return (sentence, on) =>
    [...sentence.matchAll(pattern)].flatMap((match) => {
      const said = say(match, on);
      return said ? [{ start: match.index, end: match.index + match[0].length, ...said }] : [];
    });
}

const MONTHS = [
  'january|jan|январ[яьею]|tammikuu\\p{L}*',
  'february|feb|феврал[яьею]|helmikuu\\p{L}*',
  'march|mar|март[ае]?|maaliskuu\\p{L}*',
  'april|apr|апрел[яьею]|huhtikuu\\p{L}*',
  'may|ма[яйею]|toukokuu\\p{L}*',
  'june|jun|июн[яьею]|kesäkuu\\p{L}*',
  'july|jul|июл[яьею]|heinäkuu\\p{L}*',
  'august|aug|август[ае]?|elokuu\\p{L}*',
  'september|sept|sep|сентябр[яьею]|syyskuu\\p{L}*',
  'october|oct|октябр[яьею]|lokakuu\\p{L}*',
  'november|nov|ноябр[яьею]|marraskuu\\p{L}*',
  'december|dec|декабр[яьею]|joulukuu\\p{L}*',
];
const ANY_MONTH = MONTHS.join('|');
const WEEKDAYS = [
  'monday|понедельник[ауи]?|maanantai(?:na|ksi|hin)?',
  'tuesday|вторник[ау]?|tiistai(?:na|ksi|hin)?',
  'wednesday|сред[уыа]|keskiviikko(?:na|on)?|keskiviikoksi',
  'thursday|четверг[ау]?|torstai(?:na|ksi|hin)?',
  'friday|пятниц[уыае]|perjantai(?:na|ksi|hin)?',
  'saturday|суббот[уыае]|lauantai(?:na|ksi|hin)?',
  'sunday|воскресень[еяю]|sunnuntai(?:na|ksi|hin)?',
];
const NEXT = 'next|following|следующ\\p{L}+|ближайш\\p{L}+|ensi|seuraava\\p{L}*';

function placeIn(names: readonly string[], said: string): number {
  return names.findIndex((name) => new RegExp(`^(?:${name})$`, 'iu').test(said)) + 1;
}

const isoDates = reader(/(?<![\p{N}-])(\d{4})-(\d\d)-(\d\d)(?![\p{N}-])/gu, ([, year, month, day]) => ({
  date: dateOf(Number(year), Number(month), Number(day)),
}));

/** `18.5.2026`, `18.5.`; two numbers without the last dot are a date only behind a word for until. */
const dottedDates = reader(
  /(?<![\p{N}.])(?<!(?:klo|kello|at)\s)(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d)?(?!\p{N})|(?<=(?:до|к|by|until)\s\d{1,2}\.\d{1,2})(?![\p{N}%€$]))/giu,
  ([, day, month, year], { date }) => {
    const said = nearest(date, Number(month), Number(day), year);
    return said ? { date: said } : undefined;
  },
);

/** Half of the world begins with the month. */
const slashedDates = reader(
  /(?<![\p{N}/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?(?![\p{N}/])/gu,
  ([, one, other, year], { date }) => {
    const [first, second] = [Number(one), Number(other)];
    if (first > 12) return { date: nearest(date, second, first, year) };
    if (second > 12) return { date: nearest(date, first, second, year) };
    return { date: first === second ? nearest(date, first, second, year) : null };
  },
);

const dayAndMonth = reader(
  word(`(\\d{1,2})(?:st|nd|rd|th|-?го|\\.)?\\s+(?:of\\s+)?(${ANY_MONTH})(?:,?\\s+(\\d{4}))?`),
  ([, day, month, year], { date }) => ({
    date: nearest(date, placeIn(MONTHS, month!), Number(day), year),
  }),
);
const monthAndDay = reader(
  word(`(${ANY_MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?`),
  ([, month, day, year], { date }) => ({
    date: nearest(date, placeIn(MONTHS, month!), Number(day), year),
  }),
);

const weekdays = reader(word(`(?:(${NEXT})\\s+)?(${WEEKDAYS.join('|')})`), ([, next, name], { date }) => {
  const weekday = placeIn(WEEKDAYS, name!);
  const days = (weekday - weekdayOf(date) + 7) % 7;
  return { weekday, date: next || days === 0 ? null : addDays(date, days) };
});

const namedDays = [
  [0, 'today|tonight|сегодня|tänään'],
  [1, 'tomorrow|завтра|huomenna|huomiseksi|huomiseen'],
  [2, 'the day after tomorrow|day after tomorrow|послезавтра|ylihuomenna|ylihuomiseksi|ylihuomiseen'],
].map(([days, names]) =>
  reader(word(names as string), (_match, { date }) => ({ date: addDays(date, days as number) })),
);

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10 },
  ...{ один: 1, два: 2, двух: 2, три: 3, трёх: 3, трех: 3, пять: 5, пяти: 5, семи: 7, десяти: 10 },
  ...{ yhden: 1, kahden: 2, kolmen: 3, neljän: 4, viiden: 5, kuuden: 6, seitsemän: 7, kymmenen: 10 },
};
const COUNT = `\\d{1,2}|${Object.keys(NUMBERS).join('|')}`;

function countOf(said: string | undefined): number {
  return NUMBERS[said?.toLowerCase() ?? ''] ?? Number(said);
}

const inDays = reader(
  word(
    `(?:within|in|через|в течение|не позднее чем через)\\s+(?:the next\\s+)?(${COUNT})\\s+((?:working|business|рабочи[хй]\\p{L}*|рабочего)\\s+)?(?:days?|дн[яей]+|день)|(${COUNT})\\s+(arki|työ)?päivän\\s+(?:kuluessa|sisällä|päästä|kuluttua)`,
  ),
  ([, count, working, finnish, finnishWorking], on) => {
    const days = countOf(count ?? finnish);
    const isWorking = Boolean(working ?? finnishWorking);
    return { date: isWorking ? on.plusWorkingDays(on.date, days) : addDays(on.date, days) };
  },
);
const inWeeks = reader(
  word(
    `(?:within|in)\\s+(${COUNT})\\s+weeks?|через\\s+(?:(${COUNT})\\s+)?недел[юиь]|(?:(${COUNT})\\s+)?viikon\\s+(?:kuluessa|sisällä|päästä|kuluttua)`,
  ),
  ([, english, russian, finnish], { date }) => ({
    date: addDays(date, 7 * countOf(english ?? russian ?? finnish ?? 'a')),
  }),
);

/** A stretch of time that ends on no one day, or that counts from a minute nobody named. */
const stretches = reader(
  word(
    'next week|this week|end of (?:the |this |next )?(?:week|month)|next month|within \\d+ hours|in \\d+ hours|на (?:этой|следующей) неделе|до конца (?:недели|месяца)|в следующем месяце|в течение \\d+ час\\p{L}*|ensi viikolla|tällä viikolla|viikon loppuun|kuun loppuun|kuukauden loppuun|ensi kuussa|\\d+ tunnin kuluessa',
  ),
  () => ({ date: null }),
);

const READERS: readonly Read[] = [
  isoDates,
  dottedDates,
  slashedDates,
  dayAndMonth,
  monthAndDay,
  weekdays,
  ...namedDays,
  inDays,
  inWeeks,
  stretches,
];

const CLOCK =
  /(?<![\p{N}:.])(\d{1,2}):(\d\d)(?![\p{N}:])|(?<!\p{L})(?:klo|kello)\s+(\d{1,2})(?:[.:](\d\d))?(?![\p{N}])|(?<![\p{N}:.])(\d{1,2})(?::(\d\d))?\s?(am|pm)(?!\p{L})|(?<!\p{L})(noon|полдень|полудня|keskipäivällä)(?!\p{L})/giu;

/** The times of day that are named, `16:00`, each once. */
function timesIn(sentence: string): readonly string[] {
  const times = [...sentence.matchAll(CLOCK)].map(
    ([, hour, minute, klo, kloMinute, half, halfMinute, part]) => {
      if (half) return clock((Number(half) % 12) + (part!.toLowerCase() === 'pm' ? 12 : 0), halfMinute);
      if (hour ?? klo) return clock(Number(hour ?? klo), minute ?? kloMinute);
      return '12:00';
    },
  );
  return [...new Set(times)];
}

function clock(hour: number, minute: string | undefined): string {
  return `${String(hour).padStart(2, '0')}:${minute ?? '00'}`;
}
