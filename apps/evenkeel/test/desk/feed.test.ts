import Ical from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { LocalDate } from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { feedOf } from '../../src/modules/desk/feed.ts';
import type { NamedDue } from '../../src/modules/desk/named-due.actions.ts';
import { NOW, promiseGround } from '../point/promise-ground.ts';

const { app, chance, party, said } = await promiseGround();
chance.setClock(NOW);

const words = await said('outbound', 'I will answer on the refund by Monday.');
const promise = (due: object, what: string, side = 'ours') =>
  app.ask('POST', `/api/parties/${party}/commitments`, { side, who: 'Alex', what, due, cites: [words] });
await promise({ date: '2026-05-18', time: null, zone: null }, 'Ответ о возврате; the refund, 400 €');
await promise({ date: '2026-05-19', time: '16:00', zone: null }, 'the logo');
const path = async (wish: object) =>
  (await app.ask<{ id: string; path: string }>('POST', '/api/calendar/feeds', wish)) as {
    id: string;
    path: string;
  };
/** As a calendar program asks: over TCP, with no session. */
const asStranger = (address: string) =>
  app.fetch(new Request(new URL(address, 'http://127.0.0.1:7140')), { isLocal: false });
type Event = InstanceType<typeof Ical.Event>;
const eventsIn = (text: string): Event[] =>
  new Ical.Component(Ical.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((one) => new Ical.Event(one));

describe('a feed', () => {
  test('opens by its secret address alone, and gives what is due to any calendar program', async () => {
    const { path: address } = await path({ hasNames: true });
    const answer = await asStranger(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = eventsIn(await answer.text());
    expect(events.map(({ summary }) => summary)).toEqual([
      'Baltika Oy · Promise · Ответ о возврате; the refund, 400 €',
      'Baltika Oy · Promise · the logo',
    ]);
    const [day, minute] = events;
    expect([day!.startDate.toString(), day!.endDate.toString(), day!.startDate.isDate]).toEqual([
      '2026-05-18',
      '2026-05-19',
      true,
    ]);
    expect(minute!.startDate.toString()).toBe('2026-05-19T13:00:00Z');
    expect(events.map(({ uid }) => uid)).toEqual([...new Set(events.map(({ uid }) => uid))]);
  });

  test('without names says what kind of thing is due and nothing else, in the language it was made for', async () => {
    const { path: address } = await path({ hasNames: false, lang: 'fi' });
    const text = await (await asStranger(address)).text();
    expect(eventsIn(text).map(({ summary }) => summary)).toEqual(['Lupaus', 'Lupaus']);
    for (const content of ['Baltika', 'возврате', 'refund', 'logo']) expect(text).not.toContain(content);
  });

  test('calls a thing by the same name every time, so that its date can move', async () => {
    const { path: address } = await path({});
    const uids = async () => eventsIn(await (await asStranger(address)).text()).map(({ uid }) => uid);
    expect(await uids()).toEqual(await uids());
  });

  test('is listed without its address, and says when it was read', async () => {
    const { items } = await app.ask<{ items: Record<string, unknown>[] }>('GET', '/api/calendar/feeds');
    expect(items[0]).toEqual({
      id: expect.any(String),
      hasNames: true,
      lang: 'en',
      madeAt: expect.any(String),
      readAt: expect.any(String),
    });
    const { rows } = await app.pool.query('SELECT * FROM calendar_feeds');
    expect(JSON.stringify(rows)).not.toContain((await path({})).path.slice(20, 40));
  });

  test('that was renewed opens by its new address only, and by none when it was taken back', async () => {
    const first = await path({});
    const second = await app.ask<{ path: string }>('POST', `/api/calendar/feeds/${first.id}/renew`);
    expect([(await asStranger(first.path)).status, (await asStranger(second.path)).status]).toEqual([
      404, 200,
    ]);
    expect((await app.call('DELETE', `/api/calendar/feeds/${first.id}`)).status).toBe(204);
    const gone = await asStranger(second.path);
    expect([gone.status, await gone.json()]).toMatchObject([404, { code: 'feed-unknown' }]);
  });

  test('is guarded against guessing, and the right address waits with the wrong ones', async () => {
    const { path: address } = await path({});
    for (let i = 0; i < 40; i += 1) await asStranger(`/api/calendar/feed/guess-${i}.ics`);
    const busy = await asStranger(address);
    expect([busy.status, await busy.json()]).toMatchObject([429, { code: 'too-many-tries' }]);
    chance.setClock(Date.parse(chance.now()) + 61_000);
    expect((await asStranger(address)).status).toBe(200);
  });

  test('reads and does nothing else: a stranger makes none, and changes nothing by its address', async () => {
    const { path: address } = await path({});
    const post = (to: string) =>
      app.fetch(new Request(new URL(to, 'http://127.0.0.1:7140'), { method: 'POST' }), { isLocal: false });
    expect((await post('/api/calendar/feeds')).status).toBe(401);
    expect((await post(address)).status).toBe(404);
  });
});

describe('a line of a feed', () => {
  const due: NamedDue = {
    ...{ id: '01', room: 'procedure', kind: 'law', side: 'ours', partyId: 'p', interactionId: null },
    at: '2026-05-18T20:59:59.999Z' as Instant,
    ...{ isWholeDay: true, code: 'procedure-step', party: 'Sähköyhtiö Ääkköset 😀'.repeat(6), time: null },
    date: '2026-05-18' as LocalDate,
    says: 'Ответить: первое; второе, третье\\четвёртое\nновая строка',
    params: { isVerified: false, ru: 'Ответ на жалобу' },
    source: 'Положение, п. 4 (2026-11-01)',
  };
  const style = { hasNames: true, lang: 'ru', origin: 'http://127.0.0.1:7140' } as const;
  const now = '2026-05-13T09:00:00.000Z' as Instant;

  test('has at most 75 octets, is broken between characters, and ends as it must', () => {
    const text = feedOf([due, { ...due, params: {} }], 'w', now, style);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
    expect(text).not.toContain('\uFFFD');
    const [packs, words] = eventsIn(text);
    expect(words!.summary).toBe(`${due.party} · Срок по закону · ${due.says}`);
    expect(packs!.summary).toBe(`${due.party} · Срок по закону · Ответ на жалобу`);
    expect(packs!.description).toBe('Источник: Положение, п. 4 (2026-11-01) (не проверено)');
  });
});
