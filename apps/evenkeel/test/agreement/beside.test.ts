import { expect, test } from 'vitest';
import { duesOf } from '../../src/modules/agreement/terms.actions.ts';
import { agreementGround } from './agreement-ground.ts';

const { app, party, post, make, said, terms, open, clausesOf } = await agreementGround();
const CONDUCT = { kind: 'channels', says: 'We work by mail.', ways: ['mail'] } as const;

const understandings = async () => (await terms()).understandings;
const sum = (wish: object) =>
  post(`/api/parties/${party}/sums`, {
    ...{ side: 'theirs', amount: '1240', currency: 'EUR', what: 'invoice 118', dueOn: '2026-05-20' },
    ...{ reason: 'The invoice lies in the bookkeeping.', ...wish },
  });

test('an exception is recorded as one: once, and the clause stays as it is', async () => {
  const agreement = await open([CONDUCT]);
  const [channels] = await clausesOf(agreement);
  const cite = await said('outbound', 'On Friday you may call me, this once.');
  const path = `/api/parties/${party}/understandings`;
  const wish = { kind: 'exception', side: 'ours', says: 'A call on Friday.', on: '2026-05-15', cite };
  expect(await post(path, wish)).toMatchObject({
    status: 422,
    body: { code: 'exception-without-clause', params: { at: 'clauseId' } },
  });
  await make(path, { ...wish, clauseId: channels!.id });
  expect((await understandings())[0]).toMatchObject({
    state: 'confirmed',
    on: '2026-05-15',
    confirmed: cite,
  });
  expect((await clausesOf(agreement))[0]).toMatchObject({ says: CONDUCT.says, version: 0 });
});

test('what was promised aloud is unconfirmed until the side that is bound has written it', async () => {
  const spoken = await said('inbound', 'Call. Orlov: I will pay on Monday.', {
    quote: 'I will pay on Monday',
    way: 'call',
  });
  const id = await make(`/api/parties/${party}/understandings`, {
    ...{ kind: 'promise', side: 'theirs', says: 'Pays on Monday.', cite: spoken },
  });
  expect((await understandings())[0]).toMatchObject({ state: 'unconfirmed', confirmed: null });
  const confirm = (cite: unknown) => post(`/api/understandings/${id}/confirmation`, { cite });
  expect(await confirm(await said('outbound', 'You said you would pay on Monday.'))).toMatchObject({
    status: 422,
    body: { code: 'not-in-writing', params: { side: 'theirs' } },
  });
  expect(await confirm(spoken)).toMatchObject({ body: { code: 'not-in-writing' } });
  const written = await said('inbound', 'Right, I pay on Monday.');
  expect((await confirm(written)).status).toBe(201);
  expect((await understandings())[0]).toMatchObject({ state: 'confirmed', confirmed: written });
  expect(await confirm(written)).toMatchObject({ status: 409, body: { code: 'confirmed-already' } });
});

test('a permission that is withdrawn keeps its words and its reason', async () => {
  const cite = await said('outbound', 'You may show the draft to your partner.');
  const id = await make(`/api/parties/${party}/understandings`, {
    ...{ kind: 'permission', side: 'ours', says: 'May show the draft.', cite },
  });
  const withdraw = (reason: string) => post(`/api/understandings/${id}/withdrawal`, { reason });
  expect(await withdraw(' ')).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
  await withdraw('The draft changed.');
  expect((await understandings())[0]).toMatchObject({
    state: 'withdrawn',
    reason: 'The draft changed.',
    cite,
  });
});

test('a sum is due on a day, is disputed in somebody’s words, and is settled', async () => {
  const id = (await sum({})).body.id!;
  const [due] = await duesOf(app.ledger.db, app.ledger.workspaceId, { party });
  expect(due).toMatchObject({
    ...{ id, room: 'agreement', kind: 'contract', side: 'theirs', at: '2026-05-20T20:59:59.999Z' },
    ...{ isWholeDay: true, says: 'invoice 118', code: 'agreement-sum' },
    params: { number: 1, amount: '1240.00', currency: 'EUR' },
  });
  const cite = await said('inbound', 'We will not pay 400 of it.');
  expect(await post(`/api/sums/${id}/dispute`, { amount: '2000', cite })).toMatchObject({
    status: 422,
    body: { code: 'amount-over-sum', params: { most: '1240.00' } },
  });
  await make(`/api/sums/${id}/dispute`, { amount: '400', cite });
  expect((await terms()).sums[0]).toMatchObject({ number: 1, disputed: '400.00', dispute: cite });
  const settle = (body: object) => post(`/api/sums/${id}/settlement`, { on: '2026-05-19', ...body });
  expect(await settle({})).toMatchObject({ status: 422, body: { code: 'cite-or-reason-missing' } });
  await settle({ reason: 'Seen on the bank statement of 19 May.' });
  expect(await settle({ reason: 'Again.' })).toMatchObject({ status: 409, body: { code: 'sum-not-open' } });
  expect(await duesOf(app.ledger.db, app.ledger.workspaceId, { party })).toEqual([]);
});

test.each([
  ['an amount that is none', { amount: '12,40' }, 'amount-unusable', 'amount'],
  ['nothing', { amount: '0' }, 'amount-unusable', 'amount'],
  ['a day that does not exist', { dueOn: '2026-02-30' }, 'date-unusable', 'dueOn'],
  ['neither a quote nor a reason', { reason: null }, 'cite-or-reason-missing', 'cite'],
])('a sum with %s is refused, with the place', async (_what, wish, code, at) => {
  expect(await sum(wish)).toMatchObject({ status: 422, body: { code, params: { at } } });
});

test('people inside the client are named, changed and leave', async () => {
  const path = `/api/parties/${party}/people`;
  const id = await make(path, { name: 'Olga', role: 'buyer', mayAgree: true, limits: 'up to 500 €' });
  await make(path, { id, name: 'Olga Orlova', mayAgree: true });
  expect((await terms()).people).toMatchObject([{ id, name: 'Olga Orlova', mayAgree: true, hasLeft: false }]);
  await make(`/api/party-people/${id}/leaving`, { reason: 'She works elsewhere now.' });
  expect((await terms()).people).toMatchObject([{ mayAgree: false, hasLeft: true }]);
  expect(await post(path, { name: ' ', mayAgree: false })).toMatchObject({
    body: { code: 'person-unnamed' },
  });
});

test('an offer that waits for their decision, and an agreement that ends, are due', async () => {
  const agreement = await make(`/api/parties/${party}/agreements`, {
    ...{ title: 'Care', decideBy: '2026-05-29', endsOn: '2026-12-31', clauses: [CONDUCT] },
  });
  const dues = async () => {
    const all = await duesOf(app.ledger.db, app.ledger.workspaceId, { party });
    return all.filter(({ id }) => id === agreement).map(({ code, side, kind }) => [code, side, kind]);
  };
  expect(await dues()).toEqual([
    ['agreement-decision', 'theirs', 'decision'],
    ['agreement-end', 'ours', 'contract'],
  ]);
  const proof = { kind: 'line', ...(await said('inbound', 'Yes to the care contract.')) };
  await make(`/api/agreements/${agreement}/acceptance`, { proof });
  expect(await dues()).toEqual([['agreement-end', 'ours', 'contract']]);
  const until = (await app.ledger.chance.now()) as never;
  expect(await duesOf(app.ledger.db, app.ledger.workspaceId, { party, until })).toEqual([]);
});
