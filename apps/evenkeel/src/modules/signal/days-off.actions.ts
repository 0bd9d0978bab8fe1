import {
  type Calendar,
  endOfDay,
  isDate,
  isZone,
  type LocalDate,
  localOf,
  startOfDay,
  yearOf,
} from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace, moveWorkspace } from '../ledger/workspace.store.ts';
import { countryOfZone, holidaysOf, NO_HOLIDAYS } from './days-off.holidays.ts';
import {
  addDaysOff,
  deleteDayOff,
  loadCountry,
  loadDaysOff,
  saveCountry,
  saveDayOff,
} from './days-off.store.ts';
import { corrected, type DayOffRefusal, type DayOffWish, dayOffFrom, namedDays } from './days-off.ts';
import type { Pace } from './hours.ts';
import { readCalendarFile } from './ical.actions.ts';
import { languageSettings } from './working.actions.ts';

export { loadCountry } from './days-off.store.ts';

type By = { readonly name: string };

/** Our own days and hours: the zone, the weekdays, the country's holidays, and the dates that people corrected. */
export async function workCalendar(ledger: Ledger): Promise<Calendar> {
  const { db, workspaceId } = ledger;
  const [{ zone, workDays, workFrom, workUntil }, country, days] = await Promise.all([
    languageSettings(ledger),
    loadCountry(db, workspaceId),
    loadDaysOff(db, workspaceId),
  ]);
  const { off } = (country === null ? null : await holidaysOf(country)) ?? NO_HOLIDAYS;
  const worked = days.filter(({ isWorking }) => isWorking).map(({ date }) => date);
  return {
    ...{ zone, workDays, from: workFrom, until: workUntil },
    holidays: corrected(off, days),
    workingDates: yearsOf(worked),
  };
}

/** Loads what the first look at a calendar needs, so that nobody waits for it; not needed to be right. */
export async function warmCalendar(ledger: Ledger): Promise<void> {
  const { zone, holidays } = await workCalendar(ledger);
  holidays(Number(localOf({ zone }, ledger.chance.now()).date.slice(0, 4)));
}

/** The calendar, and how soon we answer on it, whoever asks. */
export async function paceOf(ledger: Ledger): Promise<Pace> {
  const [calendar, { replyDays }] = await Promise.all([workCalendar(ledger), languageSettings(ledger)]);
  return { ...calendar, replyDays, agreed: null };
}

function yearsOf(dates: readonly LocalDate[]): (year: number) => ReadonlySet<LocalDate> {
  const years = new Map<number, ReadonlySet<LocalDate>>();
  return (year) => {
    const known = years.get(year) ?? new Set(dates.filter((date) => date.startsWith(`${year}-`)));
    years.set(year, known);
    return known;
  };
}

/** One day of a year that is out of the ordinary, and who says so. */
export type SpecialDay = {
  readonly date: string;
  readonly name: string;
  /** `eve`: many do not work on it, but nobody said that it is off here. */
  readonly kind: 'holiday' | 'eve' | 'off' | 'worked';
  readonly reason: string | null;
};

export type SpecialDays = {
  readonly country: string | null;
  /** The country whose clocks ours are: a proposal while nobody has said. */
  readonly proposed: string | null;
  readonly zone: string;
  readonly days: readonly SpecialDay[];
};

export async function specialDays(ledger: Ledger, year: number): Promise<SpecialDays> {
  const { db, workspaceId } = ledger;
  const [{ zone }, country, own] = await Promise.all([
    languageSettings(ledger),
    loadCountry(db, workspaceId),
    loadDaysOff(db, workspaceId),
  ]);
  const { off, eves } = (country === null ? null : await holidaysOf(country)) ?? NO_HOLIDAYS;
  const days = new Map<string, SpecialDay>();
  for (const [date, name] of eves(year)) days.set(date, { date, name, kind: 'eve', reason: null });
  for (const [date, name] of off(year)) days.set(date, { date, name, kind: 'holiday', reason: null });
  for (const { date, name, isWorking, reason } of own) {
    if (!date.startsWith(`${year}-`)) continue;
    const called = name === '' ? (days.get(date)?.name ?? '') : name;
    days.set(date, { date, name: called, kind: isWorking ? 'worked' : 'off', reason });
  }
  return {
    country,
    proposed: country === null ? await countryOfZone(zone) : null,
    zone,
    days: [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1)),
  };
}

/** Where we are, `FI`: as somebody said, or else the country whose clocks ours are; null where that is not one. */
export async function ourCountry({ db, workspaceId }: Ledger): Promise<string | null> {
  const [chosen, { zone }] = await Promise.all([
    loadCountry(db, workspaceId),
    loadWorkspace(db, workspaceId),
  ]);
  return (chosen ?? (await countryOfZone(zone)))?.split('-')[0] ?? null;
}

/** @param country `FI`, `GB-ENG`; null for none */
export async function setCountry(
  { db, workspaceId, chance }: Ledger,
  by: By,
  country: string | null,
): Promise<Outcome<null, DayOffRefusal>> {
  if (country !== null && (await holidaysOf(country)) === null) return refuse('country-unknown', { country });
  await saveCountry(db, workspaceId, country, by.name, chance.now());
  return accept(null);
}

/** @param zone `Europe/Helsinki`; what was dated before keeps its moment */
export async function setZone(
  { db, workspaceId }: Ledger,
  zone: string,
): Promise<Outcome<null, DayOffRefusal>> {
  if (!isZone(zone)) return refuse('zone-unknown', { zone });
  await moveWorkspace(db, workspaceId, zone);
  return accept(null);
}

/** Says of one date that it is off, or worked; what was said of it before is replaced. */
export async function correctDay(
  { db, workspaceId, chance }: Ledger,
  by: By,
  wish: DayOffWish,
): Promise<Outcome<null, DayOffRefusal>> {
  const day = dayOffFrom(wish);
  if (!day.ok) return day;
  await saveDayOff(db, workspaceId, day.value, by.name, chance.now());
  return accept(null);
}

/** Takes back what was said of a date: it is again what the country and the week make it. */
export async function uncorrectDay(
  { db, workspaceId }: Ledger,
  date: string,
): Promise<Outcome<null, DayOffRefusal>> {
  if (!isDate(date)) return refuse('no-such-date', { date });
  return (await deleteDayOff(db, workspaceId, date)) ? accept(null) : refuse('day-unknown', { date });
}

/** How far ahead a holiday file is read: they are published years before, and repeat without end. */
const FILE_YEARS = 5;

/** Adds the whole days that a holiday file (iCalendar) names; what somebody already said of a date stays. */
export async function keepHolidayFile(
  ledger: Ledger,
  by: By,
  text: string,
): Promise<Outcome<{ added: number; known: number; leftOut: number }, DayOffRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const { zone } = await languageSettings(ledger);
  const now = chance.now();
  const year = yearOf(localOf({ zone }, now).date);
  const from = startOfDay({ zone }, `${year - 1}-01-01` as LocalDate);
  const until = endOfDay({ zone }, `${year + FILE_YEARS}-12-31` as LocalDate);
  const read = await readCalendarFile({ text, zone, from, until });
  if (read === 'endless') return refuse('calendar-unreadable', { line: 1, found: '' });
  if ('line' in read) return refuse('calendar-unreadable', { line: read.line, found: read.found });
  const days = namedDays(read.times);
  if (days.length === 0) return refuse('no-days-in-file');
  const added = await addDaysOff(db, workspaceId, days, by.name, now);
  const timed = read.times.filter(({ isWholeDay }) => !isWholeDay).length;
  return accept({ added, known: days.length - added, leftOut: read.leftOut + timed });
}
