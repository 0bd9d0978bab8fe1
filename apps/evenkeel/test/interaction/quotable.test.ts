import { expect, test } from 'vitest';
import { promiseGround } from '../point/promise-ground.ts';

const { app, party, said } = await promiseGround();

type Row = { id: string; kind: string; direction: string | null };
type Page = { items: Row[]; next: string | null };

const theirs: string[] = [];
for (let i = 0; i < 6; i++)
  theirs.push((await said('inbound', `The pergola number ${i} is late.`)).interactionId);
const { interactionId: ours } = await said('outbound', 'The pergola comes on Monday.');
const { id: call } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
  ...{ kind: 'call', parties: [{ id: party }], at: '2026-05-13T11:30:00+03:00', direction: 'inbound' },
  ...{ durationMin: 5, channel: 'phone', people: ['Orlov'], subject: null, outcome: 'Nothing.' },
  ...{ text: 'We spoke about the pergola.', quotes: ['Where is my pergola?'] },
});
const { id: stranger } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Virtanen Oy' });
await app.ask('POST', '/api/interactions', {
  ...{ text: 'A pergola of mine.', party: { id: stranger }, at: '2026-05-13T11:00:00+03:00', way: 'mail' },
  ...{ direction: 'inbound', from: 'Virtanen' },
});
await app.runner.caughtUp();

async function everything(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page = await app.ask<Page>('GET', `${path}&limit=2${after}`);
    rows.push(...page.items);
    if (page.next === null) return rows;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

const ids = (rows: readonly Row[]) => new Set(rows.map(({ id }) => id));

test('what may hold words of a side is searched within one client, page by page', async () => {
  const found = await everything(`/api/search?q=pergola&party=${party}&voice=theirs`);
  expect(ids(found)).toEqual(new Set([...theirs, call]));
  expect(found).toHaveLength(theirs.length + 1);
  const own = await everything(`/api/search?q=pergola&party=${party}&voice=ours`);
  expect(ids(own)).toEqual(new Set([ours, call]));
});

test('the same of the timeline, without any words', async () => {
  expect(ids(await everything(`/api/parties/${party}/timeline?voice=ours`))).toEqual(new Set([ours, call]));
  expect(ids(await everything(`/api/parties/${party}/timeline?voice=theirs`))).toEqual(
    new Set([...theirs, call]),
  );
});

test('a side that does not exist is refused', async () => {
  const { status } = await app.call('GET', `/api/search?q=pergola&party=${party}&voice=everybody`);
  expect(status).toBe(422);
});
