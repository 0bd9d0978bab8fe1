import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';

/** What is filed under a party, the oldest first. */
export async function filedUnder(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT interaction_id AS id FROM filings WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid
    ORDER BY at, interaction_id`.execute(db);
  return rows.map(({ id }) => id);
}
