import { Temporal } from 'temporal-polyfill';
import type { Brand } from './brand.ts';
import { type Instant, instantOf } from './instant.ts';
import { accept, type Outcome, refuse } from './outcome.ts';

/** A date on the wall, `2026-05-12`. Sorts as text. */
export type LocalDate = Brand<string, 'LocalDate'>;

/** Whose days and hours: a workspace's, or those an agreement names. */
export type Calendar = {
  readonly zone: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly workDays: readonly number[];
  /** `09:00`, local. */
  readonly from: string;
  /** `17:00`, local; outside from this minute on. */
  readonly until: string;
  /** Days of one year on which nobody works, by name. Asked often: whoever makes a calendar remembers the answer. */
  readonly holidays: (year: number) => ReadonlyMap<LocalDate, string>;
  /** Days of one year that are worked although their weekday is not. */
  readonly workingDates?: (year: number) => ReadonlySet<LocalDate>;
};

export type Clock = {
  readonly count: number;
  /** Hours are hours that pass, whatever is done to the clocks meanwhile. */
  readonly unit: 'hours' | 'days' | 'working-days' | 'weeks' | 'months' | 'years';
};

/** Time during which a clock stands; one that still stands has no end. */
export type Stop = { readonly from: Instant; readonly until: Instant | null };

export type DueTime = {
  /** The last moment at which it is in time. */
  readonly at: Instant;
  readonly date: LocalDate;
  readonly isWholeDay: boolean;
  /** Where it stood before it was moved to a day that is worked. */
  readonly movedFrom: LocalDate | null;
  /** `holiday` or `no-working-day` where it was moved; `clock-stopped` where it stands and is not before `at`. */
  readonly why: 'holiday' | 'no-working-day' | 'clock-stopped' | null;
};

/** A moment as the wall shows it. */
export type Local = {
  readonly date: LocalDate;
  /** `21:40` */
  readonly time: string;
  /** 1 is Monday. */
  readonly weekday: number;
};

const HOUR_MS = 3_600_000;
/** So many days in a row without a working one are no calendar. */
const LONGEST_BREAK_DAYS = 3 * 366;

/**
 * When a clock that started at `from` ends. The day of the event is not counted, and a day ends where the calendar's
 * zone ends it; hours begin at once.
 *
 * What a clock stopped for is added: hours as they passed, otherwise the days after the one on which it stopped up to
 * and with the one on which it went on (of these only working ones for working days). A stop counts if it begins by the
 * end as it then stands. While one has no end, the earliest possible end is told, with `why: 'clock-stopped'`.
 *
 * @param stops In any order; what overlaps counts once.
 * @param roll Whether an end on a day that is not worked moves to the next that is; hours keep their time of day.
 * @source Regulation (EEC, Euratom) No 1182/71, Article 3; fixtures/calendar has each rule with its source
 */
export function dueAfter(
  calendar: Calendar,
  clock: Clock,
  from: Instant,
  stops: readonly Stop[] = [],
  roll: 'none' | 'next-working-day' = 'none',
): DueTime {
  const { at, date, stands } = withStops(calendar, clock, from, merged(stops, from));
  const moved = roll === 'none' || isWorkingDay(calendar, date) ? date : addWorkingDays(calendar, date, 1);
  const isWholeDay = clock.unit !== 'hours';
  return {
    at: moved === date ? at : isWholeDay ? endOfDay(calendar, moved) : sameTimeOn(calendar, moved, at),
    date: moved,
    isWholeDay,
    movedFrom: moved === date ? null : date,
    why: stands ? 'clock-stopped' : moved === date ? null : reasonOff(calendar, date),
  };
}

type End = { readonly at: Instant; readonly date: LocalDate; readonly stands: boolean };

function withStops(calendar: Calendar, clock: Clock, from: Instant, stops: readonly Stop[]): End {
  let end = unstopped(calendar, clock, from);
  for (const stop of stops) {
    if (stop.from > end.at) return end;
    if (stop.until === null) return { ...end, stands: true };
    end = extended(calendar, clock, end, { from: stop.from, until: stop.until });
  }
  return end;
}

function unstopped(calendar: Calendar, { count, unit }: Clock, from: Instant): End {
  if (unit === 'hours') return endAt(calendar, instantOf(Date.parse(from) + count * HOUR_MS));
  const { date } = localOf(calendar, from);
  if (unit === 'working-days') return endOn(calendar, addWorkingDays(calendar, date, count));
  // A month without that date ends on its last one, as `add` does when it is not told otherwise.
  return endOn(calendar, dateOf(Temporal.PlainDate.from(date).add({ [unit]: count })));
}

function extended(
  calendar: Calendar,
  { unit }: Clock,
  end: End,
  stop: { readonly from: Instant; readonly until: Instant },
): End {
  if (unit === 'hours')
    return endAt(calendar, instantOf(Date.parse(end.at) + Date.parse(stop.until) - Date.parse(stop.from)));
  const [first, last] = [localOf(calendar, stop.from).date, localOf(calendar, stop.until).date];
  if (unit === 'working-days')
    return endOn(calendar, addWorkingDays(calendar, end.date, workingDaysBetween(calendar, first, last)));
  return endOn(calendar, addDays(end.date, daysBetween(first, last)));
}

function endAt(calendar: Calendar, at: Instant): End {
  return { at, date: localOf(calendar, at).date, stands: false };
}

function endOn(calendar: Calendar, date: LocalDate): End {
  return { at: endOfDay(calendar, date), date, stands: false };
}

/** In order, none before the clock began, overlapping ones as one. */
function merged(stops: readonly Stop[], from: Instant): readonly Stop[] {
  const whole: Stop[] = [];
  const later = (one: Instant | null, other: Instant | null) =>
    one === null || other === null ? null : one > other ? one : other;
  for (const stop of stops.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (stop.until !== null && stop.until <= from) continue;
    const begun = stop.from < from ? from : stop.from;
    const before = whole.at(-1);
    if (before && (before.until === null || begun <= before.until))
      whole[whole.length - 1] = { from: before.from, until: later(before.until, stop.until) };
    else whole.push({ from: begun, until: stop.until });
  }
  return whole;
}

function reasonOff(calendar: Calendar, date: LocalDate): 'holiday' | 'no-working-day' {
  return holidayOn(calendar, date) === null ? 'no-working-day' : 'holiday';
}

/** Where that time is left out on the day, it is later by what is left out. */
function sameTimeOn({ zone }: Calendar, date: LocalDate, at: Instant): Instant {
  const plainTime = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime();
  return instantOf(
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds,
  );
}

/**
 * The `n`th working day after a date, whether or not the date is itself one; before it for a negative `n`.
 *
 * @throws RangeError if years pass without a working day: such a calendar is refused where it is set.
 */
export function addWorkingDays(calendar: Calendar, date: LocalDate, n: number): LocalDate {
  const step = Math.sign(n);
  let day = date;
  for (let left = Math.abs(n), off = 0; left > 0; ) {
    day = addDays(day, step);
    off = isWorkingDay(calendar, day) ? 0 : off + 1;
    if (off === 0) left -= 1;
    if (off > LONGEST_BREAK_DAYS) throw new RangeError(`A calendar without a working day after ${date}.`);
  }
  return day;
}

/** Working days after one date, up to and with another. */
export function workingDaysBetween(calendar: Calendar, from: LocalDate, to: LocalDate): number {
  let days = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) days += 1;
  }
  return days;
}

export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  if (calendar.workingDates?.(yearOf(date)).has(date)) return true;
  return calendar.workDays.includes(weekdayOf(date)) && holidayOn(calendar, date) === null;
}

/** Its name, when the date is one. */
export function holidayOn({ holidays }: Calendar, date: LocalDate): string | null {
  return holidays(yearOf(date)).get(date) ?? null;
}

/** Whether it is not within the hours of a day that is worked. */
export function isOutsideHours(calendar: Calendar, { date, time }: Local): boolean {
  return !isWorkingDay(calendar, date) || time < calendar.from || time >= calendar.until;
}

/** A formatter is dear to make and cheap to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: two, day: two, hour: two, minute: two, hourCycle: 'h23' },
  });
  formatters.set(zone, made);
  return made;
}

export function localOf({ zone }: Pick<Calendar, 'zone'>, at: Instant): Local {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.year}-${parts.month}-${parts.day}` as LocalDate;
  return { date, time: `${parts.hour}:${parts.minute}`, weekday: weekdayOf(date) };
}

/** Its first moment: not midnight, where clocks leave midnight out. */
export function startOfDay({ zone }: Pick<Calendar, 'zone'>, date: LocalDate): Instant {
  return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

/** Its last moment, a millisecond before the next day. */
export function endOfDay(calendar: Pick<Calendar, 'zone'>, date: LocalDate): Instant {
  return instantOf(Date.parse(startOfDay(calendar, addDays(date, 1))) - 1);
}

/**
 * The moment of a date and a time on the wall. Of a time that comes twice the earlier: who keeps it is in time either way.
 *
 * @returns the refusal where clocks leave that time out, with the moment that stands there instead as `instead`
 */
export function atLocal(
  { zone }: Pick<Calendar, 'zone'>,
  date: LocalDate,
  time: string,
): Outcome<Instant, 'skipped-hour'> {
  const meant = Temporal.PlainDateTime.from(`${date}T${time}`);
  const found = meant.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (found.toPlainDateTime().equals(meant)) return accept(instantOf(found.epochMilliseconds));
  const instead = found.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return refuse('skipped-hour', { date, time, zone, instead });
}

/**
 * The moment of a wall time that another program wrote: where clocks leave it out, by the offset from before.
 *
 * @param wall `2026-05-12T09:00:00`
 * @source RFC 5545 §3.3.5
 */
export function writtenLocal({ zone }: Pick<Calendar, 'zone'>, wall: string): Instant {
  return instantOf(Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds);
}

/** Whether it is a date there is: no 30 February, no month 13. */
export function isDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Whether clocks of this program know the zone. */
export function isZone(text: string): boolean {
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

export function weekdayOf(date: LocalDate): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

const DAY_MS = 24 * HOUR_MS;

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate;
}

/** Negative when the second is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

function dateOf(date: Temporal.PlainDate): LocalDate {
  return date.toString() as LocalDate;
}
