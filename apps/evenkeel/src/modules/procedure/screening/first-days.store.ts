import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, sql } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { EarlyRecord } from './first-days.ts';

const MOST_RECORDS = 5000;
const MOST_CHARACTERS = 2000;

/**
 * What was recorded in the first hours of those whom we met since a moment, with a number in it and not ours. What nobody
 * dated is left out: its time may be that of an import.
 */
export async function earlyRecords(
  db: Db,
  workspaceId: WorkspaceId,
  since: Instant,
  withinHours: number,
): Promise<readonly EarlyRecord[]> {
  const { rows } = await sql<EarlyRecord>`
    WITH newcomers AS (
      SELECT f.party_id, (SELECT min(e.at) FROM filings e WHERE e.workspace_id = ${workspaceId} AND e.party_id = f.party_id) AS first_at
      FROM (SELECT DISTINCT f.party_id FROM interactions i
              JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
             WHERE i.workspace_id = ${workspaceId} AND i.at >= ${since}) f)
    SELECT n.party_id AS "partyId", i.id AS "interactionId", i.at, lower(split_part(i.from_address, '@', 2)) AS sender,
      EXISTS (SELECT 1 FROM noted o WHERE o.workspace_id = i.workspace_id AND o.interaction_id = i.id AND i.kind = 'note') AS "isNote",
      left(i.text, ${MOST_CHARACTERS}) AS text
    FROM newcomers n
    JOIN filings f ON f.workspace_id = ${workspaceId} AND f.party_id = n.party_id AND f.at <= n.first_at + make_interval(hours => ${withinHours}::int)
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE n.first_at >= ${since} AND i.direction IS DISTINCT FROM 'outbound' AND i.at_source <> 'recorded' AND i.text ~ '[0-9]'
    ORDER BY i.at, i.id LIMIT ${MOST_RECORDS}`.execute(db);
  return rows;
}
