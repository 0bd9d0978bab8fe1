import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Due, DueWindow } from '../../kernel/due.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Writers } from '../ledger/projecting.ts';
import type { Escalation, EscalationFact, EscalationStep, StepProof } from './escalation.ts';

/** What facts about escalations write. */
export const escalationWriters: Writers<EscalationFact> = {
  'agreement.escalation-begun': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
    const { id, party, number, agreement, clause, clauseVersion, side, says, cite, steps, due } = fact;
    await sql`
      INSERT INTO escalations (workspace_id, id, record_id, changed_record_id, party_id, number, agreement_id, clause_id, clause_version,
        side, says, cite, steps, taken, state, due_on, due_at, due_is_day, at, actor)
      VALUES (${ws}, ${id}, ${recordId}, ${recordId}, ${party}, ${number}, ${agreement}, ${clause}, ${clauseVersion}, ${side}, ${says},
        ${jsonb(cite)}, ${jsonb(steps)}, 0, 'running', ${due?.on ?? null}, ${due?.at ?? null}, ${due?.isWholeDay ?? null},
        ${recordedAt}, ${actor})`.execute(tx);
  },
  'agreement.escalation-step-taken': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
    const { id, position, step, happenedAt, proof, early, due } = fact;
    await sql`
      INSERT INTO escalation_steps (workspace_id, escalation_id, position, record_id, step, happened_at, proof, early, at, actor)
      VALUES (${ws}, ${id}, ${position}, ${recordId}, ${step}, ${happenedAt}, ${jsonb(proof)}, ${jsonb(early)}, ${recordedAt},
        ${actor})`.execute(tx);
    await sql`
      UPDATE escalations SET taken = ${position + 1}, due_on = ${due?.on ?? null}, due_at = ${due?.at ?? null},
        due_is_day = ${due?.isWholeDay ?? null}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${id}`.execute(tx);
  },
  'agreement.escalation-ended': async (tx, ws, { recordId, fact }) => {
    await sql`
      UPDATE escalations SET state = ${fact.how}, reason = ${fact.reason}, settlement = ${jsonb(fact.cite)},
        changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
  },
};

export type EscalationView = Omit<Escalation, 'steps' | 'lastAt'> & {
  readonly agreementId: string;
  readonly clauseId: string;
  readonly clauseVersion: number;
  readonly says: string;
  readonly cite: Cite | null;
  readonly reason: string | null;
  readonly settlement: Cite | null;
  readonly at: Instant;
  readonly actor: string;
  readonly steps: readonly (EscalationStep & { readonly done: StepDone | null })[];
};
export type StepDone = {
  readonly happenedAt: Instant;
  readonly proof: StepProof;
  readonly early: Cite | null;
  readonly at: Instant;
  readonly actor: string;
};

type Row = Omit<EscalationView, 'steps' | 'due'> & {
  readonly steps: readonly EscalationStep[];
  readonly dueOn: string | null;
  readonly dueAt: Instant | null;
  readonly dueIsDay: boolean | null;
};

const COLUMNS = sql`
  id, party_id AS "partyId", number, agreement_id AS "agreementId", clause_id AS "clauseId", clause_version AS "clauseVersion", side,
  says, cite, steps, taken, state, due_on AS "dueOn", due_at AS "dueAt", due_is_day AS "dueIsDay", reason, settlement, at, actor`;

/** What is taken further with a party and what was, what runs first. */
export async function escalationsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly EscalationView[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM escalations WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
    ORDER BY state <> 'running', number DESC LIMIT 50`.execute(db);
  return withSteps(db, workspaceId, rows);
}

export async function loadEscalation(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<EscalationView | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM escalations WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return (await withSteps(db, workspaceId, rows))[0] ?? null;
}

async function withSteps(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  rows: readonly Row[],
): Promise<readonly EscalationView[]> {
  if (rows.length === 0) return [];
  const { rows: done } = await sql<StepDone & { escalationId: string; position: number }>`
    SELECT s.escalation_id AS "escalationId", s.position, s.happened_at AS "happenedAt", s.proof, s.early, s.at, s.actor
    FROM escalation_steps s JOIN escalations e ON e.workspace_id = s.workspace_id AND e.id = s.escalation_id
    WHERE s.workspace_id = ${workspaceId} AND e.party_id = ${rows[0]!.partyId}::uuid`.execute(db);
  return rows.map(({ dueOn, dueAt, dueIsDay, ...row }) => ({
    ...row,
    due: dueOn && dueAt ? { on: dueOn, at: dueAt, isWholeDay: dueIsDay ?? true } : null,
    steps: row.steps.map((step, i) => {
      const found = done.find(({ escalationId, position }) => escalationId === row.id && position === i);
      if (!found) return { ...step, done: null };
      const { happenedAt, proof, early, at, actor } = found;
      return { ...step, done: { happenedAt, proof, early, at, actor } };
    }),
  }));
}

/** As a decision needs it. */
export function escalationOf({ steps, ...view }: EscalationView): Escalation {
  const { id, partyId, number, side, state, taken, due } = view;
  const lastAt = steps.findLast(({ done }) => done !== null)?.done?.happenedAt ?? null;
  const agreed = steps.map(({ done: _, ...step }) => step);
  return { id, partyId, number, side, state, steps: agreed, taken, lastAt, due };
}

/** Times that run in escalations: the next step can come, or is due, when they end. */
export async function escalationDues(
  db: Db,
  workspaceId: WorkspaceId,
  { until = null, party = null }: { until?: DueWindow['until'] | null; party?: string | null },
): Promise<readonly Due[]> {
  const { rows } = await sql<{
    id: string;
    partyId: string;
    number: number;
    side: Due['side'];
    says: string;
    step: string | null;
    at: Instant;
    isWholeDay: boolean;
    interactionId: string | null;
  }>`
    SELECT id, party_id AS "partyId", number, side, says, steps -> taken ->> 'step' AS step, due_at AS at, due_is_day AS "isWholeDay",
      cite ->> 'interactionId' AS "interactionId"
    FROM escalations WHERE workspace_id = ${workspaceId} AND state = 'running' AND due_at IS NOT NULL
      AND (${until}::timestamptz IS NULL OR due_at <= ${until}::timestamptz) AND (${party}::uuid IS NULL OR party_id = ${party}::uuid)
    ORDER BY due_at, id`.execute(db);
  return rows.map(({ number, step, ...row }) => ({
    ...{ ...row, room: 'agreement', kind: 'contract', code: 'agreement-escalation', source: null },
    params: { number, step: step ?? 'notice' },
  }));
}
