import {
  addDays,
  addWorkingDays,
  type Calendar,
  holidayOn,
  isWorkingDay,
  type LocalDate,
} from '../../../kernel/calendar.ts';
import type { RecordLine } from '../../signal/draft-record.ts';
import type { Said } from './contradictions.ts';
import { contentIn, isSameThing } from './held.ts';

/** A day that a promise names, with where its words stand in the draft. */
export type DaySaid = {
  readonly date: LocalDate;
  readonly time: string | null;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};

/** Why a promise may not hold; the end of the id that says why. */
export type Unheld = Pick<DaySaid, 'start' | 'end' | 'quote'> & {
  readonly says: 'day-off' | 'holiday' | 'busy' | 'hours' | 'agreement-ends' | 'out-of-scope';
  /** The name of the holiday, or the hours. */
  readonly named: string | null;
  /** A day on which it can hold. */
  readonly better: LocalDate | null;
  readonly line: RecordLine | null;
};

/**
 * What a promise is held against.
 *
 * @property isBusy whether our own calendars have a whole day taken
 * @property ends the agreement that ends first after which nothing is agreed any more
 * @property outOfScope agreed clauses that say what is not done
 */
export type Ground = {
  readonly calendar: Calendar;
  readonly isBusy: (date: LocalDate) => boolean;
  readonly ends: { readonly on: LocalDate; readonly line: RecordLine } | null;
  readonly outOfScope: readonly { readonly says: string; readonly line: RecordLine }[];
};

/** Why a promise of ours may not hold, the day first; null when nothing speaks against it. */
export function unheldIn(said: Said, day: DaySaid | null, ground: Ground): Unheld | null {
  if (!said.isPromise || said.telling === null) return null;
  return (day && againstDay(day, ground)) ?? againstScope(said, ground);
}

function againstDay(day: DaySaid, ground: Ground): Unheld | null {
  const { calendar, isBusy, ends } = ground;
  const { start, end, quote, date, time } = day;
  const place = { start, end, quote, named: null, line: null };
  if (ends && date > ends.on) return { ...place, says: 'agreement-ends', better: null, line: ends.line };
  const holiday = holidayOn(calendar, date);
  if (!isWorkingDay(calendar, date))
    return {
      ...place,
      says: holiday === null ? 'day-off' : 'holiday',
      named: holiday,
      better: betterDay(date, ground),
    };
  if (isBusy(date)) return { ...place, says: 'busy', better: betterDay(date, ground) };
  if (time !== null && (time < calendar.from || time > calendar.until))
    return { ...place, says: 'hours', named: `${calendar.from}–${calendar.until}`, better: null };
  return null;
}

const DAYS_LOOKED_AT = 30;

/** The next working day that is free and lies before the end of the agreement. */
function betterDay(date: LocalDate, { calendar, isBusy, ends }: Ground): LocalDate | null {
  const last = addDays(date, DAYS_LOOKED_AT);
  for (let day = addWorkingDays(calendar, date, 1); day <= last; day = addWorkingDays(calendar, day, 1))
    if (!isBusy(day)) return ends && day > ends.on ? null : day;
  return null;
}

function againstScope({ content, start, end, quote }: Said, { outOfScope }: Ground): Unheld | null {
  const clause = outOfScope.find(({ says }) => isSameThing(content, { contents: [contentIn(says)] }));
  if (!clause) return null;
  return { start, end, quote, says: 'out-of-scope', named: null, better: null, line: clause.line };
}
