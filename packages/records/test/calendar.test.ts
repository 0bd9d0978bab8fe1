import { describe, expect, test } from 'vitest';
import { readCalendar } from '../src/calendar.ts';
import { offsetByName } from '../src/calendar-zone.ts';

const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (start: string): readonly string[] => ['BEGIN:VEVENT', 'UID:1', start, 'END:VEVENT'];
const startOf = (text: string) => readCalendar(text)?.[0]?.start;

const HELSINKI = [
  'BEGIN:VTIMEZONE',
  'TZID:Office',
  'BEGIN:DAYLIGHT',
  'DTSTART:19700329T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0300',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19701025T040000',
  'TZOFFSETFROM:+0300',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

describe('a zone that the calendar describes wins over any list', () => {
  test.each([
    ['20260329T025959', '+02:00'],
    ['20260329T030000', '+03:00'],
    ['20260714T100000', '+03:00'],
    ['20261025T035959', '+03:00'],
    ['20261025T040000', '+02:00'],
    ['20261231T235959', '+02:00'],
  ])('%s is %s', (local, offset) => {
    const start = startOf(calendar(...HELSINKI, ...event(`DTSTART;TZID=Office:${local}`)));
    expect(start).toMatchObject({ zone: 'Office', certainty: 'zone' });
    expect(start?.iso.slice(19)).toBe(offset);
  });

  test('a description that is not certain leaves the time unresolved', () => {
    const odd = HELSINKI.map((line) => line.replace('FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'FREQ=SECONDLY'));
    expect(startOf(calendar(...odd, ...event('DTSTART;TZID=Office:20260714T100000')))).toEqual({
      iso: '2026-07-14T10:00:00',
      zone: 'Office',
      certainty: 'unresolved',
    });
  });
});

test.each([
  'Romance Standard Time',
  'Customized Time Zone',
  'tzone://Microsoft/Custom',
  'EST',
  '../../etc/passwd',
  'Europe/Nowhere',
])('a time in the zone %s, which nobody describes, floats: it is never UTC', (zone) => {
  const start = startOf(calendar(...event(`DTSTART;TZID="${zone}":20260714T100000`)));
  expect(start).toEqual({ iso: '2026-07-14T10:00:00', zone, certainty: 'unresolved' });
});

test('a zone of the IANA list is known by its name, on both sides of a change', () => {
  expect(offsetByName('Europe/Helsinki', '2026-03-29T02:59:59')).toBe('+02:00');
  expect(offsetByName('Europe/Helsinki', '2026-03-29T04:00:00')).toBe('+03:00');
  expect(offsetByName('America/New_York', '2026-07-01T00:00:00')).toBe('-04:00');
});

test('a day is a day, a local time floats, and UTC is said so', () => {
  expect(startOf(calendar(...event('DTSTART;VALUE=DATE:20260714')))).toMatchObject({
    iso: '2026-07-14',
    certainty: 'day',
  });
  expect(startOf(calendar(...event('DTSTART:20260714T100000')))).toMatchObject({ certainty: 'floating' });
  expect(startOf(calendar(...event('DTSTART:20260714T100000Z')))).toMatchObject({
    iso: '2026-07-14T10:00:00+00:00',
    certainty: 'stated',
  });
});

test('what is no calendar is none, and a hostile one ends', () => {
  expect(readCalendar('Hello')).toBeNull();
  expect(readCalendar('BEGIN:VCALENDAR\nnonsense')).toBeNull();
  expect(readCalendar(`BEGIN:VCALENDAR\n${'BEGIN:VEVENT\n'.repeat(200_000)}`)).toBeNull();
  const many = calendar(...Array.from({ length: 3000 }, () => event('DTSTART:20260714T100000')).flat());
  expect(readCalendar(many)).toHaveLength(1000);
});
