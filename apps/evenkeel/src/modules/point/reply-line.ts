import type { Instant } from '../../kernel/instant.ts';

/** The words that settled a point, with when they were written. */
export type SettlingWords = { readonly quote: string; readonly at: Instant };

type Line = (day: string, quote: string) => string;
type Lang = 'en' | 'ru' | 'fi';

const ANSWERED: Readonly<Record<Lang, Line>> = {
  en: (day, quote) => `We answered this on ${day}: “${quote}”`,
  ru: (day, quote) => `Мы ответили на это ${day}: «${quote}»`,
  fi: (day, quote) => `Vastasimme tähän ${day}: ”${quote}”`,
};
const AGREED: Readonly<Record<Lang, Line>> = {
  en: (day, quote) => `We agreed on this on ${day}; you wrote: “${quote}”`,
  ru: (day, quote) => `Мы договорились об этом ${day}; Вы написали: «${quote}»`,
  fi: (day, quote) => `Tästä sovittiin ${day}; kirjoititte: ”${quote}”`,
};
const TAG = { en: 'en-GB', ru: 'ru-RU', fi: 'fi-FI' } as const;

/**
 * One line that answers what was answered before: it quotes the words that settled it and says when they were written.
 *
 * @param lang of the message that is answered; English where we do not write its language
 * @param zone in which the day is counted
 * @returns null while there are no such words
 */
export function replyLine(
  lang: string,
  zone: string,
  { answer, agreed }: { readonly answer: SettlingWords | null; readonly agreed: SettlingWords | null },
): string | null {
  const known: Lang = lang === 'ru' || lang === 'fi' ? lang : 'en';
  const words = agreed ?? answer;
  if (!words) return null;
  const day = new Intl.DateTimeFormat(TAG[known], { day: 'numeric', month: 'long', timeZone: zone }).format(
    new Date(words.at),
  );
  const quote = words.quote.replace(/\s+/g, ' ').trim();
  return (agreed ? AGREED : ANSWERED)[known](day, quote);
}
