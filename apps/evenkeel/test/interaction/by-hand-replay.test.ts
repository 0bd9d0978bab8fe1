import { expect, test } from 'vitest';
import { madeAnew, rowsOf } from '../support/made-anew.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const TABLES = [
  'interactions',
  'originals',
  'filings',
  'noted',
  'attached',
  'parties',
  'search_rows',
  'sources',
];

const rows = () => rowsOf(database.pool, TABLES);

async function upload(bytes: Uint8Array): Promise<{ upload: string; name: string }> {
  const url = new URL('/api/uploads', 'http://evenkeel.local');
  const body = bytes as Uint8Array<ArrayBuffer>;
  const sent = await app.fetch(new Request(url, { method: 'POST', body }), { isLocal: true });
  return { upload: ((await sent.json()) as { id: string }).id, name: 'notes.png' };
}

test('what was recorded by hand, pasted and corrected is the same, row by row, when it is made again', async () => {
  const record = (wish: object) => app.ask<{ id: string }>('POST', '/api/interactions/by-hand', wish);
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
  const call = {
    ...{ kind: 'call', direction: 'inbound', parties: [{ name: 'Viktor Orlov' }], durationMin: 12 },
    ...{
      at: '2026-05-09T10:00:00+03:00',
      zone: 'Europe/Helsinki',
      people: ['Viktor\u0000 Orlov'],
      channel: 'ph\u0000one',
    },
    ...{ text: 'He asked for the login.', quotes: ['See you in court.'], outcome: 'He calls on Friday.' },
  };
  const { id } = await record({ ...call, files: [await upload(png)] });
  await record({ ...call, text: 'He asked for the password.', quotes: [], corrects: id });
  await record({ ...call, kind: 'note', direction: 'internal', durationMin: null, quotes: [] });
  const party = { name: 'Irma', identifier: null };
  const pasted = { text: 'Hello.', party, at: '2026-05-01T10:00:00Z', way: 'chat', direction: 'inbound' };
  await app.ask('POST', '/api/interactions', pasted);
  await app.runner.caughtUp();
  const before = await rows();
  for (const table of TABLES) expect(before[table], table).not.toEqual([]);
  await madeAnew(app);
  expect(await rows()).toEqual(before);
});
