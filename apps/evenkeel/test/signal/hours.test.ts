import { describe, expect, test } from 'vitest';
import {
  isOutsideHours,
  localIn,
  type Pace,
  replyDue,
  weekOf,
  weeksBetween,
  workDaysBetween,
} from '../../src/modules/signal/hours.ts';

const pace: Pace = {
  zone: 'Europe/Helsinki',
  workDays: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '17:00',
  replyDays: 2,
};
const local = localIn(pace.zone);

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
  ])('%s is outside: %s', (_when, at, isOutside) => {
    expect(isOutsideHours(local(at), pace)).toBe(isOutside);
  });
});

describe('an answer is due', () => {
  test.each([
    ['on Tuesday', '2026-05-12T06:00:00.000Z', '2026-05-14'],
    ['on Thursday evening', '2026-05-14T20:00:00.000Z', '2026-05-18'],
    ['on Saturday', '2026-05-16T09:00:00.000Z', '2026-05-19'],
  ])('two working days after what came %s', (_when, at, due) => {
    expect(replyDue(local(at), pace)).toBe(due);
  });

  test('on the same day where the pace is none at all', () => {
    expect(replyDue(local('2026-05-12T06:00:00.000Z'), { ...pace, replyDays: 0 })).toBe('2026-05-12');
  });

  test('and the days that passed are working days', () => {
    expect(workDaysBetween('2026-05-14', '2026-05-19', pace)).toBe(3);
    expect(workDaysBetween('2026-05-19', '2026-05-14', pace)).toBe(0);
  });
});

test('weeks begin on Monday, and empty ones between are there', () => {
  expect(weekOf(local('2026-05-17T20:00:00.000Z'))).toBe('2026-05-11');
  expect(weeksBetween('2026-12-21', '2027-01-04')).toEqual(['2026-12-21', '2026-12-28', '2027-01-04']);
});
