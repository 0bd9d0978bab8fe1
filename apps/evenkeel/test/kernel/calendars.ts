import { readFileSync } from 'node:fs';
import type { Calendar, LocalDate } from '../../src/kernel/calendar.ts';

type Written = {
  zone: string;
  workDays: number[];
  from: string;
  until: string;
  working?: string[];
  holidays: Record<string, string[]>;
};

/** The calendars of fixtures/calendar, with their holidays as they are written there. */
export function calendars(): Readonly<Record<string, Calendar>> {
  const written = JSON.parse(
    readFileSync(new URL('../../../../fixtures/calendar/calendars.json', import.meta.url), 'utf8'),
  ) as Record<string, Written>;
  return Object.fromEntries(Object.entries(written).map(([name, one]) => [name, calendarOf(one)]));
}

function calendarOf({ zone, workDays, from, until, holidays, working = [] }: Written): Calendar {
  const named = Object.entries(holidays).flatMap(([name, dates]) =>
    dates.map((date) => [date as LocalDate, name] as const),
  );
  const ofYear = (date: string, year: number) => date.startsWith(`${year}-`);
  return {
    ...{ zone, workDays, from, until },
    holidays: (year) => new Map(named.filter(([date]) => ofYear(date, year))),
    workingDates: (year) => new Set(working.filter((date) => ofYear(date, year)) as LocalDate[]),
  };
}
