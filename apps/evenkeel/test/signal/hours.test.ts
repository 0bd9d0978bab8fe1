import { describe, expect, test } from 'vitest';
import {
  type Calendar,
  isOutsideHours,
  type LocalDate,
  localOf,
  workingDaysBetween,
} from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { type Pace, replyDue, weekOf, weeksBetween } from '../../src/modules/signal/hours.ts';
import { calendars } from '../kernel/calendars.ts';

const helsinki = calendars().helsinki as Calendar;
const pace: Pace = { ...helsinki, replyDays: 2, agreed: null };
const local = (at: string) => localOf(pace, at as Instant);
const date = (text: string) => text as LocalDate;

test('local times follow the zone through the change of the clocks and of the year', () => {
  expect(local('2026-03-29T00:30:00.000Z')).toEqual({ date: '2026-03-29', time: '02:30', weekday: 7 });
  expect(local('2026-03-29T01:30:00.000Z')).toMatchObject({ time: '04:30' });
  expect(local('2026-12-31T23:00:00.000Z')).toEqual({ date: '2027-01-01', time: '01:00', weekday: 5 });
});

describe('our own hours', () => {
  test.each([
    ['Tuesday 09:00', '2026-05-12T06:00:00.000Z', false],
    ['Tuesday 16:59', '2026-05-12T13:59:00.000Z', false],
    ['Tuesday 17:00', '2026-05-12T14:00:00.000Z', true],
    ['Tuesday 08:59', '2026-05-12T05:59:00.000Z', true],
    ['Saturday noon', '2026-05-16T09:00:00.000Z', true],
    ['noon of Ascension, a Thursday', '2026-05-14T09:00:00.000Z', true],
  ])('%s is outside: %s', (_when, at, isOutside) => {
    expect(isOutsideHours(pace, local(at))).toBe(isOutside);
  });
});

describe('an answer is due', () => {
  test.each([
    ['on Tuesday', '2026-05-19T06:00:00.000Z', '2026-05-21'],
    ['on Tuesday before Ascension', '2026-05-12T06:00:00.000Z', '2026-05-15'],
    ['on Thursday evening', '2026-05-21T20:00:00.000Z', '2026-05-25'],
    ['on Saturday', '2026-05-16T09:00:00.000Z', '2026-05-19'],
    ['on the Wednesday before Easter', '2026-04-01T09:00:00.000Z', '2026-04-07'],
  ])('two working days after what came %s', (_when, at, due) => {
    expect(replyDue(at as Instant, pace).date).toBe(due);
  });

  test('on the same day where the pace is none at all', () => {
    expect(replyDue('2026-05-12T06:00:00.000Z' as Instant, { ...pace, replyDays: 0 }).date).toBe(
      '2026-05-12',
    );
  });

  test('by the clock that was agreed, where one was: hours pass on a holiday too', () => {
    const at = '2026-05-13T12:00:00.000Z' as Instant;
    const agreed: Pace = { ...pace, agreed: { count: 24, unit: 'hours' } };
    expect(replyDue(at, agreed)).toMatchObject({ at: '2026-05-14T12:00:00.000Z', isWholeDay: false });
    const days: Pace = { ...pace, agreed: { count: 1, unit: 'working-days' } };
    expect(replyDue(at, days)).toMatchObject({ date: '2026-05-15', isWholeDay: true });
  });

  test('and the days that passed are working days', () => {
    expect(workingDaysBetween(pace, date('2026-05-13'), date('2026-05-19'))).toBe(3);
    expect(workingDaysBetween(pace, date('2026-05-19'), date('2026-05-13'))).toBe(0);
  });
});

test('weeks begin on Monday, and empty ones between are there', () => {
  expect(weekOf(local('2026-05-17T20:00:00.000Z'))).toBe('2026-05-11');
  expect(weeksBetween(date('2026-12-21'), date('2027-01-04'))).toEqual([
    '2026-12-21',
    '2026-12-28',
    '2027-01-04',
  ]);
});
