import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { DueWindow } from '../../kernel/due.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { ScopeVerdict } from './scope.ts';
import type { Sum } from './sum.ts';
import type { Side, Understanding, UnderstandingKind } from './understanding.ts';

export type UnderstandingView = Understanding & {
  readonly kind: UnderstandingKind;
  readonly agreementId: string | null;
  readonly clauseId: string | null;
  readonly says: string;
  readonly on: string | null;
  readonly cite: Cite;
  readonly confirmed: Cite | null;
  readonly reason: string | null;
  readonly at: Instant;
  readonly actor: string;
};

export async function understandingsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly UnderstandingView[]> {
  const { rows } = await sql<UnderstandingView>`
    SELECT id, party_id AS "partyId", agreement_id AS "agreementId", clause_id AS "clauseId", kind, side, says, on_date AS on, cite,
      state, confirmed, reason, at, actor
    FROM understandings WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY at DESC, id DESC LIMIT 200`.execute(
    db,
  );
  return rows;
}

export async function loadUnderstanding(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Understanding | null> {
  const { rows } = await sql<Understanding>`
    SELECT id, party_id AS "partyId", side, state FROM understandings WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export type SumView = Sum & {
  readonly agreementId: string | null;
  readonly clauseId: string | null;
  readonly side: Side;
  readonly currency: string;
  readonly what: string;
  readonly dueOn: string | null;
  readonly dueAt: Instant | null;
  readonly cite: Cite | null;
  readonly disputed: string | null;
  readonly dispute: Cite | null;
  readonly settledOn: string | null;
  readonly settlement: Cite | null;
  readonly reason: string | null;
  readonly at: Instant;
  readonly actor: string;
};

const SUM = sql`
  id, party_id AS "partyId", number, agreement_id AS "agreementId", clause_id AS "clauseId", side, amount, currency, what,
  due_on AS "dueOn", due_at AS "dueAt", cite, disputed, dispute, state, settled_on AS "settledOn", settlement, reason, at, actor`;

/** What is owed and what was, open sums first. */
export async function sumsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly SumView[]> {
  const { rows } = await sql<SumView>`
    SELECT ${SUM} FROM sums_owed WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
    ORDER BY state <> 'open', number DESC LIMIT 200`.execute(db);
  return rows;
}

export async function loadSum(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<SumView | null> {
  const { rows } = await sql<SumView>`
    SELECT ${SUM} FROM sums_owed WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

export type PersonView = {
  readonly id: string;
  readonly partyId: string;
  readonly name: string;
  readonly role: string | null;
  readonly mayAgree: boolean;
  readonly limits: string | null;
  readonly cite: Cite | null;
  readonly hasLeft: boolean;
};

export async function peopleOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly PersonView[]> {
  const { rows } = await sql<PersonView>`
    SELECT id, party_id AS "partyId", name, role, may_agree AS "mayAgree", limits, cite, has_left AS "hasLeft"
    FROM party_people WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY has_left, name, id`.execute(
    db,
  );
  return rows;
}

export type ScopeDecision = {
  readonly id: string;
  readonly pointId: string | null;
  readonly cite: Cite | null;
  readonly words: string;
  readonly lang: string;
  readonly verdict: ScopeVerdict;
  readonly clauseId: string | null;
  readonly clauseVersion: number | null;
  readonly reason: string;
  readonly at: Instant;
  readonly actor: string;
};

export async function scopeDecisionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly ScopeDecision[]> {
  const { rows } = await sql<ScopeDecision>`
    SELECT id, point_id AS "pointId", cite, words, lang, verdict, clause_id AS "clauseId", clause_version AS "clauseVersion", reason, at,
      actor
    FROM scope_decisions WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY at DESC, id DESC LIMIT 500`.execute(
    db,
  );
  return rows;
}

export type Dated = {
  readonly id: string;
  readonly partyId: string;
  readonly at: Instant;
  readonly what: 'sum' | 'decision' | 'end' | 'review';
  readonly side: Side;
  readonly says: string;
  readonly number: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly interactionId: string | null;
};

/** Everything with a date that is still open: sums, decisions on offers, ends of agreements, reviews of boundaries. */
export async function datedThings(
  db: Db,
  workspaceId: WorkspaceId,
  { until = null, party = null }: { until?: DueWindow['until'] | null; party?: string | null },
): Promise<readonly Dated[]> {
  const within = (at: string) =>
    sql`${sql.ref(at)} IS NOT NULL AND (${until}::timestamptz IS NULL OR ${sql.ref(at)} <= ${until}::timestamptz)
      AND (${party}::uuid IS NULL OR party_id = ${party}::uuid)`;
  const { rows } = await sql<Dated>`
    SELECT id, party_id AS "partyId", due_at AS at, 'sum' AS what, side, what AS says, number, amount, currency,
      cite ->> 'interactionId' AS "interactionId"
    FROM sums_owed WHERE workspace_id = ${workspaceId} AND state = 'open' AND ${within('due_at')}
    UNION ALL
    SELECT id, party_id, decide_at, 'decision', 'theirs', title, number, NULL, NULL, cite ->> 'interactionId'
    FROM agreements a WHERE workspace_id = ${workspaceId} AND state = 'open' AND ${within('decide_at')}
      AND EXISTS (SELECT 1 FROM clauses c WHERE c.workspace_id = a.workspace_id AND c.agreement_id = a.id AND NOT c.is_withdrawn
        AND c.agreed_version IS DISTINCT FROM c.version)
    UNION ALL
    SELECT id, party_id, ends_at, 'end', 'ours', title, number, NULL, NULL, NULL
    FROM agreements WHERE workspace_id = ${workspaceId} AND state = 'open' AND ${within('ends_at')}
    UNION ALL
    SELECT id, party_id, review_at, 'review', 'ours', says, number, NULL, NULL, NULL
    FROM boundaries WHERE workspace_id = ${workspaceId} AND state = 'kept' AND ${within('review_at')}
    ORDER BY at, id`.execute(db);
  return rows;
}
