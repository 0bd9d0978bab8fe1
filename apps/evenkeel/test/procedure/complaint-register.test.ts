import { expect, test } from 'vitest';
import { firm } from '../casefile/firm.ts';
import { player } from './playing.ts';

const here = await firm();
const play = player(here.app);

type Line = { number: string; id: string; dueAt: string | null; answerBy: string | null };
const register = async (query = '') =>
  (await here.app.ask<{ items: Line[] }>('GET', `/api/complaints?${query}`)).items;

test('a complaint is overdue by the clock of its procedure where one runs, whatever was planned before', async () => {
  const { id: point } = await here.point(
    here.orlov,
    here.letters.orlov,
    'The login does not work since Monday.',
  );
  const quote = 'I want 400 euros back by Friday.';
  const { text } = await here.app.ask<{ text: string }>('GET', `/api/interactions/${here.letters.orlov}`);
  const start = text.indexOf(quote);
  const made = await here.post(`/api/parties/${here.orlov}/complaints`, {
    ...{ way: 'mail', remedy: quote, points: [point], receivedAt: '2026-05-05T06:14:00.000Z' },
    cite: { interactionId: here.letters.orlov, start, end: start + quote.length, quote },
  });
  expect(made.status).toBe(201);
  const id = made.body.id as string;
  expect(await register()).toMatchObject([{ id, dueAt: null, answerBy: null }]);
  expect(await register('overdue=only')).toEqual([]);
  const { packs } = await here.app.ask<{ packs: { id: string; subjects?: string[] }[] }>(
    'GET',
    '/api/procedures/packs?subject=complaint',
  );
  const house = await play.start(packs[0]!.id, here.orlov, { kind: 'complaint', id });
  const due = (await play.see(house)).now!.due!.at;
  expect(await register()).toMatchObject([{ id, dueAt: due, answerBy: null }]);
  here.chance.setClock(Date.parse(due) + 1000);
  expect(await register('overdue=only')).toMatchObject([{ id }]);
  expect(await here.app.ask('GET', `/api/complaints/${id}`)).toMatchObject({ dueAt: due });
});
