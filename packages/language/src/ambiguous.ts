import { sentencesOf } from './content/own-sentences.ts';
import { madeOfForms } from './text/forms.ts';
import type { Reading } from './text/reading.ts';

/**
 * When a draft is written, for days and times that may be understood in two ways.
 *
 * @property today `2026-05-18`, where the writer is
 * @property dayEnds `17:00`, when the writer's working day ends
 * @property offset `UTC+3`, beside times of the clock, where the reader's clock shows another time; null where it does not
 */
export type WrittenAt = {
  readonly today: string;
  readonly dayEnds: string;
  readonly offset: string | null;
};

const USUAL_END = '17:00';

/** @param now by the clock of this computer */
export function writtenHere(now: Date): WrittenAt {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(two).join('-');
  return { today: day, dayEnds: USUAL_END, offset: null };
}

type Ambiguity =
  | 'next-day'
  | 'weekend'
  | 'end-of-week'
  | 'end-of-day'
  | 'midnight'
  | 'how-often'
  | 'day-or-month'
  | 'half-hour'
  | 'asap'
  | 'no-zone';

/** @property instead what can stand in its place and means one thing; none where that cannot be worked out */
type AmbiguousTime = {
  readonly says: Ambiguity;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly instead: readonly string[];
};

/**
 * Days and times that a reader may understand otherwise than they were meant: "next Friday" said on a Tuesday, "biweekly", the end
 * of a day or a week, `5/6`, and a time of the clock whose zone is not said to somebody in another one.
 *
 * @param at without it nothing is worked out
 */
export function ambiguousTimes(reading: Reading, at?: WrittenAt): readonly AmbiguousTime[] {
  const sentences = reading.sentences.filter(({ tokens }) => tokens.some(({ known }) => lookAt(known).mayBe));
  return sentencesOf({ ...reading, sentences }).flatMap(({ start, quote: sentence, lang }) => {
    const quoted = quotedIn(sentence);
    return WAYS.filter((way) => way.lang === lang || way.lang === 'any').flatMap(
      ({ says, pattern, unless, instead }) => {
        const found = [...sentence.matchAll(pattern)];
        if (found.length === 0 || unless?.test(sentence)) return [];
        return found.flatMap((match) => {
          const [from, to] = [match.index, match.index + match[0].length];
          if (quoted.some((one) => one.start <= from && to <= one.end)) return [];
          const ways = instead(match, at ?? null);
          if (ways === null) return [];
          const words = ways.map((one) => asBegun(one, match[0]));
          return [{ says, start: start + from, end: start + to, quote: match[0], instead: words }];
        });
      },
    );
  });
}

/** Each of the ways needs a word like this, or a number: a sentence that has none is passed by at once. */
const MENTIONED =
  /\d|^(?:next|end|close|cob|midnight|half|asap|p|klo|kello|через|ensi)$|week|monthly|annual|следующ|конц|выходн|полу?ноч|viikon|päivä|keskiy|puoleeny/;
const lookAt = madeOfForms(({ written }) => ({ mayBe: MENTIONED.test(written) }));

/** What began with a capital letter does so again. */
function asBegun(words: string, before: string): string {
  return /^\p{Lu}/u.test(before) ? words[0]!.toUpperCase() + words.slice(1) : words;
}

const QUOTATION = /“[^”]*”|„[^“”]*[“”]|«[^»]*»|”[^”]*”|"[^"]*"/gu;

function quotedIn(sentence: string): readonly { readonly start: number; readonly end: number }[] {
  return [...sentence.matchAll(QUOTATION)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

type Lang = 'en' | 'ru' | 'fi';
/** @property instead null where it means one thing after all */
type Way = {
  readonly says: Ambiguity;
  readonly lang: Lang | 'any';
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  readonly instead: (match: RegExpMatchArray, at: WrittenAt | null) => readonly string[] | null;
};

const whole = (inner: string) => new RegExp(`(?<![\\p{L}\\p{N}-])(?:${inner})(?![\\p{L}\\p{N}-])`, 'giu');

/** A sentence that names the day, or the hour, says what it means. */
const DAY_NAMED =
  /\d{1,2}\.\d{1,2}\.|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|\.|-?го)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|январ|феврал|март|апрел|ма[яе]|июн|июл|август|сентябр|октябр|ноябр|декабр|tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d/iu;
const HOUR_NAMED = /\d{1,2}[:.]\d\d|(?<!\p{L})\d{1,2}\s?(?:am|pm)(?!\p{L})|(?<!\p{L})(?:klo|kello)\s\d/iu;

const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  en: 'monday tuesday wednesday thursday friday saturday sunday'.split(' '),
  ru: 'понедельник вторник сред четверг пятниц суббот воскресень'.split(' '),
  fi: 'maanantai tiistai keskivii torstai perjantai lauantai sunnuntai'.split(' '),
};
const FRIDAY = 5;
const SUNDAY = 7;

const WAYS: readonly Way[] = [
  nextDay('en', '(?:the\\s+)?next\\s+((?:mon|tues|wednes|thurs|fri|satur|sun)day)'),
  nextDay(
    'ru',
    'следующ(?:ий|ую|ее|его|ей|ему)\\s+(понедельник\\p{L}?|вторник\\p{L}?|сред[уые]|четверг\\p{L}?|пятниц[уые]|суббот[уые]|воскресень[еяю])',
  ),
  nextDay(
    'fi',
    'ensi\\s+((?:maanantai|tiistai|torstai|perjantai|lauantai|sunnuntai)(?:na|ksi|hin|sta)|keskiviik\\p{L}{1,6})',
  ),

  {
    ...{ says: 'weekend', lang: 'en', pattern: whole('next\\s+weekend'), unless: DAY_NAMED },
    instead: twoWeekends((from) => `the weekend of ${written('en', from)}`),
  },
  {
    ...{ says: 'weekend', lang: 'ru', pattern: whole('следующи[ех]\\s+выходны[ех]'), unless: DAY_NAMED },
    instead: twoWeekends((from, to) => `выходные ${written('ru', from)} и ${written('ru', to)}`),
  },
  {
    ...{ says: 'weekend', lang: 'fi', pattern: whole('ensi\\s+viikonloppuna'), unless: DAY_NAMED },
    instead: twoWeekends((from, to) => `viikonloppuna ${written('fi', from)}–${written('fi', to)}`),
  },

  {
    ...{ says: 'end-of-week', lang: 'en', unless: DAY_NAMED },
    pattern: whole(
      '(?<=(?:by|before|until|till)\\s)(?:(?:the\\s+)?end\\s+of\\s+(the|this|next)?\\s*week|the\\s+weekend)',
    ),
    instead: weekEnds('en', { 5: 'Friday', 7: 'Sunday' }),
  },
  {
    ...{ says: 'end-of-week', lang: 'ru', unless: DAY_NAMED },
    pattern: whole('(?<=до\\s)конца\\s+(этой|следующей)?\\s*недели'),
    instead: weekEnds('ru', { 5: 'пятницы,', 7: 'воскресенья,' }),
  },
  {
    ...{ says: 'end-of-week', lang: 'ru', unless: DAY_NAMED },
    pattern: whole('(?<=к\\s)(?:концу\\s+(этой|следующей)?\\s*недели|выходным)'),
    instead: weekEnds('ru', { 5: 'пятнице,', 7: 'воскресенью,' }),
  },
  {
    ...{ says: 'end-of-week', lang: 'fi', unless: DAY_NAMED },
    pattern: whole('(?:(tämän|ensi)\\s+)?(?:viikon\\s+loppuun|viikonloppuun)(?=\\s+mennessä)'),
    instead: weekEnds('fi', { 5: 'perjantaihin', 7: 'sunnuntaihin' }),
  },

  {
    ...{ says: 'end-of-day', lang: 'en', unless: HOUR_NAMED },
    pattern: whole(
      '(?<=(?:by|before|until|till)\\s)(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+|our\\s+)?(?:business\\s+|working\\s+)?day|(?:the\\s+)?close\\s+of\\s+(?:business|play)|cob)',
    ),
    instead: (_match, at) => (at ? [at.dayEnds] : []),
  },
  {
    ...{ says: 'end-of-day', lang: 'ru', unless: HOUR_NAMED },
    pattern: whole('(?<=(?:до|к)\\s)конц[ау]\\s+(?:рабочего\\s+)?дня'),
    instead: (_match, at) => (at ? [at.dayEnds] : []),
  },
  {
    ...{ says: 'end-of-day', lang: 'fi', unless: HOUR_NAMED },
    pattern: whole('(?:työ)?päivän\\s+(?:loppuun(?=\\s+mennessä)|päätteeksi)|loppupäivään(?=\\s+mennessä)'),
    instead: (_match, at) => (at ? [finnishClock(at.dayEnds)] : []),
  },

  clockInstead('midnight', 'en', '(?<=(?:by|at|before|until|till)\\s)midnight', '23:59'),
  clockInstead('midnight', 'ru', '(?<=до\\s)(?:полуночи|полночи)', '23:59'),
  clockInstead('midnight', 'fi', '(?:keskiyöhön|puoleenyöhön)(?=\\s+(?:mennessä|asti|saakka))', 'klo 23.59'),

  fixed('how-often', 'bi-?weekly', ['every two weeks', 'twice a week']),
  fixed('how-often', 'bi-?monthly', ['every two months', 'twice a month']),
  fixed('how-often', 'bi-?annual(?:ly)?', ['twice a year', 'every two years']),
  {
    ...{ says: 'how-often', lang: 'ru', pattern: whole('через\\s+день') },
    instead: (_match, at) => (at ? [`каждый второй день`, written('ru', plus(at.today, 2))] : []),
  },

  {
    ...{ says: 'day-or-month', lang: 'en' },
    pattern:
      /(?<![\p{N}/])(?<=(?:on|by|before|until|till|from|since|of|dated|day)\s)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\p{N}/])/giu,
    instead: ([, first, second, year]) => {
      const [one, other] = [Number(first), Number(second)];
      const isDate = (day: number, month: number) => day >= 1 && day <= 12 && month >= 1 && month <= 12;
      if (one === other || !isDate(one, other)) return null;
      const of = (day: number, month: number) =>
        `${written('en', `2000-${two(month)}-${two(day)}`)}${year ? ` ${year}` : ''}`;
      return [of(one, other), of(other, one)];
    },
  },
  {
    ...{ says: 'half-hour', lang: 'en' },
    pattern: whole(
      '(?<=(?:at|by|until|till|before|around)\\s)half\\s+(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)',
    ),
    instead: ([, hour]) => [`half past ${hour!.toLowerCase()}`],
  },
  { says: 'asap', lang: 'en', pattern: whole('asap|a\\.s\\.a\\.p\\.?'), instead: () => [] },

  {
    ...{ says: 'no-zone', lang: 'any' },
    pattern:
      /(?<![\p{L}\p{N}:.,])(?:(?:klo|kello)\s+\d{1,2}(?:[.:]\d\d)?|\d{1,2}:\d\d(?:\s?[ap]m)?|\d{1,2}(?::\d\d)?\s?[ap]m)(?![\p{L}\p{N}:]|\.\d)/giu,
    unless:
      /(?<!\p{L})(?:utc|gmt|[ce]e?s?t|msk|bst|[ecmp][sd]t|мск)(?!\p{L})|\p{L}\s+time(?!\p{L})|(?:your|our|local)\s+time|по\s+(?:москв|хельсинк|петербург|киев|минск|алмат|гринвич|местн|ваш|наш|мск)\p{L}*|времени|aikaa(?!\p{L})/iu,
    instead: ([time], at) => (at?.offset ? [`${time} (${at.offset})`] : null),
  },
];

/** "Next Friday", said on a Tuesday, is the Friday of this week to some, and that of the next to others; said on a Saturday it is one day. */
function nextDay(lang: Lang, inner: string): Way {
  return {
    ...{ says: 'next-day', lang, pattern: whole(inner), unless: DAY_NAMED },
    instead: ([, name], at) => {
      if (!at) return [];
      const weekday = WEEKDAYS[lang].findIndex((stem) => name!.toLowerCase().startsWith(stem)) + 1;
      const ahead = weekday - weekdayOf(at.today);
      if (ahead <= 0) return null;
      const day = (days: number) =>
        `${name}${lang === 'ru' ? ',' : ''} ${written(lang, plus(at.today, days))}`;
      return [day(ahead), day(ahead + 7)];
    },
  };
}

function twoWeekends(said: (saturday: string, sunday: string) => string): Way['instead'] {
  return (_match, at) => {
    if (!at) return [];
    const monday = plus(at.today, 1 - weekdayOf(at.today));
    if (weekdayOf(at.today) > FRIDAY) return null;
    return [0, 7].map((days) => said(plus(monday, days + FRIDAY), plus(monday, days + SUNDAY - 1)));
  };
}

/** To some a week ends on Friday, to others on Sunday. */
function weekEnds(lang: Lang, names: Readonly<Record<5 | 7, string>>): Way['instead'] {
  return ([, which], at) => {
    if (!at) return [];
    const weeks = /next|следующ|ensi/iu.test(which ?? '') ? 7 : 0;
    const monday = plus(at.today, 1 - weekdayOf(at.today) + weeks);
    const days = ([FRIDAY, SUNDAY] as const).map((day) => ({ day, date: plus(monday, day - 1) }));
    return days
      .filter(({ date }) => date >= at.today)
      .map(({ day, date }) => `${names[day]} ${written(lang, date)}`);
  };
}

function clockInstead(says: Ambiguity, lang: Lang, inner: string, time: string): Way {
  return { says, lang, pattern: whole(inner), unless: HOUR_NAMED, instead: () => [time] };
}

function fixed(says: Ambiguity, inner: string, instead: readonly string[]): Way {
  return { says, lang: 'en', pattern: whole(inner), instead: () => instead };
}

const DAY_MS = 86_400_000;

function plus(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 is Monday. */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || SUNDAY;
}

/** `4 December`, `4 декабря`, `4.12.`: in Finnish so in every case. */
function written(lang: Lang, date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (lang === 'fi') return `${day.getUTCDate()}.${day.getUTCMonth() + 1}.`;
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(lang === 'ru' ? 'ru-RU' : 'en-GB', options).format(day);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** `17:00` as it is written in Finnish. */
function finnishClock(time: string): string {
  return `klo ${time.replace(':', '.').replace(/^0/, '')}`;
}
