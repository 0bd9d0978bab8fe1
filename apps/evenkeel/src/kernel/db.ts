import { CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { Halt } from './outcome.ts';

/** Tables are named only in the stores' SQL, so the builder needs to know none. */
type NoTables = Record<string, never>;
export type Db = Kysely<NoTables>;
export type Tx = Transaction<NoTables>;

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Numbers as numbers, times as Instants, dates as text; the defaults lose either precision or the zone. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return (text: string) => Number(text);
    if (oid === DATE) return (text: string) => text;
    if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    max: 12,
    ...config,
    types,
    options: '-c timezone=UTC -c search_path=public -c standard_conforming_strings=on',
  });
  // A connection that breaks is replaced by the pool, and whoever used it is told by a rejected query; without
  // listeners, on the idle and on each one in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export function openDb(pool: pg.Pool): Db {
  return new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
}

/** A value for a column of type jsonb; nothing at all where it is null. */
export function jsonb(value: unknown): RawBuilder<unknown> {
  return sql`${value === null ? null : JSON.stringify(value)}::jsonb`;
}

/** Runs a statement that is a constant of this code base, such as a migration's. */
export async function runStatement(db: Db | Tx, statement: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement));
}

/**
 * Holds a database that is not ours alone for one data folder: another process with the same folder, on another machine,
 * is refused. The database lets go by itself when the connection ends.
 *
 * @throws Halt `database-held`
 */
export async function holdDatabase(pool: pg.Pool, workspaceId: string): Promise<() => Promise<void>> {
  const client = await pool.connect();
  const { rows } = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
    [`evenkeel ${workspaceId}`],
  );
  if (rows[0]?.held) return async () => client.release(true);
  client.release();
  throw new Halt(
    'database-held',
    'Another Evenkeel with the same keys is using this database. Nothing was changed. Stop it first, or use it from there.',
  );
}

export { sql };
