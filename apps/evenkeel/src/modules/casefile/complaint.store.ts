import type { RawBuilder } from 'kysely';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Writers } from '../ledger/projecting.ts';
import type { ComplaintFact } from './complaint.ts';

/** What facts about complaints write. */
export const complaintWriters: Writers<ComplaintFact> = {
  'complaint.registered': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO complaints (workspace_id, id, record_id, changed_record_id, party_id, case_id, number, year, sequence,
        received, received_at, way, cite, remedy, remedy_cite, stage, state, owner, is_safety, is_urgent, registered_at,
        registered_by)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.partyId}, ${fact.caseId}, ${fact.number}, ${fact.year},
        ${fact.sequence}, ${jsonb(fact.received)}, ${fact.received.at}, ${fact.way}, ${jsonb(fact.cite)},
        ${fact.remedy}, ${jsonb(fact.remedyCite)}, 1, 'open', ${fact.owner}, false, false, ${recordedAt}, ${actor})`.execute(
      tx,
    );
    for (const point of fact.points) await insertPoint(tx, workspaceId, recordId, { id: fact.id, ...point });
  },
  'complaint.assessed': (tx, workspaceId, told) => {
    const { severity, isSafety, isUrgent, reason } = told.fact;
    return change(
      tx,
      workspaceId,
      told,
      sql`severity = ${severity}, is_safety = ${isSafety}, is_urgent = ${isUrgent}, assessment = ${reason}`,
    );
  },
  'complaint.given': (tx, workspaceId, told) =>
    change(tx, workspaceId, told, sql`owner = ${told.fact.owner}`),
  'complaint.answer-planned': (tx, workspaceId, told) =>
    change(tx, workspaceId, told, sql`answer_by = ${told.fact.answerBy}`),
  'complaint.point-added': async (tx, workspaceId, told) => {
    await change(tx, workspaceId, told);
    await insertPoint(tx, workspaceId, told.recordId, told.fact);
  },
  'complaint.point-decided': async (tx, workspaceId, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await change(tx, workspaceId, told);
    await sql`
      INSERT INTO complaint_outcomes (workspace_id, complaint_id, stage, point_id, record_id, outcome, reason, source, actor, at)
      VALUES (${workspaceId}, ${fact.id}, ${fact.stage}, ${fact.pointId}, ${recordId}, ${fact.outcome}, ${fact.reason},
        ${jsonb(fact.source)}, ${actor}, ${recordedAt})
      ON CONFLICT (workspace_id, complaint_id, stage, point_id) DO UPDATE SET record_id = excluded.record_id,
        outcome = excluded.outcome, reason = excluded.reason, source = excluded.source, actor = excluded.actor, at = excluded.at`.execute(
      tx,
    );
  },
  'complaint.moved': (tx, workspaceId, told) =>
    change(tx, workspaceId, told, sql`stage = ${told.fact.stage}, state = 'open'`),
  'complaint.second-asked': (tx, workspaceId, told) => {
    const { recordedAt, actor, fact } = told;
    return change(
      tx,
      workspaceId,
      told,
      sql`second_asked_at = ${recordedAt}, second_asked_by = ${actor}, second_asked_why = ${fact.reason},
        second_until = ${fact.until}`,
    );
  },
  'complaint.stage-decided': async (tx, workspaceId, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await sql`
      INSERT INTO complaint_decisions (workspace_id, complaint_id, stage, record_id, says, second, actor, at)
      VALUES (${workspaceId}, ${fact.id}, ${fact.stage}, ${recordId}, ${fact.says}, ${jsonb(fact.second)}, ${actor}, ${recordedAt})`.execute(
      tx,
    );
    await change(tx, workspaceId, told, sql`state = 'decided', second_until = NULL`);
  },
  'complaint.closed': (tx, workspaceId, told) =>
    change(
      tx,
      workspaceId,
      told,
      sql`state = 'closed', closed_at = ${told.recordedAt}, next_route = ${told.fact.nextRoute}`,
    ),
  // What was decided stays decided: the complaint comes back as it was before it was closed.
  'complaint.reopened': (tx, workspaceId, told) =>
    change(
      tx,
      workspaceId,
      told,
      sql`closed_at = NULL, next_route = NULL, state = CASE WHEN EXISTS (
        SELECT 1 FROM complaint_decisions d WHERE d.workspace_id = c.workspace_id AND d.complaint_id = c.id AND d.stage = c.stage)
        THEN 'decided' ELSE 'open' END`,
    ),
};

async function change(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, fact }: Recorded<ComplaintFact>,
  set: RawBuilder<unknown> | null = null,
): Promise<void> {
  await sql`
    UPDATE complaints c SET changed_record_id = ${recordId}${set ? sql`, ${set}` : sql``}
    WHERE c.workspace_id = ${workspaceId} AND c.id = ${fact.id}`.execute(tx);
}

async function insertPoint(
  tx: Tx,
  workspaceId: WorkspaceId,
  recordId: string,
  { id, pointId, number }: { readonly id: string; readonly pointId: string; readonly number: number },
): Promise<void> {
  await sql`
    INSERT INTO complaint_points (workspace_id, complaint_id, point_id, record_id, number)
    VALUES (${workspaceId}, ${id}, ${pointId}, ${recordId}, ${number})`.execute(tx);
}

/** Registers one complaint after the other, so that none gets another's number; ends with the transaction. */
export async function lockRegister(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${workspaceId}/complaints`}, 0))`.execute(tx);
}

export async function lastSequence(db: Db | Tx, workspaceId: WorkspaceId, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT coalesce(max(sequence), 0)::int AS last FROM complaints WHERE workspace_id = ${workspaceId} AND year = ${year}`.execute(
    db,
  );
  return rows[0]!.last;
}
