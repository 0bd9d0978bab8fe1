import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import { projecting } from '../ledger/projecting.ts';
import { caseWriters } from './case.store.ts';
import type { CasefileFact, CasefileStep } from './casefile.ts';
import { complaintWriters } from './complaint.store.ts';
import { holdWriters } from './hold.store.ts';

/** Writes what facts about cases, complaints and holds say; actions and replay both come through here. */
export const projectCasefile = projecting<CasefileFact>(
  { ...caseWriters, ...complaintWriters, ...holdWriters },
  insertStep,
);

async function insertStep(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<CasefileFact>,
): Promise<void> {
  const { kind, id, partyId: _, reason = null, ...params } = { reason: null, ...fact };
  await sql`
    INSERT INTO casefile_steps (workspace_id, record_id, subject_id, kind, actor, at, reason, params)
    VALUES (${workspaceId}, ${recordId}, ${id}, ${kind}, ${actor}, ${recordedAt}, ${reason}, ${jsonb(params)})`.execute(
    tx,
  );
}

/** What was done with a case, a complaint or a hold, the first step first. */
export async function loadSteps(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  subjectId: string,
): Promise<readonly CasefileStep[]> {
  const { rows } = await sql<CasefileStep>`
    SELECT record_id AS "recordId", kind, actor, at, reason, params FROM casefile_steps
    WHERE workspace_id = ${workspaceId} AND subject_id = ${subjectId}::uuid ORDER BY record_id`.execute(db);
  return rows;
}
