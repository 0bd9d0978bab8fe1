import { openZip } from '@evenkeel/proof/zip';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { makeOffer, tellOffer } from '../../src/modules/point/offer.actions.ts';
import { lookAtOffer } from '../../src/modules/point/offer-look.actions.ts';
import { setAllowance } from '../../src/modules/point/offer-private.actions.ts';
import { duesOf } from '../../src/modules/point/promise-dues.actions.ts';
import { withoutPrejudice } from '../../src/modules/point/promise-views.actions.ts';
import { workCalendar } from '../../src/modules/signal/days-off.actions.ts';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { NOW, promiseGround } from './promise-ground.ts';

const { app, chance, database, party, said, post, refused } = await promiseGround();
const { ledger } = app;

type Shown = {
  id: string;
  number: number;
  state: string;
  needsSecond: boolean;
  looked: { who: string; says: string } | null;
  chosen: number | null;
  options: { what: string; sum: { amount: string; currency: string } | null }[];
  steps: { kind: string; recordId: string; reason: string | null; cites: { interactionId: string }[] }[];
};

const day = (date: string) => ({ date, time: null, zone: null });
const OPTIONS = [
  { what: 'Half of the fee back', sum: { amount: '150', currency: 'eur' } },
  { what: 'The form made again, free of charge' },
];
const WISH = { side: 'ours' as const, options: OPTIONS, decideBy: day('2026-05-20') };

beforeEach(() => chance.setClock(NOW));

const offer = (wish: object) => post(`/api/parties/${party}/offers`, { ...WISH, ...wish });
const act = (id: string, what: string, body: object) => post(`/api/offers/${id}/${what}`, body);
async function offered(wish: object = {}): Promise<string> {
  const words = await said('outbound', `We offer you two ways. ${Math.random()}`);
  const { status, body } = await offer({ cites: [words], ...wish });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id as string;
}
async function shown(id: string): Promise<Shown> {
  const { offers } = await app.ask<{ offers: Shown[] }>('GET', `/api/parties/${party}/promises`);
  return offers.find((one) => one.id === id)!;
}

describe('an offer', () => {
  test('of ours is prepared, told, and accepted in their words: one of its solutions', async () => {
    const { status, body } = await offer({});
    expect(status).toBe(201);
    const id = body.id as string;
    expect(await shown(id)).toMatchObject({
      state: 'prepared',
      options: [{ sum: { amount: '150.00', currency: 'EUR' } }, { sum: null }],
    });
    const yes = await said('inbound', 'The second one is fine.');
    expect(refused(await act(id, 'answer', { is: 'accepted', option: 2, cites: [yes] }))).toEqual({
      status: 409,
      code: 'offer-not-told',
    });
    const told = await said('outbound', 'We offer you two ways.');
    expect((await act(id, 'told', { cites: [told] })).status).toBe(200);
    expect(refused(await act(id, 'answer', { is: 'accepted', cites: [yes] }))).toMatchObject({
      code: 'option-missing',
    });
    expect(refused(await act(id, 'answer', { is: 'accepted', option: 2 }))).toMatchObject({
      code: 'words-missing',
    });
    expect((await act(id, 'answer', { is: 'accepted', option: 2, cites: [yes] })).status).toBe(200);
    expect(await shown(id)).toMatchObject({ state: 'accepted', chosen: 2 });
  });

  test('is accepted once, and is not withdrawn afterwards', async () => {
    const id = await offered();
    const yes = await said('inbound', 'Yes to the money.');
    const accept = () => act(id, 'answer', { is: 'accepted', option: 1, cites: [yes] });
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(refused(await accept())).toEqual({ status: 409, code: 'offer-answered' });
    expect(refused(await act(id, 'withdraw', { reason: 'We changed our mind.' }))).toEqual({
      status: 409,
      code: 'offer-answered',
    });
  });

  test('that nobody answered is expired, never accepted; a late yes needs a new date first', async () => {
    const id = await offered();
    chance.setClock(Date.parse('2026-05-21T09:00:00.000Z'));
    expect((await shown(id)).state).toBe('expired');
    const late = await said(
      'inbound',
      'We take the money.',
      'We take the money.',
      '2026-05-21T10:00:00+03:00',
    );
    expect(refused(await act(id, 'answer', { is: 'accepted', option: 1, cites: [late] }))).toEqual({
      status: 409,
      code: 'offer-expired',
    });
    const inTime = await said(
      'inbound',
      'We would take the money.',
      'We would take the money.',
      '2026-05-20T23:00:00+03:00',
    );
    expect((await act(id, 'move', { decideBy: day('2026-05-29') })).body.code).toBe('reason-missing');
    expect((await act(id, 'move', { decideBy: day('2026-05-29'), reason: 'It still stands.' })).status).toBe(
      200,
    );
    expect((await shown(id)).state).toBe('open');
    expect((await act(id, 'answer', { is: 'accepted', option: 1, cites: [late] })).status).toBe(200);
    const other = await offered({ decideBy: day('2026-05-25') });
    chance.setClock(Date.parse('2026-05-26T09:00:00.000Z'));
    expect((await act(other, 'answer', { is: 'accepted', option: 1, cites: [inTime] })).status).toBe(200);
  });

  test('of theirs begins with their words and is answered in ours', async () => {
    const theirs = { side: 'theirs', options: [{ what: 'We pay 800 and forget the rest' }] };
    expect(refused(await offer(theirs))).toMatchObject({ code: 'words-missing' });
    const words = await said('inbound', 'We pay 800 and forget the rest.');
    const { body } = await offer({ ...theirs, cites: [words] });
    const id = body.id as string;
    expect((await shown(id)).state).toBe('open');
    const notOurs = await act(id, 'answer', { is: 'refused', cites: [words] });
    expect(refused(notOurs)).toMatchObject({ code: 'words-of-the-other-side' });
    const no = await said('outbound', 'We cannot agree to that.');
    expect((await act(id, 'answer', { is: 'refused', reason: 'Too little.', cites: [no] })).status).toBe(200);
    expect(await shown(id)).toMatchObject({ state: 'refused', chosen: null });
  });

  test('is withdrawn with a reason of ours, or with their words', async () => {
    const ours = await offered();
    expect(refused(await act(ours, 'withdraw', {}))).toMatchObject({ code: 'reason-missing' });
    expect((await act(ours, 'withdraw', { reason: 'The form works again.' })).status).toBe(200);
    const words = await said('inbound', 'We pay 900.');
    const { body } = await offer({ side: 'theirs', options: [{ what: '900' }], cites: [words] });
    const theirs = body.id as string;
    expect(refused(await act(theirs, 'withdraw', { reason: 'They seem to.' }))).toMatchObject({
      code: 'words-missing',
    });
    const back = await said('inbound', 'Forget the 900.');
    expect((await act(theirs, 'withdraw', { cites: [back] })).status).toBe(200);
  });

  test.each([
    [
      'a sum that is no number',
      { options: [{ what: 'x', sum: { amount: 'much', currency: 'EUR' } }] },
      'sum-not-a-number',
    ],
    [
      'half a cent',
      { options: [{ what: 'x', sum: { amount: '1.005', currency: 'EUR' } }] },
      'sum-not-a-number',
    ],
    [
      'a currency that is none',
      { options: [{ what: 'x', sum: { amount: '1', currency: 'EUX' } }] },
      'currency-unknown',
    ],
    ['a decision date in the past', { decideBy: day('2026-05-12') }, 'decision-date-past'],
    ['no solution', { options: [] }, 'offer-empty'],
    ['four solutions', { options: Array(4).fill({ what: 'x' }) }, 'options-too-many'],
    ['a solution without words', { options: [{ what: ' ' }] }, 'option-unnamed'],
    [
      'a solution that outlives the decision',
      { options: [{ what: 'x', until: day('2026-05-21') }] },
      'option-after-decision',
    ],
    ['an hour that the clocks skip', { decideBy: { date: '2027-03-28', time: '03:30' } }, 'skipped-hour'],
    [
      'words that are not in the record',
      { cites: [{ interactionId: '01890000-0000-7000-8000-000000000000', start: 0, end: 1, quote: 'x' }] },
      'quote-not-found',
    ],
  ])('with %s is refused', async (_what, wish, code) => {
    expect(refused(await offer(wish))).toEqual({ status: 422, code });
  });

  test('waits for a decision as a due: theirs once it was told, ours until then', async () => {
    const mine = async (id: string) => {
      const window = { until: '2026-05-20T12:00:00.000Z' as Instant, party };
      const dues = await duesOf(ledger.db, ledger.workspaceId, window, await workCalendar(ledger));
      return dues.find((due) => due.id === id);
    };
    const { body } = await offer({});
    expect(await mine(body.id as string)).toMatchObject({
      kind: 'decision',
      side: 'ours',
      code: 'offer-not-told',
    });
    expect(await mine(await offered())).toMatchObject({
      kind: 'decision',
      side: 'theirs',
      code: 'offer-with-them',
    });
  });
});

describe('beyond what a member may offer alone', () => {
  const mira = 'member:mira' as Actor;
  const alex = { actor: 'member:alex' as Actor, role: 'agent' } as const;
  const wish = {
    ...WISH,
    options: OPTIONS.map((one) => ({ sum: null, until: null, ...one })),
    isWithoutPrejudice: false,
    point: null,
    reason: '',
    cites: [],
  };
  const offerAs = (more: object = {}) => makeOffer(ledger, alex, party, { ...wish, ...more });

  test('an offer that was told already is refused, and a prepared one waits for somebody else', async () => {
    const words = await said('outbound', 'We offer you two ways.');
    expect(await offerAs({ cites: [words] })).toMatchObject({ ok: false, reason: 'second-person-needed' });
    const prepared = await offerAs();
    const id = prepared.ok ? prepared.value.id : '';
    expect(await shown(id)).toMatchObject({ state: 'prepared', needsSecond: true });
    expect(await tellOffer(ledger, alex.actor as Actor, id, { reason: '', cites: [words] })).toMatchObject({
      ok: false,
      reason: 'second-person-needed',
    });
    expect(await lookAtOffer(ledger, mira, id, { reason: 'Fair.', outsider: null })).toMatchObject({
      value: { isLookedAt: true },
    });
    expect((await shown(id)).looked).toMatchObject({ who: 'member' });
    expect(await tellOffer(ledger, alex.actor as Actor, id, { reason: '', cites: [words] })).toMatchObject({
      ok: true,
    });
  });

  test('who works alone writes a reason and waits for a day, and the record says that nobody else looked', async () => {
    const prepared = await offerAs();
    const id = prepared.ok ? prepared.value.id : '';
    const look = (reason: string) => lookAtOffer(ledger, alex.actor as Actor, id, { reason, outsider: null });
    expect(await look('')).toMatchObject({ ok: false, reason: 'reason-missing' });
    expect(await look('It costs less than going on.')).toMatchObject({ value: { isLookedAt: false } });
    expect(await look('')).toMatchObject({ ok: false, reason: 'wait-needed' });
    chance.setClock(NOW + 25 * 3_600_000);
    expect(await look('')).toMatchObject({ value: { isLookedAt: true } });
    expect((await shown(id)).looked!.says).toContain('Nobody else has looked');
  });

  test('somebody from outside has looked when their mail is in the record', async () => {
    const prepared = await offerAs();
    const id = prepared.ok ? prepared.value.id : '';
    const look = (proof: string) =>
      lookAtOffer(ledger, alex.actor as Actor, id, {
        reason: 'Asked Mira.',
        outsider: { name: 'Mira', proof },
      });
    expect(await look('01890000-0000-7000-8000-000000000000')).toMatchObject({
      ok: false,
      reason: 'proof-unknown',
    });
    const { interactionId } = await said('inbound', 'I looked at it, it is fair. Mira');
    expect(await look(interactionId)).toMatchObject({ value: { isLookedAt: true } });
  });

  test('within what was set for them they offer alone; what is set is in no record', async () => {
    const words = await said('outbound', 'We offer you two ways.');
    await setAllowance(ledger, 'Mira', alex.actor, { amount: '150', currency: 'EUR' });
    expect(await offerAs({ cites: [words] })).toMatchObject({ ok: true });
    const more = [{ what: 'All of it back', sum: { amount: '150,01', currency: 'EUR' }, until: null }];
    expect(await offerAs({ cites: [words], options: more })).toMatchObject({
      reason: 'second-person-needed',
    });
    const dollars = [{ what: 'Some of it back', sum: { amount: '1', currency: 'USD' }, until: null }];
    expect(await offerAs({ cites: [words], options: dollars })).toMatchObject({
      reason: 'second-person-needed',
    });
  });

  test('a limit is a sum, and who is not owner or manager cannot set one', async () => {
    const set = await post('/api/allowances/member:alex', { sum: { amount: 'x', currency: 'EUR' } }, 'PUT');
    expect(refused(set)).toEqual({ status: 422, code: 'sum-not-a-number' });
  });
});

describe('how far we would go', () => {
  const MARKER = 'not one cent beyond marker-7731';
  const AMOUNT = '773157.31';

  test('is seen by those who work here, and is in no entry and in no file of a bundle', async () => {
    const id = await offered({ isWithoutPrejudice: true });
    const limit = { sum: { amount: AMOUNT, currency: 'EUR' }, words: MARKER };
    expect((await post(`/api/offers/${id}/private-limit`, limit, 'PUT')).status).toBe(204);
    expect(await app.ask('GET', `/api/parties/${party}/private-limits`)).toMatchObject({
      items: [{ offerId: id, words: MARKER, sum: { amount: AMOUNT } }],
    });
    await replay(ledger);
    expect(await app.ask('GET', `/api/parties/${party}/private-limits`)).toMatchObject({
      items: [{ offerId: id }],
    });

    const everything: string[] = [];
    const entries = await pageOfEntries(ledger.db, ledger.workspaceId, 0, 10_000);
    everything.push(JSON.stringify(await openEntries(ledger.vault, entries)));
    expect(everything[0]).toContain('Half of the fee back');
    const answer = await app.call('POST', '/api/bundles', { party, exhibits: null, zone: 'Europe/Helsinki' });
    expect(answer.status).toBe(200);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
    for (const entry of zip.entries)
      everything.push(Buffer.from(await zip.read(entry, 1 << 28)).toString('latin1'));
    everything.push(JSON.stringify(await app.ask('GET', `/api/parties/${party}/promises`)));
    expect(everything.length).toBeGreaterThan(5);
    for (const marker of [MARKER, 'marker-7731', AMOUNT, '773157'])
      expect(everything.filter((text) => text.includes(marker))).toEqual([]);
  });

  test('is taken away by saying nothing', async () => {
    const id = await offered();
    const of = async () =>
      (
        await app.ask<{ items: { offerId: string }[] }>('GET', `/api/parties/${party}/private-limits`)
      ).items.filter(({ offerId }) => offerId === id);
    await post(`/api/offers/${id}/private-limit`, { words: 'up to half' }, 'PUT');
    expect(await of()).toHaveLength(1);
    await post(`/api/offers/${id}/private-limit`, {}, 'PUT');
    expect(await of()).toEqual([]);
  });
});

test('what was offered without prejudice is named, records and entries, so that a bundle can leave it out', async () => {
  const before = await withoutPrejudice(ledger.db, ledger.workspaceId, party);
  const words = await said('outbound', 'Without prejudice: 500 and we part.');
  const { body } = await offer({ cites: [words], isWithoutPrejudice: true });
  const open = await offered();
  const id = body.id as string;
  const no = await said('inbound', 'No.');
  await act(id, 'answer', { is: 'refused', cites: [no] });
  const after = await withoutPrejudice(ledger.db, ledger.workspaceId, party);
  const fresh = (key: 'interactions' | 'records') => after[key].filter((one) => !before[key].includes(one));
  expect(fresh('interactions').toSorted()).toEqual([words.interactionId, no.interactionId].toSorted());
  expect(fresh('records')).toEqual((await shown(id)).steps.map(({ recordId }) => recordId));
  expect(fresh('records')).not.toContain((await shown(open)).steps[0]!.recordId);
});

test('offers made again from the ledger are, row by row, what they were', async () => {
  const tables = ['offers', 'offer_options', 'promise_steps', 'promise_cites'];
  const rows = () => rowsOf(database.pool, tables);
  const before = await rows();
  expect(before.offers?.length).toBeGreaterThan(10);
  await replay(ledger);
  expect(await rows()).toEqual(before);
});
