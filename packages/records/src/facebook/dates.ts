import { localOf } from '../export-time.ts';

/** How the names of the months begin in English, Russian and Finnish; March comes before May, which is shorter. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|янв|tammi)/,
  /^(?:feb|фев|helmi)/,
  /^(?:mar|мар|maalis)/,
  /^(?:apr|апр|huhti)/,
  /^(?:may|ма[йя]|touko)/,
  /^(?:jun|июн|kesä)/,
  /^(?:jul|июл|heinä)/,
  /^(?:aug|авг|elo)/,
  /^(?:sep|сен|syys)/,
  /^(?:oct|окт|loka)/,
  /^(?:nov|ноя|marras)/,
  /^(?:dec|дек|joulu)/,
];
const CLOCK = /(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: ?([ap])\.? ?m\.?)?$/i;
const NUMBERS = /^(\d{1,2})\.(\d{1,2})\.(\d{4})\b/;

/**
 * The local time that a page states, in the language the download was asked for in: `Sep 13, 2020, 12:26 PM`,
 * `13 мая 2026 г., 9:14:22`, `13. toukok. 2026 klo 9.14`.
 *
 * @returns As `2026-05-13T09:14:22`; null for what names no such time.
 */
export function localIn(stamp: string): string | null {
  const plain = stamp.replace(/\s+/g, ' ').trim();
  const [clock, hour = '', minute, second = '00', half] = CLOCK.exec(plain) ?? [];
  const day = clock === undefined ? null : dayIn(plain.slice(0, plain.length - clock.length));
  if (!day) return null;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return localOf(day.year, day.month, day.day, `${hours}:${minute}:${second}`);
}

type Day = { readonly year: number; readonly month: number; readonly day: number };

/** A month by its name with a day and a year in any order; in numbers only with dots, where the day always comes first. */
function dayIn(text: string): Day | null {
  const [, first, second, third] = NUMBERS.exec(text) ?? [];
  if (third) return { year: Number(third), month: Number(second), day: Number(first) };
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  const month = MONTHS.findIndex((sign) => words.some((word) => sign.test(word))) + 1;
  const numbers = text.match(/\d{1,4}/g) ?? [];
  const year = numbers.find((number) => number.length === 4);
  const day = numbers.find((number) => number.length <= 2);
  return month > 0 && year && day ? { year: Number(year), month, day: Number(day) } : null;
}
