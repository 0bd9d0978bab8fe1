import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ID, TYPE } from '../../../../packages/records/src/outlook/property.ts';
import { type PstMessage, pstFile } from '../../../../packages/records/test/outlook/pst-file.ts';
import { type App, openApp } from '../../src/app.ts';
import { HAS_DOVECOT } from '../support/mail-programs.ts';
import { IMAP_PASSWORD, startDovecot } from '../support/mail-servers.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOf } from '../support/test-app.ts';
import { zipOf } from './weird-files.ts';

const ME = 'me@firm.example';
const CLIENT = 'client@picked.example';
const WANTED = 'the-sentence-of-the-one-who-was-picked';
/** Long and short: a short value lies in the row itself, a long one beside it. */
const HIDDEN = ['kitehawk-private', 'doctor@private.example', 'Kitehawk Clinic'];
const LONG = 'kitehawk-private words that go on and on. '.repeat(400);

const dataDir = temporaryFolder();
const lines: string[] = [];
let app: App;

// Its own PostgreSQL, so that its files and its write-ahead log are looked through too.
beforeAll(async () => {
  app = await openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: null, pgBin: null },
    chance: seededChance('not-chosen'),
    log: (event, values) => lines.push(`${event} ${JSON.stringify(values)}`),
    askNames: async () => Promise.reject(Object.assign(new Error('nobody asked'), { code: 'ENOTFOUND' })),
    say: (line) => lines.push(String(line)),
    forPeople: false,
  });
});
afterAll(() => app?.close());

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const request = new Request(`http://evenkeel.local${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, { isLocal: true });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

type Totals = { readonly items: number; readonly imported: number; readonly leftOut: number };

/** Looks who is in it, then brings in what is with the client, as a person does in the web. */
async function bringIn(name: string, bytes: Uint8Array): Promise<Totals> {
  const path = join(filesIn(temporaryFolder(), { [name]: bytes }), name);
  await ask('POST', '/api/imports/survey', { paths: [path], me: [ME] });
  const { run } = await ask<{ run: string }>('POST', '/api/imports', {
    ...{ paths: [path], me: [ME], only: [CLIENT] },
  });
  const request = new Request(`http://evenkeel.local/api/runs/${run}/events`);
  const events = await eventsOf(await app.fetch(request, { isLocal: true }));
  await app.runner.caughtUp();
  return (events.at(-1) as unknown as { report: { totals: Totals } }).report.totals;
}

/** In no file of the data folder, those of the database and its log among them, and in no line of the program's log. */
async function expectNowhere(): Promise<void> {
  await app.sealer.seal();
  expect(lines.filter((line) => HIDDEN.some((hidden) => line.includes(hidden)))).toEqual([]);
  const hits: string[] = [];
  let wanted = 0;
  for (const file of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (HIDDEN.some((hidden) => bytes.includes(hidden))) hits.push(path);
    if (bytes.includes(WANTED)) wanted += 1;
  }
  expect(hits).toEqual([]);
  // Looking where nothing could be found would say nothing.
  expect(wanted).toBeGreaterThan(0);
}

const theirs = (subject: string) =>
  mail({ from: `Client <${CLIENT}>`, subject, body: `${WANTED} ${subject}` });
const hidden = (subject: string, more = {}) =>
  mail({
    ...{ from: 'Kitehawk Clinic <doctor@private.example>', subject: `kitehawk-private ${subject}` },
    ...{ body: LONG, ...more },
  });
const toHidden = (subject: string) => hidden(subject, { from: ME, to: 'doctor@private.example' });

describe('a text of a correspondent who was not chosen is in no file, row or log', () => {
  test('of an mbox and letters inside a zip, also where the zip holds another', async () => {
    const bytes = zipOf({
      'mail/all.mbox': mbox([theirs('zip 1'), hidden('zip 1'), toHidden('zip 2')]),
      'mail/one.eml': hidden('one'),
      'mail/two.eml': theirs('zip 2'),
    });
    expect(await bringIn('letters.zip', bytes)).toMatchObject({ items: 5, imported: 2, leftOut: 3 });
    const within = zipOf({ 'inner.zip': zipOf({ 'inner.eml': hidden('inner') }) });
    expect(await bringIn('within.zip', within)).toMatchObject({ items: 1, imported: 0, leftOut: 1 });
    await expectNowhere();
  });

  test('of a PST, the names of its folders included', async () => {
    const message = (from: string, subject: string, body: string): PstMessage => ({
      properties: [
        [ID.messageClass, TYPE.unicode, 'IPM.Note'],
        [ID.subject, TYPE.unicode, subject],
        [ID.senderName, TYPE.unicode, from],
        [ID.senderType, TYPE.unicode, 'SMTP'],
        [ID.senderAddress, TYPE.unicode, from],
        [ID.displayTo, TYPE.unicode, ME],
        [ID.body, TYPE.unicode, body],
      ],
    });
    const root = {
      name: '',
      folders: [
        { name: 'Clients', messages: [message(CLIENT, 'From Outlook', `${WANTED} pst`)] },
        {
          name: 'Kitehawk Clinic',
          messages: [message('doctor@private.example', 'kitehawk-private pst', LONG)],
        },
      ],
    };
    expect(await bringIn('outlook.pst', pstFile({ root }))).toMatchObject({ imported: 1, leftOut: 1 });
    await expectNowhere();
    const found = await ask<{ items: readonly { id: string }[] }>('GET', '/api/search?q=Outlook');
    const detail = await ask<{ originals: readonly { member: string }[] }>(
      'GET',
      `/api/interactions/${found.items[0]!.id}`,
    );
    expect(detail.originals[0]!.member).toBe('Clients');
  });

  test.skipIf(!HAS_DOVECOT)('of a mailbox that is read as mail arrives', async () => {
    const dovecot = await startDovecot(ME);
    dovecot.deliver('INBOX', [theirs('live'), hidden('live')]);
    dovecot.deliver('Sent', [toHidden('live')]);
    const { id } = await ask<{ id: string }>('POST', '/api/mailboxes', {
      ...{ address: ME, allows: 'known', parties: [], isOn: false, secrets: { password: IMAP_PASSWORD } },
      settings: {
        ...{ kind: 'imap', smtp: null, signIn: { by: 'password', user: ME } },
        imap: { host: '127.0.0.1', port: dovecot.port, security: 'none' },
      },
    });
    const { items } = await ask<{ items: readonly { id: string; totals: Totals }[] }>(
      'POST',
      `/api/mailboxes/${id}/read`,
    );
    expect(items.find((one) => one.id === id)!.totals).toMatchObject({ items: 3, imported: 1, leftOut: 2 });
    await app.runner.caughtUp();
    await expectNowhere();
  });
});
