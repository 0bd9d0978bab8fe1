import { expect, test } from 'vitest';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { type Seen, tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player } from './playing.ts';

const chance = seededChance('tick');
chance.setClock(Date.parse('2026-05-12T10:20:00+03:00'));
const app = await testApp(await testDatabase(), { chance });
const play = player(app);
const reader = openReader('nowhere');
atEnd(() => reader.close());
const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };
const seen: Seen = new Map();
const { packs } = await app.ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call');

async function started(name: string): Promise<{ party: string; id: string }> {
  const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', { name, state: 'client' });
  const { id: call } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'call', direction: 'inbound', parties: [{ id: party }], at: '2026-05-12T10:00:00+03:00' },
    ...{
      durationMin: 5,
      channel: 'phone',
      people: [],
      subject: null,
      text: 'He called.',
      quotes: [],
      outcome: null,
    },
  });
  return { party, id: await play.start(packs[0]!.id, party, { kind: 'call', id: call }) };
}

/** How many queries a look takes; what the program does beside it is not counted. */
async function queriesOfLook(): Promise<number> {
  let count = 0;
  const db = ports.ledger.db.withPlugin({
    transformQuery: ({ node }) => {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await tick({ ...ports, ledger: { ...ports.ledger, db } }, seen);
  return count;
}

test('a look opens only procedures whose time has come, or of whose party something was recorded', async () => {
  const one = await started('One');
  for (const name of ['Two', 'Three', 'Four']) await started(name);
  await tick(ports, seen);
  expect(await queriesOfLook(), 'nothing has happened').toBe(1);
  await app.ask('POST', '/api/interactions', {
    ...{ text: 'Hello?', party: { id: one.party }, direction: 'inbound', way: 'mail' },
    ...{ at: '2026-05-12T10:19:00+03:00', from: null },
  });
  const afterRecord = await queriesOfLook();
  expect(afterRecord).toBeGreaterThan(1);
  expect(await queriesOfLook(), 'it was looked at').toBe(1);
  chance.setClock(Date.parse('2026-05-12T11:01:00+03:00'));
  expect(await queriesOfLook(), 'the hour of each is over').toBeGreaterThan(afterRecord);
  expect(await queriesOfLook()).toBe(1);
  chance.setClock(Date.parse('2026-05-12T12:02:00+03:00'));
  expect(await queriesOfLook(), 'once an hour all are looked at').toBeGreaterThan(afterRecord);
});

test('what has ended is forgotten, and what was looked at together is not looked at together again', async () => {
  const { id } = await started('Five');
  await tick(ports, seen);
  expect(seen.has(id)).toBe(true);
  await app.ask('POST', `/api/procedures/${id}/ended`, { reason: 'It was another call.' });
  await tick(ports, seen);
  expect(seen.has(id)).toBe(false);
  const before = new Map(seen);
  // Each has a time of its own between half an hour and an hour.
  chance.setClock(Date.parse('2026-05-12T12:33:00+03:00'));
  await tick(ports, seen);
  const again = [...seen].filter(([one, { at }]) => at !== before.get(one)?.at);
  expect(again.length).toBeLessThan(seen.size);
});
