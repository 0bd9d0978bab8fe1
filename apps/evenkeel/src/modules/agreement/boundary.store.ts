import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Answers, Boundary, Breach, Safety, StepTaken } from './boundary.ts';

export type BreachView = Breach & {
  readonly boundaryId: string;
  readonly partyId: string;
  readonly cite: Cite;
  readonly happenedAt: Instant;
  readonly note: string | null;
  readonly withdrawnReason: string | null;
  readonly at: Instant;
  readonly actor: string;
};
export type StepView = StepTaken & {
  readonly boundaryId: string;
  readonly lang: string;
  readonly words: string;
  readonly proofId: string | null;
  readonly safety: Safety | null;
  readonly answers: Answers | null;
  readonly reviewOn: string | null;
  readonly at: Instant;
  readonly actor: string;
};
export type BoundaryView = Omit<Boundary, 'breaches' | 'steps'> & {
  readonly clauseId: string;
  readonly says: string;
  readonly reviewOn: string | null;
  readonly setAt: Instant;
  readonly setBy: string;
  readonly breaches: readonly BreachView[];
  readonly steps: readonly StepView[];
};

/** The boundaries of a party, those that are kept first. */
export async function boundariesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly BoundaryView[]> {
  const { rows } = await sql<Omit<BoundaryView, 'breaches' | 'steps'>>`
    SELECT id, party_id AS "partyId", number, state, clause_id AS "clauseId", says, ladder, review_on AS "reviewOn", set_at AS "setAt",
      set_by AS "setBy"
    FROM boundaries WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY state, number`.execute(
    db,
  );
  if (rows.length === 0) return [];
  const [breaches, steps] = [
    await breachesOf(db, workspaceId, partyId),
    await stepsTaken(db, workspaceId, partyId),
  ];
  return rows.map((boundary) => ({
    ...boundary,
    breaches: breaches.filter(({ boundaryId }) => boundaryId === boundary.id),
    steps: steps.filter(({ boundaryId }) => boundaryId === boundary.id),
  }));
}

async function breachesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly BreachView[]> {
  const { rows } = await sql<BreachView>`
    SELECT b.id, b.boundary_id AS "boundaryId", b.party_id AS "partyId", b.number, b.cite, b.happened_at AS "happenedAt", b.note,
      b.withdrawn_reason AS "withdrawnReason", b.withdrawn_reason IS NOT NULL AS "isWithdrawn", b.at, b.actor
    FROM breaches b WHERE b.workspace_id = ${workspaceId} AND b.party_id = ${partyId}::uuid ORDER BY b.boundary_id, b.number`.execute(
    db,
  );
  return rows;
}

async function stepsTaken(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly StepView[]> {
  const { rows } = await sql<StepView>`
    SELECT s.id, s.boundary_id AS "boundaryId", s.breach_id AS "breachId", s.rung, s.lang, s.words, s.proof_id AS "proofId", s.safety,
      s.answers, s.review_on AS "reviewOn", s.at, s.actor
    FROM boundary_steps s JOIN boundaries b ON b.workspace_id = s.workspace_id AND b.id = s.boundary_id
    WHERE s.workspace_id = ${workspaceId} AND b.party_id = ${partyId}::uuid ORDER BY s.at, s.id`.execute(db);
  return rows;
}

/** A message of ours, with when it went out; only those whose time somebody stated. */
export type OurMessage = { readonly interactionId: string; readonly at: Instant; readonly quote: string };

const LOOKED_AT = 5000;

export async function ourMessages(
  db: Db,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly OurMessage[]> {
  const { rows } = await sql<OurMessage>`
    SELECT i.id AS "interactionId", i.at, i.lead AS quote
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid AND i.direction = 'outbound'
      AND i.kind = 'message' AND i.at_source IN ('sent', 'received', 'stated-by-person')
    ORDER BY i.at DESC LIMIT ${LOOKED_AT}`.execute(db);
  return rows;
}
