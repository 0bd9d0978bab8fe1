import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DayOff } from './days-off.ts';

/** Null while nobody has said. */
export async function loadCountry(db: Db | Tx, workspaceId: WorkspaceId): Promise<string | null> {
  const { rows } = await sql<{ country: string | null }>`
    SELECT country FROM calendar_settings WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.country ?? null;
}

export async function saveCountry(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  country: string | null,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO calendar_settings (workspace_id, country, changed_by, changed_at)
    VALUES (${workspaceId}, ${country}, ${by}, ${at})
    ON CONFLICT (workspace_id) DO UPDATE SET country = excluded.country, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`.execute(db);
}

/** In order of date. */
export async function loadDaysOff(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly DayOff[]> {
  const { rows } = await sql<DayOff>`
    SELECT date, name, is_working AS "isWorking", reason FROM days_off
    WHERE workspace_id = ${workspaceId} ORDER BY date`.execute(db);
  return rows;
}

export async function saveDayOff(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { date, name, isWorking, reason }: DayOff,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO days_off (workspace_id, date, name, is_working, reason, changed_by, changed_at)
    VALUES (${workspaceId}, ${date}::date, ${name}, ${isWorking}, ${reason}, ${by}, ${at})
    ON CONFLICT (workspace_id, date) DO UPDATE SET name = excluded.name, is_working = excluded.is_working,
      reason = excluded.reason, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(
    db,
  );
}

/** Keeps what somebody already said of a date. @returns how many dates were new */
export async function addDaysOff(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  days: readonly DayOff[],
  by: string,
  at: Instant,
): Promise<number> {
  const [dates, names] = [days.map(({ date }) => date), days.map(({ name }) => name)];
  const { rows } = await sql<{ date: string }>`
    INSERT INTO days_off (workspace_id, date, name, is_working, reason, changed_by, changed_at)
    SELECT ${workspaceId}, date, name, false, NULL, ${by}, ${at}::timestamptz
    FROM unnest(${dates}::date[], ${names}::text[]) AS given (date, name)
    ON CONFLICT (workspace_id, date) DO NOTHING RETURNING date`.execute(db);
  return rows.length;
}

/** @returns whether there was one */
export async function deleteDayOff(db: Db | Tx, workspaceId: WorkspaceId, date: string): Promise<boolean> {
  const { rows } = await sql<{ date: string }>`
    DELETE FROM days_off WHERE workspace_id = ${workspaceId} AND date = ${date}::date RETURNING date`.execute(
    db,
  );
  return rows.length > 0;
}
