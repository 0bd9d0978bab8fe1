import { expect, test } from 'vitest';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
await app.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
const bringIn = (mails: Readonly<Record<string, string>>) =>
  app.bringIn({ paths: [filesIn(temporaryFolder(), mails)], me: ['me@firm.example'] });
await bringIn({
  '1.eml': mail({ subject: 'Hello', body: 'The shop is closed.', date: 'Mon, 04 May 2026 10:00:00 +0300' }),
  '2.eml': mail({
    from: 'Lee <lee@far.example>',
    subject: 'Hello',
    body: 'The shop is closed.',
    date: 'Mon, 04 May 2026 10:00:00 -0500',
  }),
});
const idOf = async (word: string) =>
  (await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${word}`)).id;
const [orlov, lee] = [await idOf('orlov@client.example'), await idOf('lee@far.example')];
const check = async (text: string, party: string | null = orlov) =>
  DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
const jargonIn = (read: Awaited<ReturnType<typeof check>>) =>
  read.findings.filter(({ kind }) => kind === 'jargon').map(({ quote, instead }) => [quote, ...instead]);
const keep = (term: string, plain: string | null, lang: string | null = 'en') =>
  app.ask('PUT', `/api/parties/${orlov}/plain-words`, { term, plain, lang });
const kept = async () =>
  (await app.ask<{ items: unknown[] }>('GET', `/api/parties/${orlov}/plain-words`)).items;

const DRAFT = 'The SLA covers it. The crates are palletised.';

test('a term with plain words is marked for this client, and offers them', async () => {
  expect(jargonIn(await check(DRAFT))).toEqual([['SLA']]);
  await keep('sla', 'how fast we answer');
  await keep('palletised', 'stacked on wood');
  expect(jargonIn(await check(DRAFT))).toEqual([
    ['SLA', 'how fast we answer'],
    ['palletised', 'stacked on wood'],
  ]);
  expect(jargonIn(await check(DRAFT, lee))).toEqual([['SLA']]);
  expect(jargonIn(await check(DRAFT, null))).toEqual([['SLA']]);
});

test('what is kept once is changed, and taken away, by its name', async () => {
  await keep('Palletised', 'put on wood');
  expect(await kept()).toEqual([
    { lang: 'en', term: 'Palletised', plain: 'put on wood' },
    { lang: 'en', term: 'sla', plain: 'how fast we answer' },
  ]);
  await keep('PALLETISED', null);
  expect(await kept()).toHaveLength(1);
  await keep('пуско-наладка', 'первый запуск', null);
  expect(await kept()).toContainEqual({ lang: 'ru', term: 'пуско-наладка', plain: 'первый запуск' });
});

test('a draft that says the plain words beside the term explains it', async () => {
  expect(jargonIn(await check('The SLA, that is how fast we answer, covers it.'))).toEqual([]);
});

test('a term that a letter of ours explained is no jargon any more', async () => {
  await bringIn({
    '3.eml': mail({
      from: 'Me <me@firm.example>',
      to: 'Dmitri Orlov <orlov@client.example>',
      subject: 'What we agreed',
      body: 'The SLA says how fast we answer: four hours.',
    }),
  });
  const read = await check(DRAFT);
  expect(jargonIn(read)).toEqual([]);
  expect(read.known).toEqual(['SLA']);
});

test('a time of the clock is marked for who writes from another zone, with ours', async () => {
  const times = async (party: string | null) =>
    (await check('We will call you tomorrow at 14:00.', party)).findings
      .filter(({ why }) => why === 'ambiguous:no-zone')
      .map(({ quote, level, instead }) => [quote, level, ...instead]);
  expect(await times(lee)).toEqual([['14:00', 'note', expect.stringMatching(/^14:00 \(UTC[+-]\d/)]]);
  expect(await times(orlov)).toEqual([]);
  expect(await times(null)).toEqual([]);
});

test('where there are five hundred, one of them can still be changed, and no other is added', async () => {
  await app.pool.query(
    `INSERT INTO plain_words (workspace_id, party_id, lang, folded, term, plain, kept_by, kept_at)
     SELECT workspace_id, id, 'en', 'term ' || n, 'Term ' || n, 'a word', 'Test', now()
     FROM parties, generate_series(1, 500) n WHERE id = $1`,
    [lee],
  );
  const put = (term: string) =>
    app.call('PUT', `/api/parties/${lee}/plain-words`, { term, plain: 'another word', lang: 'en' });
  expect((await put('TERM 7')).status).toBe(204);
  expect((await put('Term 501')).status).toBe(422);
});
