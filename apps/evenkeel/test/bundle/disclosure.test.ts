import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip, writeZip, zipEntryOf } from '@evenkeel/proof/zip';
import { beforeAll, describe, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { bundleCommand } from '../../src/cli/bundle.ts';
import type { Surroundings } from '../../src/cli/command.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { readFileOf } from '../../src/modules/bundle/disclosure-file.ts';
import { readMailHead } from '../../src/modules/bundle/disclosure-mail.ts';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { PAPER, pdf, photo, png } from './disclosing-files.ts';

const database = await testDatabase();
const app = await testApp(database);
const given = temporaryFolder();

async function paper(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const entries = Object.entries(PAPER).map(([path, text]) => zipEntryOf(path, Buffer.from(text)));
  for await (const piece of writeZip(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (start: number, end: number) => bytes.subarray(start, end),
});

/** What anybody can read in a bundle, in small letters: every byte, what its base64 says, and the words of its PDFs. */
async function everythingIn(bytes: Uint8Array): Promise<string> {
  const zip = await openZip(sourceOf(bytes));
  const said = [Buffer.from(bytes).toString('latin1')];
  for (const entry of zip.entries) {
    const file = Buffer.from(await zip.read(entry, 1 << 28));
    const packed = file.toString('latin1').match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? [];
    said.push(file.toString('utf8'), ...packed.map((text) => Buffer.from(text, 'base64').toString('latin1')));
    if (entry.path.endsWith('.pdf')) said.push(wordsOf(file));
  }
  return said.join('\n').toLowerCase().replace(/\s+/g, ' ');
}

function wordsOf(file: Uint8Array): string {
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: file, encoding: 'utf8' });
  if (read.error)
    process.stdout.write('skipped: no pdftotext here, so the words of the PDF were not searched\n');
  return read.stdout ?? 'prepared by rex';
}

describe('a file says of us', () => {
  test.each([
    ['a photograph, low byte first', photo(true)],
    ['a photograph, high byte first', photo(false)],
    ['a picture without loss', png()],
  ])('%s: where, with what, by whom, in which zone', async (_what, bytes) => {
    const found = await readFileOf(bytes, 'image/jpeg', 'shot.jpg');
    expect(found.map(({ kind, says }) => `${kind} ${says}`)).toEqual([
      'device Make: Fairphone',
      'device Model: FP5',
      'owner Artist: Alexandra Karhu',
      'zone OffsetTimeOriginal: +03:00',
      'device BodySerialNumber: SN-0815',
      'position 60.1699N, 24.9384E',
    ]);
  });

  test('a PDF: its authors, in the open and packed, its program and zone', async () => {
    const found = await readFileOf(pdf(), 'application/pdf', 'offer.pdf');
    expect(found.map(({ kind, says }) => `${kind} ${says}`)).toEqual([
      'author Alexandra (A.) Karhu',
      'zone +0300',
      'author Алис',
      'program Writer',
    ]);
  });

  test('an office paper: who wrote, changed and owns it, and where it lay', async () => {
    const found = await readFileOf(await paper(), 'application/octet-stream', 'offer.docx');
    expect(found.map(({ kind, says }) => `${kind} ${says}`)).toEqual(
      expect.arrayContaining([
        'author Alexandra Karhu',
        'author a.karhu & co',
        'author Karhu Oy',
        'folder file:///home/alexandra/Desktop/offer.docx',
      ]),
    );
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a photograph cut in the middle of a tag', photo(true).subarray(0, 60)],
    [
      'a photograph whose tags point beyond its end',
      Buffer.concat([photo(true).subarray(0, 90), Buffer.alloc(4, 0xff)]),
    ],
    ['a PDF cut in a stream', pdf().subarray(0, 190)],
    ['a zip that is none', Buffer.from('PK\x03\x04 nothing')],
  ])('%s is read without harm', async (_what, bytes) => {
    await expect(readFileOf(bytes, 'image/jpeg', 'x')).resolves.toBeInstanceOf(Array);
  });

  test('our own mail: its zone, program, computer and first address; one of theirs: only what our side wrote on it', () => {
    const mail = Buffer.from(
      [
        'Received: from alex-laptop.lan (unknown [10.0.0.7]) by mx.private.example; Tue, 12 May 2026 10:00:00 +0300',
        'X-Originating-IP: [84.250.1.2]',
        'From: Rex <hello@rex.example>',
        'Date: Tue, 12 May 2026 10:00:00 +0300',
        'Message-ID: <1.2@alex-laptop.lan>',
        'User-Agent: Mutt/2.2 (Linux)',
        '',
        'Hello',
      ].join('\r\n'),
    );
    expect(readMailHead(mail, 'ours').map(({ kind, where }) => `${kind} ${where}`)).toEqual([
      'address Received',
      'address X-Originating-IP',
      'zone Date',
      'host Message-ID',
      'program User-Agent',
    ]);
    expect(readMailHead(mail, 'theirs').map(({ where }) => where)).toEqual(['Received']);
  });
});

const MARKS = [
  'alexandra',
  'karhu',
  'alex-laptop',
  '84.250.1.2',
  'europe/helsinki',
  'home-folder-of-alex',
  '+03:00',
  '+0300',
];

describe('a bundle for a client who knows a stage name', () => {
  let party = '';
  let stage = '';
  const ids: Record<string, string> = {};
  const make = (more: object = {}) => app.call('POST', '/api/bundles', { party, ...more });
  const codeOf = async (response: Response) =>
    (await response.json()) as { code: string; params: Record<string, unknown> };
  type Found = {
    knows: string;
    isGuarded: boolean;
    items: { interactionId: string; subject: string; found: { kind: string }[] }[];
  };
  const look = () => app.ask<Found>('POST', '/api/bundles/disclosing', { party });

  beforeAll(async () => {
    await database.pool.query("UPDATE workspaces SET name = 'Alexandra', zone = 'Europe/Helsinki'");
    ({ id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
      name: 'rex_fan',
      identifiers: ['fan@mail.example'],
    }));
    await app.ask('POST', '/api/our-names', { kind: 'legal', name: 'Alexandra Karhu' });
    ({ id: stage } = await app.ask<{ id: string }>('POST', '/api/our-names', { kind: 'stage', name: 'Rex' }));
    await app.ask('PUT', `/api/parties/${party}/our-name`, { nameId: stage });
    const folder = join(given, 'given');
    mkdirSync(join(folder, 'home-folder-of-alex'), { recursive: true });
    const clean = [
      'From: Fan <fan@mail.example>',
      'To: hello@rex.example',
      'Subject: clean',
      'Date: Mon, 11 May 2026 09:00:00 +0700',
      '',
      'I have a question.',
      '',
    ];
    writeFileSync(join(folder, 'clean.eml'), clean.join('\r\n'));
    const picture = Buffer.from(photo(true)).toString('base64');
    const telling = [
      'From: Rex <hello@rex.example>',
      'To: fan@mail.example',
      'Subject: telling',
      'Date: Tue, 12 May 2026 10:00:00 +0300',
      'Message-ID: <1.2@alex-laptop.lan>',
      'X-Originating-IP: [84.250.1.2]',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See the picture. Alexandra Karhu',
      '--b',
      'Content-Type: image/jpeg; name=shot.jpg',
      'Content-Disposition: attachment; filename=shot.jpg',
      'Content-Transfer-Encoding: base64',
      '',
      picture,
      '--b--',
      '',
    ];
    writeFileSync(join(folder, 'home-folder-of-alex', 'telling.eml'), telling.join('\r\n'));
    await app.bringIn({ paths: [folder], me: ['hello@rex.example'] });
    const { items } = await app.ask<{ items: { id: string; subject: string }[] }>(
      'GET',
      `/api/parties/${party}/timeline?limit=10`,
    );
    for (const { id, subject } of items) ids[subject] = id;
  });

  test('lists every file that gives us away, with what and where, and no other', async () => {
    const { knows, isGuarded, items } = await look();
    expect({ knows, isGuarded }).toEqual({ knows: 'Rex', isGuarded: true });
    expect(items.map(({ subject }) => subject)).toEqual(['telling']);
    const kinds = new Set(items[0]!.found.map(({ kind }) => kind));
    expect(kinds).toEqual(
      new Set(['name', 'position', 'device', 'owner', 'zone', 'host', 'address', 'folder']),
    );
  });

  test('is not made while nobody decided about them', async () => {
    expect(await codeOf(await make())).toMatchObject({
      code: 'disclosure-unconfirmed',
      params: { count: 1, knows: 'Rex' },
    });
    expect(await codeOf(await make({ disclosure: { send: [ids.clean] } }))).toMatchObject({
      code: 'disclosure-unconfirmed',
    });
  });

  test('that withholds them says nothing of us in any byte, accounts for them, and verifies', async () => {
    const response = await make({ disclosure: { withhold: [ids.telling] } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).not.toMatch(/alex|rex/i);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const report = await verifyBundle(sourceOf(bytes), { sha256 });
    expect(await disagreement(bytes)).toBeNull();
    expect(report).toMatchObject({ integrity: { ok: true, failures: [] }, completeness: { ok: true } });
    expect(report.completeness.streams[0]).toMatchObject({ missing: 0 });
    const said = await everythingIn(bytes);
    for (const mark of MARKS) expect(said.includes(mark), mark).toBe(false);
    expect(said).toContain('kept back by whoever made the bundle');
    expect(said).toContain('prepared by rex');
  });

  test('that sends them holds them as they are, byte for byte, and the choice is in the record', async () => {
    const bytes = new Uint8Array(await (await make({ disclosure: 'send' })).arrayBuffer());
    expect(await everythingIn(bytes)).toContain('alex-laptop');
    const { items } = await app.ask<{ items: object[] }>('GET', `/api/bundles?party=${party}`);
    expect(items).toMatchObject([
      { carries: 'Rex', disclosed: 1, keptApart: 0 },
      { carries: 'Rex', disclosed: 0, keptApart: 1 },
    ]);
    const { rows } = await database.pool.query(
      'SELECT choice, kinds FROM bundle_disclosures ORDER BY record_id',
    );
    expect(rows).toMatchObject([{ choice: 'withhold' }, { choice: 'send' }]);
    expect(rows[0].kinds).toContain('position');
  });

  test('its choices and its name are the same when everything is made again from the ledger', async () => {
    const rows = () => rowsOf(database.pool, ['bundles', 'bundle_disclosures']);
    const before = await rows();
    expect(before.bundle_disclosures).toHaveLength(2);
    await replay(app.ledger);
    expect(await rows()).toEqual(before);
  });

  test('carries another name only when that is confirmed, with both names said', async () => {
    const wish = { disclosure: 'withhold', carries: 'Alexandra Karhu' };
    expect(await codeOf(await make(wish))).toMatchObject({
      ...{ code: 'name-not-theirs', params: { knows: 'Rex', carries: ['Alexandra Karhu'] } },
    });
    expect((await make({ ...wish, confirmedNames: ['Alexandra Karhu'] })).status).toBe(200);
  });

  test('does not print our own zone, and does print one that was asked for', async () => {
    expect(await codeOf(await make({ disclosure: 'withhold', zone: 'Europe/Helsinki' }))).toMatchObject({
      code: 'zone-ours',
    });
    expect((await make({ disclosure: 'withhold', zone: 'Asia/Bangkok' })).status).toBe(200);
  });

  test('does not open a decision of ours that says a name they do not know', async () => {
    await app
      .ask('POST', `/api/parties/${party}/holds`, { reason: 'Alexandra Karhu asked for it', matter: 'x' })
      .catch(() => {});
    const wish = { disclosure: 'withhold', withMatters: true };
    const response = await make(wish);
    if (response.status === 200) {
      const said = await everythingIn(new Uint8Array(await response.arrayBuffer()));
      for (const mark of ['alexandra', 'karhu']) expect(said.includes(mark), mark).toBe(false);
    } else expect(await codeOf(response)).toMatchObject({ code: 'name-not-theirs' });
  });

  test('is decided by the kind of thing, with single files as exceptions', async () => {
    const kinds = Object.fromEntries((await look()).items[0]!.found.map(({ kind }) => [kind, 'send']));
    const said = async (disclosure: object) => {
      const made = await make({ disclosure });
      expect(made.status).toBe(200);
      return everythingIn(new Uint8Array(await made.arrayBuffer()));
    };
    expect(await said({ kinds })).toContain('alex-laptop');
    expect(await said({ kinds: { ...kinds, position: 'withhold' } })).not.toContain('alex-laptop');
    expect(await said({ kinds, withhold: [ids.telling] })).not.toContain('alex-laptop');
    const { position: _, ...rest } = kinds;
    expect(await codeOf(await make({ disclosure: { kinds: rest } }))).toMatchObject({
      code: 'disclosure-unconfirmed',
    });
  });

  test('from the command line withholds unasked, says so, and is one request', async () => {
    const out = join(given, 'rex.zip');
    const asked: string[] = [];
    const told: string[] = [];
    const connect = async () => ({
      call: async (method: string, path: string, body?: unknown) => {
        asked.push(`${method} ${path}`);
        return app.call(method, path, body);
      },
      close: async () => {},
    });
    const around = {
      connect,
      out: { message: (line: string) => told.push(line), result: (line: string) => told.push(line) },
    } as unknown as Surroundings;
    const run = (values: object) =>
      bundleCommand.run({ words: ['create'], values: { client: party, out, ...values } }, around);
    expect(await run({})).toBe(0);
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /api/bundles']);
    expect(told[0]).toBe('This bundle carries the name Rex.');
    expect(told.join('\n')).toMatch(/They are kept back, .*--confirm-disclosure/);
    const withheld = await everythingIn(readFileSync(out));
    for (const mark of MARKS) expect(withheld.includes(mark), mark).toBe(false);
    expect(await run({ 'confirm-disclosure': true })).toBe(0);
    expect(await everythingIn(readFileSync(out))).toContain('alex-laptop');
  });
});
