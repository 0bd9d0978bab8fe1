import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';

export async function cursorOf(db: Db | Tx, workspaceId: WorkspaceId, follower: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    SELECT next_index AS next FROM followers WHERE workspace_id = ${workspaceId} AND name = ${follower}`.execute(
    db,
  );
  return rows[0]?.next ?? 0;
}

/** Where a follower stands, and how many entries there are. */
export async function placeOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  follower: string,
): Promise<{ readonly next: number; readonly size: number }> {
  const { rows } = await sql<{ next: number; size: number }>`
    SELECT h.size, coalesce(f.next_index, 0) AS next FROM log_heads h
    LEFT JOIN followers f ON f.workspace_id = h.workspace_id AND f.name = ${follower}
    WHERE h.workspace_id = ${workspaceId}`.execute(db);
  return rows[0]!;
}

export async function saveCursor(
  tx: Tx,
  workspaceId: WorkspaceId,
  follower: string,
  next: number,
): Promise<void> {
  await sql`
    INSERT INTO followers (workspace_id, name, next_index) VALUES (${workspaceId}, ${follower}, ${next})
    ON CONFLICT (workspace_id, name) DO UPDATE SET next_index = excluded.next_index`.execute(tx);
}

export async function park(
  tx: Tx,
  workspaceId: WorkspaceId,
  follower: string,
  index: number,
  reason: string,
): Promise<void> {
  await sql`
    INSERT INTO parked (workspace_id, follower, index, reason) VALUES (${workspaceId}, ${follower}, ${index}, ${reason})
    ON CONFLICT (workspace_id, follower, index) DO UPDATE SET reason = excluded.reason`.execute(tx);
}

/** The entries that were set aside for a follower, in order. */
export async function parkedOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  follower: string,
): Promise<readonly number[]> {
  const { rows } = await sql<{ index: number }>`
    SELECT index FROM parked WHERE workspace_id = ${workspaceId} AND follower = ${follower} ORDER BY index`.execute(
    db,
  );
  return rows.map((row) => row.index);
}

export async function unpark(
  tx: Tx,
  workspaceId: WorkspaceId,
  follower: string,
  index: number,
): Promise<void> {
  await sql`DELETE FROM parked WHERE workspace_id = ${workspaceId} AND follower = ${follower} AND index = ${index}`.execute(
    tx,
  );
}

export async function parkedCount(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM parked WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.count ?? 0;
}
