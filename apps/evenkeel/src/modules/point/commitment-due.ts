import {
  atLocal,
  type Calendar,
  endOfDay,
  holidayOn,
  isDate,
  isWorkingDay,
  isZone,
  type LocalDate,
} from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** When something was promised for, as it was said: a day, or a minute of one, on the calendar of a place. */
export type DueWish = {
  /** `2026-05-15` */
  readonly date: string;
  /** `16:00`; null when the whole day was meant. */
  readonly time: string | null;
  /** IANA name; null for our own. */
  readonly zone: string | null;
};

/**
 * What was said, and the last moment at which it is kept. The moment is recorded beside the words for it, because a
 * zone's rules may be changed by law after the promise was made.
 */
export type DueSaid = {
  readonly date: LocalDate;
  readonly time: string | null;
  readonly zone: string;
  readonly at: Instant;
};

export type DueRefusal = 'date-not-understood' | 'zone-unknown' | 'skipped-hour';

/** What is to be said about a day before it is taken; the day itself is never moved. */
export type DayWarning = { readonly why: 'day-off' | 'holiday'; readonly name: string | null };

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Puts what was said on the calendar. A whole day ends at its local end. */
export function dueOn(calendar: Calendar, wish: DueWish): Outcome<DueSaid, DueRefusal> {
  const { date, time } = wish;
  if (!isDate(date) || (time !== null && !TIME.test(time)))
    return refuse('date-not-understood', { date, time });
  const zone = wish.zone ?? calendar.zone;
  if (!isZone(zone)) return refuse('zone-unknown', { zone });
  const there = { ...calendar, zone };
  if (time === null) return accept({ date, time, zone, at: endOfDay(there, date) });
  const moment = atLocal(there, date, time);
  return moment.ok
    ? accept({ date, time, zone, at: moment.value })
    : refuse('skipped-hour', { date, time, zone });
}

/** Whether a day is one on which nobody works here, and why. */
export function dayWarning(calendar: Calendar, date: LocalDate): DayWarning | null {
  if (isWorkingDay(calendar, date)) return null;
  const name = holidayOn(calendar, date);
  return { why: name === null ? 'day-off' : 'holiday', name };
}
