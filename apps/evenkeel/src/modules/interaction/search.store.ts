import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { uuids, vectors } from '../../kernel/columns.ts';
import { type Db, runStatement, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Voice } from './search.ts';

export type SearchRow = {
  readonly recordId: RecordId;
  readonly vector: Uint8Array;
};

/** Makes interactions findable; one that was erased meanwhile stays so. */
export async function insertSearchRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  analyserVersion: number,
  rows: readonly SearchRow[],
): Promise<void> {
  await sql`
    INSERT INTO search_rows (workspace_id, interaction_id, record_id, at, analyser_version, lexemes)
    SELECT i.workspace_id, i.id, i.record_id, i.at, ${analyserVersion}::int, r.vector FROM unnest(
      ${uuids(rows.map((r) => r.recordId))}::uuid[], ${vectors(rows.map((r) => r.vector))}::tsvector[]) AS r(record_id, vector)
    JOIN interactions i ON i.workspace_id = ${workspaceId}::uuid AND i.record_id = r.record_id`.execute(tx);
}

/** Whether fewer rows than these are there. */
export async function hasFewerRows(tx: Tx, limit: number): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (SELECT FROM search_rows LIMIT ${limit}) AS first`.execute(tx);
  return rows[0]!.count < limit;
}

/** Without it words are found more slowly, for every row is read. */
export async function dropWordIndex(tx: Tx): Promise<void> {
  await runStatement(tx, 'DROP INDEX IF EXISTS search_rows_by_lexeme');
}

export async function makeWordIndex(db: Db | Tx): Promise<void> {
  // To create one "if not exists" would keep erasures waiting for nothing, each time.
  const { rows } = await sql<{ exists: boolean }>`
    SELECT to_regclass('search_rows_by_lexeme') IS NOT NULL AS exists`.execute(db);
  if (rows[0]!.exists) return;
  await runStatement(
    db,
    'CREATE INDEX search_rows_by_lexeme ON search_rows USING gin (lexemes) WITH (gin_pending_list_limit = 16384)',
  );
}

/** Takes out of the index what is to be put in anew. */
export async function deleteSearchRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<void> {
  await sql`
    DELETE FROM search_rows WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[])`.execute(
    tx,
  );
}

/** Moves what GIN keeps aside into the index proper, so that searches need not read it word by word. */
export async function settleIndex(db: Db): Promise<void> {
  await makeWordIndex(db);
  await sql`SELECT gin_clean_pending_list('search_rows_by_lexeme'::regclass)`.execute(db);
}

export type SearchKey = { readonly at: string; readonly id: string };
export type Hit = { readonly id: string; readonly at: Instant };

export type HitsAsked = {
  readonly tsquery: string;
  /** Whether one word is all that is asked: a common one is met soon among the newest rows. */
  readonly isOneWord: boolean;
  readonly party: string | null;
  /** Only what may hold words of this side: its messages, and calls and meetings, which hold both sides'. */
  readonly voice: Voice | null;
  readonly after: SearchKey | null;
  readonly limit: number;
};

/** Reading the words of so many rows takes some milliseconds; a word that fills a page from them is common. */
const NEWEST_ROWS = 1000;

/**
 * The newest hits. A common word is met among the newest rows; whatever is not is looked up by its words. The planner is
 * not asked: it guesses how common a rare word is and then reads every row for it, and it thinks that several words meet
 * by chance, and would read every row of two that never do.
 */
export async function newestHits(
  db: Db,
  workspaceId: WorkspaceId,
  asked: HitsAsked,
): Promise<readonly Hit[]> {
  const { tsquery, isOneWord, party, voice, after, limit } = asked;
  const isBefore = after
    ? sql`(s.at, s.interaction_id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql`true`;
  if (isOneWord && party === null) {
    const { rows } = await sql<Hit>`
      SELECT s.interaction_id AS id, s.at FROM (
        SELECT * FROM search_rows s WHERE s.workspace_id = ${workspaceId} AND ${isBefore}
        ORDER BY s.at DESC, s.interaction_id DESC LIMIT ${NEWEST_ROWS}) s
      WHERE s.lexemes @@ ${tsquery}::tsquery AND ${spokenBy(voice)}
      ORDER BY s.at DESC, s.interaction_id DESC LIMIT ${limit}`.execute(db);
    if (rows.length === limit) return rows;
  }
  const query = sql<Hit>`
    SELECT s.interaction_id AS id, s.at FROM search_rows s
    WHERE s.workspace_id = ${workspaceId} AND s.lexemes @@ ${tsquery}::tsquery AND ${filedUnder(workspaceId, party)}
      AND ${spokenBy(voice)} AND ${isBefore}
    ORDER BY s.at DESC, s.interaction_id DESC LIMIT ${limit}`;
  return db.transaction().execute(async (tx) => {
    await byWordsOnly(tx);
    return (await query.execute(tx)).rows;
  });
}

export async function countHits(
  db: Db,
  workspaceId: WorkspaceId,
  asked: { tsquery: string; party: string | null },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await byWordsOnly(tx);
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM search_rows s
      WHERE s.workspace_id = ${workspaceId} AND s.lexemes @@ ${asked.tsquery}::tsquery AND ${filedUnder(workspaceId, asked.party)}`.execute(
      tx,
    );
    return rows[0]?.count ?? 0;
  });
}

function filedUnder(workspaceId: WorkspaceId, party: string | null) {
  if (party === null) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM filings f WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.interaction_id = s.interaction_id)`;
}

function spokenBy(voice: Voice | null) {
  if (voice === null) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM interactions i WHERE i.workspace_id = s.workspace_id AND i.id = s.interaction_id
    AND (i.direction = ${voice === 'theirs' ? 'inbound' : 'outbound'} OR i.kind <> 'message'))`;
}

/** The planner would read the whole table for a common word, and fetch every vector for it. */
async function byWordsOnly(tx: Tx): Promise<void> {
  await runStatement(
    tx,
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)",
  );
}
