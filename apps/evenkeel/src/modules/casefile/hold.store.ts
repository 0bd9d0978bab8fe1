import type { RawBuilder } from 'kysely';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Writers } from '../ledger/projecting.ts';
import type { Hold, HoldFact } from './hold.ts';

/** What facts about holds write. */
export const holdWriters: Writers<HoldFact> = {
  'hold.set': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO holds (workspace_id, id, record_id, changed_record_id, scope, party_id, case_id, reason, custodian, since,
        review_at, set_at, set_by)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.scope}, ${fact.partyId}, ${fact.caseId},
        ${fact.reason}, ${fact.custodian}, ${fact.since}, ${fact.reviewAt}, ${recordedAt}, ${actor})`.execute(
      tx,
    );
  },
  'hold.release-asked': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      UPDATE holds SET changed_record_id = ${recordId}, asked_at = ${recordedAt}, asked_by = ${actor},
        asked_why = ${fact.reason}, asked_until = ${fact.until}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
  },
  'hold.released': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      UPDATE holds SET changed_record_id = ${recordId}, released_at = ${recordedAt}, released_by = ${actor},
        released_why = ${fact.reason}, second = ${jsonb(fact.second)}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
  },
};

/** A hold with the names of what it is about. */
export type HoldRow = Hold & {
  readonly partyName: string | null;
  readonly caseTitle: string | null;
  readonly asked: (Hold['asked'] & { readonly reason: string }) | null;
  readonly second: {
    readonly who: string;
    readonly name: string | null;
    readonly proof: string | null;
  } | null;
};

type Columns = Omit<HoldRow, 'asked' | 'released'> & {
  readonly askedAt: Instant | null;
  readonly askedBy: string | null;
  readonly askedWhy: string | null;
  readonly askedUntil: Instant | null;
  readonly releasedAt: Instant | null;
  readonly releasedBy: string | null;
  readonly releasedWhy: string | null;
};

async function holdsWhere(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  where: RawBuilder<unknown>,
): Promise<readonly HoldRow[]> {
  const { rows } = await sql<Columns>`
    SELECT h.id, h.scope, h.party_id AS "partyId", h.case_id AS "caseId", h.reason, h.custodian, h.since,
      h.review_at AS "reviewAt", h.set_by AS "setBy", h.set_at AS "setAt", h.second,
      h.asked_at AS "askedAt", h.asked_by AS "askedBy", h.asked_why AS "askedWhy", h.asked_until AS "askedUntil",
      h.released_at AS "releasedAt", h.released_by AS "releasedBy", h.released_why AS "releasedWhy",
      p.name AS "partyName", c.title AS "caseTitle"
    FROM holds h
    LEFT JOIN parties p ON p.workspace_id = h.workspace_id AND p.id = h.party_id
    LEFT JOIN cases c ON c.workspace_id = h.workspace_id AND c.id = h.case_id
    WHERE h.workspace_id = ${workspaceId} AND ${where} ORDER BY h.id`.execute(db);
  return rows.map(holdOf);
}

function holdOf({
  askedAt,
  askedBy,
  askedWhy,
  askedUntil,
  releasedAt,
  releasedBy,
  releasedWhy,
  ...row
}: Columns): HoldRow {
  return {
    ...row,
    asked: askedAt && { at: askedAt, by: askedBy!, reason: askedWhy!, until: askedUntil },
    released: releasedAt && { at: releasedAt, by: releasedBy!, reason: releasedWhy! },
  };
}

export async function loadHold(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<HoldRow | null> {
  return (await holdsWhere(db, workspaceId, sql`h.id = ${id}::uuid`))[0] ?? null;
}

export type HoldFilter = {
  readonly party?: string | undefined;
  readonly case?: string | undefined;
  readonly isOld?: boolean;
};

/** Holds over a party or a case, a workspace's own among them; all of them without either. Oldest first. */
export async function listHolds(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  filter: HoldFilter,
): Promise<readonly HoldRow[]> {
  const { party = null, case: caseId = null, isOld = false } = filter;
  return holdsWhere(
    db,
    workspaceId,
    sql`(${isOld}::boolean OR h.released_at IS NULL)
      AND (${party}::uuid IS NULL OR h.scope = 'workspace' OR h.party_id = ${party}::uuid)
      AND (${caseId}::uuid IS NULL OR h.scope = 'workspace' OR h.case_id = ${caseId}::uuid OR (h.scope = 'party' AND h.party_id =
        (SELECT party_id FROM cases WHERE workspace_id = ${workspaceId} AND id = ${caseId}::uuid)))`,
  );
}

/** Holds in force over a record: through whoever it is filed under, or a case that took it in. */
export async function holdsOnRecord(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactionId: string,
): Promise<readonly HoldRow[]> {
  return holdsWhere(
    db,
    workspaceId,
    sql`h.released_at IS NULL AND (h.scope = 'workspace'
      OR h.party_id IN (SELECT party_id FROM filings WHERE workspace_id = ${workspaceId} AND interaction_id = ${interactionId}::uuid)
      OR h.case_id IN (SELECT case_id FROM case_records WHERE workspace_id = ${workspaceId} AND interaction_id = ${interactionId}::uuid))`,
  );
}

export async function holdsToReview(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until = null, party = null }: { readonly until?: Instant | null; readonly party?: string | null },
): Promise<readonly HoldRow[]> {
  return holdsWhere(
    db,
    workspaceId,
    sql`h.released_at IS NULL AND (h.review_at IS NOT NULL OR h.asked_until IS NOT NULL)
      AND (${party}::uuid IS NULL OR h.party_id = ${party}::uuid)
      AND (${until}::timestamptz IS NULL OR least(h.review_at, h.asked_until) <= ${until}::timestamptz)`,
  );
}
