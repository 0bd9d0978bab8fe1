import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import { projecting } from '../ledger/projecting.ts';
import type { PackFiles, SubjectKind } from './pack.ts';
import type { ProcedureFact } from './procedure.ts';
import type { ClockStop, FinishedLetter, ProcedureState, Visit } from './state.ts';

/** Writes what facts of procedures say, one after the other; actions and replay both come through here. */
export const projectProcedures = projecting<ProcedureFact>({
  'procedure.started': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, subject, pack, reason } = fact;
    await sql`
      INSERT INTO procedures (workspace_id, id, record_id, changed_record_id, party_id, subject_kind, subject_id, pack_id, pack_sha256,
        pack_files, reason, started_at, started_by)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${party}::uuid, ${subject.kind}, ${subject.id}::uuid,
        ${pack.id}, ${pack.sha256}, ${jsonb(pack.files)}, ${reason}, ${recordedAt}, ${actor})`.execute(tx);
  },
  'procedure.quoted': async (tx, workspaceId, { recordId, fact: { id, cite } }) => {
    await sql`
      UPDATE procedures SET cite = ${jsonb(cite)}, changed_record_id = ${recordId}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'procedure.step-entered': async (
    tx,
    workspaceId,
    { recordId, recordedAt, fact: { id, step, visit, because, due } },
  ) => {
    await sql`
      INSERT INTO procedure_visits (workspace_id, procedure_id, position, record_id, step, visit, entered_at, because, due)
      SELECT ${workspaceId}, ${id}::uuid, count(*), ${recordId}::uuid, ${step}, ${visit}, ${recordedAt}, ${because}::uuid,
        ${jsonb(due)}
      FROM procedure_visits WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid`.execute(tx);
    await sql`
      UPDATE procedures SET step = ${step}, due_at = ${due?.at ?? null}, changed_record_id = ${recordId}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'procedure.step-done': left,
  'procedure.step-skipped': left,
  'procedure.due-moved': async (tx, workspaceId, { recordId, fact: { id, step, visit, due } }) => {
    await sql`
      UPDATE procedure_visits SET due = ${jsonb(due)}
      WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid AND step = ${step} AND visit = ${visit}`.execute(
      tx,
    );
    await sql`
      UPDATE procedures SET due_at = ${due?.at ?? null}, changed_record_id = ${recordId}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'procedure.clock-stopped': async (
    tx,
    workspaceId,
    { recordId, actor, fact: { id, stop, reason, from } },
  ) => {
    await sql`
      INSERT INTO procedure_stops (workspace_id, procedure_id, record_id, stop, reason, stopped_by, from_at)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${stop}, ${reason}, ${actor}, ${from})`.execute(
      tx,
    );
  },
  'procedure.clock-restarted': async (tx, workspaceId, { recordId, actor, fact: { id, until, reason } }) => {
    await sql`
      UPDATE procedure_stops SET until_at = ${until}, restarted_record_id = ${recordId}::uuid, restarted_by = ${actor}, restart_reason = ${reason}
      WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid AND until_at IS NULL`.execute(tx);
  },
  'procedure.second-asked': async (
    tx,
    workspaceId,
    { recordId, recordedAt, actor, fact: { id, step, reason } },
  ) => {
    await sql`
      INSERT INTO procedure_asks (workspace_id, procedure_id, record_id, step, reason, asked_by, asked_at)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${step}, ${reason}, ${actor}, ${recordedAt})`.execute(
      tx,
    );
  },
  'procedure.letter-finished': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, finished, letter, lang, subject, text, sha256 } = fact;
    await sql`
      INSERT INTO procedure_letters (workspace_id, id, procedure_id, record_id, letter, lang, subject, text, sha256, finished_at, finished_by)
      VALUES (${workspaceId}, ${finished}::uuid, ${id}::uuid, ${recordId}::uuid, ${letter}, ${lang}, ${subject}, ${text}, ${sha256},
        ${recordedAt}, ${actor})`.execute(tx);
  },
  'procedure.letter-handed-over': async (
    tx,
    workspaceId,
    { recordId, actor, fact: { finished, way, at, interaction } },
  ) => {
    await sql`
      UPDATE procedure_letters SET handed_over_record_id = ${recordId}::uuid, handed_over_at = ${at.at}, handed_over_by = ${actor},
        way = ${way}, interaction_id = ${interaction}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${finished}::uuid`.execute(tx);
  },
  'procedure.letter-proved': async (tx, workspaceId, { recordId, fact: { finished, interaction } }) => {
    await sql`
      UPDATE procedure_letters SET proof_record_id = ${recordId}::uuid, proof_id = ${interaction}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${finished}::uuid`.execute(tx);
  },
  'procedure.ended': async (tx, workspaceId, { recordId, recordedAt, fact: { id, outcome, reason } }) => {
    await sql`
      UPDATE procedures SET step = NULL, due_at = NULL, ended_at = ${recordedAt}, outcome = ${outcome}, end_reason = ${reason},
        changed_record_id = ${recordId}::uuid
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
});

type Left = Extract<ProcedureFact, { kind: 'procedure.step-done' | 'procedure.step-skipped' }>;

async function left(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<Left>,
): Promise<void> {
  const isSkipped = fact.kind === 'procedure.step-skipped';
  const { choice, second } = isSkipped ? { choice: null, second: null } : fact;
  await sql`
    UPDATE procedure_visits SET done_record_id = ${recordId}::uuid, done_at = ${recordedAt}, done_by = ${actor},
      is_skipped = ${isSkipped}, choice = ${choice}, reason = ${fact.reason}, second = ${jsonb(second)}
    WHERE workspace_id = ${workspaceId} AND procedure_id = ${fact.id}::uuid AND step = ${fact.step} AND visit = ${fact.visit}`.execute(
    tx,
  );
  await sql`
    UPDATE procedures SET step = NULL, due_at = NULL, changed_record_id = ${recordId}::uuid
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
}

export type ProcedureRow = {
  readonly id: string;
  readonly partyId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  /** The words it began from; null for one that began from a thing. */
  readonly cite: Cite | null;
  readonly packId: string;
  readonly packSha256: string;
  readonly reason: string | null;
  readonly startedAt: Instant;
  readonly startedBy: string;
  readonly step: string | null;
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly endReason: string | null;
};

const ROW = sql`id, party_id AS "partyId", subject_kind AS "subjectKind", subject_id AS "subjectId", cite, pack_id AS "packId",
  pack_sha256 AS "packSha256", reason, started_at AS "startedAt", started_by AS "startedBy", step, due_at AS "dueAt",
  ended_at AS "endedAt", outcome, end_reason AS "endReason"`;

export async function loadProcedure(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<(ProcedureRow & { readonly files: PackFiles }) | null> {
  const { rows } = await sql<ProcedureRow & { files: PackFiles }>`
    SELECT ${ROW}, pack_files AS files FROM procedures WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

type Filter = {
  readonly party?: string | undefined;
  readonly subject?: string | undefined;
  readonly isRunning?: boolean | undefined;
};
type After = { readonly at: string; readonly id: string } | null;

export async function listProcedures(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { party, subject, isRunning }: Filter,
  after: After,
  limit: number,
): Promise<readonly (ProcedureRow & { readonly files: PackFiles })[]> {
  const { rows } = await sql<ProcedureRow & { files: PackFiles }>`
    SELECT ${ROW}, pack_files AS files FROM procedures
    WHERE workspace_id = ${workspaceId} AND (${party ?? null}::uuid IS NULL OR party_id = ${party ?? null}::uuid)
      AND (${subject ?? null}::uuid IS NULL OR subject_id = ${subject ?? null}::uuid)
      AND (${isRunning ?? null}::boolean IS NULL OR (ended_at IS NULL) = ${isRunning ?? null}::boolean)
      AND (${after?.at ?? null}::timestamptz IS NULL OR (started_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY started_at DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Procedures with an open step that is due, or of one party; by their dues. */
export async function loadDue(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { party, until }: { readonly party?: string | undefined; readonly until?: Instant | undefined },
): Promise<readonly (ProcedureRow & { readonly files: PackFiles; readonly due: Visit['due'] })[]> {
  const { rows } = await sql<ProcedureRow & { files: PackFiles; due: Visit['due'] }>`
    SELECT ${ROW}, pack_files AS files, (SELECT v.due FROM procedure_visits v WHERE v.workspace_id = procedures.workspace_id
      AND v.procedure_id = procedures.id ORDER BY v.position DESC LIMIT 1) AS due
    FROM procedures
    WHERE workspace_id = ${workspaceId} AND ended_at IS NULL AND due_at IS NOT NULL
      AND (${party ?? null}::uuid IS NULL OR party_id = ${party ?? null}::uuid)
      AND (${until ?? null}::timestamptz IS NULL OR due_at <= ${until ?? null}::timestamptz)
    ORDER BY due_at, id`.execute(db);
  return rows;
}

/** What tells whether a running procedure is to be looked at. `length` counts what was recorded of its party. */
export type Running = {
  readonly id: string;
  readonly step: string | null;
  readonly dueAt: Instant | null;
  readonly length: number;
};

/** Running procedures, without what they hold. */
export async function runningNow(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Running[]> {
  const { rows } = await sql<Running>`
    SELECT p.id, p.step, p.due_at AS "dueAt", coalesce(s.length, 0)::bigint AS length
    FROM procedures p LEFT JOIN streams s ON s.workspace_id = p.workspace_id AND s.stream = 'party:' || p.party_id
    WHERE p.workspace_id = ${workspaceId} AND p.ended_at IS NULL ORDER BY p.id`.execute(db);
  return rows;
}

export async function isRunningOn(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  packId: string,
  subjectId: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM procedures WHERE workspace_id = ${workspaceId} AND subject_id = ${subjectId}::uuid AND pack_id = ${packId}
      AND ended_at IS NULL LIMIT 1`.execute(db);
  return rows[0]?.id ?? null;
}

export async function loadVisits(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly Visit[]> {
  const { rows } = await sql<
    Omit<Visit, 'done'> & Visit['done'] & { doneAt: Instant | null; doneBy: string }
  >`
    SELECT step, visit, entered_at AS "enteredAt", because, due, done_at AS "doneAt", done_by AS "doneBy", is_skipped AS "isSkipped",
      choice, reason, second
    FROM procedure_visits WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid ORDER BY position`.execute(
    db,
  );
  return rows.map(
    ({ step, visit, enteredAt, because, due, doneAt, doneBy, isSkipped, choice, reason, second }) => ({
      ...{ step, visit, enteredAt, because, due },
      done: doneAt && { at: doneAt, actor: doneBy, isSkipped, choice, reason, second },
    }),
  );
}

export async function loadStops(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly ClockStop[]> {
  const { rows } = await sql<ClockStop>`
    SELECT stop, reason, stopped_by AS actor, from_at AS "from", until_at AS "until" FROM procedure_stops
    WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid ORDER BY record_id`.execute(db);
  return rows;
}

export async function loadAsked(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ProcedureState['asked']> {
  const { rows } = await sql<ProcedureState['asked'][number]>`
    SELECT step, reason, asked_at AS at FROM procedure_asks
    WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid ORDER BY record_id`.execute(db);
  return rows;
}

export async function loadFinished(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly FinishedLetter[]> {
  const { rows } = await sql<FinishedLetter>`
    SELECT id, letter, lang, subject, text, sha256, finished_at AS "finishedAt", finished_by AS by, handed_over_at AS "handedOverAt",
      way, interaction_id AS "interactionId", proof_id AS "proofId"
    FROM procedure_letters WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid ORDER BY record_id`.execute(
    db,
  );
  return rows;
}
