import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

/** The newest message of a party since a time: their words, or their quoted words in a note. */
export async function newestOfTheirs(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  since: Instant,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT f.interaction_id AS id FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.at >= ${since}
      AND CASE WHEN n.theirs IS NULL THEN i.direction = 'inbound' ELSE n.theirs <> '[]'::jsonb END
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The open case of a party that is with counsel or in court, and since when. */
export async function withCounsel(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly id: string; readonly since: Instant } | null> {
  const { rows } = await sql<{ id: string; since: Instant }>`
    SELECT c.id, coalesce((SELECT max(s.at) FROM casefile_steps s WHERE s.workspace_id = c.workspace_id AND s.subject_id = c.id
      AND s.kind = 'case.moved'), c.opened_at) AS since
    FROM cases c WHERE c.workspace_id = ${workspaceId} AND c.party_id = ${party}::uuid AND c.stage IN ('counsel', 'court')
    ORDER BY since, c.id LIMIT 1`.execute(db);
  return rows[0] ?? null;
}
