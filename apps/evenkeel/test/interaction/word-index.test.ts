import { expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { RECORDED_BATCH } from '../../src/modules/interaction/recorded.follower.ts';
import { dropWordIndex } from '../../src/modules/interaction/search.store.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const MANY = RECORDED_BATCH + 50;

async function bring(word: string, count: number): Promise<void> {
  const letters = Array.from({ length: count }, (_, i) =>
    mail({ subject: word, body: `${word}number${i}`, id: `<${word}${i}@x.example>` }),
  );
  const folder = filesIn(temporaryFolder(), { 'all.mbox': mbox(letters) });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
}

async function countOf(q: string): Promise<number> {
  return (await app.ask<{ count: number }>('GET', `/api/search/count?q=${q}`)).count;
}

/** Another number each time that it is made; null while there is none. */
async function index(): Promise<number | null> {
  const { rows } = await sql<{ oid: number | null }>`
    SELECT to_regclass('search_rows_by_lexeme')::oid::int AS oid`.execute(app.ledger.db);
  return rows[0]!.oid;
}

test('the index of words is made once over a first import of many mails, and grows with what comes later', async () => {
  const empty = await index();
  await bring('heron', MANY);
  const first = await index();
  expect(first).not.toBeNull();
  expect(first).not.toBe(empty);
  expect(await countOf('heron')).toBe(MANY);
  expect(await countOf(`heronnumber${MANY - 1}`)).toBe(1);

  await bring('stork', MANY);
  expect(await index()).toBe(first);
  expect(await countOf('stork')).toBe(MANY);
});

test('where the program was stopped before it was made, words are found all the same, and it is made with the next mail', async () => {
  await app.ledger.db.transaction().execute(dropWordIndex);
  expect(await countOf('heronnumber7')).toBe(1);
  await bring('crane', 1);
  expect(await index()).not.toBeNull();
  expect(await countOf('crane')).toBe(1);
});
