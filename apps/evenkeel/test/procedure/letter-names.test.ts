import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player, refusedBy } from './playing.ts';

const chance = seededChance('letter-names');
chance.setClock(Date.parse('2026-05-12T01:10:00+03:00'));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query(
  "UPDATE workspaces SET name = 'Studio Kivi', zone = 'Europe/Helsinki', own_addresses = '{alexandra.karhu@private.example,hello@rex.example}'",
);
const play = player(app);
const [pack] = (await app.ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call'))
  .packs as [{ id: string }];
const LEGAL = 'Alexandra Karhu';
const WORDS = { 'what-was-agreed': 'Nothing yet.', 'next-step': 'I look into it by Monday.' };

type Named = { from: { name: string; address: string | null }; foreignNames: string[]; text: string };
let partyId = '';
let stage = '';

beforeAll(async () => {
  ({ id: partyId } = await app.ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@baltika.example'] },
  }));
  await app.ask('POST', '/api/our-names', { kind: 'legal', name: LEGAL });
  ({ id: stage } = await app.ask<{ id: string }>('POST', '/api/our-names', { kind: 'stage', name: 'Rex' }));
  await app.ask('PUT', `/api/parties/${partyId}/our-name`, { nameId: stage });
});

/** As far as the letter of a call that was at five past midnight where we are. */
async function toLetter() {
  const call = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'call', direction: 'inbound', parties: [{ id: partyId }], at: '2026-05-12T00:05:00+03:00' },
    ...{ durationMin: 12, channel: 'phone', people: ['Orlov'], subject: null, quotes: [], outcome: null },
    text: 'Orlov asked where the login is.',
  });
  const id = await play.start(pack.id, partyId, { kind: 'call', id: call.id });
  const shown = await play.done(id, (await play.see(id)).now!.step);
  const letter = shown.steps.find((step) => step.id === shown.now?.step)!.letter!;
  await play.draft(id, letter, WORDS);
  return { id, letter, path: `/api/procedures/${id}/letters/${letter}` };
}
const mailOf = async (path: string) =>
  Buffer.from(await (await app.call('GET', `${path}/mail`)).arrayBuffer()).toString();
const bodyOf = (mail: string) => Buffer.from(mail.split('\r\n\r\n')[1] ?? '', 'base64').toString();

test('a letter is from and signed by the name that they know; no other name, address, zone or host is in it', async () => {
  const { id, letter, path } = await toLetter();
  const seen = await app.ask<Named>('GET', `${path}?lang=en`);
  expect(seen).toMatchObject({ from: { name: 'Rex', address: null }, foreignNames: [] });
  // Where the one who writes and the firm have one name, it stands there once.
  expect(seen.text).toMatch(/\n\nRex$/);
  expect(seen.text).not.toMatch(/Rex\s+Rex/);
  await play.final(id, letter);
  const mail = await mailOf(path);
  const everything = `${mail}\n${bodyOf(mail)}`.toLowerCase();
  for (const word of ['alexandra', 'karhu', 'studio kivi', 'private.example', 'helsinki', '+0300', '00:05'])
    expect(everything, word).not.toContain(word);
  expect(mail).toMatch(/Message-ID: <[^@>]+@letters\.evenkeel\.invalid>/);
});

test('a time of day in it is UTC, with its date when that is another one', async () => {
  const { path } = await toLetter();
  const { text } = await app.ask<Named>('GET', `${path}?lang=en`);
  expect(text).toContain('12 May 2026 at 21:05 UTC (11 May 2026)');
});

test('a name they do not know is refused with both names, and leaves only when it is confirmed', async () => {
  const { id, letter, path } = await toLetter();
  const { text } = await app.ask<Named>('GET', `${path}?lang=en`);
  await play.draft(id, letter, WORDS, 'en', `# A letter\n\n${text}\n\n${LEGAL}`);
  expect((await app.ask<Named>('GET', `${path}?lang=en`)).foreignNames).toEqual([LEGAL]);
  expect(await refusedBy(await app.call('POST', `${path}/final`, { lang: 'en' }))).toEqual({
    ...{ status: 409, code: 'name-not-theirs', params: { knows: 'Rex', carries: [LEGAL] } },
  });
  const other = { lang: 'en', confirmedNames: ['Studio Kivi'] };
  expect(await refusedBy(await app.call('POST', `${path}/final`, other))).toMatchObject({
    code: 'name-not-theirs',
  });
  await app.ask('POST', `${path}/final`, { lang: 'en', confirmedNames: [LEGAL] });
  expect(bodyOf(await mailOf(path))).toContain(LEGAL);
  await play.hand(id, letter);
  const { shown } = await app.ask<{ shown: object[] }>('GET', `/api/parties/${partyId}/our-name`);
  expect(shown).toEqual([expect.objectContaining({ name: LEGAL, shownIn: 'letter' })]);
});

test('a letter that was finished under a name they knew before does not leave under it unasked', async () => {
  const { id, letter, path } = await toLetter();
  await play.final(id, letter);
  await app.ask('PUT', `/api/parties/${partyId}/our-name`, { nameId: null });
  const refusal = {
    status: 409,
    code: 'name-not-theirs',
    params: { knows: 'Studio Kivi', carries: ['Rex'] },
  };
  expect(await refusedBy(await app.call('GET', `${path}/mail`))).toEqual(refusal);
  expect(await refusedBy(await app.call('POST', `${path}/handed-over`, { way: 'copy' }))).toEqual(refusal);
  expect((await app.call('GET', `${path}/mail?confirmed=Rex`)).status).toBe(200);
  expect(
    (await app.call('POST', `${path}/handed-over`, { way: 'copy', confirmedNames: ['Rex'] })).status,
  ).toBe(200);
  await app.ask('PUT', `/api/parties/${partyId}/our-name`, { nameId: stage });
});

test('it is sent from the address that they write to', async () => {
  const folder = temporaryFolder();
  const lines = [
    'From: orlov@baltika.example',
    'To: hello@rex.example',
    'Date: Mon, 11 May 2026 09:00:00 +0700',
  ];
  writeFileSync(join(folder, 'a.eml'), [...lines, 'Subject: hello', '', 'Where is it?', ''].join('\r\n'));
  await app.bringIn({ paths: [folder], me: ['alexandra.karhu@private.example', 'hello@rex.example'] });
  const { path } = await toLetter();
  const { from } = await app.ask<Named>('GET', `${path}?lang=en`);
  expect(from).toEqual({ name: 'Rex', address: 'hello@rex.example' });
});
