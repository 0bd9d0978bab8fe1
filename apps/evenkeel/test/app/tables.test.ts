import { expect, test } from 'vitest';
import { testDatabase } from '../support/test-database.ts';

const { pool } = await testDatabase();

/** Bookkeeping of the schema itself, from before there is any. */
const EXEMPT = "c.relname <> 'migrations'";
const TABLES = `FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND ${EXEMPT}`;

async function rowsOf<T>(query: string): Promise<readonly T[]> {
  return (await pool.query(query)).rows as T[];
}

test('every table says whether it is record, projection or private', async () => {
  const tables = await rowsOf<{ name: string; says: string | null }>(
    `SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS says ${TABLES}`,
  );
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter(({ says }) => !/^(?:record|projection|private)\b/.test(says ?? ''))).toEqual([]);
});

test('every table belongs to a workspace, and every unique key leads with it', async () => {
  const keys = await rowsOf<{ name: string; first: string }>(
    `SELECT i.indexrelid::regclass::text AS name, a.attname AS first
     FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE (i.indisprimary OR i.indisunique) AND i.indrelid IN (SELECT c.oid ${TABLES})`,
  );
  expect(keys.filter(({ first }) => first !== 'workspace_id')).toEqual([]);
  const without = await rowsOf(
    `SELECT c.relname ${TABLES} AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`,
  );
  expect(without).toEqual([]);
});

test('every reference carries the workspace, and deleting sets nothing to null', async () => {
  const references = await rowsOf<{ name: string; on_delete: string; first: string; foreign_first: string }>(
    `SELECT k.conname AS name, k.confdeltype AS on_delete, a.attname AS first, f.attname AS foreign_first
     FROM pg_constraint k
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
     JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND k.conrelid IN (SELECT c.oid ${TABLES})`,
  );
  expect(references.length).toBeGreaterThan(3);
  const wrong = references.filter(
    (key) => key.on_delete === 'n' || key.first !== 'workspace_id' || key.foreign_first !== 'workspace_id',
  );
  expect(wrong).toEqual([]);
});

test('every projected row that a record made says which: only thread keys stand for no single record', async () => {
  const without = await rowsOf<{ name: string }>(
    `SELECT c.relname AS name ${TABLES} AND obj_description(c.oid, 'pg_class') LIKE 'projection%' AND NOT EXISTS (
       SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'record_id' AND NOT a.attisdropped)`,
  );
  expect(without).toEqual([{ name: 'thread_keys' }]);
});

test('nothing in the schema acts by itself', async () => {
  expect(await rowsOf('SELECT tgname FROM pg_trigger WHERE NOT tgisinternal')).toEqual([]);
});
