import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { BusyTime, OwnCalendar } from './own-calendar.ts';

export async function listOwnCalendars(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  actor: string,
): Promise<readonly OwnCalendar[]> {
  const { rows } = await sql<OwnCalendar>`
    SELECT c.id, c.name, c.address, c.has_titles AS "hasTitles", c.added_at AS "addedAt", c.tried_at AS "triedAt",
      c.read_at AS "readAt", c.problem, c.left_out AS "leftOut",
      (SELECT count(*)::int FROM own_busy_times b WHERE b.workspace_id = c.workspace_id AND b.calendar_id = c.id) AS times
    FROM own_calendars c WHERE c.workspace_id = ${workspaceId} AND c.actor = ${actor} ORDER BY c.added_at, c.id`.execute(
    db,
  );
  return rows;
}

export type NewOwnCalendar = {
  readonly id: string;
  readonly actor: string;
  readonly name: string;
  readonly address: string | null;
  readonly hasTitles: boolean;
  readonly at: Instant;
};

export async function insertOwnCalendar(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, actor, name, address, hasTitles, at }: NewOwnCalendar,
): Promise<void> {
  await sql`
    INSERT INTO own_calendars (workspace_id, id, actor, name, address, has_titles, added_at, tried_at)
    VALUES (${workspaceId}, ${id}::uuid, ${actor}, ${name}, ${address}, ${hasTitles}, ${at}, ${at})`.execute(
    db,
  );
}

/** Takes the hour's one try; two who ask at once do not both get it. @returns false when it is taken */
export async function takeTry(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  at: Instant,
  before: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE own_calendars SET tried_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND tried_at <= ${before} RETURNING id`.execute(
    db,
  );
  return rows.length > 0;
}

export async function saveProblem(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  problem: string,
): Promise<void> {
  await sql`UPDATE own_calendars SET problem = ${problem} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
}

/** Puts what was read in the place of what was read before. */
export async function saveBusyTimes(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  times: readonly BusyTime[],
  leftOut: number,
  at: Instant,
): Promise<void> {
  await sql`DELETE FROM own_busy_times WHERE workspace_id = ${workspaceId} AND calendar_id = ${id}::uuid`.execute(
    tx,
  );
  const column = <T>(pick: (time: BusyTime) => T) => times.map(pick);
  await sql`
    INSERT INTO own_busy_times (workspace_id, calendar_id, number, starts_at, ends_at, is_whole_day, title)
    SELECT ${workspaceId}, ${id}::uuid, number, starts_at, ends_at, is_whole_day, title
    FROM unnest(${column(({ startsAt }) => startsAt)}::timestamptz[], ${column(({ endsAt }) => endsAt)}::timestamptz[],
      ${column(({ isWholeDay }) => isWholeDay)}::boolean[], ${column(({ title }) => title)}::text[])
      WITH ORDINALITY AS given (starts_at, ends_at, is_whole_day, title, number)`.execute(tx);
  await sql`
    UPDATE own_calendars SET read_at = ${at}, problem = NULL, left_out = ${leftOut}
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}

/** @returns whether there was one */
export async function deleteOwnCalendar(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  actor: string,
): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM own_calendars WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND actor = ${actor}
    RETURNING id`.execute(db);
  return rows.length > 0;
}

/** @param actor whose calendars; null for everybody's */
export async function busyBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: Instant,
  until: Instant,
  actor: string | null,
): Promise<readonly BusyTime[]> {
  const { rows } = await sql<BusyTime>`
    SELECT b.starts_at AS "startsAt", b.ends_at AS "endsAt", b.is_whole_day AS "isWholeDay", b.title
    FROM own_busy_times b JOIN own_calendars c ON c.workspace_id = b.workspace_id AND c.id = b.calendar_id
    WHERE b.workspace_id = ${workspaceId} AND b.ends_at > ${from} AND b.starts_at < ${until}
      AND (${actor}::text IS NULL OR c.actor = ${actor})
    ORDER BY b.starts_at, b.ends_at LIMIT 2000`.execute(db);
  return rows;
}
