import { expect, test } from 'vitest';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const WROTE = [
  'The login does not work. I have tried it three times now. Can you look at it today? I need it for the shop.',
  'What does the SLA say? You told me it is four hours. It is two days now and I still wait for it.',
  'Please call me when it is up again. The shop is closed until then and I can not sell a thing.',
];
const folder = filesIn(
  temporaryFolder(),
  Object.fromEntries([
    ...WROTE.map((body, at) => [`${at}.eml`, mail({ subject: `Letter ${at}`, body })]),
    ['other.eml', mail({ from: 'Virtanen <v@other.example>', subject: 'Hello', body: 'Thank you.' })],
  ]),
);
await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
const idOf = async (word: string) =>
  (await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${word}`)).id;
const [orlov, virtanen] = [await idOf('orlov@client.example'), await idOf('v@other.example')];
const check = async (text: string, party: string | null) =>
  DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
const jargonIn = (read: Awaited<ReturnType<typeof check>>) =>
  read.findings.filter(({ kind }) => kind === 'jargon').map(({ quote }) => quote);

const DRAFT = 'The SLA covers it, and so does the RCA.';
const HARD =
  'Notwithstanding previously communicated maintenance obligations regarding authentication certificates, responsibility for subsequent interruptions originating outside administrative boundaries cannot reasonably be attributed to ourselves, particularly considering infrastructure availability arrangements and corresponding escalation procedures described earlier.';

test('a word of the trade is jargon to who never wrote it, and to nobody else', async () => {
  expect(jargonIn(await check(DRAFT, null))).toEqual(['SLA', 'RCA']);
  expect(jargonIn(await check(DRAFT, virtanen))).toEqual(['SLA', 'RCA']);
  const known = await check(DRAFT, orlov);
  expect(jargonIn(known)).toEqual(['RCA']);
  expect(known.known).toEqual(['SLA']);
});

test('a draft that is harder to read than anything they wrote says by how much', async () => {
  const { harder } = await check(HARD, orlov);
  expect(harder!.draft).toBeGreaterThanOrEqual(harder!.theirs + 10);
  expect((await check(WROTE.join(' '), orlov)).harder).toBeNull();
});

test('of who wrote little nobody knows what is too hard', async () => {
  expect((await check(HARD, virtanen)).harder).toBeNull();
  expect((await check(HARD, null)).harder).toBeNull();
});
