import type pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDb, openPool } from '../../src/kernel/db.ts';
import type { Connection } from '../../src/kernel/postgres.ts';
import { atEnd } from './at-end.ts';
import { copyTemplate, statement } from './test-server.ts';

/** A migrated, empty database of one test, or of one test file. */
export type TestDatabase = {
  /** For another pool, or for a program that is given `DATABASE_URL`. */
  readonly connection: Connection;
  readonly pool: pg.Pool;
  readonly db: Db;
};

/**
 * Makes a database by copying a template; it goes when the test is done, or the file outside of one.
 *
 * @param template by default the migrated, empty one
 */
export async function freshDatabase(template?: string): Promise<TestDatabase> {
  const server = inject('testServer');
  const connection = await copyTemplate(server, template);
  const pool = openPool(connection);
  atEnd(async () => {
    await pool.end();
    await statement(server.connection, `drop database if exists ${connection.database} with (force)`);
  });
  return { connection, pool, db: openDb(pool) };
}
