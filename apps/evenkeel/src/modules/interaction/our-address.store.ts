import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { BY_PERSON } from './late.ts';

/** The one of these addresses that a party wrote to or was written from, the last one; in small letters. */
export async function lastUsedAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  addresses: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ address: string }>`
    SELECT lower(p.value->>'address') AS address FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    CROSS JOIN LATERAL jsonb_array_elements((i.participants->'from') || (i.participants->'to')) AS p(value)
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid
      AND lower(p.value->>'address') = ANY(${addresses.map((one) => one.toLowerCase())}::text[])
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT 1`.execute(db);
  return rows[0]?.address ?? null;
}

/** Minutes that their own clock was ahead of UTC when they wrote; null for words of ours, and where nobody stated it. */
export async function theirOffset(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactionId: string | null,
): Promise<number | null> {
  if (interactionId === null) return null;
  const { rows } = await sql<{ offsetMin: number | null }>`
    SELECT (times->'sent'->>'offsetMin')::int AS "offsetMin" FROM interactions
    WHERE workspace_id = ${workspaceId} AND id = ${interactionId}::uuid AND direction = 'inbound' AND times->'sent'->>'source' <> ${BY_PERSON}`.execute(
    db,
  );
  return rows[0]?.offsetMin ?? null;
}
