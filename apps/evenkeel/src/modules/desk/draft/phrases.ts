import type { RuleLang } from '@evenkeel/language/finding';
import type { RecordLine } from '../../signal/draft-record.ts';

type Quoted = { readonly day: string | null; readonly quote: string; readonly number: number | null };
type Phrase = Readonly<Record<RuleLang, (quoted: Quoted) => string>>;

const WE_WROTE: Phrase = {
  en: ({ day, quote }) => `${day ? `On ${day} we` : 'We'} wrote: “${quote}”`,
  ru: ({ day, quote }) => `${day ? `${day} мы` : 'Мы'} писали: «${quote}»`,
  fi: ({ day, quote }) => `${day ? `Kirjoitimme ${day}` : 'Kirjoitimme'}: ”${quote}”`,
};
const YOU_WROTE: Phrase = {
  en: ({ day, quote }) => `${day ? `On ${day} you` : 'You'} wrote: “${quote}”`,
  ru: ({ day, quote }) => `${day ? `${day} Вы` : 'Вы'} писали: «${quote}»`,
  fi: ({ day, quote }) => `${day ? `Kirjoititte ${day}` : 'Kirjoititte'}: ”${quote}”`,
};
const CLAUSE: Phrase = {
  en: ({ quote, number }) => `Clause ${number} of our agreement says: “${quote}”`,
  ru: ({ quote, number }) => `В пункте ${number} нашего договора сказано: «${quote}»`,
  fi: ({ quote, number }) => `Sopimuksemme kohdassa ${number} sanotaan: ”${quote}”`,
};
const TAG = { en: 'en-GB', ru: 'ru-RU', fi: 'fi-FI' } as const;

/**
 * A sentence that quotes the record instead of speaking against it, to be put in its place.
 *
 * @param zone in which the day is counted
 * @returns null where nobody's words are quoted
 */
export function quotingPhrase(lang: RuleLang, zone: string, line: RecordLine): string | null {
  const { what, side, number, interactionId } = line;
  const quote = line.quote.replace(/\s+/g, ' ').trim();
  if (what === 'clause') return CLAUSE[lang]({ day: null, quote, number });
  if (interactionId === null) return null;
  const day = line.at && dayOf(lang, zone, new Date(line.at));
  return (side === 'ours' ? WE_WROTE : YOU_WROTE)[lang]({ day, quote, number });
}

/** `18 May`, `18 мая`, `18. toukokuuta`. */
function dayOf(lang: RuleLang, timeZone: string, day: Date): string {
  return new Intl.DateTimeFormat(TAG[lang], { day: 'numeric', month: 'long', timeZone }).format(day);
}

/**
 * A day as it stands in the place of another in a promise: `Friday 22 May`, `пятницу, 22 мая`, `perjantaina 22. toukokuuta`.
 *
 * @param before the words that it replaces; where they name no day of the week, or no year, it names none either
 */
export function writtenDay(lang: RuleLang, date: string, before: string): string {
  const day = new Date(`${date}T12:00:00Z`);
  const weekday = weekdayAs(lang, before, day);
  if (weekday === null && lang === 'fi') return shortFinnish(day, before);
  const options = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const year = /\d{4}/.test(before) ? ({ year: 'numeric' } as const) : {};
  const written = new Intl.DateTimeFormat(TAG[lang], { ...options, ...year }).format(day);
  return weekday === null ? written : `${weekday}${lang === 'ru' ? ',' : ''} ${written}`;
}

/** `22.5.`: every case is written so. */
function shortFinnish(day: Date, before: string): string {
  const year = /\d{4}/.test(before) ? day.getUTCFullYear() : '';
  return `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${year}`;
}

/** From Sunday, in the cases that a promise may need: on a day, by it, for it. */
const RUSSIAN_DAYS: readonly (readonly string[])[] = [
  'воскресенье понедельник вторник среду четверг пятницу субботу'.split(' '),
  'воскресенья понедельника вторника среды четверга пятницы субботы'.split(' '),
  'воскресенью понедельнику вторнику среде четвергу пятнице субботе'.split(' '),
];
const FINNISH_DAYS = 'sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai'.split(' ');
const FINNISH_CASES = [
  (name: string) => `${name}na`,
  (name: string) => (name.endsWith('o') ? `${name}on` : `${name}hin`),
  (name: string) => `${name}ksi`,
];

/** The day of the week in the case in which the other one stood; null where none was named. */
function weekdayAs(lang: RuleLang, before: string, day: Date): string | null {
  const at = day.getUTCDay();
  const words = before.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (lang === 'ru')
    return RUSSIAN_DAYS.find((days) => words.some((word) => days.includes(word)))?.[at] ?? null;
  if (lang === 'en')
    return words.some((word) => /^(?:mon|tue|wed|thu|fri|sat|sun)/.test(word))
      ? new Intl.DateTimeFormat(TAG.en, { weekday: 'long', timeZone: 'UTC' }).format(day)
      : null;
  const inCase = FINNISH_CASES.find((of) => words.some((word) => FINNISH_DAYS.map(of).includes(word)));
  return inCase ? inCase(FINNISH_DAYS[at]!) : null;
}
