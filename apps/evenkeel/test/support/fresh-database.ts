import { inject } from 'vitest';
import { openDb, openPool } from '../../src/kernel/db.ts';
import { atEnd } from './at-end.ts';
import type { TestDatabase } from './test-database.ts';
import { copyTemplate, statement } from './test-server.ts';

/** A migrated, empty database for one test: what `testDatabase` is for a file. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('testServer');
  const connection = await copyTemplate(server);
  const pool = openPool(connection);
  atEnd(async () => {
    await pool.end();
    await statement(server.connection, `drop database if exists ${connection.database} with (force)`);
  });
  return { connection, pool, db: openDb(pool) };
}

export type { TestDatabase };
