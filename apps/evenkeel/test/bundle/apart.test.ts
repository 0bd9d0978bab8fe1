import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, describe, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { everything, type Manifest, mail, manifestOf, sha256, textOf } from './apart-parts.ts';

const ME = 'alex@bergworks.example';
const THEM = 'dmitri@baltika.example';
const SECRET = 'daughter Lidia, 040 765 4321';

const app = await testApp(await testDatabase());
let party = '';
let other = '';
const ids = new Map<string, string>();

beforeAll(async () => {
  const folder = temporaryFolder();
  const mails = [
    mail(
      1,
      THEM,
      ME,
      'Login',
      `Where is the login?\r\nCall my ${SECRET}, if I am out.\r\nDmitri`,
      'permit-words-of-mine',
    ),
    mail(
      2,
      ME,
      THEM,
      'Re: Login',
      `It is in line 4.\r\n\r\n> Call my daughter Lidia,\r\n> 040 765 4321, if I am out.`,
    ),
    mail(3, THEM, ME, 'Thanks', 'Found it, thank you.'),
  ];
  for (const [i, bytes] of mails.entries()) {
    await mkdir(dirname(join(folder, `${i}.eml`)), { recursive: true });
    await writeFile(join(folder, `${i}.eml`), bytes);
  }
  const add = (name: string, identifiers: string[]) =>
    app.ask<{ id: string }>('POST', '/api/parties', { name, identifiers });
  party = (await add('Dmitri Orlov', [THEM])).id;
  other = (await add('Virtanen Rakennus', ['leena@virtanen.example'])).id;
  await app.bringIn({ paths: [folder], me: [ME], only: [THEM] });
  const { items } = await app.ask<{ items: { id: string; subject: string }[] }>(
    'GET',
    `/api/parties/${party}/timeline?limit=10`,
  );
  for (const { id, subject } of items) ids.set(subject, id);
  for (const [name, text, parties, privilege] of [
    [
      'advice',
      'Our counsel says: counselwords-stay-here.',
      [party],
      { kind: 'counsel', basis: 'Mira Salo, attorney, on the refund' },
    ],
    ['plain note', 'Orlov rang about the hall. plainnote-words', [party], null],
    ['naming note', 'Orlov says Virtanen Rakennus pays more. namingnote-words', [party], null],
    ['shared', 'Both were on site. sharednote-words', [party, other], null],
  ] as const) {
    const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
      ...{ kind: 'note', direction: 'internal', parties: parties.map((one) => ({ id: one })) },
      ...{ at: '2026-05-08T10:00:00+03:00', text, privilege },
    });
    ids.set(name, id);
  }
  await app.runner.caughtUp();
});

const idOf = (name: string) => ids.get(name)!;
const order = (more: object = {}) => ({ party, exhibits: null, ...more });

async function make(more: object = {}): Promise<ReadonlyMap<string, Uint8Array>> {
  const response = await app.call('POST', '/api/bundles', order(more));
  if (response.status !== 200) throw new Error(await response.text());
  const bytes = new Uint8Array(await response.arrayBuffer());
  const source = {
    size: bytes.length,
    read: async (start: number, end: number) => bytes.subarray(start, end),
  };
  const report = await verifyBundle(source, { sha256 });
  expect(await disagreement(bytes)).toBeNull();
  expect(report.integrity).toMatchObject({ ok: true, failures: [] });
  expect(report.completeness).toMatchObject({ ok: true, streams: [{ missing: 0 }] });
  const zip = await openZip(source);
  const files = new Map<string, Uint8Array>();
  for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
  return files;
}

/** Why the timeline says that a record stays with us. */
async function saidOnTimeline(id: string): Promise<string | null | undefined> {
  const { items } = await app.ask<{ items: { id: string; keptBack: string | null }[] }>(
    'GET',
    `/api/parties/${party}/timeline?limit=100`,
  );
  return items.find((row) => row.id === id)?.keptBack;
}

async function spanOf(id: string, words: string) {
  const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${id}`);
  const start = text.indexOf(words);
  return { start, end: start + words.length };
}

const redact = async (id: string, words: string, more: object = {}) =>
  app.call('POST', `/api/interactions/${id}/redactions`, {
    party,
    reason: 'number of a child',
    text: [await spanOf(id, words)],
    ...more,
  });

describe('a record that is privileged', () => {
  test('is kept back without a word of it, and listed with its basis', async () => {
    const files = await make({ withMatters: true });
    const told = everything(files);
    expect(told.includes('counselwords-stay-here')).toBe(false);
    expect(told.includes('plainnote-words')).toBe(true);
    const log = textOf(files, 'privilege-log.csv');
    expect(log.split('\r\n')).toHaveLength(3);
    expect(log).toContain('words with counsel,"Mira Salo, attorney, on the refund",kept back');
    expect(manifestOf(files).withheld.map(({ reason }) => reason)).toContain(
      'privileged: words with counsel',
    );
  });

  test('is refused where it was picked, until it is waived with a reason; the waiver can be ended', async () => {
    const id = idOf('advice');
    const change = (body: object) => app.call('POST', `/api/interactions/${id}/privilege`, body);
    const picked = () => app.call('POST', '/api/bundles', order({ exhibits: [id, idOf('Thanks')] }));
    expect(await (await picked()).json()).toMatchObject({
      code: 'stays-with-us',
      params: { count: 1, ids: [id] },
    });
    expect(await (await change({ change: 'waive', reason: ' ' })).json()).toMatchObject({
      code: 'reason-missing',
    });
    expect(await saidOnTimeline(id)).toBe('counsel');
    expect((await change({ change: 'waive', reason: 'the court asked for it' })).status).toBe(200);
    expect(await saidOnTimeline(id)).toBeNull();
    const files = await make({ exhibits: [id, idOf('Thanks')] });
    expect(everything(files).includes('counselwords-stay-here')).toBe(true);
    expect(everything(files).includes('the court asked for it')).toBe(false);
    expect(textOf(files, 'privilege-log.csv')).toMatch(/waived on \d{4}-\d\d-\d\d, exhibited/);
    expect((await change({ change: 'end-waiver', reason: 'the court has it now' })).status).toBe(200);
    expect(await (await picked()).json()).toMatchObject({ code: 'stays-with-us' });
  });

  test('can be marked and the mark lifted again, each as a fact', async () => {
    const id = idOf('Thanks');
    const privilege = { kind: 'without-prejudice', basis: 'talks of May' };
    expect(await app.ask('POST', '/api/privileges', { interactions: [id], privilege })).toEqual({
      marked: 1,
    });
    expect(await app.ask('POST', '/api/privileges', { interactions: [id], privilege })).toEqual({
      marked: 0,
    });
    expect(everything(await make()).includes('Found it, thank you')).toBe(false);
    await app.ask('POST', `/api/interactions/${id}/privilege`, {
      change: 'lift',
      reason: 'marked by mistake',
    });
    expect(await app.ask('GET', `/api/interactions/${id}/privilege`)).toEqual({ privilege: null });
    expect(everything(await make()).includes('Found it, thank you')).toBe(true);
  });
});

describe('a copy with words taken out', () => {
  let before: Manifest;

  beforeAll(async () => {
    before = manifestOf(await make());
    const cite = { interactionId: idOf('Login'), ...(await spanOf(idOf('Login'), SECRET)), quote: SECRET };
    await app.ask('POST', `/api/parties/${party}/points`, {
      ...{ kind: 'question', title: `May we call ${SECRET}?`, cite },
    });
  });

  test('is refused without a reason, without anything taken out, and where a file left in says the words', async () => {
    const id = idOf('Login');
    const codes = async (response: Response) => ((await response.json()) as { code: string }).code;
    expect(await codes(await redact(id, SECRET, { reason: '' }))).toBe('reason-missing');
    expect(await codes(await redact(idOf('Thanks'), 'x', { text: [] }))).toBe('nothing-taken');
    expect(await codes(await redact(id, SECRET, { text: [{ start: 5, end: 999_999 }] }))).toBe(
      'span-outside',
    );
    expect(await codes(await redact(id, SECRET, { reason: `it is ${SECRET}` }))).toBe('words-in-reason');
    const { attachments } = await app.ask<{ attachments: { sha256: string }[] }>(
      'GET',
      `/api/interactions/${id}`,
    );
    const files = attachments.map((file) => file.sha256);
    expect(await codes(await redact(id, SECRET, { files, people: ['permit-words-of-mine'] }))).toBe(
      'words-in-file',
    );
  });

  test('stands in the place of the record; an answer that quotes the words holds the bundle until somebody decides', async () => {
    const id = idOf('Login');
    const { attachments } = await app.ask<{ attachments: { name: string; sha256: string }[] }>(
      'GET',
      `/api/interactions/${id}`,
    );
    const plan = attachments.find(({ name }) => name === 'plan.txt')!;
    const made = await redact(id, SECRET, { files: [plan.sha256] });
    expect(made.status, await made.clone().text()).toBe(201);
    const refused = await app.call('POST', '/api/bundles', order());
    expect(await refused.json()).toMatchObject({
      code: 'words-remain',
      params: { ids: [idOf('Re: Login')] },
    });
  });

  test('the words are in no file of the bundle, nor in the PDF; the record is counted as withheld for its copy', async () => {
    const files = await make({ withMatters: true, withRenditions: true, remaining: 'withhold' });
    const told = everything(files);
    for (const words of [SECRET, 'Lidia', '765 4321', 'permit-words-of-mine', 'permit.txt'])
      expect(told.includes(words), words).toBe(false);
    expect(told).toContain('Call my ████, if I am out.');
    expect(told).toContain('The plan of the hall.');
    const manifest = manifestOf(files);
    const copy = manifest.exhibits.find(
      ({ path }) => path.endsWith('.txt') && textOf(files, path).includes('████'),
    )!;
    expect(manifest.withheld.map(({ reason }) => reason)).toContain(`redacted copy ${copy.bates}`);
    expect(before.exhibits.map(({ bates }) => bates)).not.toContain(copy.bates);
  });

  test('numbers that were given stay, and the copy keeps its own in later bundles', async () => {
    const first = manifestOf(await make({ remaining: 'withhold' }));
    const again = manifestOf(await make({ remaining: 'withhold' }));
    expect(again.exhibits).toEqual(first.exhibits);
    const kept = first.exhibits.filter(({ path }) => before.exhibits.some((one) => one.path === path));
    expect(kept.length).toBeGreaterThan(2);
  });

  test('names the commitment of the record, which proves the record when it is shown later', async () => {
    const files = await make({ remaining: 'withhold' });
    const opening = [...files]
      .filter(([path]) => path.startsWith('openings/'))
      .map(
        ([, bytes]) => JSON.parse(Buffer.from(bytes).toString('utf8')) as { kind: string; envelope: string },
      )
      .find(({ kind }) => kind === 'exhibit.redacted')!;
    const { fact } = JSON.parse(Buffer.from(opening.envelope, 'base64').toString('utf8')) as {
      fact: { record: string; object: string };
    };
    const { entry, object } = await app.ask<{ entry: { leaf: string }; object: { commitment: string } }>(
      'GET',
      `/api/interactions/${idOf('Login')}/provenance`,
    );
    expect(entry.leaf).toContain(fact.record);
    expect(object.commitment).toBe(fact.object);
  });

  test('is withdrawn with a reason, and the record is exhibited again under its first number', async () => {
    const { items } = await app.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/interactions/${idOf('Login')}/redactions`,
    );
    expect(items).toHaveLength(1);
    await app.ask('POST', `/api/redactions/${items[0]!.id}/withdraw`, { reason: 'the number is public' });
    const files = await make();
    expect(everything(files)).toContain('765 4321');
    expect(manifestOf(files).exhibits).toEqual(before.exhibits);
  });
});

describe("the client's own copy of what is kept about them", () => {
  type AsClient = {
    counts: Record<string, number>;
    items: { id: string; treatment: string; reason: string | null; others: string[] }[];
  };
  const asClient = () => app.ask<AsClient>('GET', `/api/parties/${party}/as-client`);
  const treated = async () =>
    new Map((await asClient()).items.map(({ id, treatment, reason }) => [id, [treatment, reason]]));

  test('is read before it is made: their letters whole, notes about them, and nothing about others', async () => {
    const items = await treated();
    expect(items.get(idOf('Login'))).toEqual(['whole', null]);
    expect(items.get(idOf('plain note'))).toEqual(['whole', null]);
    expect(items.get(idOf('naming note'))).toEqual(['withheld', 'names-others']);
    expect(items.get(idOf('shared'))).toEqual(['withheld', 'shared']);
    expect(items.get(idOf('advice'))).toEqual(['withheld', 'stays-with-us']);
  });

  test('holds what they may ask for, lists what is privileged, and says nothing of others', async () => {
    const files = await make({ forSubject: true });
    const told = everything(files);
    for (const words of ['plainnote-words', 'Found it, thank you'])
      expect(told.includes(words), words).toBe(true);
    for (const words of ['namingnote-words', 'sharednote-words', 'Virtanen', 'counselwords-stay-here'])
      expect(told.includes(words), words).toBe(false);
    expect(manifestOf(files).withheld.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['names others', 'privileged: words with counsel']),
    );
    expect(textOf(files, 'privilege-log.csv')).toContain('words with counsel');
    const { items } = await app.ask<{ items: { isForSubject: boolean }[] }>(
      'GET',
      `/api/bundles?party=${party}`,
    );
    expect(items[0]).toMatchObject({ isForSubject: true });
  });

  test('holds a note that names others once their names are taken out, or once somebody lets it through', async () => {
    await app.ask('POST', `/api/interactions/${idOf('naming note')}/redactions`, {
      ...{ party, use: 'subject', reason: 'another client' },
      text: [await spanOf(idOf('naming note'), 'Virtanen Rakennus')],
    });
    const files = await make({ forSubject: true, letThrough: [idOf('shared')] });
    const told = everything(files);
    expect(told).toContain('Orlov says ████ pays more. namingnote-words');
    expect(told).toContain('sharednote-words');
    expect(told.includes('Virtanen')).toBe(false);
    // For everybody else the note is whole.
    expect(everything(await make())).toContain('Virtanen Rakennus pays more');
  });
});

test('a correction names the record it corrects, and the corrected one names it, in print too', async () => {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'note', direction: 'internal', parties: [{ id: party }], at: '2026-05-08T10:00:00+03:00' },
    ...{ text: 'Orlov rang about the roof, not the hall.', corrects: idOf('plain note') },
  });
  const files = await make();
  const told = everything(files);
  const { exhibits } = manifestOf(files);
  const numberOf = (words: string) => exhibits.find(({ path }) => textOf(files, path).includes(words))!.bates;
  expect(told).toContain(`Corrects ${numberOf('plainnote-words')}; both stay`);
  expect(told).toContain(`Corrected by ${numberOf('about the roof')}`);
  // Where only one of the two is shown, the other is named by its place in the log.
  expect(everything(await make({ exhibits: [id] }))).toMatch(
    /Corrects the record at log entry \d+; both stay/,
  );
});

test('what is marked when it is pasted or brought in stays with us from the first moment', async () => {
  const privilege = { kind: 'preparation', basis: 'the claim of May' };
  const pasted = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'pasted-for-the-claim', party: { id: party }, at: '2026-05-08T11:00:00+03:00' },
    ...{ way: 'mail', direction: 'outbound', privilege },
  });
  const folder = temporaryFolder();
  await writeFile(join(folder, 'a.eml'), mail(9, ME, THEM, 'Draft', 'imported-for-the-claim'));
  const { run } = await app.ask<{ run: string }>('POST', '/api/imports', {
    ...{ paths: [folder], me: [ME], only: [THEM], privilege },
  });
  await (await app.call('GET', `/api/runs/${run}/events`)).text();
  await app.runner.caughtUp();
  expect(await app.ask('GET', `/api/interactions/${pasted.id}/privilege`)).toMatchObject({ privilege });
  const files = await make();
  const told = everything(files);
  for (const words of ['pasted-for-the-claim', 'imported-for-the-claim'])
    expect(told.includes(words), words).toBe(false);
  expect(textOf(files, 'privilege-log.csv').match(/made ready for a dispute,the claim of May/g)).toHaveLength(
    2,
  );
});

test('everything of a client comes as plain files in order, and the table names what stays with us', async () => {
  const response = await app.call('GET', `/api/parties/${party}/folder.zip`);
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Dmitri%20Orlov%20");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const files = new Map<string, Uint8Array>();
  for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
  const paths = [...files.keys()].map((path) => path.replace('Dmitri Orlov/', ''));
  expect(paths).toEqual(
    expect.arrayContaining([
      '0001 2026-05-04 in Login.eml',
      '0001 2026-05-04 in Login/1 permit.txt',
      '0001 2026-05-04 in Login/2 plan.txt',
      '0002 2026-05-05 out Re_ Login.eml',
    ]),
  );
  const original = await app.call('GET', `/api/interactions/${idOf('Login')}/original`);
  const login = files.get('Dmitri Orlov/0001 2026-05-04 in Login.eml')!;
  expect(Buffer.from(login).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);
  const table = textOf(files, 'Dmitri Orlov/index.csv').split('\r\n').slice(1, -1);
  const total = (await app.ask<{ total: number }>('GET', `/api/parties/${party}/timeline`)).total;
  expect(table).toHaveLength(total);
  expect(table.filter((line) => line.endsWith(',yes')).length).toBeGreaterThan(0);
  const counsel = [...files].find(([, file]) => Buffer.from(file).includes('counselwords-stay-here'))!;
  expect(
    table.find((line) => line.endsWith(',yes') && line.includes(counsel[0].split('/')[1]!)),
  ).toBeDefined();
  const custody = await app.ask<{ items: { act: string; operation: string }[] }>(
    'GET',
    '/api/custody?act=export',
  );
  expect(custody.items[0]).toMatchObject({ operation: 'GET /api/parties/{id}/folder.zip' });
  const nobody = '018f0000-0000-7000-8000-000000000000';
  expect((await app.call('GET', `/api/parties/${nobody}/folder.zip`)).status).toBe(404);
});

test('marks and copies made again from the ledger are, row by row, what they were', async () => {
  const tables = ['privileges', 'redactions', 'bundles', 'bates_numbers'];
  const rows = () => rowsOf(app.pool, tables);
  const before = await rows();
  for (const table of tables) expect(before[table], table).not.toEqual([]);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
