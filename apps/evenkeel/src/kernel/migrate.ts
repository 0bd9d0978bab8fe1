import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { Halt } from './outcome.ts';

/**
 * Brings the schema forward: each `NNNN-title.sql` once, in order, each in one transaction, one statement per query
 * (a distributed PostgreSQL refuses several in one).
 *
 * @throws Halt `schema-newer` when the database was written by a newer Evenkeel.
 */
export async function migrate(pool: pg.Pool, dir: string): Promise<void> {
  const files = (await readdir(dir)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  const client = await pool.connect();
  try {
    await client.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const done = new Set(
      (await client.query<{ name: string }>('SELECT name FROM migrations')).rows.map((row) => row.name),
    );
    refuseNewer(done, files);
    for (const name of files.filter((file) => !done.has(file))) await apply(client, dir, name);
  } finally {
    client.release();
  }
}

function refuseNewer(done: ReadonlySet<string>, files: readonly string[]): void {
  const unknown = [...done].filter((name) => !files.includes(name));
  if (unknown.length === 0) return;
  throw new Halt(
    'schema-newer',
    `This data was written by a newer Evenkeel (${unknown.join(', ')}). Nothing was changed. Start that version, or restore a backup made with this one.`,
  );
}

async function apply(client: pg.PoolClient, dir: string, name: string): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const statement of statementsOf(await readFile(join(dir, name), 'utf8')))
      await client.query(statement);
    await client.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Statements end with a semicolon at the end of a line; our migrations hold no function bodies. */
function statementsOf(text: string): readonly string[] {
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
