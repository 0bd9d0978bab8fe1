import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { player } from '../procedure/playing.ts';
import { PLAN } from '../procedure/restriction-ground.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { mailboxAt } from './mail-taker.ts';

const database = await testDatabase();
const chance = seededChance('own letters');
chance.setClock(Date.parse('2026-05-12T10:00:00Z'));
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'");
const play = player(app);
const EVERYDAY = 'short-everyday-word';
const DISPUTE = 'short-disputed-word';

type Gate = { readonly verdict: string; readonly standing: readonly { readonly rule: string }[] };

beforeAll(async () => {
  pack(EVERYDAY, '');
  pack(DISPUTE, 'stake: legal\n');
  await app.ask('POST', '/api/mailboxes', mailboxAt(1));
});

/** A pack of one letter. */
function pack(id: string, more: string): void {
  const folder = join(app.dataDir, 'packs', 'procedures', id);
  mkdirSync(join(folder, 'letters'), { recursive: true });
  const says = (words: string) => `{en: ${words}, ru: ${words}, fi: ${words}}`;
  const yaml = `pack: ${id}
version: 1
verified: false
place: null
${more}subject: [party, restriction]
title: ${says('One letter')}
about: ${says('One letter')}
sources:
  - {id: own, kind: house, says: Our rule, paragraph: one, date: 2026-05-01}
outcomes:
  was-said: ${says('Said')}
letters:
  one-word: {title: ${says('One word')}}
steps:
  - id: say-it
    title: ${says('Say it')}
    text: ${says('Say it')}
    role: worker
    needs: [{letter-handed-over: [one-word]}]
    letter: one-word
    next: [{end: was-said}]
    skip: never
`;
  writeFileSync(join(folder, 'pack.yaml'), yaml);
  for (const lang of ['en', 'ru', 'fi'])
    writeFileSync(join(folder, 'letters', `one-word.${lang}.md`), '# A word\n\nThe login is in line 4.\n');
}

async function client(name: string): Promise<string> {
  const added = { name, state: 'client', identifiers: [`${name.toLowerCase()}@client.example`] };
  return (await app.ask<{ id: string }>('POST', '/api/parties', added)).id;
}

/** What the gate says of a finished letter of this pack. */
async function gateOf(packId: string, party: string, subject = { kind: 'party', id: party }): Promise<Gate> {
  const id = await play.start(packId, party, subject);
  await play.final(id, 'one-word');
  return app.ask('GET', `/api/procedures/${id}/letters/one-word/gate`);
}

test('with counsel only letters of the dispute leave', async () => {
  const orlov = await client('Orlov');
  const { id } = await app.ask<{ id: string }>('POST', `/api/parties/${orlov}/cases`, {
    ...{ title: 'The refund', wanted: null },
  });
  await app.ask('POST', `/api/cases/${id}/stage`, { stage: 'court', reason: 'They sued.' });
  expect(await gateOf(EVERYDAY, orlov)).toMatchObject({
    verdict: 'forbidden',
    standing: [{ rule: 'counsel' }],
  });
  expect(await gateOf(DISPUTE, orlov)).toMatchObject({ verdict: 'waits' });
});

test('where mail is closed only letters of the restriction leave', async () => {
  const virtanen = await client('Virtanen');
  const text = 'I stand at your door tonight.';
  const wrote = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text, party: { id: virtanen }, direction: 'inbound', way: 'mail', at: '2026-05-01T10:00:00Z' },
    from: 'virtanen@client.example',
  });
  const { id } = await app.ask<{ id: string }>('POST', `/api/parties/${virtanen}/restrictions`, {
    ...PLAN,
    measure: {
      ...{ contact: null, subjects: [], hours: null, perWeek: null, ways: ['mail'], isWritingOnly: false },
      open: { way: 'letter', address: 'Street 1' },
    },
    cites: [{ interactionId: wrote.id, start: 0, end: text.length, quote: text }],
    safety: 'He stood at the door of the office at night.',
  });
  await app.ask('POST', `/api/restrictions/${id}/decision`, { reason: 'He stood there.' });
  const notice = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'Until November we answer by letter only.', party: { id: virtanen } },
    ...{ direction: 'outbound', way: 'mail', at: chance.now() },
  });
  await app.ask('POST', `/api/restrictions/${id}/force`, { notice: notice.id });
  expect(await gateOf(DISPUTE, virtanen)).toMatchObject({
    ...{ verdict: 'forbidden', standing: [{ rule: 'restriction-way' }] },
  });
  expect(await gateOf(EVERYDAY, virtanen, { kind: 'restriction', id })).toMatchObject({ verdict: 'waits' });
});

test('a second person is asked for letters of a dispute, and for no others', async () => {
  const member = (id: string, name: string) =>
    database.pool.query(
      `INSERT INTO members (workspace_id, id, user_id, name, role, created_at)
       SELECT workspace_id, $1::uuid, $1::text, $2, 'agent', '2026-05-01' FROM workspaces`,
      [id, name],
    );
  await member('00000000-0000-7000-8000-00000000a1e0', 'Alex');
  await member('00000000-0000-7000-8000-000000000312', 'Mira');
  await app.ask('PUT', '/api/sendings/rules', { undoSec: 15, coolingMin: 0, second: 'grave' });
  const laine = await client('Laine');
  expect(await gateOf(DISPUTE, laine)).toMatchObject({ verdict: 'second-person' });
  expect(await gateOf(EVERYDAY, laine)).toMatchObject({ verdict: 'waits' });
});
