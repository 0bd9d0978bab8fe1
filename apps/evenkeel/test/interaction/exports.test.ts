import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { zip } from '../../../../packages/records/test/containers.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { type Rows, rowsOf } from '../support/made-anew.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

const PICTURE = Buffer.from('\x89PNG\r\n\x1a\nthe login page, as it looked', 'latin1');
const ORLOV = [
  '25.05.2026, 09:14 - Ivan Orlov: Where is the login?',
  '25.05.2026, 09:15 - Ivan Orlov: ok',
  '25.05.2026, 09:15 - Ivan Orlov: ok',
  '25.05.2026, 09:20 - Anna Berg: It comes on Friday.',
  '26.05.2026, 18:02 - Ivan Orlov: IMG-1.png (file attached)',
];
const OTHERS = [
  '25.05.2026, 10:00 - Aunt Vera: the surgery went well, kitehawk',
  '25.05.2026, 10:01 - Anna Berg: what a relief, kitehawk',
  '25.05.2026, 10:02 - Aunt Vera: IMG-2.png (file attached)',
];
const SECRET_PICTURE = Buffer.from('\x89PNG\r\n\x1a\nkitehawk in a picture', 'latin1');

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const chat = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const ivan = 'WhatsApp Chat with Ivan Orlov';
const vera = 'WhatsApp Chat with Aunt Vera';
const chats = () =>
  folderOf({
    [`${ivan}.zip`]: zip([
      { name: 'IMG-1.png', bytes: PICTURE },
      { name: `${ivan}.txt`, bytes: Buffer.from(chat(ORLOV)) },
    ]),
    [`vera/${vera}.txt`]: chat(OTHERS),
    'vera/IMG-2.png': SECRET_PICTURE,
  });

type Row = {
  id: string;
  direction: string | null;
  text: string;
  at: string;
  sha: string | null;
  times: Times;
};
type Times = { sent: { at: string; certainty: string; offsetMin: number | null } | null };

async function rows(): Promise<readonly Row[]> {
  const { rows } = await database.pool.query<Row>(`
    SELECT id, direction, text, at::text, attachments #>> '{0,sha256}' AS sha, times FROM interactions ORDER BY at, id`);
  return rows;
}

test('a survey lists who is in chats, by platform, and what they leave open; nothing is kept', async () => {
  type Survey = {
    correspondents: { address: string; name: string; platform: string; count: number }[];
    exports: { format: string; isLocal: boolean; dateOrder: { value: string; certainty: string } }[];
    companions: number;
    unreadable: number;
  };
  const survey = await app.ask<Survey>('POST', '/api/imports/survey', { paths: [chats()] });
  expect(survey.correspondents.map(({ name, count }) => `${name} ${count}`).sort()).toEqual([
    'Anna Berg 2',
    'Aunt Vera 3',
    'Ivan Orlov 5',
  ]);
  expect(new Set(survey.correspondents.map(({ platform }) => platform))).toEqual(new Set(['whatsapp']));
  expect(survey.exports).toHaveLength(2);
  expect(survey.exports[0]).toMatchObject({ isLocal: true, dateOrder: { value: 'dmy', certainty: 'shown' } });
  expect(survey).toMatchObject({ companions: 2, unreadable: 0 });
  expect(await rows()).toEqual([]);
});

test('of chats only the chosen correspondent is kept, with the files of that chat, and the rest is in no file, row or log', async () => {
  const { report } = await app.bringIn({ paths: [chats()], only: ['whatsapp:name=Ivan Orlov'] });
  expect(report.totals).toEqual({ items: 8, imported: 5, duplicates: 0, leftOut: 3, unreadable: 0 });
  const found = await rows();
  expect(found.map(({ direction }) => direction)).toEqual([
    'inbound',
    'inbound',
    'inbound',
    'outbound',
    'inbound',
  ]);
  expect(found.map(({ text }) => text).slice(0, 3)).toEqual(['Where is the login?', 'ok', 'ok']);
  expect(found.at(-1)!.sha).toHaveLength(64);
  const attached = await app.call(
    'GET',
    `/api/interactions/${found.at(-1)!.id}/attachments/${found.at(-1)!.sha}`,
  );
  expect(Buffer.from(await attached.arrayBuffer()).equals(PICTURE)).toBe(true);
  await expectNowhere('kitehawk');
});

/** A marker is in no row of the database and in no file of the data folder. */
async function expectNowhere(marker: string): Promise<void> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  for (const { name } of tables) {
    const { rows } = await database.pool.query(`SELECT 1 FROM ${name} AS t WHERE t::text ILIKE $1 LIMIT 1`, [
      `%${marker}%`,
    ]);
    expect(rows, name).toEqual([]);
  }
  for (const path of readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' })) {
    const file = join(app.dataDir, path);
    if (statSync(file).isFile()) expect(readFileSync(file).includes(marker), path).toBe(false);
  }
}

test('an export that is brought in again is all linked, and one that overlaps adds what is new', async () => {
  const again = await app.bringIn({ paths: [chats()], only: ['whatsapp:name=Ivan Orlov'] });
  expect(again.report.totals).toMatchObject({ imported: 0, duplicates: 5, leftOut: 3 });
  const longer = folderOf({
    [`${ivan}.txt`]: chat([...ORLOV.slice(1), '27.05.2026, 08:00 - Ivan Orlov: Hello?']),
  });
  const more = await app.bringIn({ paths: [longer], only: ['whatsapp:name=Ivan Orlov'] });
  expect(more.report.totals).toMatchObject({ imported: 1, duplicates: 4 });
});

test('local times are read in our zone as a guess, and a person puts that right for the whole run', async () => {
  const folder = folderOf({
    'WhatsApp Chat with Pia.txt': chat(['03/04/2026, 10:00 - Pia: first', '05/06/2026, 10:00 - Pia: second']),
  });
  const { report } = await app.bringIn({ paths: [folder] });
  const mine = async () => (await rows()).filter(({ text }) => text === 'first' || text === 'second');
  expect((await mine()).map(({ times }) => times.sent?.certainty)).toEqual(['guessed', 'guessed']);
  const answer = await app.call('POST', `/api/runs/${report.id}/reread`, {
    container: null,
    dateOrder: 'mdy',
    tz: 'Asia/Tokyo',
  });
  expect(answer.status).toBe(200);
  expect((await mine()).map(({ times }) => times.sent)).toMatchObject([
    { at: '2026-03-04T01:00:00.000Z', certainty: 'stated' },
    { at: '2026-05-06T01:00:00.000Z', certainty: 'stated' },
  ]);
});

test('signs that people set under an entry are shown with it, and are no entries of their own', async () => {
  const says = { type: 'message', user: 'U0ORLOV', username: 'Ivan Orlov' };
  const signs = [{ name: 'tada', users: ['U0BERG'], count: 3 }];
  const day = [
    { ...says, ts: '1779796800.000100', text: 'signed at last', reactions: signs },
    { ...says, ts: '1779796860.000100', text: 'nobody looked' },
  ];
  const { report } = await app.bringIn({
    paths: [folderOf({ 'general/2026-05-26.json': JSON.stringify(day) })],
  });
  expect(report.totals).toMatchObject({ items: 2, imported: 2 });
  const shown = async (text: string) => {
    const { id } = (await rows()).find((row) => row.text === text)!;
    return (await app.ask<{ exported: unknown }>('GET', `/api/interactions/${id}`)).exported;
  };
  const by = { name: null, address: 'slack:U0BERG', isMe: false };
  const reactions = [
    { what: ':tada:', by, count: 1, at: null },
    { what: ':tada:', by: null, count: 2, at: null },
  ];
  expect(await shown('signed at last')).toMatchObject({ reactions });
  expect(await shown('nobody looked')).toMatchObject({ reactions: null });
});

test('what a message said before it was edited is shown with it, where the export kept that', async () => {
  const creator = { name: 'Ivan Orlov', email: 'ivan@talks.example' };
  const stamp = (minute: string) => `Tuesday, May 26, 2026 at 9:${minute}:00 AM UTC`;
  const message = (id: string, text: string, more: object = {}) => ({
    ...{ creator, created_date: stamp('14'), message_id: `s/${id}/${id}`, text, ...more },
  });
  const before = [{ text: 'I will ruin you', created_date: stamp('14') }];
  const edited = { updated_date: stamp('20'), previous_message_versions: before };
  const messages = [message('a', 'Please call me', edited), message('b', 'Never mind')];
  const folder = folderOf({ 'DM 1/messages.json': JSON.stringify({ messages }) });
  expect((await app.bringIn({ paths: [folder] })).report.totals).toMatchObject({ imported: 2 });
  const shown = async (text: string) => {
    const { id } = (await rows()).find((row) => row.text === text)!;
    return (await app.ask<{ exported: unknown }>('GET', `/api/interactions/${id}`)).exported;
  };
  expect(await shown('Please call me')).toMatchObject({
    state: 'edited',
    earlier: [{ text: 'I will ruin you', at: '2026-05-26T09:14:00+00:00' }],
  });
  expect(await shown('Never mind')).toMatchObject({ state: null, earlier: null });
});

test('a chat saved as UTF-16 keeps its bytes, and the original is shown as text', async () => {
  const lines = chat([
    '28.05.2026, 09:14 - Ivan Orlov: Где логин?',
    '28.05.2026, 09:15 - Ivan Orlov: ok, found',
  ]);
  const folder = temporaryFolder();
  writeFileSync(join(folder, `${ivan}.txt`), Buffer.from(`\ufeff${lines}`, 'utf16le'));
  const { report } = await app.bringIn({ paths: [folder], only: ['whatsapp:name=Ivan Orlov'] });
  expect(report.totals).toMatchObject({ items: 2, imported: 2, unreadable: 0 });
  const { id } = (await rows()).find(({ text }) => text === 'ok, found')!;
  const original = await app.call('GET', `/api/interactions/${id}/original`);
  const said = '28.05.2026, 09:15 - Ivan Orlov: ok, found\n';
  expect(Buffer.from(await original.arrayBuffer()).equals(Buffer.from(said, 'utf16le'))).toBe(true);
  expect(await app.ask('GET', `/api/interactions/${id}/original-text`)).toMatchObject({
    ...{ text: said, encoding: 'utf-16le' },
  });
});

test('projections made again from the ledger are what they were, exports and corrections among them', async () => {
  await app.runner.caughtUp();
  const before = await snapshot();
  expect(before.exported).not.toEqual([]);
  await replay(app.ledger, []);
  const after = await snapshot();
  for (const table of [
    'interactions',
    'originals',
    'exported',
    'attached',
    'filings',
    'parties',
    'identifiers',
  ])
    expect(after[table], table).toEqual(before[table]);
});

async function snapshot(): Promise<Rows> {
  return rowsOf(database.pool, await projectionTables(database.db));
}
