import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { readCalendarFile } from '../../src/modules/signal/ical.actions.ts';
import { type IcalRead, type IcalTime, readIcal } from '../../src/modules/signal/ical.ts';

const YEAR = { from: '2026-01-01T00:00:00.000Z' as Instant, until: '2027-01-01T00:00:00.000Z' as Instant };
const fileOf = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...lines, 'END:VCALENDAR'].join('\r\n');
const eventOf = (...lines: string[]) =>
  fileOf('BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20260101T000000Z', 'SUMMARY:Dentist', ...lines, 'END:VEVENT');
const read = (text: string, zone = 'Europe/Helsinki') => readIcal({ text, zone, ...YEAR });
function timesIn(given: IcalRead): readonly IcalTime[] {
  if ('line' in given) throw new Error(`no calendar: line ${given.line}`);
  return given.times;
}
const startsIn = (given: IcalRead) => timesIn(given).map(({ startsAt }) => startsAt);

describe('a time in a calendar file is read', () => {
  test.each([
    ['in UTC', ['DTSTART:20260512T090000Z', 'DTEND:20260512T100000Z'], '2026-05-12T09:00:00.000Z'],
    [
      'in a zone everybody knows',
      ['DTSTART;TZID=America/New_York:20260512T090000'],
      '2026-05-12T13:00:00.000Z',
    ],
    ['in our zone, where it names none', ['DTSTART:20260512T090000'], '2026-05-12T06:00:00.000Z'],
    ['as a date, from where our day begins', ['DTSTART;VALUE=DATE:20260512'], '2026-05-11T21:00:00.000Z'],
    [
      'in an hour that clocks leave out, by the offset before',
      ['DTSTART:20260329T033000'],
      '2026-03-29T01:30:00.000Z',
    ],
  ])('%s', (_how, lines, startsAt) => {
    expect(startsIn(read(eventOf(...lines)))).toEqual([startsAt]);
  });

  test('by the rules the file gives for a zone that only it knows', () => {
    const zone =
      'BEGIN:VTIMEZONE\r\nTZID:Our office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE';
    const text = eventOf('DTSTART;TZID=Our office:20260512T090000').replace(
      'BEGIN:VEVENT',
      `${zone}\r\nBEGIN:VEVENT`,
    );
    expect(startsIn(read(text))).toEqual(['2026-05-12T04:00:00.000Z']);
  });

  test('whole days end with their last, and say whether they leave us free', () => {
    const [trip] = timesIn(
      read(eventOf('DTSTART;VALUE=DATE:20260512', 'DTEND;VALUE=DATE:20260515', 'TRANSP:TRANSPARENT')),
    );
    expect(trip).toMatchObject({
      firstDate: '2026-05-12',
      lastDate: '2026-05-14',
      isWholeDay: true,
      isBusy: false,
    });
    expect(trip?.endsAt).toBe('2026-05-14T20:59:59.999Z');
    expect(timesIn(read(eventOf('DTSTART:20260512T090000Z', 'STATUS:CANCELLED')))[0]?.isBusy).toBe(false);
  });
});

describe('what repeats', () => {
  test('is each of its times in the window, without the ones taken out, on the wall over a change of clocks', () => {
    const text = eventOf(
      'DTSTART;TZID=Europe/Helsinki:20260320T100000',
      'DTEND;TZID=Europe/Helsinki:20260320T110000',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE;TZID=Europe/Helsinki:20260327T100000',
    );
    expect(startsIn(read(text))).toEqual([
      '2026-03-20T08:00:00.000Z',
      '2026-04-03T07:00:00.000Z',
      '2026-04-10T07:00:00.000Z',
    ]);
  });

  test('since long ago without an end is read for the window only', () => {
    const times = timesIn(
      read(eventOf('DTSTART:19900101T090000Z', 'DTEND:19900101T100000Z', 'RRULE:FREQ=DAILY')),
    );
    expect(times).toHaveLength(365);
    expect(times[0]?.startsAt).toBe('2026-01-01T09:00:00.000Z');
  });

  test('one that was moved is at its new time', () => {
    const text = eventOf(
      'DTSTART:20260504T090000Z',
      'DTEND:20260504T100000Z',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    ).replace(
      'END:VCALENDAR',
      'BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20260511T090000Z\r\nDTSTART:20260512T120000Z\r\nDTEND:20260512T130000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
    );
    expect(startsIn(read(text))).toEqual(['2026-05-04T09:00:00.000Z', '2026-05-12T12:00:00.000Z']);
  });

  test('every second is left out, and the rest of the file stands', () => {
    const text = eventOf('DTSTART:20200101T000000Z', 'RRULE:FREQ=SECONDLY').replace(
      'END:VCALENDAR',
      'BEGIN:VEVENT\r\nUID:two\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260512T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
    );
    const given = read(text);
    expect(given).toMatchObject({ leftOut: 1 });
    expect(startsIn(given)).toEqual(['2026-05-12T12:00:00.000Z']);
  });

  test('on a day that never comes does not hold up the house', async () => {
    const text = eventOf('DTSTART:20260101T000000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30');
    const given = await readCalendarFile({ text, zone: 'Europe/Helsinki', ...YEAR });
    expect(given === 'endless' || 'times' in given).toBe(true);
  });
});

const corpus = new URL('../../../../../shared/corpora/ics/', import.meta.url);
const files = existsSync(corpus) ? globSync('**/*.ics', { cwd: corpus.pathname }).sort() : [];
if (files.length === 0) console.log('calendar files of others: not here, so they are not read');

test('calendar files of other programs are read, or refused with a line, and none breaks', () => {
  const wide = { from: '2000-01-01T00:00:00.000Z' as Instant, until: '2016-01-01T00:00:00.000Z' as Instant };
  const given = files.map((file) => ({
    file,
    ...readIcal({ text: readFileSync(new URL(file, corpus), 'utf8'), zone: 'Europe/Helsinki', ...wide }),
  }));
  expect(given.filter((one) => !('times' in one) && one.line < 1)).toEqual([]);
});
