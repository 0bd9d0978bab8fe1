import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import { projecting } from '../ledger/projecting.ts';
import type { Redaction, RedactionFact } from './redaction.ts';

/** Writes what facts about copies say; the actions and replay both come through here. */
export const projectRedactions = projecting<RedactionFact>({
  'exhibit.redacted': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO redactions (workspace_id, id, record_id, changed_record_id, party_id, interaction_id, used_for, reason, slot, sha256,
        size_bytes, files, files_taken, made_at, made_by)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.interaction}, ${fact.use}, ${fact.reason},
        ${fact.slot}, ${Buffer.from(fact.sha256, 'hex')}, ${fact.sizeBytes}, ${jsonb(fact.files)}, ${fact.filesTaken}, ${recordedAt}, ${actor})`.execute(
      tx,
    );
  },
  'exhibit.words-taken': async (tx, workspaceId, { recordId, fact }) => {
    await sql`
      UPDATE redactions SET changed_record_id = ${recordId}, subject = ${fact.subject}, words = ${fact.text},
        taken = ${jsonb(fact.words)}, people = ${jsonb(fact.people)}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.redaction}`.execute(tx);
  },
  'exhibit.redaction-withdrawn': async (tx, workspaceId, { recordId, recordedAt, fact }) => {
    await sql`
      UPDATE redactions SET changed_record_id = ${recordId}, withdrawn_at = ${recordedAt}, withdrawn_why = ${fact.reason}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.redaction}`.execute(tx);
  },
});

type Filter = {
  readonly party?: string | null;
  readonly interaction?: string | null;
  readonly id?: string | null;
};

/** The copies that stand, oldest first: of a party, of one record, or one. */
export async function redactionsInUse(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { party = null, interaction = null, id = null }: Filter,
): Promise<readonly Redaction[]> {
  const { rows } = await sql<Redaction>`
    SELECT id, record_id AS "recordId", party_id AS "partyId", interaction_id AS "interactionId", used_for AS use, reason, slot,
      encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes", subject, words, taken, people, files, files_taken AS "filesTaken",
      made_at AS "madeAt", made_by AS "madeBy"
    FROM redactions WHERE workspace_id = ${workspaceId} AND withdrawn_at IS NULL
      AND (${party}::uuid IS NULL OR party_id = ${party}::uuid)
      AND (${interaction}::uuid IS NULL OR interaction_id = ${interaction}::uuid)
      AND (${id}::uuid IS NULL OR id = ${id}::uuid)
    ORDER BY id`.execute(db);
  return rows;
}
