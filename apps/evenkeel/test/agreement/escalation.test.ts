import { beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { agreementGround, type Cite, HOURS } from './agreement-ground.ts';

const ground = await agreementGround();
const { app, chance, database, party, post, make, said, open, clausesOf } = ground;

const STEPS = [
  { step: 'notice', says: 'We write to each other what the matter is.', after: null },
  { step: 'pause', says: 'A pause.', after: { count: 14, unit: 'days' } },
  { step: 'mediator', says: 'We ask a mediator.', after: { count: 5, unit: 'working-days' } },
  { step: 'court', says: 'The court at our seat.', after: { count: 1, unit: 'weeks' } },
];
const CLAUSE = { kind: 'escalation', says: 'Notice, a pause, a mediator, then a court.', steps: STEPS };

type Shown = {
  readonly id: string;
  readonly state: string;
  readonly taken: number;
  readonly due: { readonly on: string; readonly at: string; readonly isWholeDay: boolean } | null;
  readonly steps: readonly { readonly step: string; readonly done: { readonly happenedAt: string } | null }[];
};
const shown = async (id: string) =>
  (await app.ask<{ escalations: Shown[] }>('GET', `/api/parties/${party}/agreements`)).escalations.find(
    (one) => one.id === id,
  )!;
type Row = { code: string; params: Record<string, unknown>; at: string; says: string; kind: string };
type Band = { readonly items: readonly Row[] };
const today = async () => {
  const { now, later } = await app.ask<Record<'now' | 'later', Band>>('GET', '/api/today');
  return [...now.items, ...later.items].filter(({ code }) => code === 'agreement-escalation');
};
const letter = (cite: Cite) => ({ kind: 'letter', interactionId: cite.interactionId });

let clause = '';
let hours = '';
let id = '';

beforeAll(async () => {
  const agreement = await open([CLAUSE, HOURS]);
  [clause, hours] = (await clausesOf(agreement)).map((one) => one.id) as [string, string];
});

describe('a dispute is taken further only by steps that were agreed', () => {
  test('not by a clause of another kind, nor one without a yes', async () => {
    const begin = (which: string) => post(`/api/clauses/${which}/escalation`, { says: 'Invoice 118' });
    expect(await begin(hours)).toMatchObject({ status: 422, body: { code: 'clause-not-escalation' } });
    expect(await begin(clause)).toMatchObject({ status: 409, body: { code: 'clause-not-agreed' } });
    const nowhere = '00000000-0000-7000-8000-000000000000';
    expect(await begin(nowhere)).toMatchObject({ status: 404, body: { code: 'clause-unknown' } });
  });

  test('it begins with what it is about, once at a time, and asks for its first step by the day that was said', async () => {
    const [first] = (await ground.terms()).agreements;
    const yes = await said('inbound', 'Agreed, all of it.');
    await make(`/api/agreements/${first!.id}/acceptance`, { proof: { kind: 'line', ...yes } });
    const path = `/api/clauses/${clause}/escalation`;
    expect(await post(path, { says: ' ' })).toMatchObject({ status: 422, body: { code: 'words-empty' } });
    expect(await post(path, { says: 'x', dueOn: '2026-02-30' })).toMatchObject({
      body: { code: 'date-unusable' },
    });
    id = await make(path, { says: 'Invoice 118', dueOn: '2026-05-15' });
    expect(await post(path, { says: 'again' })).toMatchObject({ body: { code: 'escalation-running' } });
    expect(await shown(id)).toMatchObject({ taken: 0, due: { on: '2026-05-15', isWholeDay: true } });
    expect(await today()).toMatchObject([
      { says: 'Invoice 118', kind: 'contract', params: { number: 1, step: 'notice' } },
    ]);
  });
});

describe('what is sent next', () => {
  const words = (query: string) => app.call('GET', `/api/escalations/${id}/words?${query}`);

  test.each(['en', 'ru', 'fi'])(
    'is a whole letter in %s, with the agreed words and the day it gives',
    async (lang) => {
      const { text, until } = (await (await words(`lang=${lang}`)).json()) as { text: string; until: string };
      // Fourteen days after 13 May.
      expect(until).toBe('2026-05-27');
      for (const part of ['Invoice 118', CLAUSE.says, STEPS[0]!.says, '27', 'Keel & Co', 'Baltika Oy'])
        expect(text).toContain(part);
      expect(text).not.toContain('{{');
    },
  );

  test('takes another day where one is given, and refuses one that is none', async () => {
    const { text } = (await (await words('until=2026-06-01')).json()) as { text: string };
    expect(text).toContain('1 June 2026');
    expect(await (await words('until=soon')).json()).toMatchObject({ code: 'date-unusable' });
  });
});

describe('a step is a fact with its proof', () => {
  const take = (step: string, proof: unknown, early: Cite | null = null) =>
    post(`/api/escalations/${id}/steps`, { step, proof, early });

  test('none is passed over, and notice is ours and in writing', async () => {
    const theirs = await said('inbound', 'See you in court.');
    const ours = await said('outbound', 'This is our notice about invoice 118.');
    const { id: call } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
      ...{ kind: 'call', direction: 'outbound', parties: [{ id: party }], at: '2026-05-13T10:00:00+03:00' },
      ...{
        durationMin: 5,
        channel: 'phone',
        people: [],
        subject: null,
        text: 'Told him.',
        quotes: [],
        outcome: null,
      },
    });
    expect(await take('mediator', letter(ours))).toMatchObject({
      status: 409,
      body: { code: 'escalation-skipped', params: { next: 'notice' } },
    });
    expect((await take('notice', letter(theirs))).body.code).toBe('notice-not-from-us');
    expect((await take('notice', { kind: 'letter', interactionId: call })).body.code).toBe(
      'proof-not-in-writing',
    );
    const nowhere = '00000000-0000-7000-8000-000000000000';
    expect((await take('notice', { kind: 'letter', interactionId: nowhere })).body.code).toBe(
      'proof-not-found',
    );
    const invented = { kind: 'line', ...ours, quote: 'Something that nobody wrote.' };
    expect((await take('notice', invented)).body.code).toBe('quote-not-found');
    expect((await shown(id)).taken).toBe(0);
  });

  test('the clock of the next one runs from the day of the record, not of the entry', async () => {
    const ours = await said('outbound', 'Our notice.', { at: '2026-05-12T15:00:00+03:00' });
    expect((await take('notice', { kind: 'line', ...ours })).status).toBe(201);
    expect(await shown(id)).toMatchObject({
      taken: 1,
      due: { on: '2026-05-26', at: '2026-05-26T20:59:59.999Z' },
      steps: [{ done: { happenedAt: '2026-05-12T12:00:00.000Z' } }, {}, {}, {}],
    });
    expect(await today()).toMatchObject([{ params: { step: 'pause' } }]);
  });

  test('before its time it needs their own words; after it, none', async () => {
    const soon = await said('outbound', 'The pause begins.', { at: '2026-05-14T10:00:00+03:00' });
    expect(await take('pause', letter(soon))).toMatchObject({
      status: 409,
      body: { code: 'escalation-too-early', params: { on: '2026-05-26' } },
    });
    expect((await take('pause', letter(soon), soon)).body.code).toBe('proof-not-theirs');
    const theirs = await said('inbound', 'Let us not wait for the 26th.', {
      at: '2026-05-13T11:00:00+03:00',
    });
    expect((await take('pause', letter(soon), theirs)).status).toBe(201);
    // Five working days after Thursday, 14 May.
    expect((await shown(id)).due?.on).toBe('2026-05-21');
    const old = await said('outbound', 'Older than the pause.', { at: '2026-05-13T10:00:00+03:00' });
    expect((await take('mediator', letter(old))).body.code).toBe('escalation-out-of-order');
  });

  test('the feed and the calendar know the day by its step', async () => {
    const { items } = await app.ask<{ items: { code: string; params: { step?: string } }[] }>(
      'GET',
      '/api/calendar?from=2026-05-01&to=2026-05-31',
    );
    expect(items.filter(({ code }) => code === 'agreement-escalation')).toMatchObject([
      { params: { step: 'mediator' } },
    ]);
  });

  test('after the last nothing is due, nothing more can be taken, and it ends with a reason', async () => {
    chance.setClock(Date.parse('2026-06-20T12:00:00+03:00'));
    const asked = await said('outbound', 'We ask the mediator.', { at: '2026-05-28T10:00:00+03:00' });
    expect((await take('mediator', letter(asked))).status).toBe(201);
    const filed = await said('outbound', 'We have filed it.', { at: '2026-06-10T10:00:00+03:00' });
    expect((await take('court', letter(filed))).status).toBe(201);
    expect(await shown(id)).toMatchObject({ taken: 4, due: null, state: 'running' });
    expect(await today()).toEqual([]);
    expect((await take('court', letter(filed))).body.code).toBe('escalation-all-taken');
    const end = (body: unknown) => post(`/api/escalations/${id}/end`, body);
    expect((await end({ how: 'settled', reason: ' ' })).body.code).toBe('reason-missing');
    const paid = await said('inbound', 'Paid today.', { at: '2026-06-20T10:00:00+03:00' });
    expect((await end({ how: 'settled', reason: 'Paid.', cite: paid })).status).toBe(201);
    expect((await end({ how: 'dropped', reason: 'twice' })).body.code).toBe('escalation-over');
    expect((await shown(id)).state).toBe('settled');
  });

  test('where they take it further, the notice is theirs', async () => {
    const other = await make(`/api/clauses/${clause}/escalation`, {
      side: 'theirs',
      says: 'The site was down',
    });
    const ours = await said('outbound', 'A mail of ours.');
    const step = (cite: Cite) =>
      post(`/api/escalations/${other}/steps`, { step: 'notice', proof: letter(cite) });
    expect((await step(ours)).body.code).toBe('notice-not-from-them');
    expect((await step(await said('inbound', 'This is my notice.'))).status).toBe(201);
  });
});

test('made again from the ledger they are, row by row, what they were', async () => {
  const rows = () => rowsOf(database.pool, ['escalations', 'escalation_steps']);
  const before = await rows();
  expect(Object.values(before).map(({ length }) => length)).toEqual([2, 5]);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
