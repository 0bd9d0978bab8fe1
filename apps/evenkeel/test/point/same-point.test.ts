import { expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { promiseGround } from './promise-ground.ts';

const { app, database, party, said, post } = await promiseGround();

type Named = { number: number; title: string };
type Point = {
  id: string;
  number: number;
  state: string;
  asked: { count: number };
  steps: { step: string; reason: string | null; cites: { quote: string; role: string }[] }[];
  sameAs: Named | null;
  merged: Named[];
  splitFrom: Named | null;
};
type Made = { id: string; number: number };

async function opened(text: string, title: string) {
  const cite = await said('inbound', text);
  const { body } = await post(`/api/parties/${party}/points`, { kind: 'demand', title, cite });
  return { ...(body as Made), cite };
}
const look = (number: number) => app.ask<Point>('GET', `/api/parties/${party}/points/${number}`);
const go = (id: string, what: string, body: unknown) => post(`/api/points/${id}/${what}`, body);
const code = async (answer: ReturnType<typeof go>) => {
  const { status, body } = await answer;
  return [status, (body as { code: string }).code];
};
const listed = async () => {
  const { items, counts } = await app.ask<{ items: Point[]; counts: Record<string, number> }>(
    'GET',
    `/api/parties/${party}/points`,
  );
  return { numbers: items.map(({ number }) => number), counts };
};

test('two points that are one: the first counts for both, the second keeps its steps and says where it went', async () => {
  const first = await opened('Please add a search field to the catalogue.', 'search field');
  const second = await opened('The catalogue cannot be searched, do something.', 'catalogue search');
  await go(second.id, 'raise', { cite: await said('inbound', 'The search again, please.') });
  const { status, body } = await go(second.id, 'merge', { intoId: first.id, reason: 'Both want the field.' });
  expect([status, body]).toMatchObject([200, { id: first.id, number: first.number }]);
  expect(await look(first.number)).toMatchObject({
    state: 'open',
    asked: { count: 3 },
    sameAs: null,
    merged: [{ number: second.number, title: 'catalogue search' }],
  });
  const merged = await look(second.number);
  expect(merged).toMatchObject({ state: 'merged', sameAs: { number: first.number, title: 'search field' } });
  expect(merged.steps.map(({ step, reason }) => [step, reason])).toEqual([
    ['opened', null],
    ['raised-again', null],
    ['merged', 'Both want the field.'],
  ]);
  const { numbers, counts } = await listed();
  expect(numbers).not.toContain(second.number);
  expect(counts.merged).toBe(1);
});

test('a message that asked the second one is counted for the first already', async () => {
  const first = await opened('Where is the invoice of April?', 'April invoice');
  const second = await opened('Send us the bill for April.', 'April bill');
  await go(second.id, 'merge', { intoId: first.id, reason: 'One invoice.' });
  expect(await code(go(first.id, 'raise', { cite: second.cite }))).toEqual([409, 'raised-already']);
});

test('what was merged before goes along when its point turns out to be a third', async () => {
  const [one, two, three] = [
    await opened('The shop is slow.', 'slow shop'),
    await opened('Pages take ten seconds.', 'slow pages'),
    await opened('The server should answer faster.', 'speed of the server'),
  ] as const;
  await go(three.id, 'merge', { intoId: two.id, reason: 'Same.' });
  await go(two.id, 'merge', { intoId: one.id, reason: 'Same.' });
  expect(await look(one.number)).toMatchObject({ asked: { count: 3 } });
  expect(await look(three.number)).toMatchObject({ sameAs: { number: one.number } });
});

test('a merge that makes no sense is refused with its reason, and nothing is written', async () => {
  const one = await opened('Please print the menu on blue paper.', 'blue menu');
  const other = await opened('The menu should be blue.', 'menu in blue');
  const merge = (id: string, intoId: string, reason = 'Same.') => code(go(id, 'merge', { intoId, reason }));
  expect(await merge(one.id, one.id)).toEqual([422, 'merge-itself']);
  expect(await merge(one.id, other.id, '  ')).toEqual([422, 'reason-missing']);
  expect(await merge(one.id, '0190a3f2-0000-7000-8000-000000000001')).toEqual([404, 'point-unknown']);
  expect(await merge(one.id, await pointOfSomebodyElse())).toEqual([422, 'merge-other-client']);
  expect(await look(one.number)).toMatchObject({ state: 'open', asked: { count: 1 } });
  await go(other.id, 'merge', { intoId: one.id, reason: 'Same.' });
  expect(await merge(other.id, one.id)).toEqual([409, 'point-merged']);
  const third = await opened('Could the menu have a blue cover?', 'blue cover');
  expect(await merge(third.id, other.id)).toEqual([409, 'point-merged']);
  await go(third.id, 'withdraw', { reason: 'A joke.' });
  expect(await merge(third.id, one.id)).toEqual([409, 'point-withdrawn']);
});

async function pointOfSomebodyElse(): Promise<string> {
  const { id } = await app.ask<Made>('POST', '/api/parties', { name: 'Virtanen Oy' });
  const text = 'Where are the photographs?';
  const kept = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{
      text,
      party: { id },
      at: '2026-05-12T10:00:00+03:00',
      way: 'mail',
      direction: 'inbound',
      from: 'Virtanen',
    },
  });
  const cite = { interactionId: kept.id, start: 0, end: text.length, quote: text };
  const made = await app.ask<Made>('POST', `/api/parties/${id}/points`, {
    kind: 'question',
    title: 'photographs',
    cite,
  });
  return made.id;
}

test('nothing more happens to a point that is the same as another', async () => {
  const one = await opened('Please call back before noon.', 'call back');
  const other = await opened('Ring me in the morning.', 'ring');
  await go(other.id, 'merge', { intoId: one.id, reason: 'Same.' });
  expect(await code(go(other.id, 'close', { reason: 'x' }))).toEqual([409, 'point-merged']);
  expect(await code(go(other.id, 'answer', { cite: await said('outbound', 'We rang.') }))).toEqual([
    409,
    'point-merged',
  ]);
  expect(
    await code(go(other.id, 'split', { kind: 'demand', title: 'x', reason: 'y', cites: [other.cite] })),
  ).toEqual([409, 'point-merged']);
});

test('what was merged by mistake is split again: its words ask a point of their own, and the first no more', async () => {
  const one = await opened('The newsletter came twice.', 'newsletter twice');
  const other = await opened('The newsletter never came.', 'no newsletter');
  await go(other.id, 'merge', { intoId: one.id, reason: 'Same.' });
  expect(await look(one.number)).toMatchObject({ asked: { count: 2 } });
  const { status, body } = await go(one.id, 'split', {
    ...{ kind: 'complaint', title: 'no newsletter', reason: 'They were two.', cites: [other.cite] },
  });
  expect(status).toBe(200);
  expect(await look(one.number)).toMatchObject({ asked: { count: 1 } });
  expect(await look((body as Made).number)).toMatchObject({
    asked: { count: 1 },
    splitFrom: { number: one.number },
  });
  expect(await look(other.number)).toMatchObject({ sameAs: { number: one.number } });
});

test('a point that was two: the second gets the next number and its words, the first keeps its own', async () => {
  const text = 'I want a refund of 400 € and the logo as a vector file.';
  const both = await opened(text, 'refund and logo');
  const again = await said('inbound', 'The logo, at last!');
  await go(both.id, 'raise', { cite: again });
  const logo = 'the logo as a vector file';
  const start = both.cite.start + text.indexOf(logo);
  const part = { ...both.cite, start, end: start + logo.length, quote: logo };
  const split = {
    kind: 'demand',
    title: 'logo as vector',
    cites: [part, again],
    reason: 'Two things in one.',
  };
  const { status, body } = await go(both.id, 'split', split);
  expect(status).toBe(200);
  const second = body as Made;
  const last = Math.max(...(await listed()).numbers);
  expect(second.number).toBe(last);
  expect(await look(second.number)).toMatchObject({
    state: 'open',
    asked: { count: 2 },
    splitFrom: { number: both.number },
  });
  const first = await look(both.number);
  expect(first).toMatchObject({ number: both.number, asked: { count: 1 } });
  expect(first.steps.map(({ step, cites }) => [step, cites.map(({ role }) => role)])).toEqual([
    ['opened', ['asked']],
    ['raised-again', ['moved']],
    ['split', []],
  ]);
});

test('a split leaves each point words of its own, in their words, and takes none of a third', async () => {
  const one = await opened('The pictures are dark and the text is wrong.', 'pictures');
  const other = await opened('The address on the page is old.', 'address');
  const split = (more: object) =>
    code(
      go(one.id, 'split', { kind: 'complaint', title: 'text', reason: 'Two.', cites: [one.cite], ...more }),
    );
  expect(await split({})).toEqual([422, 'split-leaves-nothing']);
  expect(await split({ title: ' ' })).toEqual([422, 'title-missing']);
  expect(await split({ reason: '' })).toEqual([422, 'reason-missing']);
  expect(await split({ cites: [other.cite] })).toEqual([409, 'asked-already']);
  expect(await split({ cites: [await said('outbound', 'We look at it.')] })).toEqual([
    422,
    'words-not-theirs',
  ]);
  const moved = { ...one.cite, start: one.cite.start + 1, end: one.cite.end + 1 };
  expect(await split({ cites: [moved] })).toEqual([422, 'quote-not-found']);
  const part = { ...one.cite, end: one.cite.start + 12, quote: one.cite.quote.slice(0, 12) };
  const overlapping = { ...one.cite, start: one.cite.start + 4, quote: one.cite.quote.slice(4) };
  expect(await split({ cites: [part, overlapping] })).toEqual([409, 'raised-already']);
  expect(await look(one.number)).toMatchObject({ asked: { count: 1 }, steps: [{ step: 'opened' }] });
});

type Row = {
  id: string;
  points: { number: number; isAgain: boolean; state: string; settledAt: string | null }[];
};
type Page = { items: Row[]; total: number; next: string | null };
const timeline = (query: string) => app.ask<Page>('GET', `/api/parties/${party}/timeline?${query}`);

test('the timeline says in which row a point began, and in which it was raised again, and how it stands', async () => {
  const { id, number, cite } = await opened('When does the newsletter go out?', 'newsletter');
  const again = await said('inbound', 'And the newsletter, when?');
  const answer = await said(
    'outbound',
    'On the first of each month.',
    undefined,
    '2026-05-20T10:00:00+03:00',
  );
  const marks = async () => {
    const { items } = await timeline('limit=200');
    return [cite, again, answer].map(
      ({ interactionId }) => items.find((row) => row.id === interactionId)?.points,
    );
  };
  await go(id, 'raise', { cite: again });
  expect(await marks()).toMatchObject([
    [{ number, isAgain: false, state: 'open', settledAt: null }],
    [{ number, isAgain: true, state: 'open', settledAt: null }],
    [],
  ]);
  await go(id, 'answer', { cite: answer });
  expect((await marks())[1]).toMatchObject([{ state: 'answered', settledAt: '2026-05-20T07:00:00.000Z' }]);
  const only = await timeline(`point=${number}`);
  expect(new Set(only.items.map((row) => row.id))).toEqual(
    new Set([cite, again, answer].map(({ interactionId }) => interactionId)),
  );
  expect(only.total).toBe(3);
  expect(await timeline('point=9999')).toMatchObject({ items: [], total: 0 });
});

test('rows of a point that was merged carry the number of the one that counts for both', async () => {
  const one = await opened('Please send the signed page.', 'signed page');
  const other = await opened('We still lack your signature.', 'signature');
  await go(other.id, 'merge', { intoId: one.id, reason: 'Same.' });
  const { items } = await timeline('limit=200');
  const row = items.find(({ id }) => id === other.cite.interactionId);
  expect(row?.points).toMatchObject([{ number: one.number, isAgain: true }]);
  expect((await timeline(`point=${one.number}`)).total).toBe(2);
});

test('points made again from the ledger are, row by row, what they were', async () => {
  const rows = () => rowsOf(database.pool, ['points', 'point_steps', 'point_cites']);
  const before = await rows();
  expect(Object.values(before).every((table) => table.length > 0)).toBe(true);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
