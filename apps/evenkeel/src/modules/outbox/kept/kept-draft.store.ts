import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { SealedEnvelope } from '../../vault/vault.actions.ts';
import type { KeptUntil } from './kept-draft.ts';

/** A kept draft with its words under seal. */
export type KeptRow = SealedEnvelope & {
  readonly id: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly actor: string;
  readonly keptAt: Instant;
  readonly until: KeptUntil;
  readonly dueAt: Instant | null;
};

export async function insertKept(tx: Tx, workspaceId: WorkspaceId, row: KeptRow): Promise<void> {
  await sql`
    INSERT INTO kept_drafts (workspace_id, id, party_id, interaction_id, actor, slot, sealed, commitment, kept_at, until, due_at)
    VALUES (${workspaceId}, ${row.id}::uuid, ${row.partyId}::uuid, ${row.interactionId}::uuid, ${row.actor}, ${row.slot},
      ${Buffer.from(row.sealed)}, ${Buffer.from(row.commitment)}, ${row.keptAt}, ${row.until}, ${row.dueAt})`.execute(
    tx,
  );
}

/** Newest first. @param interaction the message that is answered; null for all */
export async function loadKept(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interaction: string | null,
): Promise<readonly KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    SELECT id, party_id AS "partyId", interaction_id AS "interactionId", actor, slot, sealed, commitment,
      kept_at AS "keptAt", until, due_at AS "dueAt"
    FROM kept_drafts WHERE workspace_id = ${workspaceId}
      AND (${interaction}::uuid IS NULL OR interaction_id = ${interaction}::uuid)
    ORDER BY kept_at DESC, id DESC`.execute(db);
  return rows;
}

export async function deleteKept(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`DELETE FROM kept_drafts WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}
