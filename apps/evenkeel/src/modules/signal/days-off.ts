import { addDays, isDate, type LocalDate } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { IcalTime } from './ical.ts';

/** What a person says of one date; it goes before what the country says. */
export type DayOff = {
  readonly date: LocalDate;
  readonly name: string;
  /** Worked, although it is a holiday or a weekday on which we do not work. */
  readonly isWorking: boolean;
  readonly reason: string | null;
};

export type DayOffRefusal =
  | 'no-such-date'
  | 'day-unnamed'
  | 'country-unknown'
  | 'zone-unknown'
  | 'day-unknown'
  | 'calendar-unreadable'
  | 'no-days-in-file';

const NAME_UNITS = 200;

export type DayOffWish = {
  readonly date: string;
  readonly name: string;
  readonly isWorking: boolean;
  readonly reason: string | null;
};

/** A day that is worked against the calendar needs no name of its own; a day off is told by its name. */
export function dayOffFrom(wish: DayOffWish): Outcome<DayOff, DayOffRefusal> {
  if (!isDate(wish.date)) return refuse('no-such-date', { date: wish.date });
  const name = wish.name.trim();
  if (name === '' && !wish.isWorking) return refuse('day-unnamed', { date: wish.date });
  return accept({ date: wish.date, name, isWorking: wish.isWorking, reason: wish.reason?.trim() || null });
}

/** Whole days as a calendar file names them, each date once; one without a name keeps its date for one. */
export function namedDays(times: readonly IcalTime[]): readonly DayOff[] {
  const days = new Map<LocalDate, DayOff>();
  for (const { isWholeDay, firstDate, lastDate, title } of times) {
    if (!isWholeDay) continue;
    for (let date = firstDate; date <= lastDate; date = addDays(date, 1)) {
      const name = title === '' ? date : title.slice(0, NAME_UNITS);
      if (!days.has(date)) days.set(date, { date, name, isWorking: false, reason: null });
    }
  }
  return [...days.values()];
}

/** Days of a country by year; each answer is remembered by whoever gives it. */
export type Holidays = (year: number) => ReadonlyMap<LocalDate, string>;

/** What a country says, corrected by what people said of single dates. */
export function corrected(holidays: Holidays, days: readonly DayOff[]): Holidays {
  const years = new Map<number, ReadonlyMap<LocalDate, string>>();
  return (year) => {
    const known = years.get(year);
    if (known) return known;
    const made = new Map(holidays(year));
    for (const { date, name, isWorking } of days) {
      if (!date.startsWith(`${year}-`)) continue;
      if (isWorking) made.delete(date);
      else made.set(date, name);
    }
    years.set(year, made);
    return made;
  };
}
