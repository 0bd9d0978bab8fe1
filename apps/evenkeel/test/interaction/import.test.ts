import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Imported, type ImportWish, openTestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { nestedParts, noise, zipOf } from './weird-files.ts';

const database = await testDatabase();
const app = await testApp(database);
const ME = ['me@firm.example'];

type Row = Readonly<Record<string, unknown>>;
type Page = { readonly items: readonly Row[]; readonly total: number };

async function bringIn(files: Readonly<Record<string, string | Uint8Array>>, wish: Partial<ImportWish> = {}) {
  return app.bringIn({ paths: [filesIn(temporaryFolder(), files)], me: ME, ...wish });
}

function totals({ report }: Imported) {
  const { items, imported, duplicates, leftOut, unreadable } = report.totals;
  expect(items, 'totals add up').toBe(imported + duplicates + leftOut + unreadable);
  return { items, imported, duplicates, leftOut, unreadable };
}

async function timelineOf(party: string): Promise<Page> {
  const { id } = await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${encodeURIComponent(party)}`);
  return app.ask<Page>('GET', `/api/parties/${id}/timeline`);
}

const detailOf = (id: string) => app.ask<Row>('GET', `/api/interactions/${id}`);
const NONE = { imported: 0, duplicates: 0, leftOut: 0, unreadable: 0 };

test('equal bytes are one interaction with one original, wherever they lie', async () => {
  const text = mail({ subject: 'equal', from: 'equal@one.example' });
  const first = await bringIn({ 'a.eml': text, 'b/c.eml': text });
  expect(totals(first)).toEqual({ ...NONE, items: 2, imported: 1, duplicates: 1 });
  const again = await bringIn({ 'elsewhere.eml': text });
  expect(totals(again)).toEqual({ ...NONE, items: 1, duplicates: 1 });
  const { items } = await timelineOf('equal@one.example');
  expect(items).toHaveLength(1);
  expect((await detailOf(items[0]!.id as string)).originals).toHaveLength(1);
});

test('bytes that differ only in line ends are one interaction with several originals, each kept once', async () => {
  const lf = mail({ subject: 'ends', from: 'ends@one.example', body: 'one\ntwo\nthree' });
  const crlf = lf.replaceAll('\n', '\r\n');
  const mixed = lf.replace('one\n', 'one\r\n');
  const run = await bringIn({ '1.eml': lf, '2.eml': crlf, '3.eml': mixed, '4.eml': crlf });
  expect(totals(run)).toEqual({ ...NONE, items: 4, imported: 1, duplicates: 3 });
  await bringIn({ '1.eml': crlf, '2.eml': mixed });
  const { items } = await timelineOf('ends@one.example');
  expect(items).toHaveLength(1);
  const { originals } = (await detailOf(items[0]!.id as string)) as { originals: readonly Row[] };
  expect(originals.map((one) => one.sizeBytes)).toEqual([lf.length, crlf.length, mixed.length]);
  for (const [form, expected] of [lf, crlf, mixed].entries()) {
    const response = await app.call('GET', `/api/interactions/${items[0]!.id}/original?form=${form}`);
    expect(await response.text()).toBe(expected);
  }
});

test('a bare carriage return is not a line end', async () => {
  const lf = mail({ subject: 'bare', from: 'bare@one.example', body: 'one\ntwo' });
  const run = await bringIn({ '1.eml': lf, '2.eml': lf.replace('one\n', 'one\r') });
  expect(totals(run)).toEqual({ ...NONE, items: 2, imported: 2 });
});

test('copies of one message are separate records, shown as one with their number', async () => {
  const parts = { subject: 'copies', from: 'copies@one.example' };
  const run = await bringIn({
    'direct.eml': mail(parts),
    'list.eml': mail({ ...parts, headers: ['List-Id: <team.one.example>'] }),
  });
  expect(totals(run)).toEqual({ ...NONE, items: 2, imported: 2 });
  const { items } = await timelineOf('copies@one.example');
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ copies: 2 });
  expect((await detailOf(items[0]!.id as string)).copies).toHaveLength(2);
});

test('a Message-ID that two different mails claim joins nothing', async () => {
  const from = 'claimed@one.example';
  const run = await bringIn({
    '1.eml': mail({ subject: 'first', from, id: '<same@one.example>', body: 'One thing.' }),
    '2.eml': mail({ subject: 'second', from, id: '<same@one.example>', body: 'Another thing.' }),
  });
  expect(totals(run)).toEqual({ ...NONE, items: 2, imported: 2 });
  const { items } = await timelineOf(from);
  expect(items.map((item) => item.copies)).toEqual([1, 1]);
});

test('mails without a Message-ID are copies of nothing but their own bytes', async () => {
  const from = 'nameless@one.example';
  const parts = { subject: 'same', from, id: null };
  const run = await bringIn({ '1.eml': mail(parts), '2.eml': mail({ ...parts, headers: ['X-Other: 1'] }) });
  expect(totals(run)).toEqual({ ...NONE, items: 2, imported: 2 });
  expect((await timelineOf(from)).items).toHaveLength(2);
});

test('inbound is filed under its sender, outbound under each recipient, internal under nobody', async () => {
  const sent = {
    from: 'Me <ME@firm.example>',
    to: 'Ann <ann@dir.example>, bob@dir.example',
    cc: 'cy@dir.example',
  };
  await bringIn({
    'in.eml': mail({ subject: 'in', from: 'ann@dir.example', cc: 'bob@dir.example' }),
    'out.eml': mail({ subject: 'out', ...sent }),
    'self.eml': mail({ subject: 'self', from: 'me@firm.example', to: 'me@firm.example' }),
  });
  const of = async (who: string) =>
    (await timelineOf(who)).items.map(({ subject, direction }) => [subject, direction]).sort();
  expect(await of('ann@dir.example')).toEqual([
    ['in', 'inbound'],
    ['out', 'outbound'],
  ]);
  expect(await of('bob@dir.example')).toEqual([['out', 'outbound']]);
  expect(await of('cy@dir.example')).toEqual([['out', 'outbound']]);
  expect((await app.call('GET', '/api/parties/meant?word=me@firm.example')).status).toBe(404);
});

test('without an address of ours no direction is guessed', async () => {
  const { connection } = await freshDatabase();
  const nobody = await openTestApp(connection);
  const paths = [filesIn(temporaryFolder(), { 'a.eml': mail({ subject: 'whose' }) })];
  const { acknowledged } = await nobody.bringIn({ paths, me: [] });
  const { id } = await nobody.ask<{ id: string }>('GET', '/api/parties/meant?word=orlov@client.example');
  const { items } = await nobody.ask<Page>('GET', `/api/parties/${id}/timeline`);
  expect(items).toMatchObject([{ id: acknowledged[0], subject: 'whose', direction: null }]);
  await nobody.close();
});

test('what is brought in for a client is filed under that client, and the addresses become theirs', async () => {
  await bringIn(
    {
      '1.eml': mail({ subject: 'c1', from: 'x@client-a.example' }),
      '2.eml': mail({ subject: 'c2', from: 'y@client-a.example' }),
    },
    { client: 'Client A' },
  );
  expect((await timelineOf('Client A')).total).toBe(2);
  const party = await app.ask<{ items: readonly Row[] }>('GET', '/api/parties?query=Client A');
  expect(party.items[0]).toMatchObject({
    identifiers: [{ value: 'x@client-a.example' }, { value: 'y@client-a.example' }],
  });
  await bringIn({ '3.eml': mail({ subject: 'c3', from: 'x@client-a.example' }) });
  expect((await timelineOf('Client A')).total).toBe(3);
});

test('a client is not made for files that are not there', async () => {
  const response = await app.call('POST', '/api/imports', { paths: ['/not/here.eml'], client: 'Nobody yet' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ code: 'path-unreadable' });
  expect((await app.call('GET', '/api/parties/meant?word=Nobody yet')).status).toBe(404);
});

test('an import that is brought in again has the same items, all of them linked', async () => {
  const mails = Array.from({ length: 40 }, (_, i) =>
    mail({ subject: `again ${i}`, from: `a${i % 7}@again.example` }),
  );
  const files = { 'box.mbox': mbox(mails), 'one.eml': mail({ subject: 'loose', from: 'a0@again.example' }) };
  const first = await bringIn(files);
  expect(totals(first)).toEqual({ ...NONE, items: 41, imported: 41 });
  expect(first.acknowledged).toHaveLength(41);
  const again = await bringIn(files);
  expect(totals(again)).toEqual({ ...NONE, items: 41, duplicates: 41 });
  expect(again.acknowledged).toEqual([]);
});

test('the same import asked for twice at once is one run', async () => {
  const mails = Array.from({ length: 300 }, (_, i) =>
    mail({ subject: `twice ${i}`, from: 'twice@one.example' }),
  );
  const paths = [filesIn(temporaryFolder(), { 'box.mbox': mbox(mails) })];
  const asked = await Promise.all([1, 2, 3].map(() => app.bringIn({ paths, me: ME })));
  expect(new Set(asked.map(({ report }) => report.id)).size).toBe(1);
  expect(asked.map(totals)).toEqual(asked.map(() => ({ ...NONE, items: 300, imported: 300 })));
});

test('an address that somebody gives to a client while an import runs does not stop it', async () => {
  const mails = Array.from({ length: 700 }, (_, i) =>
    mail({ subject: `m ${i}`, from: `p${i}@meanwhile.example` }),
  );
  const paths = [filesIn(temporaryFolder(), { 'box.mbox': mbox(mails) })];
  const running = app.bringIn({ paths, me: ME });
  const added = Array.from({ length: 20 }, (_, i) =>
    app.call('POST', '/api/parties', {
      name: `Meanwhile ${i}`,
      identifiers: [`p${650 + i}@meanwhile.example`],
    }),
  );
  expect((await Promise.all(added)).map((one) => one.status)).toEqual(added.map(() => 201));
  expect(totals(await running)).toEqual({ ...NONE, items: 700, imported: 700 });
  expect((await timelineOf('Meanwhile 3')).total).toBe(1);
});

test('four times are kept, each with its source; a file that was never told a time has none', async () => {
  const from = 'times@one.example';
  const received = 'Received: from a by b; Wed, 13 May 2026 08:00:00 +0300';
  await bringIn({
    '1.eml': mail({ subject: 'dated', from, headers: [received] }),
    '2.eml': mail({ subject: 'undated', from, date: null, headers: [received] }),
    '3.eml': mail({
      subject: 'impossible',
      from,
      date: 'Mon, 1 Jan 0000 00:00:00 +0000',
      headers: [received],
    }),
  });
  const { items } = await timelineOf(from);
  const timesOf = async (subject: string) =>
    (await detailOf(items.find((item) => item.subject === subject)!.id as string)).times;
  expect(await timesOf('dated')).toMatchObject({
    sent: { at: '2026-05-12T06:14:00.000Z', offsetMin: 180, source: 'date-header', certainty: 'stated' },
    received: { at: '2026-05-13T05:00:00.000Z', source: 'received-header' },
    exported: { source: 'file-time', certainty: 'guessed' },
    recorded: { source: 'this-program' },
  });
  expect(await timesOf('undated')).toMatchObject({ sent: null });
  expect(await timesOf('impossible')).toMatchObject({ sent: null });
  const upload = await app.fetch(
    new Request('http://evenkeel.local/api/uploads', {
      method: 'POST',
      body: mail({ subject: 'dropped', from, date: null }),
      headers: { 'x-file-name': 'dropped.eml' },
    }),
    { isLocal: true },
  );
  const { id } = (await upload.json()) as { id: string };
  await app.bringIn({ paths: [], uploads: [id], me: ME });
  const dropped = (await timelineOf(from)).items.find((item) => item.subject === 'dropped');
  expect((await detailOf(dropped!.id as string)).times).toMatchObject({ sent: null, exported: null });
});

test('every weird file is counted and named, with its range, and the good one beside it is read', async () => {
  const folder = filesIn(temporaryFolder(), {
    'a folder with spaces/good one.eml': mail({ subject: 'good', from: 'weird@one.example' }),
    'empty.eml': '',
    'nul.eml': mail({
      subject: 'n\0ul',
      from: 'N\0ul <n\0ul@one.example>',
      body: 'a\0b',
      headers: ['X-\0: \0'],
    }),
    'binary.bin': Buffer.from([0, 255, 1, 254, 0, 0, 7]),
    'cut.zip': zipOf({ 'in.eml': mail({ subject: 'in zip', from: 'weird@one.example' }) }).subarray(0, -30),
    'slip.zip': zipOf({ '../../etc/evil.eml': mail({ subject: 'slip', from: 'weird@one.example' }) }),
    'nul-name.zip': zipOf({
      'n\0ul\ud800.eml': mail({ subject: 'nul name', from: 'weird@one.example' }),
    }),
    'bomb.eml': nestedParts(3000),
    'long-name.eml': mail({ subject: 'long', from: `${noise(5000)} <${noise(5000)}@one.example>` }),
    'long-person.eml': mail({ subject: 'long person', from: `${noise(5000)} <person@one.example>` }),
    'surrogate.eml': mail({ subject: '=?utf-16?B?2AAAQQ==?=', from: 'weird@one.example' }),
  });
  symlinkSync('/etc/passwd', join(folder, 'link.eml'));
  execFileSync('mkfifo', [join(folder, 'pipe.eml')]);
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.eml')]),
    mail({ subject: 'odd name', from: 'weird@one.example' }),
  );
  const run = await app.bringIn({ paths: [folder], me: ME });
  const sum = totals(run);
  expect(sum).toMatchObject({ items: 14, duplicates: 0, leftOut: 0 });
  const named = new Map(run.report.issues.map((issue) => [issue.container, issue.code]));
  expect([...named.keys()].sort()).toEqual(
    expect.arrayContaining([
      'binary.bin',
      'cut.zip',
      'empty.eml',
      'link.eml',
      'nul.eml',
      'pipe.eml',
      'slip.zip',
    ]),
  );
  expect(named.get('link.eml')).toBe('link-not-followed');
  expect(named.get('pipe.eml')).toBe('not-a-file');
  const without = run.report.issues.filter(
    (issue) => !/^[a-z0-9-]+$/.test(issue.code) || issue.message === '',
  );
  expect(without).toEqual([]);
  const unreadable = run.report.issues.filter(({ code }) =>
    ['unknown-format', 'link-not-followed', 'not-a-file'].includes(code),
  );
  expect(unreadable.every(({ range }) => range !== null && range.end >= range.start)).toBe(true);
  const { items } = await timelineOf('weird@one.example');
  expect(items.map((item) => item.subject)).toEqual(
    expect.arrayContaining(['good', 'in zip', 'slip', 'nul name', 'odd name']),
  );
  const again = await app.bringIn({ paths: [folder], me: ME });
  expect(totals(again)).toEqual({ ...sum, imported: 0, duplicates: sum.imported });
});

test('a file that may not be read, and a folder, are named; what stands beside them is read', async () => {
  if (process.getuid?.() === 0) return;
  const folder = filesIn(temporaryFolder(), {
    'closed.eml': mail({ subject: 'closed' }),
    'shut/in.eml': mail({ subject: 'shut' }),
    'open.eml': mail({ subject: 'open', from: 'permission@one.example' }),
  });
  chmodSync(join(folder, 'closed.eml'), 0);
  chmodSync(join(folder, 'shut'), 0);
  const run = await app.bringIn({ paths: [folder], me: ME });
  chmodSync(join(folder, 'shut'), 0o700);
  expect(totals(run)).toEqual({ ...NONE, items: 3, imported: 1, unreadable: 2 });
});

test('a folder that holds nothing is an import of nothing', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  expect(totals(await app.bringIn({ paths: [folder], me: ME }))).toEqual({ ...NONE, items: 0 });
});
