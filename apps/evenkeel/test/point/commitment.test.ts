import { beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { partyStream } from '../../src/modules/ledger/ledger.ts';
import { duesOf } from '../../src/modules/point/promise-dues.actions.ts';
import { workCalendar } from '../../src/modules/signal/days-off.actions.ts';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { type Cite, NOW, promiseGround } from './promise-ground.ts';

const { app, chance, database, party, said, post, refused } = await promiseGround();

type Step = {
  kind: string;
  actor: string;
  at: string;
  reason: string | null;
  side: string | null;
  cites: Cite[];
};
type Promised = {
  id: string;
  number: number;
  state: string;
  due: { date: string; time: string | null; at: string } | null;
  warning: { why: string; name: string | null } | null;
  steps: Step[];
};

const FRIDAY = { date: '2026-05-15', time: null, zone: null };

beforeEach(() => chance.setClock(NOW));

async function make(wish: object, side: 'ours' | 'theirs' = 'theirs') {
  const words = await said(
    side === 'theirs' ? 'inbound' : 'outbound',
    `You'll have the logs. ${Math.random()}`,
  );
  return post(`/api/parties/${party}/commitments`, {
    ...{ side, who: 'Orlov', what: 'the server logs', due: FRIDAY, cites: [words] },
    ...wish,
  });
}
async function made(wish: object = {}, side: 'ours' | 'theirs' = 'theirs'): Promise<string> {
  const { status, body } = await make(wish, side);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id as string;
}
async function shown(id: string): Promise<Promised> {
  const { commitments } = await app.ask<{ commitments: Promised[] }>('GET', `/api/parties/${party}/promises`);
  return commitments.find((one) => one.id === id)!;
}

test('a promise holds who, what, when and the words, and a whole day ends at its local end', async () => {
  const first = await shown(await made());
  expect(first).toMatchObject({
    ...{ side: 'theirs', who: 'Orlov', what: 'the server logs', state: 'open', warning: null },
    due: { date: '2026-05-15', time: null, zone: 'Europe/Helsinki', at: '2026-05-15T20:59:59.999Z' },
    steps: [{ kind: 'point.commitment-made', actor: 'owner' }],
  });
  expect(first.steps[0]!.cites[0]!.quote).toContain("You'll have the logs.");
  expect((await shown(await made())).number).toBe(first.number + 1);
});

test('a promise for a minute in another zone is due at that minute there', async () => {
  const id = await made({ due: { date: '2026-05-15', time: '16:00', zone: 'America/New_York' } });
  expect((await shown(id)).due).toMatchObject({ time: '16:00', at: '2026-05-15T20:00:00.000Z' });
});

test('a day on which nobody works is said and not moved', async () => {
  const saturday = await make({ due: { date: '2026-05-16', time: null, zone: null } });
  expect(saturday).toMatchObject({ status: 201, body: { warning: { why: 'day-off' } } });
  const looked = await app.ask('GET', '/api/promises/due?date=2026-05-16');
  expect(looked).toMatchObject({ due: { date: '2026-05-16' }, warning: { why: 'day-off' }, isPast: false });
  expect(await app.ask('GET', '/api/promises/due?date=2026-05-14&time=09:00')).toMatchObject({
    due: { at: '2026-05-14T06:00:00.000Z' },
  });
});

test('an hour that the clocks skip, a date that is none and a zone that is none are refused', async () => {
  const skipped = await make({ due: { date: '2027-03-28', time: '03:30', zone: null } });
  expect(refused(skipped)).toEqual({ status: 422, code: 'skipped-hour' });
  const none = await make({ due: { date: '2026-02-30', time: null, zone: null } });
  expect(refused(none)).toEqual({ status: 422, code: 'date-not-understood' });
  const nowhere = await make({ due: { date: '2026-05-15', time: null, zone: 'Europe/Nowhere' } });
  expect(refused(nowhere)).toEqual({ status: 422, code: 'zone-unknown' });
});

test('words that do not stand so in the record of this client are refused', async () => {
  const words = await said('inbound', 'I will pay on Friday.');
  const changed = await make({ cites: [{ ...words, quote: 'I will pay on Monday.' }] });
  expect(refused(changed)).toEqual({ status: 422, code: 'quote-not-found' });
  const other = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Somebody else' });
  const elsewhere = await post(`/api/parties/${other.id}/commitments`, {
    ...{ side: 'theirs', who: 'Orlov', what: 'pay', due: FRIDAY, cites: [words] },
  });
  expect(refused(elsewhere)).toEqual({ status: 422, code: 'quote-not-found' });
});

test('a promise without words, or in words of the other side, is none', async () => {
  expect(refused(await make({ cites: [] }))).toEqual({ status: 422, code: 'words-missing' });
  const ours = await said('outbound', 'We will fix the login on Friday.');
  expect(refused(await make({ cites: [ours] }))).toEqual({ status: 422, code: 'words-of-the-other-side' });
  const quotedBack = await said(
    'inbound',
    'You wrote:\n> We will fix it on Friday.\nWhere is it?',
    'We will fix it on Friday.',
  );
  expect(refused(await make({ cites: [quotedBack] }))).toMatchObject({ code: 'words-of-the-other-side' });
  const own = await make({ side: 'ours', who: 'Alex', cites: [quotedBack] });
  expect(own.status).toBe(201);
});

test('a promise without a name or a matter is refused', async () => {
  expect(refused(await make({ what: '  ' }))).toEqual({ status: 422, code: 'promise-unnamed' });
});

test('a point that this client does not have is refused', async () => {
  const lost = await make({ point: '01890000-0000-7000-8000-000000000000' });
  expect(refused(lost)).toEqual({ status: 404, code: 'point-unknown' });
});

test('what passed its day is overdue, which is no verdict; broken is a person’s word with a reason', async () => {
  const id = await made();
  chance.setClock(Date.parse('2026-05-15T20:59:59.000Z'));
  expect((await shown(id)).state).toBe('open');
  chance.setClock(Date.parse('2026-05-15T21:00:00.000Z'));
  expect((await shown(id)).state).toBe('overdue');
  const settle = (body: object) => post(`/api/commitments/${id}/settle`, body);
  expect(refused(await settle({ as: 'broken' }))).toEqual({ status: 422, code: 'reason-missing' });
  expect((await settle({ as: 'broken', reason: 'No logs by Friday evening.' })).status).toBe(200);
  expect(await shown(id)).toMatchObject({
    state: 'broken',
    steps: [{}, { kind: 'point.commitment-broken', reason: 'No logs by Friday evening.', actor: 'owner' }],
  });
  expect(refused(await settle({ as: 'kept', reason: 'They came after all.' }))).toEqual({
    status: 409,
    code: 'promise-settled',
  });
  await post(`/api/commitments/${id}/reopen`, { reason: 'They had sent them to the old address.' });
  expect((await settle({ as: 'kept', reason: 'The logs came on Thursday.' })).status).toBe(200);
  expect((await shown(id)).state).toBe('kept');
});

test('we are let off our promise by their words only; letting them off needs a word of ours', async () => {
  const ours = await made({ who: 'Alex', what: 'fix the login' }, 'ours');
  const silent = await post(`/api/commitments/${ours}/settle`, { as: 'released', reason: 'They seem fine.' });
  expect(refused(silent)).toEqual({ status: 422, code: 'words-missing' });
  const words = await said('inbound', 'Never mind the login.');
  expect((await post(`/api/commitments/${ours}/settle`, { as: 'released', cites: [words] })).status).toBe(
    200,
  );
  expect(await shown(ours)).toMatchObject({ state: 'released', steps: [{}, { side: 'theirs' }] });
  const theirs = await made();
  expect(
    (await post(`/api/commitments/${theirs}/settle`, { as: 'released', reason: 'We found the logs.' }))
      .status,
  ).toBe(200);
  expect(await shown(theirs)).toMatchObject({ state: 'released', steps: [{}, { side: 'ours' }] });
});

test('another date is a fact of its own, with who asked and why, and the one before stays', async () => {
  const id = await made();
  const words = await said('inbound', 'Friday is too soon, let us say Monday.');
  const monday = { date: '2026-05-18', time: null, zone: null };
  const move = (body: object) =>
    post(`/api/commitments/${id}/move`, { due: monday, side: 'theirs', ...body });
  expect(refused(await move({ cites: [words] }))).toMatchObject({ code: 'reason-missing' });
  expect(refused(await move({ due: FRIDAY, reason: 'again' }))).toMatchObject({ code: 'date-unchanged' });
  expect((await move({ reason: 'They asked for more time.', cites: [words] })).status).toBe(200);
  const { due, state, steps } = await shown(id);
  expect([due!.date, state]).toEqual(['2026-05-18', 'open']);
  expect(steps.map((step) => [step.kind, step.side, (step as unknown as Promised).due?.date])).toEqual([
    ['point.commitment-made', 'theirs', '2026-05-15'],
    ['point.commitment-moved', 'theirs', '2026-05-18'],
  ]);
});

test('a reminder never falls on a day off: before a row of holidays it comes on the last working day', async () => {
  const { workspaceId, db } = app.ledger;
  for (const date of ['2026-06-18', '2026-06-19'])
    await app.ask('PUT', `/api/calendar/days/${date}`, { name: 'Midsummer here', isWorking: false });
  const id = await made({ due: { date: '2026-06-22', time: null, zone: null }, what: 'the file' });
  const reminded = async (until: string) =>
    (
      await duesOf(db, workspaceId, { until: until as Instant, party }, await workCalendar(app.ledger))
    ).filter((due) => due.id === id);
  expect(await reminded('2026-06-16T20:00:00.000Z')).toEqual([]);
  // Monday's promise: Sunday and Saturday are none, Friday and Thursday are off, so it is Wednesday.
  expect(await reminded('2026-06-17T06:00:00.000Z')).toMatchObject([{ params: { remindOn: '2026-06-17' } }]);
});

test('a promise is a due of its side from the working day before', async () => {
  const { workspaceId, db } = app.ledger;
  const id = await made({ due: { date: '2026-05-25', time: null, zone: null }, what: 'the invoice' });
  const dues = async (until: string) =>
    (
      await duesOf(db, workspaceId, { until: until as Instant, party }, await workCalendar(app.ledger))
    ).filter((due) => due.id === id);
  expect(await dues('2026-05-21T20:00:00.000Z')).toEqual([]);
  // Monday's promise is thought of on Friday.
  expect(await dues('2026-05-22T06:00:00.000Z')).toMatchObject([
    {
      ...{
        room: 'point',
        kind: 'promise',
        side: 'theirs',
        partyId: party,
        isWholeDay: true,
        says: 'the invoice',
      },
      ...{ code: 'promise-theirs', at: '2026-05-25T20:59:59.999Z', params: { remindOn: '2026-05-22' } },
      interactionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
  await post(`/api/commitments/${id}/settle`, { as: 'kept', reason: 'Paid.' });
  expect(await dues('2026-06-01T00:00:00.000Z')).toEqual([]);
});

test('of two who settle the same promise at once, one is told that it has ended', async () => {
  const id = await made();
  const both = await Promise.all(
    ['one', 'other'].map((reason) => post(`/api/commitments/${id}/settle`, { as: 'kept', reason })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('promises made again from the ledger are, row by row, what they were', async () => {
  const tables = ['commitments', 'offers', 'offer_options', 'promise_steps', 'promise_cites'];
  const rows = () => rowsOf(database.pool, tables);
  const before = await rows();
  expect(before.commitments?.length).toBeGreaterThan(5);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});

test('every promise stands in the stream of its client', async () => {
  const { rows } = await database.pool.query('SELECT length FROM streams WHERE stream = $1', [
    partyStream(party),
  ]);
  const { rows: steps } = await database.pool.query('SELECT count(*)::int AS count FROM promise_steps');
  expect(rows[0].length).toBeGreaterThan(steps[0].count);
});
