import type { Actor } from '../../kernel/brand.ts';
import {
  addDays,
  type Calendar,
  endOfDay,
  holidayOn,
  isWorkingDay,
  type LocalDate,
  localOf,
  startOfDay,
} from '../../kernel/calendar.ts';
import type { Due } from '../../kernel/due.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import { type BusyTime, busyAt } from '../signal/own-calendar.actions.ts';
import { allDues } from './dues.actions.ts';
import { type NamedDue, withNames } from './named-due.actions.ts';
import { repliesDue } from './today.actions.ts';

const DAY_MS = 24 * 3_600_000;
/** Older messages that nobody answered are no date any more. */
const REPLY_DAYS = 30;
const MOST_OVERDUE = 200;

export type CalendarPage = {
  readonly zone: string;
  readonly today: LocalDate;
  readonly items: readonly NamedDue[];
  /** Ours and theirs from before the window, still open; the longest overdue first. */
  readonly overdue: readonly NamedDue[];
  /** Days on which nobody works although their weekday is worked, or the other way round. */
  readonly days: readonly {
    readonly date: LocalDate;
    readonly name: string | null;
    readonly isWorked: boolean;
  }[];
  readonly busy: readonly BusyTime[];
};

export type CalendarWish = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly party: string | null;
};

/** Everything that is due between two dates, both among them, on our own calendar. */
export async function calendarPage(
  ledger: Ledger,
  actor: Actor,
  { from, to, party }: CalendarWish,
): Promise<CalendarPage> {
  const calendar = await workCalendar(ledger);
  const now = ledger.chance.now();
  const [first, last] = [startOfDay(calendar, from), endOfDay(calendar, to)];
  const [dues, busy] = await Promise.all([
    duesUntil(ledger, calendar, now, last, party),
    busyAt(ledger, first, last, actor),
  ]);
  const named = await withNames(ledger, calendar, dues);
  return {
    zone: calendar.zone,
    today: localOf(calendar, now).date,
    items: named.filter(({ at }) => at >= first && at <= last),
    overdue: named.filter(({ at }) => at < first && at < now).slice(0, MOST_OVERDUE),
    days: outOfTheOrdinary(calendar, from, to),
    busy,
  };
}

/** Open things of all rooms, and the messages that wait for an answer. */
export async function duesUntil(
  ledger: Ledger,
  calendar: Calendar,
  now: Instant,
  until: Instant,
  party: string | null,
): Promise<readonly Due[]> {
  const [dues, replies] = await Promise.all([
    allDues(ledger, party === null ? { until } : { until, party }, calendar),
    repliesDue(ledger, instantOf(Date.parse(now) - REPLY_DAYS * DAY_MS)),
  ]);
  const theirs = replies.filter(({ at, partyId }) => at <= until && (party === null || partyId === party));
  return [...dues, ...theirs].sort((one, other) => (one.at < other.at ? -1 : 1));
}

function outOfTheOrdinary(calendar: Calendar, from: LocalDate, to: LocalDate): CalendarPage['days'] {
  const days: CalendarPage['days'][number][] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const name = holidayOn(calendar, date);
    const isUsual = calendar.workDays.includes(localOf(calendar, startOfDay(calendar, date)).weekday);
    const isWorked = isWorkingDay(calendar, date);
    if (name !== null || isWorked !== isUsual) days.push({ date, name, isWorked });
  }
  return days;
}
