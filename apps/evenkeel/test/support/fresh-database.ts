import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDb, openPool } from '../../src/kernel/db.ts';
import { atEnd } from './at-end.ts';
import type { TestDatabase } from './test-database.ts';
import { statement } from './test-server.ts';

/** A migrated, empty database for one test: what `testDatabase` is for a file. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { connection: server, template } = inject('testServer');
  const database = `test_${randomBytes(6).toString('hex')}`;
  await statement(server, `create database ${database} template ${template}`);
  const connection = { ...server, database };
  const pool = openPool(connection);
  atEnd(async () => {
    await pool.end();
    await statement(server, `drop database if exists ${database} with (force)`);
  });
  return { connection, pool, db: openDb(pool) };
}

export type { TestDatabase };
