import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';

/** The language in which a party last wrote; null when they never did. */
export async function lastHeard(db: Db, workspaceId: WorkspaceId, partyId: string): Promise<string | null> {
  const { rows } = await sql<{ lang: string }>`
    SELECT i.lang FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid AND i.direction = 'inbound'
    ORDER BY i.at DESC LIMIT 1`.execute(db);
  return rows[0]?.lang ?? null;
}
