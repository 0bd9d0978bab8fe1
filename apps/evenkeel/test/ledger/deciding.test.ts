import { afterAll, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { accept, refuse } from '../../src/kernel/outcome.ts';
import { type Book, deciding, type Project } from '../../src/modules/ledger/deciding.actions.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { factsOf, LOCAL_OWNER, partyStream } from '../../src/modules/ledger/ledger.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { testDatabase } from '../support/test-database.ts';
import { expectSound, openLedger } from '../support/test-ledger.ts';

const database = await testDatabase();
const opened = await openLedger(database);
const { ledger } = opened;
afterAll(() => expectSound(opened));

type Taken = { readonly kind: 'test.taken'; readonly what: string };
const STREAM = partyStream('nobody');
await sql`CREATE TABLE taken (workspace_id uuid, what text, by text, record_id uuid)`.execute(database.db);

const project: Project<Taken> = async (tx, workspaceId, recorded) => {
  for (const { recordId, actor, fact } of recorded)
    await sql`INSERT INTO taken VALUES (${workspaceId}, ${fact.what}, ${actor}, ${recordId})`.execute(tx);
};

/** Takes a thing that can be taken once. */
async function take({ tx, record }: Book, what: string) {
  const { rows } = await sql`SELECT 1 FROM taken WHERE what = ${what}`.execute(tx);
  if (rows.length > 0) return refuse('taken-already');
  await record(STREAM, [{ kind: 'test.taken', what }], project);
  return accept(what);
}

async function takenFacts(): Promise<readonly string[]> {
  const entries = await pageOfEntries(ledger.db, ledger.workspaceId, 0, 10_000);
  const facts = factsOf<Taken>(await openEntries(ledger.vault, entries), 'test.taken');
  return facts.map(({ fact }) => fact.what);
}

test('of many who take the same thing at once, one gets it, and the others are told so', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => deciding(ledger, LOCAL_OWNER, 'shelf', (book) => take(book, 'a'))),
  );
  expect(outcomes.filter(({ ok }) => ok)).toEqual([accept('a')]);
  expect(outcomes.filter(({ ok }) => !ok)).toHaveLength(39);
  expect((await takenFacts()).filter((what) => what === 'a')).toHaveLength(1);
});

test('a row says which entry made it and who did it', async () => {
  await deciding(ledger, LOCAL_OWNER, 'shelf', (book) => take(book, 'b'));
  const { rows } = await sql<{ by: string; kind: string }>`
    SELECT t.by, e.kind FROM taken t JOIN entries e ON e.id = t.record_id WHERE t.what = 'b'`.execute(
    ledger.db,
  );
  expect(rows).toEqual([{ by: LOCAL_OWNER, kind: 'test.taken' }]);
});

test('what was recorded before a refusal is undone, row and entry', async () => {
  const outcome = await deciding(ledger, LOCAL_OWNER, 'shelf', async (book) => {
    await take(book, 'c');
    return take(book, 'b');
  });
  expect(outcome).toEqual(refuse('taken-already'));
  expect(await takenFacts()).not.toContain('c');
  expect((await sql`SELECT 1 FROM taken WHERE what = 'c'`.execute(ledger.db)).rows).toEqual([]);
});

test('a fault leaves nothing behind, and is not taken for a refusal', async () => {
  const faulty = deciding(ledger, LOCAL_OWNER, 'shelf', async (book) => {
    await take(book, 'd');
    throw new Error('the power failed');
  });
  await expect(faulty).rejects.toThrow('the power failed');
  expect(await takenFacts()).not.toContain('d');
  expect(await deciding(ledger, LOCAL_OWNER, 'shelf', (book) => take(book, 'd'))).toEqual(accept('d'));
});
