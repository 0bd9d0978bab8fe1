import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  type Calendar,
  holidayOn,
  isWorkingDay,
  type LocalDate,
} from '../../src/kernel/calendar.ts';
import { workCalendar } from '../../src/modules/signal/days-off.actions.ts';
import { holidaysOf } from '../../src/modules/signal/days-off.holidays.ts';
import { calendars } from '../kernel/calendars.ts';
import { type Json, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const date = (text: string) => text as LocalDate;
const calendar = (): Promise<Calendar> => workCalendar(app.ledger);
const daysIn = async (year: number) =>
  (
    await app.ask<{ days: { date: string; name: string; kind: string }[] }>(
      'GET',
      `/api/calendar/days?year=${year}`,
    )
  ).days;
const fileOf = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...events, 'END:VCALENDAR'].join('\r\n');
const wholeDay = (day: string, title: string) =>
  `BEGIN:VEVENT\r\nUID:${day}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:${day}\r\nSUMMARY:${title}\r\nEND:VEVENT`;

describe('public holidays', () => {
  test.each([
    ['FI', 'helsinki', ['Midsummer Eve', 'Christmas Eve']],
    ['GB-ENG', 'london', []],
  ])('of %s are the ones written down by hand, over ten years', async (country, name, eves) => {
    const { off, eves: evesOf } = (await holidaysOf(country))!;
    const byHand = calendars()[name]!;
    for (let year = 2024; year <= 2033; year += 1) {
      const hand = [...byHand.holidays(year)];
      const weekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay());
      const expected = hand.filter(([, says]) => !eves.includes(says as never)).map(([day]) => day);
      const found = [...off(year).keys()];
      expect(found.filter(weekday).sort()).toEqual(expected.filter(weekday).sort());
      const expectedEves = hand.filter(([, says]) => eves.includes(says as never)).map(([day]) => day);
      expect([...evesOf(year).keys()]).toEqual(expect.arrayContaining(expectedEves));
    }
  });

  test('of several days are each of them, and a country or region nobody knows has none', async () => {
    expect((await holidaysOf('RU'))!.off(2025).size).toBe(14);
    expect(await holidaysOf('XX')).toBeNull();
    expect(await holidaysOf('GB-XX')).toBeNull();
  });

  test('do not count while nobody has said whose are ours, and one is proposed by the zone', async () => {
    const given = await app.ask<Json>('GET', '/api/calendar/days?year=2026');
    expect(given).toMatchObject({ country: null, days: [] });
    expect(isWorkingDay(await calendar(), date('2026-05-14'))).toBe(true);
  });

  test('count from the moment a country is chosen; its eves only when somebody says so', async () => {
    expect((await app.call('PUT', '/api/calendar/country', { country: 'FI' })).status).toBe(204);
    const ours = await calendar();
    expect(holidayOn(ours, date('2026-05-14'))).toBe('Helatorstai');
    expect(isWorkingDay(ours, date('2026-06-19'))).toBe(true);
    expect((await daysIn(2026)).find((day) => day.date === '2026-06-19')).toMatchObject({ kind: 'eve' });
    expect(addWorkingDays(ours, date('2026-05-13'), 1)).toBe('2026-05-15');
  });

  test('of a country that does not exist are refused, and the one before stays', async () => {
    const refused = await app.call('PUT', '/api/calendar/country', { country: 'XX' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'country-unknown', params: { country: 'XX' } });
    expect(await app.ask('GET', '/api/calendar/days?year=2026')).toMatchObject({ country: 'FI' });
  });
});

describe('the zone', () => {
  test('is ours when we say so, and one that nobody knows is refused', async () => {
    expect((await app.call('PUT', '/api/calendar/zone', { zone: 'America/New_York' })).status).toBe(204);
    expect(await calendar()).toMatchObject({ zone: 'America/New_York' });
    const refused = await app.call('PUT', '/api/calendar/zone', { zone: 'Europe/Nowhere' });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { code: 'zone-unknown', params: { zone: 'Europe/Nowhere' } },
    ]);
    expect(await calendar()).toMatchObject({ zone: 'America/New_York' });
    await app.call('PUT', '/api/calendar/zone', { zone: 'Europe/Helsinki' });
  });
});

describe('a date that people correct', () => {
  test('is off with its name, or worked although it is a holiday or a weekend', async () => {
    await app.call('PUT', '/api/calendar/days/2026-06-19', { name: 'Midsummer Eve' });
    await app.call('PUT', '/api/calendar/days/2026-05-14', { isWorking: true, reason: 'We deliver' });
    await app.call('PUT', '/api/calendar/days/2026-05-16', { isWorking: true });
    const ours = await calendar();
    expect(holidayOn(ours, date('2026-06-19'))).toBe('Midsummer Eve');
    expect(isWorkingDay(ours, date('2026-06-19'))).toBe(false);
    expect(isWorkingDay(ours, date('2026-05-14'))).toBe(true);
    expect(isWorkingDay(ours, date('2026-05-16'))).toBe(true);
    const days = await daysIn(2026);
    expect(days.find((day) => day.date === '2026-05-14')).toMatchObject({
      kind: 'worked',
      name: 'Helatorstai',
      reason: 'We deliver',
    });
  });

  test('is again what the calendar says when that is taken back', async () => {
    expect((await app.call('DELETE', '/api/calendar/days/2026-05-14')).status).toBe(204);
    expect(isWorkingDay(await calendar(), date('2026-05-14'))).toBe(false);
    const again = await app.call('DELETE', '/api/calendar/days/2026-05-14');
    expect(await again.json()).toMatchObject({ code: 'day-unknown' });
  });

  test.each([
    ['2026-02-30', { name: 'No such day' }, 'no-such-date'],
    ['30.2.2026', { name: 'No such day' }, 'no-such-date'],
    ['2026-07-01', { name: '  ' }, 'day-unnamed'],
  ])('%s with %o is refused: %s', async (day, body, code) => {
    const refused = await app.call('PUT', `/api/calendar/days/${day}`, body);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code, params: { date: day } });
  });
});

describe('hours that contradict themselves are refused, and the ones before stay', () => {
  test.each([
    [{ workFrom: '17:00', workUntil: '09:00' }, 'pace-unusable'],
    [{ workFrom: '09:00', workUntil: '09:00' }, 'pace-unusable'],
    [{ workDays: [] }, 'pace-unusable'],
    [{ workFrom: '25:00' }, 'not-understood'],
    [{ workUntil: '12:75' }, 'not-understood'],
    [{ workDays: [8] }, 'not-understood'],
  ])('%o: %s', async (wish, code) => {
    const refused = await app.call('PATCH', '/api/language/settings', wish);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code });
    expect(await calendar()).toMatchObject({ from: '09:00', until: '17:00', workDays: [1, 2, 3, 4, 5] });
  });
});

describe('a holiday file', () => {
  test('adds its whole days, keeps what people said, and says what it left out', async () => {
    const timed =
      'BEGIN:VEVENT\r\nUID:t\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260701T090000Z\r\nSUMMARY:Meeting\r\nEND:VEVENT';
    const summer =
      'BEGIN:VEVENT\r\nUID:s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260706\r\nDTEND;VALUE=DATE:20260708\r\nSUMMARY:Summer break\r\nEND:VEVENT';
    const text = fileOf(wholeDay('20260619', 'Juhannus'), wholeDay('20261224', 'Jouluaatto'), summer, timed);
    expect(await app.ask('POST', '/api/calendar/days/file', { text })).toEqual({
      added: 3,
      known: 1,
      leftOut: 1,
    });
    const ours = await calendar();
    expect(holidayOn(ours, date('2026-06-19'))).toBe('Midsummer Eve');
    expect(holidayOn(ours, date('2026-12-24'))).toBe('Jouluaatto');
    expect(
      [date('2026-07-06'), date('2026-07-07'), date('2026-07-08')].map((day) => isWorkingDay(ours, day)),
    ).toEqual([false, false, true]);
  });

  test.each([
    ['a web page', '<!doctype html>\n<title>Holidays</title>', 1, '<!doctype html>'],
    ['a table', 'date,name\n2026-12-24,Christmas Eve', 1, 'date,name'],
    ['nothing', '', 1, ''],
    ['a broken line', fileOf('BEGIN:VEVENT', 'this is no property', 'END:VEVENT'), 5, 'this is no property'],
    ['one that does not end', 'BEGIN:VCALENDAR\r\nVERSION:2.0', 2, 'VERSION:2.0'],
    ['one that ends what never began', fileOf('END:VEVENT'), 4, 'END:VEVENT'],
  ])('that is %s is refused, with the line that shows it', async (_what, text, line, found) => {
    const refused = await app.call('POST', '/api/calendar/days/file', { text });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'calendar-unreadable', params: { line, found } });
  });

  test('that names no whole day is refused', async () => {
    const refused = await app.call('POST', '/api/calendar/days/file', { text: fileOf() });
    expect(await refused.json()).toMatchObject({ code: 'no-days-in-file' });
  });
});
