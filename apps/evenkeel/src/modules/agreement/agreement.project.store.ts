import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import { projecting } from '../ledger/projecting.ts';
import type { AgreementFact, Change, NewClause } from './agreement.ts';
import { escalationWriters } from './escalation.store.ts';
import type { EscalationFact } from './escalation.ts';
import type { PersonFact } from './person.ts';
import type { ScopeFact } from './scope.ts';
import { insertStep } from './steps.store.ts';
import type { SumFact } from './sum.ts';
import type { UnderstandingFact } from './understanding.ts';

export type TermsFact = AgreementFact | UnderstandingFact | SumFact | PersonFact | ScopeFact | EscalationFact;

/** Writes what facts about agreements say, one after the other; actions and replay both come through here. */
export const projectAgreements = projecting<TermsFact>(
  {
    'agreement.opened': async (tx, ws, told) => {
      const { recordId, recordedAt, actor, fact } = told;
      const { id, party, number, title, cite, decideBy, endsOn, clauses } = fact;
      await sql`
      INSERT INTO agreements (workspace_id, id, record_id, changed_record_id, party_id, number, title, version, state, cite,
        decide_by, decide_at, ends_on, ends_at, opened_at, opened_by)
      VALUES (${ws}, ${id}, ${recordId}, ${recordId}, ${party}, ${number}, ${title}, 0, 'open', ${jsonb(cite)},
        ${decideBy?.on ?? null}, ${decideBy?.at ?? null}, ${endsOn?.on ?? null}, ${endsOn?.at ?? null}, ${recordedAt}, ${actor})`.execute(
        tx,
      );
      for (const clause of clauses) await insertClause(tx, ws, told, clause, 0, null);
    },
    'agreement.revised': async (tx, ws, told) => {
      const { id, version, changes } = told.fact;
      await sql`
      UPDATE agreements SET version = ${version}, changed_record_id = ${told.recordId}
      WHERE workspace_id = ${ws} AND id = ${id}`.execute(tx);
      for (const change of changes) await applyChange(tx, ws, told, change);
    },
    'agreement.accepted': async (tx, ws, told) => {
      const { recordId, recordedAt, actor, fact } = told;
      for (const { id, version } of fact.clauses) {
        await sql`
        UPDATE clause_versions SET proof = ${jsonb(fact.proof)}, person_id = ${fact.person}, accepted_record_id = ${recordId},
          accepted_at = ${recordedAt}, accepted_by = ${actor}
        WHERE workspace_id = ${ws} AND clause_id = ${id} AND version = ${version}`.execute(tx);
        await changeClause(tx, ws, id, recordId, sql`agreed_version = ${version}`);
      }
    },
    'agreement.ended': async (tx, ws, { recordId, recordedAt, fact }) => {
      await sql`
      UPDATE agreements SET state = 'ended', ended_at = ${recordedAt}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.understood': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      const state = fact.isWritten ? 'confirmed' : 'unconfirmed';
      const cite = JSON.stringify(fact.cite);
      await sql`
      INSERT INTO understandings (workspace_id, id, record_id, changed_record_id, party_id, agreement_id, clause_id, kind, side, says,
        on_date, cite, state, confirmed, at, actor)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.agreement}, ${fact.clause}, ${fact.understanding},
        ${fact.side}, ${fact.says}, ${fact.on}, ${cite}::jsonb, ${state}, ${fact.isWritten ? cite : null}::jsonb, ${recordedAt}, ${actor})`.execute(
        tx,
      );
    },
    'agreement.confirmed': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE understandings SET state = 'confirmed', confirmed = ${jsonb(fact.cite)}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.unsaid': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE understandings SET state = 'withdrawn', reason = ${fact.reason}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.sum-recorded': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      await sql`
      INSERT INTO sums_owed (workspace_id, id, record_id, changed_record_id, party_id, number, agreement_id, clause_id, side, amount,
        currency, what, due_on, due_at, cite, state, reason, at, actor)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.number}, ${fact.agreement}, ${fact.clause}, ${fact.side},
        ${fact.amount}, ${fact.currency}, ${fact.what}, ${fact.due?.on ?? null}, ${fact.due?.at ?? null}, ${jsonb(fact.cite)},
        'open', ${fact.reason}, ${recordedAt}, ${actor})`.execute(tx);
    },
    'agreement.sum-disputed': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE sums_owed SET disputed = ${fact.amount}, dispute = ${jsonb(fact.cite)}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.sum-settled': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE sums_owed SET state = 'settled', settled_on = ${fact.on}, settlement = ${jsonb(fact.cite)},
        reason = coalesce(${fact.reason}::text, reason), changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.sum-withdrawn': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE sums_owed SET state = 'withdrawn', reason = ${fact.reason}, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.person-named': async (tx, ws, { recordId, fact }) => {
      await sql`
      INSERT INTO party_people (workspace_id, id, record_id, changed_record_id, party_id, name, role, may_agree, limits, cite, has_left)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${recordId}, ${fact.party}, ${fact.name}, ${fact.role}, ${fact.mayAgree}, ${fact.limits},
        ${jsonb(fact.cite)}, false)
      ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, role = excluded.role, may_agree = excluded.may_agree,
        limits = excluded.limits, cite = excluded.cite, has_left = false, changed_record_id = excluded.changed_record_id`.execute(
        tx,
      );
    },
    'agreement.person-left': async (tx, ws, { recordId, fact }) => {
      await sql`
      UPDATE party_people SET has_left = true, may_agree = false, changed_record_id = ${recordId}
      WHERE workspace_id = ${ws} AND id = ${fact.id}`.execute(tx);
    },
    'agreement.scope-decided': async (tx, ws, { recordId, recordedAt, actor, fact }) => {
      await sql`
      INSERT INTO scope_decisions (workspace_id, id, record_id, party_id, point_id, cite, words, lang, verdict, clause_id, clause_version,
        reason, at, actor)
      VALUES (${ws}, ${fact.id}, ${recordId}, ${fact.party}, ${fact.point}, ${jsonb(fact.cite)}, ${fact.words}, ${fact.lang},
        ${fact.verdict}, ${fact.clause}, ${fact.clauseVersion}, ${fact.reason}, ${recordedAt}, ${actor})`.execute(
        tx,
      );
    },
    ...escalationWriters,
  },
  insertStep,
);

type Making = Recorded<{ readonly kind: string; readonly id: string; readonly party: string }>;

async function insertClause(
  tx: Tx,
  ws: WorkspaceId,
  told: Making,
  clause: NewClause,
  version: number,
  reason: string | null,
): Promise<void> {
  const { id, party } = told.fact;
  await sql`
    INSERT INTO clauses (workspace_id, id, record_id, changed_record_id, agreement_id, party_id, number, kind, version, is_withdrawn)
    VALUES (${ws}, ${clause.id}, ${told.recordId}, ${told.recordId}, ${id}, ${party}, ${clause.number}, ${clause.kind}, ${version}, false)`.execute(
    tx,
  );
  await insertVersion(tx, ws, told, clause, version, reason);
}

async function insertVersion(
  tx: Tx,
  ws: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Making,
  { id, says, terms }: Pick<NewClause, 'id' | 'says' | 'terms'>,
  version: number,
  reason: string | null,
): Promise<void> {
  await sql`
    INSERT INTO clause_versions (workspace_id, clause_id, version, record_id, agreement_id, says, terms, reason, made_at, made_by)
    VALUES (${ws}, ${id}, ${version}, ${recordId}, ${fact.id}, ${says}, ${jsonb(terms)}, ${reason}, ${recordedAt}, ${actor})`.execute(
    tx,
  );
}

async function applyChange(
  tx: Tx,
  ws: WorkspaceId,
  told: Recorded<Extract<TermsFact, { kind: 'agreement.revised' }>>,
  change: Change,
): Promise<void> {
  const { version, reason } = told.fact;
  if (change.change === 'added') return insertClause(tx, ws, told, change, version, reason);
  if (change.change === 'amended') {
    await insertVersion(tx, ws, told, change, version, reason);
    await changeClause(tx, ws, change.id, told.recordId, sql`version = ${version}`);
  } else if (change.change === 'withdrawn') {
    await changeClause(tx, ws, change.id, told.recordId, sql`is_withdrawn = true`);
  } else {
    await changeClause(tx, ws, change.id, told.recordId, sql`version = agreed_version`);
  }
}

async function changeClause(
  tx: Tx,
  ws: WorkspaceId,
  id: string,
  recordId: RecordId,
  set: ReturnType<typeof sql>,
): Promise<void> {
  await sql`UPDATE clauses SET ${set}, changed_record_id = ${recordId} WHERE workspace_id = ${ws} AND id = ${id}`.execute(
    tx,
  );
}
