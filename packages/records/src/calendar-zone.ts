import type { Component, Property } from './calendar-tree.ts';
import { propertyOf } from './calendar-tree.ts';

type Rule = {
  readonly month: number;
  readonly weekday: number | null;
  readonly nth: number;
  readonly days: readonly number[];
  readonly until: string | null;
};
type Observance = {
  readonly start: string;
  readonly more: readonly string[];
  readonly rule: Rule | null;
  readonly offset: string;
};

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * The offset of a local time under the zones that a calendar brings along, as `+03:00`.
 *
 * @param local `2026-05-12T09:14:00`
 * @returns null when the zone is described in a way that is not certain.
 * @source RFC 5545 3.6.5
 */
export function offsetByCalendar(zone: Component, local: string): string | null {
  const all = zone.components
    .filter(({ name }) => name === 'standard' || name === 'daylight')
    .map(observanceOf);
  if (all.length === 0 || all.length > 500 || all.includes(null)) return null;
  const known = all as readonly Observance[];
  let best: { onset: string; offset: string } | null = null;
  for (const one of known) {
    const onset = lastOnset(one, local);
    if (onset !== null && (best === null || onset > best.onset)) best = { onset, offset: one.offset };
  }
  return (best ?? earliest(known)).offset;
}

/** Before the first change the zone's first observance holds. */
function earliest(known: readonly Observance[]): Observance {
  return known.toSorted((a, b) => (a.start < b.start ? -1 : 1))[0]!;
}

function observanceOf(component: Component): Observance | null {
  const start = textOf(propertyOf(component, 'dtstart'));
  const to = /^([+-]\d\d):?(\d\d)/.exec(textOf(propertyOf(component, 'tzoffsetto')) ?? '');
  if (!start || !to) return null;
  const stated = propertyOf(component, 'rrule');
  const rule = stated ? ruleOf(stated.values[0], start) : null;
  if (stated && !rule) return null;
  const more = component.properties
    .filter(({ name }) => name === 'rdate')
    .flatMap(({ values }) => values.map(String));
  return { start, more, rule, offset: `${to[1]}:${to[2]}` };
}

function textOf(property: Property | undefined): string | null {
  const value = property?.values[0];
  return typeof value === 'string' ? value : null;
}

/** Once a year on a day of a month: all that zones use. Anything else is not guessed at. */
function ruleOf(value: unknown, start: string): Rule | null {
  if (typeof value !== 'object' || value === null) return null;
  const { freq, bymonth, byday, bymonthday, until, interval, ...others } = value as Readonly<
    Record<string, unknown>
  >;
  const rest = Object.keys(others).filter((key) => key !== 'wkst');
  if (freq !== 'YEARLY' || rest.length > 0 || Number(interval ?? 1) !== 1) return null;
  const day = byday === undefined ? null : /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(String(byday));
  if (byday !== undefined && !day) return null;
  const days = bymonthday === undefined ? [] : [bymonthday].flat().map(Number);
  return {
    month: Number(bymonth ?? start.slice(5, 7)),
    weekday: day ? WEEKDAYS.indexOf(day[2]!) : null,
    nth: Number(day?.[1] ?? 1),
    days: day || days.length > 0 ? days : [Number(start.slice(8, 10))],
    until: typeof until === 'string' ? until.replace(/Z$/, '') : null,
  };
}

function lastOnset({ start, more, rule }: Observance, local: string): string | null {
  const year = Number(local.slice(0, 4));
  const byRule = rule ? [year, year - 1].map((one) => onsetIn(rule, one, start.slice(10))) : [];
  const within = byRule.filter(
    (onset) => onset >= start && (rule?.until == null || onset.slice(0, 10) <= rule.until.slice(0, 10)),
  );
  const last = rule?.until ? [onsetIn(rule, Number(rule.until.slice(0, 4)), start.slice(10))] : [];
  const all = [start, ...more, ...within, ...last.filter((onset) => onset >= start)];
  return (
    all
      .filter((onset) => onset <= local)
      .toSorted()
      .at(-1) ?? null
  );
}

function onsetIn({ month, weekday, nth, days }: Rule, year: number, clock: string): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day =
    weekday === null
      ? days[0]!
      : days.length > 0
        ? (days.find((one) => weekdayOf(year, month, one) === weekday) ?? 1)
        : nthDay(year, month, weekday, nth, last);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(day, last))}${clock}`;
}

function nthDay(year: number, month: number, weekday: number, nth: number, last: number): number {
  if (nth < 0) return last - ((weekdayOf(year, month, last) - weekday + 7) % 7) + (nth + 1) * 7;
  return 1 + ((weekday - weekdayOf(year, month, 1) + 7) % 7) + (nth - 1) * 7;
}

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * The offset of a local time in a zone of the IANA database, or null for any other name: names of Windows and of single
 * programs say nothing certain.
 */
export function offsetByName(zone: string, local: string): string | null {
  if (!/^[A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(zone)) return null;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const at = (instant: number) =>
      /GMT([+-]\d\d:\d\d)?/.exec(
        format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '',
      )?.[1] ?? '+00:00';
    const guess = at(Date.parse(`${local}Z`));
    return at(Date.parse(`${local}${guess}`));
  } catch {
    return null;
  }
}
