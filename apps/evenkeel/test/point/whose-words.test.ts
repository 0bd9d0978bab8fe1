import { expect, test } from 'vitest';
import { loadLookedAt } from '../../src/modules/point/novelty.store.ts';
import { loadRecord } from '../../src/modules/procedure/material.store.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const chance = seededChance('whose-words');
chance.setClock(Date.parse('2026-05-13T12:00:00+03:00'));
const app = await testApp(await testDatabase(), { chance });
const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
  ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@baltika.example'] },
});
const NOTE = 'He will pay 400 € by 15.05.2026, he says. I will send the logs by 20.05.2026.';
const QUOTE = 'I will pay you on 18.05.2026.';

async function noted(kind: string, outcome: string | null = null): Promise<{ id: string; text: string }> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind, direction: 'inbound', parties: [{ id: party }], at: '2026-05-12T10:00:00+03:00' },
    ...{ durationMin: null, channel: 'phone', people: ['Orlov'], subject: null },
    ...{ text: NOTE, quotes: [QUOTE], outcome },
  });
  return app.ask('GET', `/api/interactions/${id}`);
}
type Answer = { readonly status: number; readonly code: string | null };
async function promised(
  side: 'ours' | 'theirs',
  record: { id: string; text: string },
  quote: string,
): Promise<Answer> {
  const start = record.text.indexOf(quote);
  const response = await app.call('POST', `/api/parties/${party}/commitments`, {
    ...{ side, who: 'X', what: quote, due: { date: '2026-05-18', time: null, zone: null } },
    cites: [{ interactionId: record.id, start, end: start + quote.length, quote }],
  });
  const body = (await response.json()) as { code?: string };
  return { status: response.status, code: body.code ?? null };
}

test('our note of a call is no promise in their words; what was taken down as a quote of them is', async () => {
  const call = await noted('call');
  expect(await promised('theirs', call, 'He will pay 400 € by 15.05.2026')).toEqual({
    ...{ status: 422, code: 'words-of-the-other-side' },
  });
  expect((await promised('theirs', call, QUOTE)).status).toBe(201);
  expect((await promised('ours', call, QUOTE)).code).toBe('words-of-the-other-side');
  expect((await promised('ours', call, 'I will send the logs by 20.05.2026.')).status).toBe(201);
});

test('nothing is proposed as their promise out of our own note', async () => {
  const call = await noted('call');
  const { items } = await app.ask<{ items: { quote: string; side: string }[] }>(
    'GET',
    `/api/interactions/${call.id}/promise-proposals`,
  );
  expect(items.map(({ quote }) => quote)).toEqual([QUOTE]);
});

test('what is new in a talk is looked for in their words alone, each at its place', async () => {
  const call = await noted('call', 'He was told to write.');
  const looked = await loadLookedAt(app.ledger.db, app.ledger.workspaceId, party, call.id);
  expect(looked?.text.trim()).toContain(QUOTE);
  expect(looked?.text).not.toContain('He');
  expect(looked?.text.indexOf(QUOTE)).toBe(call.text.indexOf(QUOTE));
});

test('a letter of theirs that was written down by hand is about their words, not about what we noted of it', async () => {
  const { db, workspaceId } = app.ledger;
  const letter = await noted('document', 'Put it aside.');
  expect((await loadRecord(db, workspaceId, party, letter.id))?.text).toBe(`${NOTE}\n${QUOTE}`);
  const call = await noted('call', 'He was told to write.');
  expect((await loadRecord(db, workspaceId, party, call.id))?.text).toBe(call.text);
});
