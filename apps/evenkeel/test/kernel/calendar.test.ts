import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  atLocal,
  type Calendar,
  type Clock,
  dueAfter,
  endOfDay,
  isDate,
  isOutsideHours,
  isWorkingDay,
  type LocalDate,
  localOf,
  startOfDay,
  workingDaysBetween,
} from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { calendars } from './calendars.ts';

/** What stands in fixtures/calendar, each line worked out by hand. */
type Row = {
  id: string;
  calendar: string;
  clock: string;
  from: string;
  stops?: [string, string | null][];
  roll?: boolean;
  ends?: string;
  at?: string;
  movedFrom?: string;
  moved?: 'holiday' | 'no-working-day';
  stands?: boolean;
  rule: string;
  why: string;
};

const folder = new URL('../../../../fixtures/calendar/', import.meta.url);
const linesOf = <T>(name: string): T[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
const rules = JSON.parse(readFileSync(new URL('rules.json', folder), 'utf8')) as Record<
  string,
  { source: string; verified: boolean }
>;
const known = calendars();
const instant = (text: string) => new Date(text).toISOString() as Instant;
const lastMomentOf = (ends: string) => instant(`${ends.slice(0, 10)}T23:59:59.999${ends.slice(10)}`);
const clockOf = (text: string) => {
  const [count, unit] = text.split(' ');
  return { count: Number(count), unit: unit as Clock['unit'] };
};

describe.each(['days', 'working-days', 'months', 'hours', 'stops'])('due dates by hand: %s', (name) => {
  test.each(linesOf<Row>(`${name}.jsonl`))('$id: $clock from $from, $calendar: $why', (row) => {
    const due = dueAfter(
      known[row.calendar]!,
      clockOf(row.clock),
      instant(row.from),
      row.stops?.map(([from, until]) => ({ from: instant(from), until: until && instant(until) })) as never,
      row.roll ? 'next-working-day' : 'none',
    );
    expect(due).toEqual({
      at: row.ends ? lastMomentOf(row.ends) : instant(row.at!),
      date: (row.ends ?? row.at)!.slice(0, 10),
      isWholeDay: row.ends !== undefined,
      movedFrom: row.movedFrom ?? null,
      why: row.stands ? 'clock-stopped' : (row.moved ?? null),
    });
    expect(rules[row.rule]?.source).toBeTruthy();
  });
});

test('every clock, and each of ten years, has lines worked out by hand', () => {
  const rows = ['days', 'working-days', 'months', 'hours', 'stops'].flatMap((name) =>
    linesOf<Row>(`${name}.jsonl`),
  );
  expect(rows.length).toBeGreaterThanOrEqual(120);
  const years = new Set(rows.map((row) => (row.ends ?? row.at)!.slice(0, 4)));
  for (let year = 2024; year <= 2033; year += 1) expect(years).toContain(String(year));
  expect(new Set(rows.map(({ clock }) => clockOf(clock).unit)).size).toBe(6);
});

describe('a date and a time on the wall', () => {
  type Wall = { zone: string; date: LocalDate; time: string; at: string | null; why: string };
  test.each(linesOf<Wall>('wall-times.jsonl'))('$date $time in $zone: $why', ({ zone, date, time, at }) => {
    const found = atLocal({ zone }, date, time);
    if (at === null) expect(found).toMatchObject({ ok: false, reason: 'skipped-hour' });
    else expect(found).toEqual({ ok: true, value: instant(at) });
  });

  test('that clocks leave out is refused with what stands there instead', () => {
    const refused = atLocal({ zone: 'Europe/Helsinki' }, '2026-03-29' as LocalDate, '03:30');
    expect(refused).toMatchObject({
      params: { date: '2026-03-29', time: '03:30', zone: 'Europe/Helsinki', instead: '2026-03-29T04:30' },
    });
  });
});

describe('a day', () => {
  const date = (text: string) => text as LocalDate;
  test('begins after midnight where clocks leave midnight out, and ends where the next begins', () => {
    expect(startOfDay({ zone: 'Africa/Cairo' }, date('2024-04-26'))).toBe('2024-04-25T22:00:00.000Z');
    expect(endOfDay({ zone: 'Africa/Cairo' }, date('2024-04-25'))).toBe('2024-04-25T21:59:59.999Z');
    expect(localOf({ zone: 'Africa/Cairo' }, '2024-04-25T22:00:00.000Z' as Instant)).toEqual({
      date: '2024-04-26',
      time: '01:00',
      weekday: 5,
    });
  });

  test('is counted forward and back, and between dates', () => {
    const { london } = known;
    expect(addWorkingDays(london!, date('2024-04-02'), -1)).toBe('2024-03-28');
    expect(addWorkingDays(london!, date('2024-04-02'), 0)).toBe('2024-04-02');
    expect(workingDaysBetween(london!, date('2024-03-28'), date('2024-04-03'))).toBe(2);
    expect(workingDaysBetween(london!, date('2024-04-03'), date('2024-03-28'))).toBe(0);
  });

  test('that is a holiday is outside hours at any time, and a worked Saturday is not', () => {
    const { moscow } = known;
    const at = (text: string) => localOf(moscow!, instant(text));
    expect(isOutsideHours(moscow!, at('2025-05-02T12:00+03:00'))).toBe(true);
    expect(isOutsideHours(moscow!, at('2025-11-01T12:00+03:00'))).toBe(false);
    expect(isOutsideHours(moscow!, at('2025-11-01T18:00+03:00'))).toBe(true);
    expect(isWorkingDay(moscow!, date('2025-11-01'))).toBe(true);
  });

  test('of a calendar without working days is never looked for without end', () => {
    const never: Calendar = { ...known.london!, workDays: [] };
    expect(() => addWorkingDays(never, date('2026-05-12'), 1)).toThrow(RangeError);
  });

  test.each([
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2026-13-01', false],
    ['2026-5-1', false],
    ['12.5.2026', false],
  ])('%s is a date: %s', (text, is) => {
    expect(isDate(text)).toBe(is);
  });
});
