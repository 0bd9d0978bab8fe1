import pg from 'pg';
import { startPostgres } from '../../src/kernel/postgres.ts';
import { openKeys } from '../../src/modules/vault/keys.store.ts';
import { seededChance } from './seeded-chance.ts';

/** Looks into the database of a program that runs; the caller ends it. */
export async function lookInto(dataDir: string): Promise<pg.Client> {
  const keys = await openKeys(dataDir, seededChance());
  const password = Buffer.from(keys.derive('postgres')).toString('hex');
  const { pool } = await startPostgres({ dataDir, password });
  const client = new pg.Client(pool);
  // A program that ends first is no fault of whoever looks: the next question fails then.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Tells the database of a program that runs what no act of its would do. */
export async function tellDatabase(dataDir: string, sql: string, values: readonly string[]): Promise<void> {
  const client = await lookInto(dataDir);
  await client.query(sql, [...values]).finally(() => client.end());
}
