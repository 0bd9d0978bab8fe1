import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOf, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const ME = ['me@firm.example'];
const PRIVATE = 'a-private-sentence-that-nobody-picked';
const WANTED = 'the-sentence-of-the-one-who-was-picked';

function inbox(): string {
  const secret = (from: string, more = {}) =>
    mail({ from, subject: `${PRIVATE} ${from}`, body: `${PRIVATE} ${from}`, ...more });
  return filesIn(temporaryFolder(), {
    'all.mbox': mbox([
      mail({ from: 'Client <Client@Picked.example>', subject: WANTED, body: WANTED }),
      secret('Doctor <doctor@private.example>'),
      secret('me@firm.example', { to: 'spouse@private.example' }),
      mail({
        from: 'me@firm.example',
        to: 'client@picked.example, other@private.example',
        subject: 'to both',
        body: WANTED,
      }),
      secret('doctor@private.example', { cc: 'client@picked.example' }),
      secret('me@firm.example', { to: 'me@firm.example' }),
    ]),
  });
}

test('who is in a mailbox is listed before anything is kept', async () => {
  const before = (await database.pool.query('SELECT count(*) FROM entries')).rows;
  const seen = await app.ask<{ correspondents: readonly Record<string, unknown>[]; items: number }>(
    'POST',
    '/api/imports/survey',
    { paths: [inbox()], me: ME },
  );
  expect(seen.items).toBe(6);
  const listed = Object.fromEntries(
    seen.correspondents.map((one) => [one.address, [one.name, one.count, one.isMe]]),
  );
  expect(listed).toMatchObject({
    'client@picked.example': ['Client', 2, false],
    'doctor@private.example': ['Doctor', 2, false],
    'spouse@private.example': [null, 1, false],
    'other@private.example': [null, 1, false],
  });
  expect(seen.correspondents[0]).toHaveProperty('first');
  expect((await database.pool.query('SELECT count(*) FROM entries')).rows).toEqual(before);
});

test('only what is between us and the one who was picked is kept; being copied in is not enough', async () => {
  const { report } = await app.bringIn({ paths: [inbox()], me: ME, only: ['CLIENT@picked.example'] });
  expect(report.totals).toEqual({ items: 6, imported: 2, duplicates: 0, leftOut: 4, unreadable: 0 });
  const { rows } = await database.pool.query<{ subject: string }>(
    'SELECT subject FROM interactions ORDER BY subject',
  );
  expect(rows.map(({ subject }) => subject)).toEqual([WANTED, 'to both'].sort());
  const { rows: parties } = await database.pool.query<{ name: string }>('SELECT name FROM parties');
  expect(parties).toEqual([{ name: 'Client' }]);
});

test('what was left out is counted again and stays out when the rest is known', async () => {
  const { report } = await app.bringIn({ paths: [inbox()], me: ME, only: ['client@picked.example'] });
  expect(report.totals).toEqual({ items: 6, imported: 0, duplicates: 2, leftOut: 4, unreadable: 0 });
});

test('nobody picked means that nothing is kept', async () => {
  const { report } = await app.bringIn({ paths: [inbox()], me: ME, only: [] });
  expect(report.totals).toMatchObject({ items: 6, leftOut: 6 });
});

describe('what names nobody who could be chosen', () => {
  const EVENT = [
    ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1@cal.example', 'SUMMARY:Stock taking'],
    ...['DTSTART:20260512T090000Z', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
  const folder = filesIn(temporaryFolder(), {
    'all.mbox': mbox([
      mail({ from: 'Client <client@picked.example>', subject: 'namelesstest one', body: 'one' }),
      mail({ from: 'doctor@private.example', subject: 'namelesstest two', body: 'two' }),
      mail({ from: ME[0]!, to: ME[0]!, subject: 'namelesstest to myself', body: 'three' }),
    ]),
    'no-sender.eml': 'Subject: namelesstest without a sender\r\n\r\nfour\r\n',
    'own.ics': EVENT,
  });
  const wish = { paths: [folder], me: ME };

  test('is counted and shown before anything is kept, and stays out unless it is chosen', async () => {
    type Survey = { items: number; nameless: { items: number; formats: unknown; examples: unknown[] } };
    const { items, nameless } = await app.ask<Survey>('POST', '/api/imports/survey', wish);
    expect(items).toBe(5);
    expect(nameless).toMatchObject({ items: 3 });
    expect(nameless.formats).toEqual(
      expect.arrayContaining([
        { format: 'mbox', items: 1 },
        { format: 'eml', items: 1 },
        { format: 'ics', items: 1 },
      ]),
    );
    expect(nameless.examples).toEqual(
      expect.arrayContaining([
        { format: 'eml', subject: 'namelesstest without a sender', at: null },
        { format: 'ics', subject: 'Stock taking', at: '2026-05-12T09:00:00.000Z' },
      ]),
    );
    const { report } = await app.bringIn({ ...wish, only: ['client@picked.example'] });
    expect(report.totals).toMatchObject({ items: 5, imported: 1, leftOut: 4 });
  });

  test('comes in when it is chosen, beside whoever was, and nobody else does', async () => {
    const chosen = { ...wish, only: ['client@picked.example'], nameless: true };
    const { report } = await app.bringIn(chosen);
    expect(report.totals).toEqual({ items: 5, imported: 3, duplicates: 1, leftOut: 1, unreadable: 0 });
    const { items } = await app.ask<{ items: { subject: string }[] }>('GET', '/api/search?q=namelesstest');
    expect(items.map(({ subject }) => subject).sort()).toEqual([
      'namelesstest one',
      'namelesstest to myself',
      'namelesstest without a sender',
    ]);
  });

  test('everybody and what names nobody is all that there is, as without a choice', async () => {
    const only = ['client@picked.example', 'doctor@private.example'];
    const all = { ...wish, only, nameless: true };
    expect((await app.bringIn(all)).report.totals).toMatchObject({ imported: 1, duplicates: 4, leftOut: 0 });
    expect((await app.bringIn(wish)).report.totals).toMatchObject({ imported: 0, duplicates: 5 });
  });
});

/** Every file under a folder that holds one of these texts. */
async function filesWith(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const hits: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (texts.some((text) => bytes.includes(text))) hits.push(path.slice(folder.length + 1));
  }
  return hits;
}

test('text of somebody who was not picked is in no file of the data folder, the database and its log included', async () => {
  const dataDir = temporaryFolder();
  const own = await openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: null, pgBin: null },
    chance: seededChance('picks'),
    log: () => {},
    say: () => {},
    forPeople: false,
  });
  const call = (path: string, body: unknown) =>
    own.fetch(
      new Request(`http://evenkeel.local${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      { isLocal: true },
    );
  const folder = inbox();
  await (await call('/api/imports/survey', { paths: [folder], me: ME })).json();
  const upload = await own.fetch(
    new Request('http://evenkeel.local/api/uploads', {
      method: 'POST',
      headers: { 'x-file-name': 'dropped.mbox' },
      body: await readFile(join(folder, 'all.mbox')),
    }),
    { isLocal: true },
  );
  const { id } = (await upload.json()) as { id: string };
  const started = await call('/api/imports', { uploads: [id], me: ME, only: ['client@picked.example'] });
  const { run } = (await started.json()) as { run: string };
  const events = await own.fetch(new Request(`http://evenkeel.local/api/runs/${run}/events`), {
    isLocal: true,
  });
  expect((await eventsOf(events)).at(-1)).toMatchObject({ report: { totals: { imported: 2, leftOut: 4 } } });
  await own.runner.caughtUp();
  const hidden = [PRIVATE, 'doctor@private', 'spouse@private'];
  expect(await filesWith(dataDir, hidden), 'while it runs').toEqual([]);
  await own.close();
  expect(await filesWith(dataDir, hidden), 'after it was closed').toEqual([]);
  // The picked one's text is plain in the database, so that it can be searched; its original is not in any pack.
  const wanted = await filesWith(dataDir, [WANTED]);
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.every((name) => name.startsWith('postgres/'))).toBe(true);
});

test('an address that was ours at one import is ours at the next', async () => {
  const folder = filesIn(temporaryFolder(), {
    'first.eml': mail({ from: 'late@firm.example', to: 'client@own.example', subject: 'first' }),
  });
  const again = filesIn(temporaryFolder(), {
    'second.eml': mail({ from: 'late@firm.example', to: 'client@own.example', subject: 'second' }),
  });
  await app.bringIn({ paths: [folder], me: ['Late@firm.example'] });
  await app.bringIn({ paths: [again] });
  const party = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=client@own.example');
  const { items } = await app.ask<{ items: { direction: string }[] }>(
    'GET',
    `/api/parties/${party.id}/timeline`,
  );
  expect(items.map(({ direction }) => direction)).toEqual(['outbound', 'outbound']);
});

test('a survey counts the messages that may be ours: neither from us nor to us, nor of a talk of two', async () => {
  const sideless = async (files: Record<string, string>) => {
    const wish = { paths: [filesIn(temporaryFolder(), files)], me: ME };
    return (await app.ask<{ sideless: number }>('POST', '/api/imports/survey', wish)).sideless;
  };
  const talk = (...names: string[]) =>
    names.map((name, i) => `03/04/2026, 09:1${i} - ${name}: words of ${name}\n`).join('');
  const theirs = mail({ from: 'client@picked.example', to: ME[0]!, body: 'to us' });
  expect(await sideless({ 'a.eml': theirs, 'chat.txt': talk('Ivan', 'Anna', 'Ivan') })).toBe(0);
  const elsewhere = mail({ from: 'client@picked.example', to: 'old@ours.example', body: 'to whom?' });
  expect(await sideless({ 'a.eml': elsewhere, 'b.eml': theirs })).toBe(1);
  expect(await sideless({ 'chat.txt': talk('Ivan', 'Anna', 'Vera') })).toBe(3);
  expect(await sideless({ 'no-sender.eml': 'Subject: nobody\r\n\r\nfour\r\n' })).toBe(0);
});
