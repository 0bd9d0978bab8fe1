import { describe, expect, test } from 'vitest';
import { NOW, promiseGround } from '../point/promise-ground.ts';
import type { Json } from '../support/test-app.ts';

const { app, chance, party, said } = await promiseGround();
chance.setClock(NOW);
await app.call('PUT', '/api/calendar/country', { country: 'FI' });
await app.call('PUT', '/api/calendar/days/2026-05-16', { isWorking: true, name: 'Moving day' });

const words = {
  ours: await said('outbound', 'I will answer on the refund by Monday.'),
  theirs: await said('inbound', 'I will call on Monday at nine.'),
};
const promise = (due: object, what: string, side: 'ours' | 'theirs' = 'ours') =>
  app.ask('POST', `/api/parties/${party}/commitments`, {
    side,
    who: 'Alex',
    what,
    due,
    cites: [words[side]],
  });
await promise({ date: '2026-05-18', time: null, zone: null }, 'the refund');
await promise({ date: '2026-05-18', time: '09:00', zone: 'America/New_York' }, 'the call', 'theirs');
await promise({ date: '2026-06-02', time: null, zone: null }, 'the logo');
type Page = { items: Json[]; overdue: Json[]; days: Json[]; zone: string; today: string };
const page = (query: string) => app.ask<Page>('GET', `/api/calendar?${query}`);

describe('the calendar', () => {
  test('shows what is due between two dates, at its day and hour where we are', async () => {
    const { items, zone, today } = await page('from=2026-05-18&to=2026-05-24');
    expect({ zone, today }).toEqual({ zone: 'Europe/Helsinki', today: '2026-05-13' });
    expect(
      items.map(({ date, time, says, side, party: name }) => ({ date, time, says, side, name })),
    ).toEqual([
      { date: '2026-05-18', time: '16:00', says: 'the call', side: 'theirs', name: 'Baltika Oy' },
      { date: '2026-05-18', time: null, says: 'the refund', side: 'ours', name: 'Baltika Oy' },
    ]);
  });

  test('names days on which nobody works, and a Saturday on which we do', async () => {
    const { days } = await page('from=2026-05-11&to=2026-05-17');
    expect(days).toEqual([
      { date: '2026-05-14', name: 'Helatorstai', isWorked: false },
      { date: '2026-05-16', name: null, isWorked: true },
    ]);
  });

  test('keeps what is overdue and still open in sight', async () => {
    chance.setClock(Date.parse('2026-05-20T09:00:00.000Z'));
    const { items, overdue } = await page('from=2026-05-20&to=2026-06-30');
    expect(items.map(({ says }) => says)).toEqual(['the logo']);
    expect(overdue.map(({ says }) => says)).toEqual(['the call', 'the refund']);
    chance.setClock(NOW);
  });

  test('of one client shows only theirs', async () => {
    const { id } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Somebody else' });
    expect((await page(`from=2026-05-01&to=2026-06-30&party=${id}`)).items).toEqual([]);
    expect((await page(`from=2026-05-01&to=2026-06-30&party=${party}`)).items).toHaveLength(3);
  });

  test.each([
    ['from=2026-05-20&to=2026-05-01'],
    ['from=2026-02-30&to=2026-05-01'],
    ['from=2026-01-01&to=2029-01-01'],
    ['from=tomorrow&to=2026-05-01'],
  ])('refuses %s', async (query) => {
    const refused = await app.call('GET', `/api/calendar?${query}`);
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'dates-unusable' }]);
  });
});
