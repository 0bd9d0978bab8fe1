import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { InteractionId } from './interaction.ts';

/** An interaction that is filed under a party because of an address. */
export type FiledBy = { readonly id: InteractionId; readonly recordId: RecordId };

/** What is filed under a party and comes from an address or goes to it. @param value as identifiers hold it */
export async function filedBy(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  value: string,
): Promise<readonly FiledBy[]> {
  const { rows } = await sql<FiledBy>`
    SELECT i.id, i.record_id AS "recordId" FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND EXISTS (
      SELECT 1 FROM jsonb_each(i.participants) AS role, jsonb_array_elements(role.value) AS one
      WHERE lower(trim(one ->> 'address')) = ${value})
    ORDER BY i.id`.execute(db);
  return rows;
}

/** Which of these are filed under a party already. */
export async function filedAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT interaction_id AS id FROM filings
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND interaction_id = ANY(${ids}::uuid[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** What stands on the contact cards filed under a party that name it, or something it is reached by. */
export async function onCardsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly { readonly value: string; readonly label: string | null }[]> {
  const { rows } = await sql<{ value: string; label: string | null }>`
    SELECT DISTINCT ON (1) one ->> 'address' AS value, one ->> 'name' AS label FROM filings f
    JOIN exported e ON e.workspace_id = f.workspace_id AND e.interaction_id = f.interaction_id AND e.format = 'vcard'
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
    CROSS JOIN jsonb_array_elements(i.participants -> 'to') AS one
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND one ->> 'address' IS NOT NULL AND (
      lower(i.subject) = lower(p.name) OR EXISTS (
        SELECT 1 FROM jsonb_array_elements(i.participants -> 'to') AS other
        JOIN identifiers n ON n.workspace_id = f.workspace_id AND n.party_id = f.party_id AND n.value = lower(trim(other ->> 'address'))))
    ORDER BY 1, 2 LIMIT ${MOST_ON_CARDS}`.execute(db);
  return rows;
}

const MOST_ON_CARDS = 200;
