import { afterEach, describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dayInFull,
  isDateText,
  mondayOf,
  monthTitle,
  weekdayOfDate,
  weeksOfMonth,
} from '../src/calendar/dates.ts';
import english from '../src/words/en.json' with { type: 'json' };
import { speak } from '../src/words/t.ts';
import { withPlainSpaces } from '../src/words/when.ts';

describe('a date of the calendar', () => {
  test('is counted over leap days, ends of years and changes of clocks', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-10-26', -2)).toBe('2026-10-24');
  });

  test('moves by months to the same day, or to the last there is', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-03-31', -1)).toBe('2028-02-29');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });

  test('knows its weekday and its Monday', () => {
    expect([weekdayOfDate('2026-05-17'), mondayOf('2026-05-17')]).toEqual([7, '2026-05-11']);
    expect([weekdayOfDate('2026-05-11'), mondayOf('2026-05-11')]).toEqual([1, '2026-05-11']);
  });

  test.each([
    ['2026-02-30', false],
    ['2026-05-12', true],
    ['tomorrow', false],
    [undefined, false],
  ])('%s is one: %s', (text, is) => {
    expect(isDateText(text)).toBe(is);
  });
});

test('a month is the whole weeks it touches', () => {
  const february = weeksOfMonth('2027-02-14');
  expect(february).toHaveLength(4);
  expect([february[0]![0], february[3]![6]]).toEqual(['2027-02-01', '2027-02-28']);
  const august = weeksOfMonth('2026-08-31');
  expect([august.length, august[0]![0], august[5]![6]]).toEqual([6, '2026-07-27', '2026-09-06']);
});

describe('a date is written', () => {
  afterEach(() => speak('en', english));

  test('as it stands, whatever zone the reader is in, in their language', () => {
    expect(dayInFull('2026-05-18')).toBe('Monday, 18 May 2026');
    expect(withPlainSpaces(monthTitle('2026-05-18'))).toBe('May 2026');
    speak('fi', {});
    expect(dayInFull('2026-05-18')).toBe('maanantaina 18. toukokuuta 2026');
  });
});
