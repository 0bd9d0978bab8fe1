import { expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { type Cite, promiseGround } from './promise-ground.ts';

const { app, database, party, said, post } = await promiseGround();

type Point = {
  id: string;
  number: number;
  state: string;
  ground: string;
  asked: { count: number };
  steps: { step: string; state: string; actor: string; reason: string | null; cites: { quote: string }[] }[];
  expected: { quote: string } | null;
  terms: { quote: string } | null;
  agreed: { quote: string } | null;
  decided: { role: string; quote: string }[];
  answer: { quote: string } | null;
  price: unknown;
  about: unknown;
};

const ASKED = 'Where is the login for the shop?';

async function opened(text = ASKED, more: Record<string, unknown> = {}) {
  const cite = await said('inbound', `Hello. ${text}`, text);
  const { status, body } = await post(`/api/parties/${party}/points`, {
    kind: 'question',
    title: 'login',
    cite,
    ...more,
  });
  expect(status).toBe(201);
  return { ...(body as { id: string; number: number }), cite };
}
const look = (number: number) => app.ask<Point>('GET', `/api/parties/${party}/points/${number}`);
const go = (id: string, what: string, body: unknown) => post(`/api/points/${id}/${what}`, body);
const code = async (answer: Promise<{ status: number; body: Readonly<Record<string, unknown>> }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};

test('points are numbered from one, and go from open over answered to agreed, each step with who and why', async () => {
  const { id, number } = await opened();
  expect(number).toBe(1);
  const answer = await said('outbound', 'Good morning. The login is in line 4.', 'The login is in line 4.');
  expect((await go(id, 'answer', { cite: answer })).status).toBe(200);
  const yes = await said('inbound', 'Found it, thank you.', 'Found it');
  expect((await go(id, 'agree', { cite: yes })).status).toBe(200);
  expect(await look(1)).toMatchObject({
    state: 'agreed',
    answer: { quote: 'The login is in line 4.' },
    agreed: { quote: 'Found it' },
    terms: { quote: 'The login is in line 4.' },
    steps: [
      { step: 'opened', state: 'open', actor: 'owner', cites: [{ quote: ASKED }] },
      { step: 'answered', state: 'answered' },
      { step: 'agreed', state: 'agreed' },
    ],
  });
  const second = await opened('When will the domain be transferred to us?');
  expect(second.number).toBe(2);
});

test('a decision and another one on the same question stand beside each other, each with its words, by its own day', async () => {
  const { id, number } = await opened('The header is too pale, can it be another colour?');
  const blue = await said('inbound', 'Take the blue, it is decided.');
  await go(id, 'agree', { cite: blue });
  expect((await look(number)).decided).toMatchObject([{ role: 'agreed', quote: blue.quote }]);
  const again = await said('inbound', 'About the colour of the header: I want to look at that once more.');
  await go(id, 'reopen', { newFact: '', cite: again });
  const green = await said('inbound', 'Green, after all.');
  await go(id, 'agree', { cite: green });
  const { agreed, decided } = await look(number);
  expect(agreed).toMatchObject({ quote: green.quote });
  expect(decided.map(({ role, quote }) => [role, quote])).toEqual([
    ['agreed', blue.quote],
    ['new_fact', again.quote],
    ['agreed', green.quote],
  ]);
});

test('what only came up again, and what we found out ourselves, is no decision', async () => {
  const { id, number } = await opened('Please deliver the sheet by Friday.');
  await go(id, 'raise', { cite: await said('inbound', 'And the sheet by Friday?') });
  expect((await look(number)).decided).toEqual([]);
  await go(id, 'agree', { cite: await said('inbound', 'Monday is fine for the sheet.') });
  await go(id, 'reopen', { newFact: 'The printer is closed on Monday.', cite: null });
  expect((await look(number)).decided).toMatchObject([{ role: 'agreed' }]);
});

test('silence is no agreement, and our own words are none of theirs', async () => {
  const { id } = await opened('Please send the invoice for April.');
  const ours = await said('outbound', 'We take it that you agree.');
  expect(await code(go(id, 'agree', {}))).toEqual([422, 'agreement-without-words']);
  expect(await code(go(id, 'agree', { cite: ours }))).toEqual([422, 'words-not-theirs']);
  const theirs = await said('inbound', 'I know it myself.');
  expect(await code(go(id, 'answer', { cite: theirs }))).toEqual([422, 'words-not-ours']);
});

test('words that do not stand so in the record of this client are refused', async () => {
  const { id, cite } = await opened('Can the logo be larger?');
  const moved: Cite = { ...cite, start: cite.start + 1, end: cite.end + 1 };
  expect(await code(go(id, 'answer', { cite: moved }))).toEqual([422, 'quote-not-found']);
  const open = { kind: 'demand', title: 'x', cite: moved };
  expect(await code(post(`/api/parties/${party}/points`, open))).toEqual([422, 'quote-not-found']);
});

test('a point is made of the same words once, and needs a name and words of theirs', async () => {
  const { cite } = await opened('Could you change the opening hours?');
  const ours = await said('outbound', 'We ask you for the list.');
  const open = (body: object) =>
    code(post(`/api/parties/${party}/points`, { kind: 'demand', title: 'x', ...body }));
  expect(await open({ cite })).toEqual([409, 'asked-already']);
  expect(await open({ cite: ours })).toEqual([422, 'words-not-theirs']);
  expect(await open({ cite, title: '  ' })).toEqual([422, 'title-missing']);
  expect(await open({ cite, aboutId: '0190a3f2-0000-7000-8000-000000000001' })).toEqual([
    422,
    'about-unknown',
  ]);
});

test('nobody agrees twice, and a closed point is not answered', async () => {
  const agreed = await opened('Please put the price list on page 2.');
  const yes = await said('inbound', 'Good, that is fine with me.');
  await go(agreed.id, 'agree', { cite: yes });
  expect(await code(go(agreed.id, 'agree', { cite: yes }))).toEqual([409, 'point-agreed']);
  const closed = await opened('I want the photographs for nothing.');
  expect(await code(go(closed.id, 'close', { reason: ' ' }))).toEqual([422, 'reason-missing']);
  await go(closed.id, 'close', { reason: 'Outside of the agreement, told three times.' });
  const answer = await said('outbound', 'Photographs are change 3.');
  expect(await code(go(closed.id, 'answer', { cite: answer }))).toEqual([409, 'point-closed']);
});

test('only a new fact reopens: none, or words that belong to the point already, do not', async () => {
  const { id, cite, number } = await opened('Please translate the shop into Swedish.');
  expect(await code(go(id, 'reopen', { newFact: 'something' }))).toEqual([409, 'point-still-open']);
  await go(id, 'close', { reason: 'Not included.' });
  expect(await code(go(id, 'reopen', {}))).toEqual([422, 'new-fact-missing']);
  expect(await code(go(id, 'reopen', { newFact: '', cite }))).toEqual([422, 'fact-not-new']);
  const fact = await said('inbound', 'Change 4 of 2 June includes Swedish, see the signed page.');
  expect((await go(id, 'reopen', { cite: fact, newFact: 'change 4 names it' })).status).toBe(200);
  expect(await look(number)).toMatchObject({ state: 'open' });
  expect((await look(number)).steps.at(-1)).toMatchObject({ step: 'reopened', reason: 'change 4 names it' });
});

test('raised again is a count of messages that changes no state', async () => {
  const { id, number, cite } = await opened('When is the newsletter sent?');
  await go(id, 'answer', { cite: await said('outbound', 'On the first of each month.') });
  const again = await said('inbound', 'Again: when is the newsletter sent?');
  expect((await go(id, 'raise', { cite: again })).status).toBe(200);
  expect(await code(go(id, 'raise', { cite: again }))).toEqual([409, 'raised-already']);
  expect(await code(go(id, 'raise', { cite }))).toEqual([409, 'raised-already']);
  expect(await look(number)).toMatchObject({ state: 'answered', asked: { count: 2 } });
});

test('ground is a person’s word with a reason, and what was said before stays', async () => {
  const { id, number } = await opened('I want a refund of 400 € for the newsletter.');
  expect(await look(number)).toMatchObject({ ground: 'not_looked_at' });
  expect(await code(go(id, 'ground', { ground: 'partly', reason: '' }))).toEqual([422, 'reason-missing']);
  await go(id, 'ground', { ground: 'founded', reason: 'The April issue was late.' });
  await go(id, 'ground', { ground: 'partly', reason: 'Only one of four issues.' });
  const point = await look(number);
  expect(point.ground).toBe('partly');
  expect(point.steps.filter(({ step }) => step === 'ground-set').map(({ reason }) => reason)).toEqual([
    'The April issue was late.',
    'Only one of four issues.',
  ]);
});

test('a demand has a price that somebody reckoned, and what they expect in their words', async () => {
  const { id, number } = await opened('Please add a search field to the catalogue.');
  expect(await code(go(id, 'price', { cents: 0, currency: 'EUR', reason: 'x' }))).toEqual([
    422,
    'price-unusable',
  ]);
  await go(id, 'price', { cents: 45_000, currency: 'EUR', reason: '6 hours at 75 €' });
  await go(id, 'expect', { cite: await said('inbound', 'It has to find words in the middle, too.') });
  expect(await look(number)).toMatchObject({
    price: { cents: 45_000, currency: 'EUR' },
    expected: { quote: 'It has to find words in the middle, too.' },
  });
});

test('a threat shows how the point behind it stood on the day it was made', async () => {
  const demand = await opened('Pay back 240 € for the banner.');
  const threat = await said('inbound', 'I will see you in court.', undefined, '2026-05-13T15:00:00+03:00');
  const { body } = await post(`/api/parties/${party}/points`, {
    ...{ kind: 'threat', title: 'court', cite: threat, aboutId: demand.id },
  });
  const later = await said('outbound', 'We pay back 240 €.', undefined, '2026-05-20T10:00:00+03:00');
  await go(demand.id, 'answer', { cite: later });
  expect((await look((body as { number: number }).number)).about).toEqual({
    number: demand.number,
    title: 'login',
    state: 'answered',
    stateThen: 'open',
  });
});

test('a mistaken point is withdrawn with a reason; its number stays taken, and nothing more happens to it', async () => {
  const { id, number, cite } = await opened('Is it raining in Kotka?');
  expect(await code(go(id, 'withdraw', { reason: '' }))).toEqual([422, 'reason-missing']);
  await go(id, 'withdraw', { reason: 'Small talk.' });
  expect(await code(go(id, 'close', { reason: 'x' }))).toEqual([409, 'point-withdrawn']);
  const { body } = await post(`/api/parties/${party}/points`, { kind: 'question', title: 'rain', cite });
  expect(body).toMatchObject({ number: number + 1 });
});

test('a point that does not exist is named as that', async () => {
  const nobody = '0190a3f2-0000-7000-8000-000000000009';
  expect(await code(go(nobody, 'close', { reason: 'x' }))).toEqual([404, 'point-unknown']);
  expect(await code(post(`/api/parties/${party}/points/9999`, undefined, 'GET'))).toEqual([
    404,
    'point-unknown',
  ]);
  expect(await code(post(`/api/parties/${nobody}/points`, undefined, 'GET'))).toEqual([404, 'party-unknown']);
});

test('the list has every point by number, page by page, and counts the states', async () => {
  type List = { items: { number: number }[]; next: number | null; counts: Record<string, number> };
  const all = await app.ask<List>('GET', `/api/parties/${party}/points`);
  const numbers: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: List = await app.ask<List>('GET', `/api/parties/${party}/points?after=${after}&limit=3`);
    numbers.push(...page.items.map(({ number }) => number));
    after = page.next;
  }
  expect(numbers).toEqual(all.items.map(({ number }) => number));
  const { withdrawn, ...others } = all.counts;
  expect(withdrawn).toBe(1);
  expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(all.items.length);
});

test('points made again from the ledger are, row by row, what they were', async () => {
  const rows = () => rowsOf(database.pool, ['points', 'point_steps', 'point_cites']);
  const before = await rows();
  expect(Object.values(before).every((table) => table.length > 0)).toBe(true);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
