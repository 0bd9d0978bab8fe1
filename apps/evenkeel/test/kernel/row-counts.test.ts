import { beforeEach, expect, test } from 'vitest';
import { openDb, sql } from '../../src/kernel/db.ts';
import { rowCounts } from '../../src/kernel/row-counts.ts';
import { testDatabase } from '../support/test-database.ts';

const { pool } = await testDatabase();
const db = openDb(pool);

beforeEach(async () => {
  await sql`DROP TABLE IF EXISTS mails`.execute(db);
  // The database counts by itself too, at a time of its own.
  await sql`CREATE TABLE mails (client int) WITH (autovacuum_enabled = off)`.execute(db);
});

/** How many rows of a client the planner expects. */
async function expected(): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    EXPLAIN (FORMAT JSON) SELECT * FROM mails WHERE client = 1`.execute(db);
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
}

async function bring(rows: number): Promise<void> {
  await sql`INSERT INTO mails SELECT 1 FROM generate_series(1, ${rows}::int)`.execute(db);
}

test('the planner is told at once of what came in bulk', async () => {
  const counts = rowCounts(db, ['mails']);
  await bring(5000);
  expect(await expected()).toBeLessThan(1000);
  counts.grewBy(5000);
  await counts.look();
  expect(await expected()).toBe(5000);
});

test('of a few more rows it is not', async () => {
  const counts = rowCounts(db, ['mails']);
  await bring(5000);
  counts.grewBy(5000);
  await counts.look();
  await sql`DELETE FROM mails WHERE client = 1`.execute(db);
  counts.grewBy(999);
  await counts.look();
  expect(await expected()).toBe(5000);
});
