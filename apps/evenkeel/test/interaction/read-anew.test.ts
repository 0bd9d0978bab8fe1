import { expect, test } from 'vitest';
import { READER_VERSION } from '../../src/modules/interaction/reading.ts';
import { madeAnew, rowsOf } from '../support/made-anew.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Preview = {
  readonly reader: number;
  readonly older: number;
  readonly looked: readonly string[];
  readonly changes: readonly {
    readonly id: string;
    readonly differences: readonly { field: string; before: string; after: string }[];
  }[];
  readonly next: string | null;
};
const preview = (query = '') => app.ask<Preview>('GET', `/api/reader${query}`);
const apply = (interactions: readonly string[]) => app.call('POST', '/api/reader', { interactions });
const hits = async (word: string) =>
  (await app.ask<{ items: readonly { id: string }[] }>('GET', `/api/search?q=${word}`)).items.length;

/** As a program of an earlier version would have left it. */
async function asIfReadBefore(id: string, change: string): Promise<void> {
  await database.pool.query(`UPDATE interactions SET reader_version = 1 ${change} WHERE id = $1`, [id]);
}

await app.bringIn({
  me: ['me@firm.example'],
  paths: [
    filesIn(temporaryFolder(), {
      '1.eml': mail({ subject: 'Heron', body: 'The first words.', inReplyTo: '<not-here@firm.example>' }),
      '2.eml': mail({ subject: 'Plover', body: 'The second words.' }),
      '3.eml': mail({ subject: 'Curlew', body: 'The third words.' }),
    }),
  ],
});
const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM interactions ORDER BY subject');
const [curlew, heron, plover] = rows.map(({ id }) => id) as [string, string, string];

test('what the reader of today reads by itself needs no second look', async () => {
  expect(await preview()).toMatchObject({ reader: READER_VERSION, older: 0, changes: [], next: null });
  expect(await (await apply([heron])).json()).toMatchObject({ code: 'nothing-older' });
});

test('what an older reader made of mails is shown beside what is made of them now, and nothing is changed by looking', async () => {
  await asIfReadBefore(
    heron,
    `, subject = 'H?ron', text = 'The f?rst words.', at = '2020-01-01', times = jsonb_set(times, '{sent,at}', '"2020-01-01T00:00:00.000Z"')`,
  );
  await asIfReadBefore(plover, '');
  const first = await preview('?limit=1');
  expect(first).toMatchObject({ older: 2, looked: [expect.any(String)], next: expect.any(String) });
  const second = await preview(`?limit=5&after=${first.next}`);
  expect(second.next).toBeNull();
  const changes = [...first.changes, ...second.changes];
  expect(changes.map(({ id }) => id)).toEqual([heron]);
  const { differences } = changes[0]!;
  expect(differences.map(({ field }) => field)).toEqual(['subject', 'sent', 'words']);
  expect(differences[0]).toMatchObject({ before: 'H?ron', after: 'Heron' });
  expect((await preview()).older).toBe(2);
});

test('read anew, a mail is found by its words, stands at its time, and the change is entered', async () => {
  const { size } = await app.ask<{ size: number }>('GET', '/api/log/checkpoint');
  const answer = await apply([heron, plover, curlew]);
  expect(await answer.json()).toEqual({ changed: 1, same: 1 });
  await app.runner.caughtUp();
  expect(await preview()).toMatchObject({ older: 0 });
  const { rows } = await database.pool.query(
    'SELECT subject, text, at <> $2 AS moved, reader_version FROM interactions WHERE id = $1',
    [heron, '2020-01-01'],
  );
  expect(rows).toMatchObject([{ subject: 'Heron', moved: true, reader_version: READER_VERSION }]);
  expect(await hits('heron')).toBe(1);
  expect(await app.ask('GET', '/api/health')).toMatchObject({ parked: 0 });
  const after = await app.ask<{ size: number }>('GET', '/api/log/checkpoint');
  expect(after.size).toBeGreaterThan(size);
});

test('entries of a chat are read anew from their bytes too, with what a person put right about their export', async () => {
  const folder = filesIn(temporaryFolder(), {
    'WhatsApp Chat with Ivan Orlov.txt': [
      '03/04/2026, 10:00 - Ivan Orlov: Where is the gannet?',
      '05/06/2026, 10:00 - Ivan Orlov: It was agreed.',
      '',
    ].join('\n'),
  });
  const { report } = await app.bringIn({ paths: [folder] });
  const putRight = { container: null, dateOrder: 'mdy', tz: 'Asia/Tokyo' };
  expect((await app.call('POST', `/api/runs/${report.id}/reread`, putRight)).status).toBe(200);
  const { rows } = await database.pool.query<{ id: string; text: string; at: string }>(
    `SELECT id, text, at::text FROM interactions WHERE id IN (SELECT interaction_id FROM exported) ORDER BY at`,
  );
  const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]];
  await asIfReadBefore(first.id, `, text = 'Wh?re is it', at = '2020-01-01'`);
  await asIfReadBefore(second.id, '');
  await database.pool.query(`UPDATE exported SET state = 'deleted' WHERE interaction_id = $1`, [second.id]);

  const { older, changes } = await preview();
  expect(older).toBe(2);
  expect(Object.fromEntries(changes.map(({ id, differences }) => [id, differences]))).toMatchObject({
    [first.id]: [{ field: 'words', after: first.text }],
    [second.id]: [{ field: 'entry', before: expect.stringContaining('deleted') }],
  });
  expect(await (await apply([first.id, second.id])).json()).toEqual({ changed: 2, same: 0 });
  await app.runner.caughtUp();
  expect(await hits('gannet')).toBe(1);
  const { rows: after } = await database.pool.query(
    `SELECT i.text, i.at::text, e.state, i.reader_version FROM interactions i JOIN exported e ON e.interaction_id = i.id ORDER BY at`,
  );
  const read = { state: null, reader_version: READER_VERSION };
  expect(after).toEqual(rows.map(({ text, at }) => ({ text, at, ...read })));
});

test('made anew from the record, rows, index, conversations and marks are as they were', async () => {
  const tables = [
    ...['interactions', 'search_rows', 'thread_members', 'thread_keys', 'missing_names'],
    ...['signal_readings', 'exported', 'originals'],
  ];
  const all = () => rowsOf(database.pool, tables);
  const before = await all();
  for (const table of tables) expect(before[table], table).not.toEqual([]);
  await madeAnew(app);
  expect(await all()).toEqual(before);
});
