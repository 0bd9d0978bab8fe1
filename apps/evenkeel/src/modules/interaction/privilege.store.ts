import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { projecting } from '../ledger/projecting.ts';
import type { Privilege, PrivilegeFact } from './privilege.ts';

/** Writes what facts about privilege say; the actions and replay both come through here. */
export const projectPrivileges = projecting<PrivilegeFact>({
  'privilege.marked': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO privileges (workspace_id, interaction_id, record_id, changed_record_id, party_id, kind, basis, marked_at, marked_by)
      VALUES (${workspaceId}, ${fact.interaction}, ${recordId}, ${recordId}, ${fact.party}, ${fact.privilege}, ${fact.basis}, ${recordedAt}, ${actor})
      ON CONFLICT (workspace_id, interaction_id) DO UPDATE SET record_id = excluded.record_id,
        changed_record_id = excluded.changed_record_id, party_id = excluded.party_id, kind = excluded.kind, basis = excluded.basis,
        marked_at = excluded.marked_at, marked_by = excluded.marked_by, waived_at = NULL, waived_by = NULL, waived_why = NULL`.execute(
      tx,
    );
  },
  'privilege.lifted': async (tx, workspaceId, { fact }) => {
    await sql`DELETE FROM privileges WHERE workspace_id = ${workspaceId} AND interaction_id = ${fact.interaction}`.execute(
      tx,
    );
  },
  'privilege.waived': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      UPDATE privileges SET changed_record_id = ${recordId}, waived_at = ${recordedAt}, waived_by = ${actor}, waived_why = ${fact.reason}
      WHERE workspace_id = ${workspaceId} AND interaction_id = ${fact.interaction}`.execute(tx);
  },
  'privilege.waiver-ended': async (tx, workspaceId, { recordId, fact }) => {
    await sql`
      UPDATE privileges SET changed_record_id = ${recordId}, waived_at = NULL, waived_by = NULL, waived_why = NULL
      WHERE workspace_id = ${workspaceId} AND interaction_id = ${fact.interaction}`.execute(tx);
  },
});

/** The marks on these records; those without one are not in the answer. */
export async function privilegesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Privilege>> {
  const { rows } = await sql<Privilege>`
    SELECT interaction_id AS "interactionId", party_id AS "partyId", kind, basis, marked_at AS "markedAt", marked_by AS "markedBy",
      CASE WHEN waived_at IS NULL THEN NULL ELSE jsonb_build_object(
        'at', to_char(waived_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', waived_by, 'reason', waived_why) END AS waived
    FROM privileges WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.interactionId, row]));
}

/** Records with the party in whose stream what is said of them goes: the first that they are filed under. */
export async function markable(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly { readonly interaction: string; readonly party: string | null }[]> {
  const { rows } = await sql<{ interaction: string; party: string | null }>`
    SELECT i.id AS interaction,
      (SELECT f.party_id FROM filings f WHERE f.workspace_id = i.workspace_id AND f.interaction_id = i.id ORDER BY f.party_id LIMIT 1) AS party
    FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[]) ORDER BY i.id`.execute(
    db,
  );
  return rows;
}
