import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { duesOf } from '../../src/modules/procedure/dues.actions.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { type Letter, player, refusedBy, type Words } from './playing.ts';

// A pack of a user's own that begins from words: the one of the fixtures, changed where it has to be.
const FIXTURE = fileURLToPath(new URL('../../../../fixtures/packs/ending-politely', import.meta.url));
const chance = seededChance('quoted-start');
chance.setClock(Date.parse('2026-05-12T10:00:00+03:00'));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
const play = player(app);
const folder = join(app.dataDir, 'packs', 'procedures', 'ending-politely');
mkdirSync(folder, { recursive: true });
cpSync(FIXTURE, folder, { recursive: true });
change('pack.yaml', /subject: \[.*\]/, 'subject: [message, party]\nstarts: quote\nvalidUntil: 2026-05-31');
change(
  'pack.yaml',
  /source: island\}\n/,
  'source: island}\n    choices: {both-fine: {en: a, ru: b, fi: c, asks: {en: Why, ru: Почему, fi: Miksi}, say: {en: Yes., ru: Да., fi: Kyllä.}}}\n    shown: obligations\n',
  2,
);
for (const lang of ['en', 'ru', 'fi'])
  change(`letters/farewell-note.${lang}.md`, /\n\n/, '\n\n{{quote-date}}, {{quote-time}}\n\n> {{quote}}\n\n');
const PACK = 'ending-politely';

function change(file: string, from: RegExp, to: string, nth = 1): void {
  const path = join(folder, file);
  let seen = 0;
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(new RegExp(from.source, 'g'), (found) => (++seen === nth ? to : found));
  expect(changed, `${file} has ${from}`).not.toBe(text);
  writeFileSync(path, changed);
}

const WORDS = 'Pay me back {{client}} by Friday.\nOr I will see you in court.';
const TEXT = `Hello,\n\n${WORDS}\n\nOrlov`;
const party = async (name: string, identifiers: readonly string[] = []) =>
  (await app.ask<{ id: string }>('POST', '/api/parties', { name, state: 'client', identifiers })).id;
const partyId = await party('Orlov', ['orlov@baltika.example']);
const { id: message } = await app.ask<{ id: string }>('POST', '/api/interactions', {
  ...{ text: TEXT, party: { id: partyId }, direction: 'inbound', way: 'mail' },
  ...{ at: '2026-05-11T21:15:00+03:00', from: 'orlov@baltika.example' },
});
const start = TEXT.indexOf(WORDS);
const cite = { interactionId: message, start, end: start + WORDS.length, quote: WORDS };
const subject = { kind: 'message', id: message };
const begin = (wish: object) =>
  app.call('POST', '/api/procedures', { pack: PACK, partyId, subject, ...wish });

type Quoted = {
  cite: object | null;
  steps: { shown: string | null; choices: { asks: Words; say: Words }[] }[];
};
let id = '';

test('a pack that begins from words is not started without them', async () => {
  expect(await refusedBy(await begin({}))).toMatchObject({ status: 422, code: 'quote-needed' });
});

test('words that do not stand there so, or stand elsewhere, are no quote', async () => {
  const changed = { ...cite, quote: WORDS.replace('court', 'touch') };
  expect(await refusedBy(await begin({ cite: changed }))).toMatchObject({
    ...{ status: 422, code: 'quote-not-found', params: { quote: changed.quote } },
  });
  const { id: other } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: TEXT, party: { id: partyId }, direction: 'inbound', way: 'mail' },
    ...{ at: '2026-05-12T08:15:00+03:00', from: 'orlov@baltika.example' },
  });
  expect((await refusedBy(await begin({ cite: { ...cite, interactionId: other } }))).code).toBe(
    'quote-not-found',
  );
  const stranger = await party('Virtanen');
  const theirs = { partyId: stranger, subject: { kind: 'party', id: stranger }, cite };
  expect((await refusedBy(await begin(theirs))).code).toBe('quote-not-found');
});

test('with its words it runs, and carries them with their date', async () => {
  const begun = await begin({ cite });
  expect(begun.status).toBe(201);
  id = ((await begun.json()) as { id: string }).id;
  const shown = await app.ask<Quoted>('GET', `/api/procedures/${id}`);
  expect(shown.cite).toEqual({ ...cite, at: '2026-05-11T18:15:00.000Z' });
  expect(shown.steps.map(({ shown: beside }) => beside)).toEqual([null, 'obligations', null]);
  const { packs } = await app.ask<{ packs: object[] }>(
    'GET',
    '/api/procedures/packs?subject=message&starts=quote',
  );
  expect(packs).toContainEqual(
    expect.objectContaining({ id: PACK, starts: 'quote', validUntil: '2026-05-31' }),
  );
});

test('its dues say until when their source is known to hold', async () => {
  const [due] = await duesOf(app.db, app.ledger.workspaceId, {});
  expect(due?.params).toMatchObject({ validUntil: '2026-05-31', isVerified: false });
});

test('a letter quotes them line by line and to the sign, and braces in them are no field', async () => {
  chance.setClock(Date.parse('2026-05-14T10:00:00+03:00'));
  await app.ask('POST', '/api/parties', { name: 'Nobody', state: 'contact', identifiers: [] });
  const letter: Letter = await play.letter(id, 'farewell-note');
  expect(letter.text).toContain(
    '11 May 2026, 18:15 UTC\n\n> Pay me back {{client}} by Friday.\n> Or I will see you in court.',
  );
  expect((await play.letter(id, 'farewell-note', 'ru')).text).toContain('11 мая 2026');
  expect((await play.letter(id, 'farewell-note', 'fi')).text).toContain('11. toukokuuta 2026');
});

test('a client is not marked by it: nothing but the procedure itself says that it ran', async () => {
  const before = await app.ask('GET', `/api/parties/${partyId}`);
  await app.ask('POST', `/api/procedures/${id}/ended`, { reason: 'It was settled on the phone.' });
  expect(await app.ask('GET', `/api/parties/${partyId}`)).toEqual(before);
});

test('replaying the record gives the same rows, the quote too', async () => {
  const names = (await projectionTables(app.db)).filter((name) => name.startsWith('procedure'));
  const rows = () => rowsOf(database.pool, names);
  const before = await rows();
  await app.runner.caughtUp();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
  expect(JSON.stringify(before)).toContain('see you in court');
});
