import Ical from 'ical.js';
import {
  addDays,
  endOfDay,
  isZone,
  type LocalDate,
  localOf,
  startOfDay,
  writtenLocal,
} from '../../kernel/calendar.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';

/** One time that a calendar file names, within the window that was asked for. */
export type IcalTime = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly isWholeDay: boolean;
  /** The dates it is on in the zone asked for, the last among them. */
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly title: string;
  /** Not cancelled, and not marked as leaving us free. */
  readonly isBusy: boolean;
};

export type IcalWish = {
  readonly text: string;
  /** For times that name no zone. */
  readonly zone: string;
  readonly from: Instant;
  readonly until: Instant;
};

export type IcalRead =
  | {
      readonly times: readonly IcalTime[];
      /** Events that could not be read, or that repeat without measure. */
      readonly leftOut: number;
    }
  /** It is no calendar: the line that shows it, and what stands there. */
  | { readonly line: number; readonly found: string };

/** So often one file is asked for a next repetition; a meeting every day for a century is 36,525. */
const MOST_STEPS = 200_000;
const MOST_TIMES = 20_000;
const QUOTE_UNITS = 60;

/**
 * Reads a calendar file of anybody: its events in a window, repetitions one by one. Runs in a thread that can be ended,
 * because a repetition that never comes keeps the library looking for ever.
 *
 * @source RFC 5545
 */
export function readIcal({ text, zone, from, until }: IcalWish): IcalRead {
  const wrong = firstWrongLine(text);
  if (wrong) return wrong;
  const events = eventsIn(text);
  if (!events) return { line: 1, found: text.trimStart().slice(0, QUOTE_UNITS) };
  const steps = { left: MOST_STEPS };
  const times: IcalTime[] = [];
  let leftOut = 0;
  for (const event of events) {
    try {
      for (const time of timesOf(event, zone, from, until, steps)) {
        if (times.length < MOST_TIMES) times.push(time);
        else leftOut += 1;
      }
    } catch {
      leftOut += 1;
    }
  }
  return { times: times.sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1)), leftOut };
}

/** The library says what is wrong, but not where. */
function firstWrongLine(text: string): Extract<IcalRead, { line: number }> | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const open: string[] = [];
  let isBegun = false;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || (isBegun && /^[ \t]/.test(line))) continue;
    const at = { line: i + 1, found: line.slice(0, QUOTE_UNITS) };
    const [, name, value = ''] = line.match(/^([A-Za-z0-9-]+)[;:](.*)$/) ?? [];
    if (!name || (!isBegun && !/^BEGIN:VCALENDAR\s*$/i.test(line))) return at;
    isBegun = true;
    if (name.toUpperCase() === 'BEGIN') open.push(value.trim().toUpperCase());
    if (name.toUpperCase() === 'END' && open.pop() !== value.trim().toUpperCase()) return at;
  }
  return isBegun && open.length === 0 ? null : { line: lines.length, found: lines.at(-1) ?? '' };
}

function eventsIn(text: string): readonly InstanceType<typeof Ical.Event>[] | null {
  try {
    const parsed = Ical.parse(text.replace(/^\uFEFF/, '')) as unknown[];
    const calendars = (Array.isArray(parsed[0]) ? parsed : [parsed]) as unknown[][];
    return calendars.flatMap((calendar) => {
      const all = new Ical.Component(calendar as never).getAllSubcomponents('vevent');
      const lone = all.filter((one) => !one.hasProperty('recurrence-id'));
      const moved = all.filter((one) => one.hasProperty('recurrence-id'));
      const uidOf = (one: (typeof all)[number]) => String(one.getFirstPropertyValue('uid') ?? '');
      return lone.map(
        (one) =>
          new Ical.Event(one, {
            exceptions: moved.filter((other) => uidOf(other) === uidOf(one)),
          }),
      );
    });
  } catch {
    return null;
  }
}

type Steps = { left: number };
type Found = InstanceType<typeof Ical.Event>;
type Written = InstanceType<typeof Ical.Time>;

function* timesOf(
  event: Found,
  zone: string,
  from: Instant,
  until: Instant,
  steps: Steps,
): Generator<IcalTime> {
  if (!event.isRecurring()) {
    const time = timeOf(event, event.startDate, event.endDate, zone);
    if (time.endsAt >= from && time.startsAt <= until) yield time;
    return;
  }
  const occurrences = event.iterator();
  const early = earliestIn(event, zone, from);
  for (let next = occurrences.next(); next; next = occurrences.next()) {
    steps.left -= 1;
    if (steps.left < 0) throw new RangeError('repeats without measure');
    if (dateOf(next) < early) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    const time = timeOf(item, startDate, endDate, zone);
    // One that was moved may lie anywhere; the plan itself goes on until it has passed the window.
    if (time.endsAt >= from && time.startsAt <= until) yield time;
    if (momentOf(next, zoneNameOf(event), zone) > until) return;
  }
}

/** What begins before this date is over when the window opens; one that was moved may lie anywhere. */
function earliestIn(event: Found, zone: string, from: Instant): string {
  if (event.exceptions.length > 0) return '';
  const longestDays = Math.ceil(Math.max(0, event.duration.toSeconds()) / 86_400) + 2;
  return addDays(localOf({ zone }, from).date, -longestDays);
}

function timeOf(event: Found, start: Written, end: Written | null, zone: string): IcalTime {
  const isWholeDay = start.isDate;
  const named = zoneNameOf(event);
  const startsAt = momentOf(start, named, zone);
  const endsAt = isWholeDay
    ? endOfDay({ zone }, lastDateOf(start, end))
    : momentOf(end ?? start, named, zone);
  const isBackwards = endsAt < startsAt;
  const status = String(event.component.getFirstPropertyValue('status') ?? '').toUpperCase();
  const show = String(event.component.getFirstPropertyValue('transp') ?? '').toUpperCase();
  return {
    ...{ startsAt, endsAt: isBackwards ? startsAt : endsAt, isWholeDay },
    firstDate: isWholeDay ? dateOf(start) : localOf({ zone }, startsAt).date,
    lastDate: isWholeDay ? lastDateOf(start, end) : localOf({ zone }, endsAt).date,
    title: (event.summary ?? '').trim(),
    isBusy: status !== 'CANCELLED' && show !== 'TRANSPARENT',
  };
}

/** The end of whole days is the day after the last. */
function lastDateOf(start: Written, end: Written | null): LocalDate {
  const first = dateOf(start);
  const isOneDay = end === null || dateOf(end) <= first;
  return isOneDay ? first : addDays(dateOf(end), -1);
}

function dateOf({ year, month, day }: Written): LocalDate {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as LocalDate;
}

function zoneNameOf(event: Found): string | null {
  const named = event.component.getFirstProperty('dtstart')?.getParameter('tzid');
  return typeof named === 'string' ? named : null;
}

/** A zone's own name goes before the rules that a file gives for it; a name nobody knows needs those rules. */
function momentOf(time: Written, named: string | null, zone: string): Instant {
  if (time.isDate) return startOfDay({ zone }, dateOf(time));
  if (time.zone?.tzid === 'UTC') return instantOf(time.toUnixTime() * 1000);
  const wall = `${dateOf(time)}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  if (named !== null && isZone(named)) return writtenLocal({ zone: named }, wall);
  const isFloating = !time.zone || time.zone.tzid === 'floating';
  return isFloating ? writtenLocal({ zone }, wall) : instantOf(time.toUnixTime() * 1000);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
