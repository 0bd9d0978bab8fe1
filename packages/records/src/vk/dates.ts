import { localOf } from '../export-time.ts';

const RUSSIAN = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_FIRST =
  /(\d{1,2})\s+([а-яёa-z]{3,9})\.?\s+(\d{4})\s+(?:в|at)\s+(\d{1,2}:\d{2}(?::\d{2})?)(?:\s*([ap]m))?/i;
const HOUR_FIRST = /at\s+(\d{1,2}:\d{2}(?::\d{2})?)\s*([ap]m)?\s+on\s+(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})/i;
const NUMBERS = /(\d{4})\.(\d{2})\.(\d{2}) (\d{2}:\d{2}:\d{2})/;

/** A date as VK's pages write it, with the text it was found in. */
export type VkDate = { readonly local: string | null; readonly raw: string; readonly index: number };

/** `12 мар 2020 в 14:05:33`, `at 7:15:40 pm on 3 Nov 2014` or, by VkOpt, `2018.01.21 13:53:59`; null where there is none. */
export function dateIn(text: string): VkDate | null {
  const last = (pattern: RegExp) => [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].at(-1);
  const dayFirst = last(DAY_FIRST);
  if (dayFirst)
    return found(
      dayFirst,
      dayFirst[3]!,
      monthOf(dayFirst[2]!),
      dayFirst[1]!,
      clockOf(dayFirst[4]!, dayFirst[5]),
    );
  const hourFirst = last(HOUR_FIRST);
  if (hourFirst)
    return found(
      hourFirst,
      hourFirst[5]!,
      monthOf(hourFirst[4]!),
      hourFirst[3]!,
      clockOf(hourFirst[1]!, hourFirst[2]),
    );
  const numbers = last(NUMBERS);
  return numbers ? found(numbers, numbers[1]!, Number(numbers[2]), numbers[3]!, numbers[4]!) : null;
}

function found(match: RegExpMatchArray, year: string, month: number, day: string, clock: string): VkDate {
  return { local: localOf(Number(year), month, Number(day), clock), raw: match[0], index: match.index ?? 0 };
}

/** 1 to 12; 0 for what is no month. `мар` comes before `ма`, as May is written in the genitive. */
function monthOf(name: string): number {
  const word = name.toLowerCase();
  const russian = RUSSIAN.findIndex((month) => word.startsWith(month));
  return (russian >= 0 ? russian : ENGLISH.findIndex((month) => word.startsWith(month))) + 1;
}

function clockOf(clock: string, half: string | undefined): string {
  if (!half) return clock;
  const [hour, ...rest] = clock.split(':');
  const base = Number(hour) % 12;
  return [String(half.toLowerCase() === 'pm' ? base + 12 : base), ...rest].join(':');
}
