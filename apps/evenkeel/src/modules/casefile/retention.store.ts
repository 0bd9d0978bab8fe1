import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PartyState } from '../party/party.ts';

/** How long everything about people in one state is kept after the last record of them. */
export type RetentionPeriod = {
  readonly kind: PartyState;
  readonly months: number;
  /** From this day on it holds: nothing is proposed earlier. */
  readonly since: string;
  readonly reason: string;
};

export async function loadPeriods(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly RetentionPeriod[]> {
  const { rows } = await sql<RetentionPeriod>`
    SELECT kind, months, since, reason FROM retention_periods WHERE workspace_id = ${workspaceId} ORDER BY kind`.execute(
    db,
  );
  return rows;
}

/** Puts these in the place of all there were. */
export async function replacePeriods(
  tx: Tx,
  workspaceId: WorkspaceId,
  periods: readonly RetentionPeriod[],
  actor: string,
  at: Instant,
): Promise<void> {
  await sql`DELETE FROM retention_periods WHERE workspace_id = ${workspaceId}`.execute(tx);
  for (const { kind, months, since, reason } of periods)
    await sql`
      INSERT INTO retention_periods (workspace_id, kind, months, since, reason, set_at, set_by)
      VALUES (${workspaceId}, ${kind}, ${months}, ${since}::date, ${reason}, ${at}, ${actor})`.execute(tx);
}

/** A party that may be erased, since when, and by which period. */
export type Proposal = {
  readonly partyId: string;
  readonly partyName: string;
  readonly kind: PartyState;
  readonly months: number;
  readonly lastAt: Instant;
  readonly at: Instant;
};

/** Parties whose time is over, the longest over first. What is held is not proposed. */
export async function proposals(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  until: Instant,
  party: string | null,
  limit: number,
): Promise<readonly Proposal[]> {
  const { rows } = await sql<Proposal>`
    SELECT * FROM (
      SELECT p.id AS "partyId", p.name AS "partyName", r.kind, r.months, greatest(p.added_at, f.at) AS "lastAt",
        greatest(greatest(p.added_at, f.at) + make_interval(months => r.months), r.since::timestamptz) AS at
      FROM retention_periods r JOIN parties p ON p.workspace_id = r.workspace_id AND p.state = r.kind
      LEFT JOIN LATERAL (SELECT max(at) AS at FROM filings WHERE workspace_id = p.workspace_id AND party_id = p.id) f ON true
      WHERE r.workspace_id = ${workspaceId} AND (${party}::uuid IS NULL OR p.id = ${party}::uuid)
        AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.workspace_id = p.workspace_id AND h.released_at IS NULL
          AND (h.scope = 'workspace' OR h.party_id = p.id))
    ) AS over WHERE at <= ${until} ORDER BY at, "partyId" LIMIT ${limit}`.execute(db);
  return rows;
}
