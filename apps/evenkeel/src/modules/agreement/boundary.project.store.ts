import type { WorkspaceId } from '../../kernel/brand.ts';
import { jsonb, sql, type Tx } from '../../kernel/db.ts';
import { projecting } from '../ledger/projecting.ts';
import type { BoundaryFact } from './boundary.ts';
import { insertStep } from './steps.store.ts';

/** Writes what facts about boundaries say, one after the other; actions and replay both come through here. */
export const projectBoundaries = projecting<BoundaryFact>(
  {
    'boundary.set': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      await sql`
      INSERT INTO boundaries (workspace_id, id, record_id, changed_record_id, party_id, number, clause_id, says, ladder, state, set_at, set_by)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.number}, ${fact.clause}, ${fact.says},
        ${jsonb(fact.ladder)}, 'kept', ${recordedAt}, ${actor})`.execute(tx);
    },
    'boundary.breached': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      await sql`
      INSERT INTO breaches (workspace_id, id, record_id, changed_record_id, boundary_id, party_id, number, cite, happened_at, note, at, actor)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.boundary}, ${fact.party}, ${fact.number},
        ${jsonb(fact.cite)}, ${fact.happenedAt}, ${fact.note}, ${recordedAt}, ${actor})`.execute(tx);
    },
    'boundary.breach-withdrawn': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE breaches SET withdrawn_reason = ${fact.reason}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'boundary.step-taken': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      await sql`
      INSERT INTO boundary_steps (workspace_id, id, record_id, changed_record_id, boundary_id, breach_id, party_id, rung, lang, words, proof_id,
        safety, answers, review_on, at, actor)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.boundary}, ${fact.breach}, ${fact.party}, ${fact.rung}, ${fact.lang}, ${fact.words},
        ${fact.proof}, ${jsonb(fact.safety)}, ${jsonb(fact.answers)},
        ${fact.review.on}, ${recordedAt}, ${actor})`.execute(tx);
      await setReview(tx, ws, fact.boundary, fact.review, recordId);
    },
    'boundary.step-proved': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE boundary_steps SET proof_id = ${fact.proof}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'boundary.reviewed': (tx, ws, { recordId, fact }) => setReview(tx, ws, fact.id, fact.review, recordId),
    'boundary.lifted': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE boundaries SET state = 'lifted', changed_record_id = ${recordId} WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(
        tx,
      );
    },
  },
  insertStep,
);

async function setReview(
  tx: Tx,
  ws: WorkspaceId,
  id: string,
  review: { readonly on: string; readonly at: string },
  recordId: string,
): Promise<void> {
  await sql`
    UPDATE boundaries SET review_on = ${review.on}, review_at = ${review.at}, changed_record_id = ${recordId}
    WHERE workspace_id = ${ws} AND id = ${id}`.execute(tx);
}
