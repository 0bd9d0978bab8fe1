import { beforeAll, describe, expect, test } from 'vitest';
import { photo } from '../bundle/disclosing-files.ts';
import { unpacked } from '../bundle/unpacked.ts';
import { madeAnew, rowsOf } from '../support/made-anew.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Hit = {
  readonly subject: string;
  readonly isInside: boolean;
  readonly snippet: { readonly text: string };
};
type Letter = {
  readonly depth: number;
  readonly within: number | null;
  readonly subject: string | null;
  readonly name: string | null;
  readonly sha256: string;
  readonly lead: string;
  readonly files: readonly { readonly name: string | null; readonly sha256: string }[];
};
type Detail = { readonly letters: readonly Letter[]; readonly issues: readonly { code: string }[] };

/** A mail with a letter in it, and a file of that name beside the letter. */
function holding(subject: string, inner: string, words = 'See below.', file: string | null = null): string {
  const boundary = `b-${subject.replaceAll(' ', '-')}`;
  const parts = [
    `Content-Type: text/plain; charset=utf-8\n\n${words}`,
    ...(file
      ? [`Content-Type: application/pdf; name=${file}\nContent-Transfer-Encoding: base64\n\nJVBERi0=`]
      : []),
    `Content-Type: message/rfc822\n\n${inner}`,
  ];
  return [
    `From: Orlov <orlov@client.example>\nTo: me@firm.example\nSubject: ${subject}`,
    'Date: Tue, 12 May 2026 09:14:00 +0300\nMIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"\n`,
    ...parts.map((part) => `--${boundary}\n${part}`),
    `--${boundary}--\n`,
  ].join('\n');
}

const INNERMOST = mail({
  subject: 'Quagga',
  from: 'Mira Salo <mira@third.example>',
  body: 'Der Apfelbaum blüht.',
});
const MIDDLE = holding('Okapi', INNERMOST, 'We settled for the pangolin clause.', 'tapir.pdf');
/** A letter with a photograph in it that says where it was taken. */
const WITH_PHOTO = [
  'From: Kai <kai@fourth.example>\nSubject: Terms\nDate: Mon, 11 May 2026 09:14:00 +0300\nMIME-Version: 1.0',
  'Content-Type: image/jpeg; name=shot.jpg\nContent-Transfer-Encoding: base64\n',
  Buffer.from(photo(true)).toString('base64'),
].join('\n');
const WITHOUT = mail({ subject: 'Terms', from: 'Kai <kai@fourth.example>', body: 'Net thirty.' });
/** Sent by us. */
const ours = (subject: string, inner: string): string =>
  holding(subject, inner).replace(
    /^From: .*\nTo: .*/,
    'From: me@firm.example\nTo: Orlov <orlov@client.example>',
  );
let DEEP = mail({ subject: 'level 7', body: 'The wombat at the bottom.' });
for (let level = 6; level >= 1; level--) DEEP = holding(`level ${level}`, DEEP, `words of level ${level}`);

beforeAll(async () => {
  await app.bringIn({
    me: ['me@firm.example'],
    paths: [
      filesIn(temporaryFolder(), {
        'outer.eml': holding('Outer', MIDDLE),
        'deep.eml': holding('level 0', DEEP),
        'sent-on.eml': ours('We send it on', holding('Terms', WITH_PHOTO)),
        'sent-plain.eml': ours('We send words on', holding('Terms', WITHOUT)),
        'plain.eml': mail({ subject: 'Plain', body: 'Nothing inside, but a pangolin.' }),
      }),
    ],
  });
});

const find = async (q: string) =>
  (await app.ask<{ items: readonly Hit[] }>('GET', `/api/search?${new URLSearchParams({ q })}`)).items;
async function idOf(subject: string): Promise<string> {
  const { rows } = await database.pool.query('SELECT id FROM interactions WHERE subject = $1', [subject]);
  return rows[0].id;
}
const detailOf = async (subject: string) =>
  app.ask<Detail>('GET', `/api/interactions/${await idOf(subject)}`);
const fileOf = async (subject: string, sha256: string) =>
  app.call('GET', `/api/interactions/${await idOf(subject)}/attachments/${sha256}`);

test.each([
  ['its words', 'apfelbaum'],
  ['a phrase in it', '"pangolin clause"'],
  ['its subject', 'quagga'],
  ['who wrote it', 'mira@third.example'],
  ['the name of a file in it', 'tapir.pdf'],
])('a letter inside a letter is found by %s, as the mail that brought it', async (_what, words) => {
  expect((await find(words)).map(({ subject }) => subject)).toEqual(['Outer']);
});

test('a hit says whether the words are the mail’s own or of a letter inside, and shows them', async () => {
  const hits = await find('pangolin');
  expect(hits.map(({ subject, isInside }) => [subject, isInside]).toSorted()).toEqual([
    ['Outer', true],
    ['Plain', false],
  ]);
  for (const { snippet } of hits) expect(snippet.text).toContain('pangolin');
});

test('a search in the words of one side leaves out what only a letter inside says: that may be anybody’s', async () => {
  const said = async (q: string, voice: string) => {
    const query = new URLSearchParams({ q, voice });
    const { items } = await app.ask<{ items: readonly Hit[] }>('GET', `/api/search?${query}`);
    return items.map(({ subject }) => subject);
  };
  expect(await said('pangolin', 'theirs')).toEqual(['Plain']);
  expect(await said('"pangolin clause"', 'theirs')).toEqual([]);
  expect(await said('apfelbaum', 'theirs')).toEqual([]);
  expect(await said('outer', 'theirs')).toEqual(['Outer']);
  expect(await said('net thirty', 'ours')).toEqual([]);
});

test('every level is listed with what it holds, and each file opens', async () => {
  const { letters, issues } = await detailOf('Outer');
  expect(letters).toMatchObject([
    {
      depth: 1,
      within: null,
      subject: 'Okapi',
      lead: 'We settled for the pangolin clause.',
      files: [{ name: 'tapir.pdf' }],
    },
    { depth: 2, within: 0, subject: 'Quagga', name: 'Quagga.eml', files: [] },
  ]);
  expect(issues).toEqual([]);
  const innermost = await fileOf('Outer', letters[1]!.sha256);
  expect(await innermost.text()).toBe(INNERMOST);
  expect(await (await fileOf('Outer', letters[0]!.files[0]!.sha256)).text()).toBe('%PDF-');
  expect((await fileOf('Outer', 'f'.repeat(64))).status).toBe(404);
  expect((await detailOf('Plain')).letters).toEqual([]);
});

test('beyond the fifth level nothing is listed or found, and that is said', async () => {
  const { letters, issues } = await detailOf('level 0');
  expect(letters.map(({ depth, subject }) => [depth, subject])).toEqual(
    [1, 2, 3, 4, 5].map((depth) => [depth, `level ${depth}`]),
  );
  expect(issues.map(({ code }) => code)).toEqual(['letters-deep']);
  expect((await find('wombat')).length).toBe(0);
  const fifth = await fileOf('level 0', letters[4]!.sha256);
  expect(await fifth.text()).toContain('The wombat at the bottom.');
});

describe('what we send on to a client who knows another name of ours', () => {
  let party = '';

  beforeAll(async () => {
    const { items } = await app.ask<{ items: { id: string; name: string }[] }>('GET', '/api/parties');
    party = items.find(({ name }) => name.includes('Orlov') || name.includes('orlov'))!.id;
    await app.ask('POST', '/api/our-names', { kind: 'legal', name: 'Alexandra Karhu' });
    const stage = await app.ask<{ id: string }>('POST', '/api/our-names', { kind: 'stage', name: 'Rex' });
    await app.ask('PUT', `/api/parties/${party}/our-name`, { nameId: stage.id });
  });

  test('is looked into down to a photograph in a letter in a letter; words alone give nothing away', async () => {
    type Found = { items: { subject: string; found: { kind: string; where: string | null }[] }[] };
    const { items } = await app.ask<Found>('POST', '/api/bundles/disclosing', { party });
    const kinds = items.map(({ subject, found }) => [subject, found.some(({ kind }) => kind === 'position')]);
    expect(kinds).toContainEqual(['We send it on', true]);
    expect(kinds).not.toContainEqual(['We send words on', true]);
  });

  test('lies in the folder of plain files as the letter that it is, beside the mail that brought it', async () => {
    const zip = await app.call('GET', `/api/parties/${party}/folder.zip`);
    const files = await unpacked(new Uint8Array(await zip.arrayBuffer()));
    const textAt = (end: string) => {
      const [path] = [...files.keys()].filter((one) => one.endsWith(end));
      return path && Buffer.from(files.get(path)!).toString();
    };
    expect(textAt('out We send words on/1 Terms.eml')).toBe(holding('Terms', WITHOUT));
    expect(textAt('in Outer/1 Okapi.eml')).toBe(MIDDLE);
    expect(textAt('in Plain/1 Okapi.eml')).toBeUndefined();
  });
});

test('what an older reader left out is found once it was read anew, and replay makes the same', async () => {
  await database.pool.query(
    `UPDATE interactions SET reader_version = 4, letters = NULL WHERE subject IN ('Outer', 'Plain')`,
  );
  const { looked, changes } = await app.ask<{ looked: string[]; changes: { id: string }[] }>(
    'GET',
    '/api/reader',
  );
  expect(changes.map(({ id }) => id)).toEqual([await idOf('Outer')]);
  await app.call('POST', '/api/reader', { interactions: looked });
  expect((await detailOf('Outer')).letters.length).toBe(2);
  await app.runner.caughtUp();
  expect((await find('apfelbaum')).map(({ subject }) => subject)).toEqual(['Outer']);
  const rows = () => rowsOf(database.pool, ['interactions', 'search_rows']);
  const before = await rows();
  await madeAnew(app);
  expect(await rows()).toEqual(before);
});
