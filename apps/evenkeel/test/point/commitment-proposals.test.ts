import { expect, test } from 'vitest';
import { promiseGround } from './promise-ground.ts';

const { app, database, party, said, post } = await promiseGround();

type Proposed = {
  interactionId: string;
  side: string;
  who: string;
  quote: string;
  start: number;
  end: number;
  said: { is: string; date?: string } | null;
  warning: unknown;
};
const proposals = async (id: string) =>
  (await app.ask<{ items: Proposed[] }>('GET', `/api/interactions/${id}/promise-proposals`)).items;

test('a promise of theirs is proposed with the day that its words name, and with who wrote it', async () => {
  const { interactionId } = await said(
    'inbound',
    'Hello.\nYou will have the logs on Saturday. Where is the login?',
  );
  const [proposed, ...others] = await proposals(interactionId);
  expect(others).toEqual([]);
  expect(proposed).toMatchObject({
    ...{ side: 'theirs', who: 'Orlov', quote: 'You will have the logs on Saturday.' },
    said: { is: 'read', date: '2026-05-16' },
    warning: { why: 'day-off' },
  });
});

test('a promise of ours that the language engine knows is proposed without a day, and the day is asked for', async () => {
  const { interactionId } = await said(
    'outbound',
    'We will check the invoice and come back to you next week.',
  );
  expect(await proposals(interactionId)).toMatchObject([
    { side: 'ours', who: 'Alex', said: { is: 'unclear', words: 'next week' } },
  ]);
});

test('what is kept as a promise, or was said to be none, is not proposed again', async () => {
  const one = await said('inbound', 'I will pay on Friday.');
  await post(`/api/parties/${party}/commitments`, {
    ...{ side: 'theirs', who: 'Orlov', what: 'pay', cites: [one] },
    due: { date: '2026-05-15' },
  });
  expect(await proposals(one.interactionId)).toEqual([]);
  const other = await said('inbound', 'I will send it tomorrow.');
  const [proposed] = await proposals(other.interactionId);
  const { start, end } = proposed!;
  const dismissed = await post(`/api/interactions/${other.interactionId}/promise-dismissals`, { start, end });
  expect(dismissed.status).toBe(204);
  expect(await proposals(other.interactionId)).toEqual([]);
});

test('a threat is no promise', async () => {
  const { interactionId } = await said('inbound', 'I will see you in court on Friday.');
  await app.runner.caughtUp();
  expect(await proposals(interactionId)).toEqual([]);
});

test('looking at a client’s newest messages proposes from all of them, and stores nothing', async () => {
  const before = await database.pool.query('SELECT length FROM streams ORDER BY stream');
  const { items } = await app.ask<{ items: Proposed[] }>('GET', `/api/parties/${party}/promise-proposals`);
  expect(items.map(({ quote }) => quote)).toContain('You will have the logs on Saturday.');
  expect((await database.pool.query('SELECT length FROM streams ORDER BY stream')).rows).toEqual(before.rows);
});
