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
 * A day as one writes it into a promise: `Monday 18 May`, `понедельник, 18 мая`, `maanantai 18. toukokuuta`.
 *
 * @param hasYear whether the day it stands for was written with one
 */
export function writtenDay(lang: RuleLang, date: string, hasYear: boolean): string {
  return new Intl.DateTimeFormat(TAG[lang], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: hasYear ? 'numeric' : undefined,
    timeZone: 'UTC',
  }).format(new Date(`${date}T12:00:00Z`));
}
