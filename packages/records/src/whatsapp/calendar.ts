import type { DateNumbers } from './header.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A day as the file means it, in the calendar of the file. */
type Day = { readonly year: number; readonly month: number; readonly day: number };

const DAY_MS = 86_400_000;
const PLACES = { dmy: [2, 1, 0], mdy: [2, 0, 1], ymd: [0, 1, 2] } as const;
/** The app exists since 2009; a date far outside of its time is a wrong reading. */
const FIRST_YEAR = 2009;
const LAST_YEAR = 2099;

const known = new Map<string, number | null>();
const KNOWN_LIMIT = 20_000;

/**
 * The day that three numbers name in an order.
 *
 * @returns Days since 1970-01-01, or null when no such day exists or the app did not exist yet.
 */
export function dayNumber(numbers: DateNumbers, era: string | null, order: DateOrder): number | null {
  const key = `${numbers.join(' ')} ${era ?? ''} ${order}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_LIMIT) known.clear();
  const day = computeDay(numbers, era, order);
  known.set(key, day);
  return day;
}

/** `2022-03-23`, or null. */
export function isoDay(numbers: DateNumbers, era: string | null, order: DateOrder): string | null {
  const day = dayNumber(numbers, era, order);
  return day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function computeDay(numbers: DateNumbers, era: string | null, order: DateOrder): number | null {
  const [yearAt, monthAt, dayAt] = PLACES[order];
  const month = Number(numbers[monthAt]);
  const day = Number(numbers[dayAt]);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null;
  const found = fromStatedYear(numbers[yearAt]!, era, month, day);
  if (found === null) return null;
  const year = new Date(found * DAY_MS).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? found : null;
}

/** Calendars are told apart by the size of the year: their ranges since 2009 do not meet before 2051. */
function fromStatedYear(stated: string, era: string | null, month: number, day: number): number | null {
  const year = Number(stated.replace(/^R/i, ''));
  const isHijri = era === 'AH' || era === 'هـ';
  if (/^R/i.test(stated)) return gregorian({ year: year + 2018, month, day });
  if (stated.length <= 2) return gregorian({ year: fromTwoDigits(year), month, day });
  if (stated.length === 3) return gregorian({ year: year + 1911, month, day });
  if (era === 'BE' || year >= 2400) return gregorian({ year: year - 543, month, day });
  if (isHijri || (year >= 1426 && year < 1500)) return inCalendar('islamic-umalqura', { year, month, day });
  if (year >= 1380 && year < 1426) return inCalendar('persian', { year, month, day });
  return gregorian({ year, month, day });
}

/** `63` in Thailand is 2563 of the Buddhist era: 2020. */
function fromTwoDigits(year: number): number {
  return year >= 52 ? year + 2500 - 543 : year + 2000;
}

function gregorian({ year, month, day }: Day): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY_MS : null;
}

/** The platform converts from days to such a calendar; the way back is to begin near and step. */
function inCalendar(calendar: 'persian' | 'islamic-umalqura', wanted: Day): number | null {
  const [epoch, yearDays, monthDays] =
    calendar === 'persian' ? [-492_268, 365.2422, 30.6] : [-492_149, 354.367, 29.53];
  let day = Math.floor(epoch + (wanted.year - 1) * yearDays + (wanted.month - 1) * monthDays + wanted.day);
  for (let step = 0; step < 40; step += 1) {
    const here = partsIn(calendar, day);
    const off = compareDays(wanted, here, yearDays, monthDays);
    if (off === 0) return day;
    day += off;
  }
  return null;
}

function compareDays(wanted: Day, here: Day, yearDays: number, monthDays: number): number {
  const off =
    (wanted.year - here.year) * yearDays + (wanted.month - here.month) * monthDays + (wanted.day - here.day);
  return off > 0 ? Math.max(1, Math.floor(off)) : off < 0 ? Math.min(-1, Math.ceil(off)) : 0;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(calendar: string, day: number): Day {
  const format =
    formats.get(calendar) ??
    new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
  formats.set(calendar, format);
  const parts = new Map(format.formatToParts(day * DAY_MS).map((part) => [part.type, part.value]));
  return {
    year: Number.parseInt(parts.get('year') ?? '0', 10),
    month: Number(parts.get('month')),
    day: Number(parts.get('day')),
  };
}
