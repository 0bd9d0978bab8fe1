import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { PointSeen } from './case.ts';

/** A point as the pages of a case and a complaint show it; one that is answered but not settled is still open. */
export type PointShown = PointSeen & { readonly kind: string; readonly state: string; readonly says: string };

/** The points of these that there are, by number. */
export async function pointsAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly PointShown[]> {
  const { rows } = await sql<PointShown>`
    SELECT id, party_id AS "partyId", number, kind, state, title AS says, state IN ('open', 'answered') AS "isOpen",
      state IN ('withdrawn', 'merged') AS "isWithdrawn"
    FROM points WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])
    ORDER BY number`.execute(db);
  return rows;
}

/** The interactions whose words these points quote. */
export async function quotedBy(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  pointIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT interaction_id AS id FROM point_cites
    WHERE workspace_id = ${workspaceId} AND point_id = ANY(${uuids(pointIds)}::uuid[])`.execute(db);
  return rows.map(({ id }) => id);
}

/** Promises and offers that were made about these points. */
export async function promisesAbout(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  pointIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM commitments WHERE workspace_id = ${workspaceId} AND point_id = ANY(${uuids(pointIds)}::uuid[])
    UNION ALL SELECT id FROM offers WHERE workspace_id = ${workspaceId} AND point_id = ANY(${uuids(pointIds)}::uuid[])`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Whether a clause belongs to an agreement with a party. */
export async function isClauseOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  clauseId: string,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM clauses WHERE workspace_id = ${workspaceId} AND id = ${clauseId}::uuid AND party_id = ${partyId}::uuid`.execute(
    db,
  );
  return rows.length > 0;
}
