import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

/** The first message of a client that nobody has answered, and how many came after it. */
export type Waiting = {
  readonly interactionId: string;
  readonly partyId: string;
  readonly at: Instant;
  readonly lead: string;
  readonly subject: string | null;
  readonly more: number;
};

/**
 * Whose words wait for ours: a message or a talk of ours answers all that came before it. A message whose time nobody
 * stated is not announced: its time may be that of an import. What is filed without reply, or came after an end, waits in
 * its own way.
 */
export async function waitingSince(
  db: Db,
  workspaceId: WorkspaceId,
  since: Instant,
): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    WITH talk AS (
      SELECT f.party_id, i.id, i.at, i.lead, i.subject, i.at_source,
        i.direction = 'inbound' AND i.kind IN ('message', 'document') AS asks,
        i.direction = 'outbound' OR i.kind IN ('call', 'meeting', 'session') AS answers
      FROM interactions i JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
      WHERE i.workspace_id = ${workspaceId} AND i.at >= ${since} AND i.direction IN ('inbound', 'outbound')
    ), answered AS (SELECT party_id, max(at) AS at FROM talk WHERE answers GROUP BY party_id)
    SELECT DISTINCT ON (t.party_id) t.id AS "interactionId", t.party_id AS "partyId", t.at, t.lead, t.subject,
      count(*) OVER (PARTITION BY t.party_id)::int - 1 AS more
    FROM talk t LEFT JOIN answered a ON a.party_id = t.party_id
    WHERE t.asks AND t.at_source IN ('sent', 'received') AND (a.at IS NULL OR t.at > a.at)
      AND NOT EXISTS (SELECT 1 FROM silence_looks l WHERE l.workspace_id = ${workspaceId} AND l.interaction_id = t.id
        AND l.settled IS DISTINCT FROM 'answered')
      AND NOT EXISTS (SELECT 1 FROM endings e JOIN parties p ON p.workspace_id = e.workspace_id AND p.id = e.party_id
        WHERE e.workspace_id = ${workspaceId} AND e.party_id = t.party_id AND e.state = 'over' AND e.over_at < t.at AND p.state = 'former')
    ORDER BY t.party_id, t.at, t.id`.execute(db);
  return rows;
}
