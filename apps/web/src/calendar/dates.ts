import { formatter } from '../words/when.ts';

/** A date on the wall, `2026-05-12`; such dates sort as text. */
export type DateText = string;

const DAY_MS = 24 * 3_600_000;
const at = (date: DateText) => Date.parse(`${date}T00:00:00Z`);

export function addDays(date: DateText, days: number): DateText {
  return new Date(at(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last. */
export function addMonths(date: DateText, months: number): DateText {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOfDate(date: DateText): number {
  return ((new Date(at(date)).getUTCDay() + 6) % 7) + 1;
}

export function mondayOf(date: DateText): DateText {
  return addDays(date, 1 - weekdayOfDate(date));
}

/** The weeks that a month touches, each from Monday. */
export function weeksOfMonth(date: DateText): readonly (readonly DateText[])[] {
  const first = mondayOf(`${date.slice(0, 7)}-01`);
  const next = addMonths(`${date.slice(0, 7)}-01`, 1);
  const weeks: DateText[][] = [];
  for (let monday = first; monday < next; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(monday, i)));
  return weeks;
}

/** Whether a text is a date there is. */
export function isDateText(text: unknown): text is DateText {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  // 30 February would be read as a day of March.
  return !Number.isNaN(at(text)) && addDays(text, 0) === text;
}

/** May 2026 */
export const monthTitle = dated({ month: 'long', year: 'numeric' });
/** 18 May */
export const dayShort = dated({ day: 'numeric', month: 'short' });
/** Mon 18 May */
export const dayTitle = dated({ weekday: 'short', day: 'numeric', month: 'short' });
/** Mon 18 May 2026 */
export const dayAndYear = dated({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
/** Monday 18 May 2026 */
export const dayInFull = dated({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** A date is no moment: it is written as it stands, whatever zone the reader is in. */
function dated(style: Intl.DateTimeFormatOptions): (date: DateText) => string {
  const write = formatter({ ...style, timeZone: 'UTC' });
  return (date) => write(at(date));
}
