import type { WorkspaceId } from '../../kernel/brand.ts';
import { texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cite } from '../interaction/cites.store.ts';
import { type Agreement, type Clause, type ClauseState, type Proof, stateOf } from './agreement.ts';
import type { ClauseKind, Terms } from './clause.ts';
import type { RecordSeen } from './understanding.ts';

export async function loadAgreement(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Agreement | null> {
  const { rows } = await sql<Omit<Agreement, 'clauses'>>`
    SELECT id, party_id AS "partyId", number, state, version FROM agreements
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  const [agreement] = rows;
  if (!agreement) return null;
  const { rows: clauses } = await sql<Clause>`
    SELECT id, number, kind, version, agreed_version AS "agreedVersion", is_withdrawn AS "isWithdrawn" FROM clauses
    WHERE workspace_id = ${workspaceId} AND agreement_id = ${id}::uuid ORDER BY number`.execute(db);
  return { ...agreement, clauses };
}

/** The number after the last one that was given in this party. */
export async function nextNumber(
  tx: Tx,
  workspaceId: WorkspaceId,
  table: 'agreements' | 'sums_owed' | 'boundaries' | 'escalations',
  partyId: string,
): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    SELECT coalesce(max(number), 0) + 1 AS next FROM ${sql.table(table)}
    WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid`.execute(tx);
  return rows[0]!.next;
}

/** Whom something belongs to; null when there is no such thing. */
export async function partyOf(
  db: Db,
  workspaceId: WorkspaceId,
  table:
    | 'agreements'
    | 'clauses'
    | 'escalations'
    | 'understandings'
    | 'sums_owed'
    | 'party_people'
    | 'boundaries'
    | 'breaches'
    | 'boundary_steps',
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{ partyId: string }>`
    SELECT party_id AS "partyId" FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
  return rows[0]?.partyId ?? null;
}

/** What a record of this party is; null when it is not filed under them. */
export async function recordSeen(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  interactionId: string,
): Promise<RecordSeen | null> {
  const { rows } = await sql<RecordSeen>`
    SELECT i.id, i.kind, i.direction, i.at, i.lang,
      ARRAY(SELECT a ->> 'sha256' FROM jsonb_array_elements(i.attachments) a)
        || ARRAY(SELECT encode(o.sha256, 'hex') FROM originals o WHERE o.workspace_id = i.workspace_id AND o.interaction_id = i.id) AS sha256
    FROM interactions i JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid AND i.id = ${interactionId}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Whose record is named as what shows that somebody outside has looked, whoever it is filed under; null when there is none. */
export async function outsideProof(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactionId: string,
): Promise<Pick<RecordSeen, 'direction'> | null> {
  const { rows } = await sql<Pick<RecordSeen, 'direction'>>`
    SELECT direction FROM interactions WHERE workspace_id = ${workspaceId} AND id = ${interactionId}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

export type ClauseVersion = {
  readonly clauseId: string;
  readonly version: number;
  readonly says: string;
  readonly terms: Terms | null;
  readonly reason: string | null;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly proof: Proof | null;
  readonly personId: string | null;
  readonly acceptedAt: Instant | null;
  readonly acceptedBy: string | null;
};
export type ClauseView = Clause & {
  readonly agreementId: string;
  readonly state: ClauseState;
  /** As it is offered now. */
  readonly says: string;
  readonly terms: Terms | null;
  readonly versions: readonly Omit<ClauseVersion, 'clauseId'>[];
};
export type AgreementView = Omit<Agreement, 'clauses'> & {
  readonly title: string;
  readonly cite: Cite | null;
  readonly decideBy: string | null;
  readonly endsOn: string | null;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly endedAt: Instant | null;
  readonly clauses: readonly ClauseView[];
};

/** The agreements with a party, the newest first, each clause with its words in every version. */
export async function agreementsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly AgreementView[]> {
  const [{ rows }, clauses] = await Promise.all([
    sql<Omit<AgreementView, 'clauses'>>`
      SELECT id, party_id AS "partyId", number, title, state, version, cite, decide_by AS "decideBy", ends_on AS "endsOn",
        opened_at AS "openedAt", opened_by AS "openedBy", ended_at AS "endedAt"
      FROM agreements WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY number DESC`.execute(
      db,
    ),
    clausesOf(db, workspaceId, partyId),
  ]);
  return rows.map((agreement) => ({
    ...agreement,
    clauses: clauses.filter(({ agreementId }) => agreementId === agreement.id),
  }));
}

/** Every clause of a party's agreements, in the order in which one would read them. */
export async function clausesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly ClauseView[]> {
  const { rows } = await sql<Clause & { agreementId: string }>`
    SELECT id, agreement_id AS "agreementId", number, kind, version, agreed_version AS "agreedVersion", is_withdrawn AS "isWithdrawn"
    FROM clauses WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY agreement_id, number`.execute(
    db,
  );
  const versions = await versionsOf(db, workspaceId, partyId);
  return rows.map((clause) => {
    const own = versions.filter(({ clauseId }) => clauseId === clause.id);
    const now = own.find(({ version }) => version === clause.version)!;
    return {
      ...clause,
      state: stateOf(clause),
      says: now.says,
      terms: now.terms,
      versions: own.map(({ clauseId: _, ...version }) => version),
    };
  });
}

async function versionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly ClauseVersion[]> {
  const { rows } = await sql<ClauseVersion>`
    SELECT v.clause_id AS "clauseId", v.version, v.says, v.terms, v.reason, v.made_at AS "madeAt", v.made_by AS "madeBy", v.proof,
      v.person_id AS "personId", v.accepted_at AS "acceptedAt", v.accepted_by AS "acceptedBy"
    FROM clause_versions v JOIN clauses c ON c.workspace_id = v.workspace_id AND c.id = v.clause_id
    WHERE v.workspace_id = ${workspaceId} AND c.party_id = ${partyId}::uuid ORDER BY v.clause_id, v.version DESC`.execute(
    db,
  );
  return rows;
}

/** The agreed terms of one kind, of the agreement that was opened last; null when nothing of it is agreed. */
export async function termsInForce<T extends Terms>(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  kind: ClauseKind,
): Promise<{ readonly clauseId: string; readonly version: number; readonly terms: T } | null> {
  const { rows } = await sql<{ clauseId: string; version: number; terms: T }>`
    SELECT c.id AS "clauseId", v.version, v.terms FROM clauses c
    JOIN agreements a ON a.workspace_id = c.workspace_id AND a.id = c.agreement_id
    JOIN clause_versions v ON v.workspace_id = c.workspace_id AND v.clause_id = c.id AND v.version = c.agreed_version
    WHERE c.workspace_id = ${workspaceId} AND c.party_id = ${partyId}::uuid AND c.kind = ${kind}
      AND a.state = 'open' AND NOT c.is_withdrawn AND v.terms IS NOT NULL
    ORDER BY a.number DESC, c.number DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** The same of many parties and kinds at once. */
export async function termsInForceOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyIds: readonly string[],
  kinds: readonly ClauseKind[],
): Promise<readonly { readonly partyId: string; readonly kind: ClauseKind; readonly terms: Terms }[]> {
  const { rows } = await sql<{ partyId: string; kind: ClauseKind; terms: Terms }>`
    SELECT DISTINCT ON (c.party_id, c.kind) c.party_id AS "partyId", c.kind, v.terms FROM clauses c
    JOIN agreements a ON a.workspace_id = c.workspace_id AND a.id = c.agreement_id
    JOIN clause_versions v ON v.workspace_id = c.workspace_id AND v.clause_id = c.id AND v.version = c.agreed_version
    WHERE c.workspace_id = ${workspaceId} AND c.party_id = ANY(${uuids(partyIds)}::uuid[]) AND c.kind = ANY(${texts(kinds)}::text[])
      AND a.state = 'open' AND NOT c.is_withdrawn AND v.terms IS NOT NULL
    ORDER BY c.party_id, c.kind, a.number DESC, c.number DESC`.execute(db);
  return rows;
}

/** A clause by its id, whatever its agreement; null when it is not this party's. */
export async function loadClause(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  id: string,
): Promise<ClauseView | null> {
  return (await clausesOf(db, workspaceId, partyId)).find((clause) => clause.id === id) ?? null;
}
