import { type Db, runStatement, sql } from '../../kernel/db.ts';

/** How far the rewriting reached: our own server's files, or another server's tables only. */
export type RewriteReach = 'files' | 'tables';

/** So many segments a server of ours may have kept for later. */
const MOST_SEGMENTS = 512;

/**
 * Rewrites every table, so that no page holds what was deleted, and takes the write-ahead log away that still tells of
 * it. On a server that is not ours only the tables can be rewritten.
 *
 * @param rewritten is told how many tables are done
 *
 * @source PostgreSQL: VACUUM FULL makes a new file; with wal_recycle off a checkpoint removes segments, not renames them
 */
export async function rewriteEverything(
  db: Db,
  isOurServer: boolean,
  rewritten: (done: number, of: number) => void,
): Promise<RewriteReach> {
  const tables = await allTables(db);
  for (const [done, name] of tables.entries()) {
    rewritten(done, tables.length);
    await runStatement(db, `VACUUM (FULL, ANALYZE) ${name}`);
  }
  rewritten(tables.length, tables.length);
  if (!isOurServer) return 'tables';
  // Samples of values lie in the planner's statistics: those of before are dead rows there.
  for (const name of ['pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject'])
    await runStatement(db, `VACUUM FULL pg_catalog.${name}`);
  await renewWal(db);
  return 'files';
}

async function allTables(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT c.oid::regclass::text AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** Goes through all segments that were kept for later, and has each removed instead of kept. */
async function renewWal(db: Db): Promise<void> {
  await setRecycling(db, 'off');
  try {
    for (let turn = 0; turn < MOST_SEGMENTS; turn++) {
      await runStatement(db, "SELECT pg_logical_emit_message(false, 'evenkeel', '')");
      await runStatement(db, 'SELECT pg_switch_wal()');
      await runStatement(db, 'CHECKPOINT');
      if ((await segmentsAhead(db)) === 0 && turn > 1) break;
    }
  } finally {
    await setRecycling(db, 'on');
  }
}

async function setRecycling(db: Db, value: 'on' | 'off'): Promise<void> {
  await runStatement(
    db,
    value === 'off' ? 'ALTER SYSTEM SET wal_recycle = off' : 'ALTER SYSTEM RESET wal_recycle',
  );
  await runStatement(db, 'SELECT pg_reload_conf()');
}

/** Segments with a later name than the one that is written: they were renamed and hold what they held. */
async function segmentsAhead(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM pg_ls_waldir()
    WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_insert_lsn())`.execute(db);
  return rows[0]!.count;
}
