import { expect, test } from 'vitest';
import { instantOf, instantOfSeconds, inZone, localOf } from '../src/export-time.ts';

test('an instant has its milliseconds, and what is no instant is null', () => {
  expect(instantOf(1778570000123)).toBe('2026-05-12T07:13:20.123+00:00');
  expect(instantOfSeconds('1778570050.551219')).toBe('2026-05-12T07:14:10.551+00:00');
  expect([instantOf(0), instantOf(-5), instantOf(1e17), instantOfSeconds('soon')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('a local time takes the offset of its zone on that day; where clocks went back it is the earlier one', () => {
  expect(inZone('2026-01-12T09:14:00', 'Europe/Helsinki')).toBe('2026-01-12T09:14:00+02:00');
  expect(inZone('2026-07-12T09:14:00', 'Europe/Helsinki')).toBe('2026-07-12T09:14:00+03:00');
  expect(inZone('2026-10-25T03:30:00', 'Europe/Helsinki')).toBe('2026-10-25T03:30:00+03:00');
  expect(inZone('2026-10-25T04:30:00', 'Europe/Helsinki')).toBe('2026-10-25T04:30:00+02:00');
  expect(inZone('2026-03-08T01:30:00', 'America/New_York')).toBe('2026-03-08T01:30:00-05:00');
  expect(inZone('2026-05-12T09:14:00', 'Not/AZone')).toBe('2026-05-12T09:14:00');
});

test('a day that no calendar has is no date', () => {
  expect(localOf(2026, 2, 30, '10:00')).toBeNull();
  expect(localOf(2026, 2, 28, '9:05')).toBe('2026-02-28T09:05:00');
});
