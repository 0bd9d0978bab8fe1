import { join } from 'node:path';
import type pg from 'pg';
import { startThread } from '../../src/kernel/workers.ts';
import { type Analyst, indexFollower } from '../../src/modules/interaction/index.follower.ts';
import { seenInExportsFollower } from '../../src/modules/interaction/seen-in-exports.follower.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { signalFollower } from '../../src/modules/signal/signal.follower.ts';
import { replay } from '../../src/replay.ts';
import { atEnd } from './at-end.ts';
import type { TestApp } from './test-app.ts';

/** The rows of each table. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** Every row of some tables, as text, in an order that does not depend on when it was written. */
export async function rowsOf(pool: pg.Pool, tables: readonly string[]): Promise<Rows> {
  const read = tables.map(async (name) => {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    return [name, rows.map(({ row }) => row).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** Makes everything anew from the record, also what the index, the conversations and the marks say. */
export async function madeAnew({ ledger, dataDir }: TestApp): Promise<void> {
  const analyst: Analyst = startThread(
    new URL('../../src/modules/interaction/analyse.worker.ts', import.meta.url),
  );
  atEnd(() => analyst.close());
  const reader = openReader(join(dataDir, 'packs'));
  atEnd(() => reader.close());
  await replay(ledger, [
    indexFollower(ledger, () => analyst),
    threadFollower(ledger),
    seenInExportsFollower(ledger),
    signalFollower(ledger, reader),
  ]);
}
