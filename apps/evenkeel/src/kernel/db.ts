import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

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
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

export function openDb(pool: pg.Pool): Db {
  return new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
}

/** Runs a statement that is a constant of this code base, such as a migration's. */
export async function runStatement(db: Db | Tx, statement: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement));
}

export { sql };
