import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';

/** Names, addresses and handles: of one party, and of everybody else. */
export async function namesAndOthers(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly own: readonly string[]; readonly others: readonly string[] }> {
  const { rows } = await sql<{ isOwn: boolean; word: string }>`
    SELECT id = ${party}::uuid AS "isOwn", name AS word FROM parties WHERE workspace_id = ${workspaceId}
    UNION ALL
    SELECT party_id = ${party}::uuid, value FROM identifiers WHERE workspace_id = ${workspaceId}
    UNION ALL
    SELECT party_id = ${party}::uuid, label FROM identifiers WHERE workspace_id = ${workspaceId} AND label IS NOT NULL`.execute(
    db,
  );
  const of = (isOwn: boolean) => rows.filter((row) => row.isOwn === isOwn).map(({ word }) => word);
  return { own: of(true), others: of(false) };
}

/** Which of these records are filed under others than this party too. */
export async function sharedAmong(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT interaction_id AS id FROM filings
    WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[]) AND party_id <> ${party}::uuid`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}
