import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

export type Aside = { readonly room: string; readonly id: string };

/** What is off Today at this moment: done with, or until later. */
export async function asideNow(db: Db, workspaceId: WorkspaceId, now: Instant): Promise<readonly Aside[]> {
  const { rows } = await sql<Aside>`
    SELECT room, id FROM set_aside WHERE workspace_id = ${workspaceId} AND (until IS NULL OR until > ${now})`.execute(
    db,
  );
  return rows;
}

export async function countDone(db: Db, workspaceId: WorkspaceId, since: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM set_aside WHERE workspace_id = ${workspaceId} AND until IS NULL AND at >= ${since}`.execute(
    db,
  );
  return rows[0]!.count;
}

/** @param until null for good */
export async function saveAside(
  db: Db,
  workspaceId: WorkspaceId,
  { room, id }: Aside,
  until: Instant | null,
  actor: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO set_aside (workspace_id, room, id, until, actor, at)
    VALUES (${workspaceId}, ${room}, ${id}::uuid, ${until}, ${actor}, ${at})
    ON CONFLICT (workspace_id, room, id) DO UPDATE SET until = excluded.until, actor = excluded.actor, at = excluded.at`.execute(
    db,
  );
}

export async function dropAside(db: Db, workspaceId: WorkspaceId, { room, id }: Aside): Promise<void> {
  await sql`DELETE FROM set_aside WHERE workspace_id = ${workspaceId} AND room = ${room} AND id = ${id}::uuid`.execute(
    db,
  );
}
