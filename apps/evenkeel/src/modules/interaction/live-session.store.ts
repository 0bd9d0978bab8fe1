import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { LIVE_CONTAINER } from './by-hand.ts';

const HANDLES_SHOWN = 24;

/**
 * Handles of those we met, whoever was here last first. Only handles: what has a space or is a number may be a name or a
 * telephone, and a live page shows neither.
 */
export async function handlesMet(db: Db, workspaceId: WorkspaceId): Promise<readonly string[]> {
  const { rows } = await sql<{ handle: string }>`
    SELECT h.value AS handle FROM (
      SELECT i.value, (
        SELECT max(x.at) FROM filings f JOIN interactions x ON x.workspace_id = f.workspace_id AND x.id = f.interaction_id
        WHERE f.workspace_id = i.workspace_id AND f.party_id = i.party_id) AS last
      FROM identifiers i WHERE i.workspace_id = ${workspaceId} AND i.kind = 'handle' AND i.value !~ '\\s|^\\+?[0-9-]+$|/'
    ) h ORDER BY h.last DESC NULLS LAST, h.value LIMIT ${HANDLES_SHOWN}`.execute(db);
  return rows.map(({ handle }) => handle);
}

/** Whether something with this id is a note of a live session; null when there is nothing. */
export async function isLiveNote(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<boolean | null> {
  const { rows } = await sql<{ isLive: boolean }>`
    SELECT bool_or(o.container = ${LIVE_CONTAINER}) AS "isLive" FROM originals o
    WHERE o.workspace_id = ${workspaceId} AND o.interaction_id = ${id}::uuid`.execute(tx);
  return rows[0]?.isLive ?? null;
}
