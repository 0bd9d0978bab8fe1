import { expect, test } from 'vitest';
import { zip } from '../../../../packages/records/test/containers.ts';
import { FILE_CODES, WORDS_CODES } from '../../src/modules/interaction/gaps.ts';
import { seenInExportsFollower } from '../../src/modules/interaction/seen-in-exports.follower.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { replay } from '../../src/replay.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const chance = seededChance('gaps');
const app = await testApp(database, { chance });
const DAY_MS = 86_400_000;
const ME = ['me@firm.example'];

type Counts = {
  readonly total: number;
  readonly counts: Readonly<Record<'erased' | 'answered' | 'file' | 'words' | 'talk' | 'input', number>>;
};
type Gap = Readonly<Record<string, unknown>> & { readonly interactionId: string };
type Lines = { readonly items: readonly Gap[]; readonly next: string | null };

const party = async (name: string, ...identifiers: readonly string[]) =>
  (await app.ask<{ id: string }>('POST', '/api/parties', { name, identifiers })).id;
const counts = (id: string) => app.ask<Counts>('GET', `/api/parties/${id}/missing`);
const lines = (id: string, kind: string, more = '') =>
  app.ask<Lines>('GET', `/api/parties/${id}/missing/lines?kind=${kind}${more}`);
const coverage = (id: string) =>
  app.ask<{ sources: readonly Gap[]; talks: readonly Gap[] }>('GET', `/api/parties/${id}/coverage`);

async function bring(files: Readonly<Record<string, string | Uint8Array>>, client: string | null = null) {
  return app.bringIn({ paths: [filesIn(temporaryFolder(), files)], me: ME, client });
}

const NOTHING = { erased: 0, answered: 0, file: 0, words: 0, talk: 0, input: 0 };

test('a client of whom everything is there misses nothing', async () => {
  const whole = await party('Whole', 'whole@all.example');
  const from = 'Whole <whole@all.example>';
  const first = mail({ from, subject: 'w1' });
  const second = mail({ from, subject: 'w2', inReplyTo: '<w1@client.example>' });
  await bring({ 'whole.mbox': mbox([first, second]) });
  expect(await counts(whole)).toEqual({ total: 0, counts: NOTHING });
  for (const kind of Object.keys(NOTHING))
    expect(await lines(whole, kind)).toEqual({ items: [], next: null });
});

test('a message that is answered and is not here is named once, with who answers it and how they introduce it', async () => {
  const orlov = await party('Orlov', 'orlov@gaps.example');
  const from = 'Ivan Orlov <orlov@gaps.example>';
  const introduced = 'On Mon, 4 May 2026 at 10:02, Anna Berg wrote:';
  const answer = mail({
    ...{ from, subject: 'second', date: 'Tue, 12 May 2026 09:14:00 +0300', inReplyTo: '<lost@firm.example>' },
    headers: ['References: <first@client.example> <elder@firm.example> <lost@firm.example>'],
    body: `You never told me.\n\n${introduced}\n> The login is in line 4.`,
  });
  const again = mail({
    ...{
      from,
      subject: 'third',
      date: 'Wed, 13 May 2026 09:14:00 +0300',
      inReplyTo: '<second@client.example>',
    },
    headers: ['References: <lost@firm.example> <second@client.example>'],
  });
  const first = mail({ from, subject: 'first', date: 'Sun, 3 May 2026 09:14:00 +0300' });
  await bring({ 'orlov.mbox': mbox([first, answer, again]) });
  expect(await counts(orlov)).toEqual({ total: 2, counts: { ...NOTHING, answered: 2 } });
  const { items } = await lines(orlov, 'answered');
  expect(items).toHaveLength(2);
  expect(items.find(({ name }) => name === '<lost@firm.example>')).toMatchObject({
    ...{ who: 'Ivan Orlov', subject: 'second', direction: 'inbound', count: 2, quote: introduced },
  });
  expect(items.find(({ name }) => name === '<elder@firm.example>')).toMatchObject({ count: 1, quote: null });
});

test('what was missing and comes later is missing no more', async () => {
  const [orlov] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Orlov')).items;
  const lost = mail({ from: ME[0]!, to: 'orlov@gaps.example', subject: 'lost', id: '<lost@firm.example>' });
  await bring({ 'sent.mbox': mbox([lost]) });
  expect((await counts(orlov!.id)).counts.answered).toBe(1);
});

test('pages of what is missing follow each other without a line twice or left out', async () => {
  const many = await party('Many', 'many@gaps.example');
  const mails = Array.from({ length: 25 }, (_, i) =>
    mail({ from: 'many@gaps.example', subject: `m${i}`, inReplyTo: `<gone${i % 12}@firm.example>` }),
  );
  await bring({ 'many.mbox': mbox(mails) });
  const seen: unknown[] = [];
  for (let after = ''; ; ) {
    const page = await lines(many, 'answered', `&limit=5${after}`);
    seen.push(...page.items.map(({ name }) => name));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(seen).toHaveLength(12);
  expect(new Set(seen).size).toBe(12);
});

test('files that are named and not there, and words that cannot be read, open the message they belong to', async () => {
  const pia = await party('Pia', 'pia@gaps.example');
  const sealed = mail({
    ...{ from: 'pia@gaps.example', subject: 'sealed' },
    headers: ['X-Kept: 1'],
  }).replace(
    'Content-Type: text/plain; charset=utf-8',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
  );
  const body =
    '--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nxxx\n--b--';
  const elsewhere = mail({ from: 'pia@gaps.example', subject: 'elsewhere' }).replace(
    'Content-Type: text/plain; charset=utf-8',
    'Content-Type: message/external-body; access-type=URL; URL="https://files.example/1"',
  );
  await bring({ 'pia.mbox': mbox([sealed.replace('Some words.', body), elsewhere]) });
  expect(await counts(pia)).toEqual({ total: 2, counts: { ...NOTHING, file: 1, words: 1 } });
  const [file] = (await lines(pia, 'file')).items;
  expect(file).toMatchObject({ subject: 'elsewhere', codes: [{ code: 'file-elsewhere' }] });
  const [words] = (await lines(pia, 'words')).items;
  expect(words).toMatchObject({ subject: 'sealed', codes: [{ code: 'encrypted' }] });
  expect(words!.interactionId).toMatch(/^[0-9a-f-]{36}$/);
});

const chat = (entries: readonly string[]) => `${entries.join('\n')}\n`;
const TALK = [
  '20.05.2026, 09:14 - Vera Holm: Where is the login?',
  '20.05.2026, 09:20 - Anna Berg: It comes on Friday.',
  '21.05.2026, 10:00 - Vera Holm: <Media omitted>',
  '22.05.2026, 11:00 - Vera Holm: Hello?',
  '23.05.2026, 12:00 - Anna Berg: On Friday, as I said.',
  '25.05.2026, 13:00 - Vera Holm: Today is Monday.',
  '27.05.2026, 14:00 - Vera Holm: Still nothing.',
];
const NAME = 'WhatsApp Chat with Vera Holm.txt';
const ONLY = ['whatsapp:name=Vera Holm'];

async function bringTalk(entries: readonly string[]) {
  const paths = [filesIn(temporaryFolder(), { [NAME]: chat(entries) })];
  return app.bringIn({ paths, only: ONLY });
}

test('exports of one talk: the time that none covers, and what one of them lacks, are said; what overlaps is no gap', async () => {
  await bringTalk(TALK.slice(0, 3));
  const [vera] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Vera')).items;
  expect(await counts(vera!.id)).toEqual({ total: 1, counts: { ...NOTHING, file: 1 } });
  // Later: the export begins after the first one ended, so nobody knows what lay between.
  await bringTalk(TALK.slice(4));
  const [hole] = (await lines(vera!.id, 'talk')).items;
  expect(hole).toMatchObject({
    ...{ name: 'Vera Holm', from: '2026-05-21T10:00:00.000Z', until: '2026-05-23T12:00:00.000Z' },
    codes: [{ code: 'talk-hole' }],
  });
  // One that overlaps both closes the hole, and lacks a line that the last one had.
  await bringTalk([...TALK.slice(1, 5), TALK[6]!]);
  const after = (await lines(vera!.id, 'talk')).items;
  expect(after.map(({ codes, count }) => [(codes as { code: string }[])[0]!.code, count])).toEqual([
    ['talk-differs', 1],
  ]);
  const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${after[0]!.interactionId}`);
  expect(text).toBe('Today is Monday.');
  const { talks } = await coverage(vera!.id);
  expect(talks.map(({ firstAt, lastAt, entries }) => [firstAt, lastAt, entries])).toEqual([
    ['2026-05-20T09:14:00.000Z', '2026-05-21T10:00:00.000Z', 3],
    ['2026-05-20T09:20:00.000Z', '2026-05-27T14:00:00.000Z', 5],
    ['2026-05-23T12:00:00.000Z', '2026-05-27T14:00:00.000Z', 3],
  ]);
});

test('an archive that stops in the middle is a gap of those whose messages it held, and of nobody else', async () => {
  const cut = await party('Cut', 'cut@gaps.example');
  const good = mbox([mail({ from: 'cut@gaps.example', subject: 'in the zip' })]);
  const bytes = zip([
    { name: 'good.mbox', bytes: Buffer.from(good) },
    { name: 'second.mbox', bytes: Buffer.from(good.replaceAll('in the zip', 'second')) },
  ]);
  await bring({ 'mail.zip': bytes.subarray(0, bytes.length - 60) });
  const found = await counts(cut);
  expect(found.counts.input).toBeGreaterThan(0);
  const [line] = (await lines(cut, 'input')).items;
  expect(line!.name).toContain('mail.zip');
  expect(line!.run).toMatch(/^[0-9a-f-]{36}$/);
  const [whole] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Whole')).items;
  expect((await counts(whole!.id)).total).toBe(0);
});

test('what is known of a client says where it comes from, with the counts of each reading', async () => {
  const [orlov] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Orlov')).items;
  const { sources } = await coverage(orlov!.id);
  expect(sources.map(({ kind, name }) => [kind, String(name)])).toEqual([
    ['files', 'orlov.mbox'],
    ['files', 'sent.mbox'],
  ]);
  expect(sources[0]!.runs).toMatchObject([{ state: 'finished', totals: { items: 3, imported: 3 } }]);
});

test('a number of the client that was erased is listed by its number, and of nobody else', async () => {
  const [orlov] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Orlov')).items;
  const [pia] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Pia')).items;
  const { items: rows } = await app.ask<{ items: { id: string; subject: string }[] }>(
    'GET',
    `/api/parties/${orlov!.id}/timeline`,
  );
  const subject = rows.find((row) => row.subject === 'third')!.id;
  const wish = {
    scope: 'record',
    subject,
    also: [],
    ground: 'asked',
    reason: 'They asked for it on 14 May.',
  };
  await app.ask('POST', '/api/erasures', wish);
  // Alone, after a written reason and a day.
  chance.setClock(Date.parse(chance.now()) + DAY_MS + 1000);
  expect(await app.ask('POST', '/api/erasures', wish)).toMatchObject({ state: 'erased' });
  const { items } = await lines(orlov!.id, 'erased');
  expect(items.length).toBeGreaterThan(0);
  for (const { name } of items) expect(Number(name)).toBeGreaterThan(0);
  expect((await counts(orlov!.id)).counts.erased).toBe(items.length);
  expect((await counts(pia!.id)).counts.erased).toBe(0);
});

test('who may not be asked for is nobody', async () => {
  for (const path of ['missing', 'missing/lines?kind=file', 'coverage']) {
    const answer = await app.call('GET', `/api/parties/00000000-0000-7000-8000-000000000000/${path}`);
    expect(answer.status, path).toBe(404);
  }
});

test('made again from the ledger, what is missing is the same', async () => {
  const { items } = await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?limit=100');
  const all = () => Promise.all(items.map(({ id }) => Promise.all([counts(id), coverage(id)])));
  const before = await all();
  await replay(app.ledger, [threadFollower(app.ledger), seenInExportsFollower(app.ledger)]);
  expect(await all()).toEqual(before);
});

test('the condition of the index is the one that is asked with', async () => {
  const { rows } = await database.pool.query<Record<string, string>>(
    `SELECT pg_get_expr(indpred, indrelid) AS says FROM pg_index WHERE indexrelid = 'interactions_incomplete'::regclass`,
  );
  const named = [...rows[0]!.says!.matchAll(/@ == "([a-z-]+)"/g)].map(([, code]) => code);
  expect(named).toEqual([...FILE_CODES, ...WORDS_CODES]);
});
