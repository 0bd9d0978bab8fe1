import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ScreenSettings } from './lock.ts';

export async function loadLocked(db: Db, workspaceId: WorkspaceId): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT session_id AS id FROM locked_sessions WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Locks; sessions that have ended long ago are forgotten. */
export async function saveLocked(
  db: Db,
  workspaceId: WorkspaceId,
  session: string,
  at: Instant,
): Promise<void> {
  await sql`
    DELETE FROM locked_sessions WHERE workspace_id = ${workspaceId} AND locked_at < ${at}::timestamptz - interval '60 days'`.execute(
    db,
  );
  await sql`
    INSERT INTO locked_sessions (workspace_id, session_id, locked_at) VALUES (${workspaceId}, ${session}, ${at})
    ON CONFLICT DO NOTHING`.execute(db);
}

export async function deleteLocked(db: Db, workspaceId: WorkspaceId, session: string): Promise<void> {
  await sql`
    DELETE FROM locked_sessions WHERE workspace_id = ${workspaceId} AND session_id = ${session}`.execute(db);
}

export async function loadScreenSettings(
  db: Db,
  workspaceId: WorkspaceId,
  actor: string,
): Promise<ScreenSettings | null> {
  const { rows } = await sql<ScreenSettings>`
    SELECT lock_after_min AS "lockAfterMin", cover_key AS "coverKey" FROM screen_settings
    WHERE workspace_id = ${workspaceId} AND actor = ${actor}`.execute(db);
  return rows[0] ?? null;
}

export async function saveScreenSettings(
  db: Db,
  workspaceId: WorkspaceId,
  actor: string,
  { lockAfterMin, coverKey }: ScreenSettings,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO screen_settings (workspace_id, actor, lock_after_min, cover_key, changed_at)
    VALUES (${workspaceId}, ${actor}, ${lockAfterMin}, ${coverKey}, ${at})
    ON CONFLICT (workspace_id, actor) DO UPDATE
    SET lock_after_min = excluded.lock_after_min, cover_key = excluded.cover_key, changed_at = excluded.changed_at`.execute(
    db,
  );
}
