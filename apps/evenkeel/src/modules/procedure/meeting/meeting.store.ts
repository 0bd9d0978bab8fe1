import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, jsonb, sql } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';

/** What somebody wrote for themselves before a meeting. Nobody else reads it, and no record holds it. */
export type MeetingCard = {
  /** What they want, in one sentence of theirs. */
  readonly theyWant: string;
  readonly fear: string;
  readonly want: string;
  readonly best: string;
  readonly worst: string;
  /** The sentence that ends the meeting. */
  readonly endingWords: string;
  /** What of one's own list was done. */
  readonly done: readonly string[];
};

/** What somebody likes to do around a meeting, in their own words; off until they turn it on. */
export type MeetingHabits = {
  readonly isOn: boolean;
  readonly dayBefore: readonly string[];
  readonly dayAfter: readonly string[];
};

export async function loadCard(
  db: Db,
  workspaceId: WorkspaceId,
  procedureId: string,
  member: string,
): Promise<MeetingCard | null> {
  const { rows } = await sql<{ card: MeetingCard }>`
    SELECT card FROM meeting_cards
    WHERE workspace_id = ${workspaceId} AND procedure_id = ${procedureId}::uuid AND member = ${member}`.execute(
    db,
  );
  return rows[0]?.card ?? null;
}

export async function saveCard(
  db: Db,
  workspaceId: WorkspaceId,
  key: { readonly procedureId: string; readonly member: string },
  card: MeetingCard,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO meeting_cards (workspace_id, procedure_id, member, card, saved_at)
    VALUES (${workspaceId}, ${key.procedureId}::uuid, ${key.member}, ${jsonb(card)}, ${at})
    ON CONFLICT (workspace_id, procedure_id, member) DO UPDATE SET card = excluded.card, saved_at = excluded.saved_at`.execute(
    db,
  );
}

export async function loadHabits(
  db: Db,
  workspaceId: WorkspaceId,
  member: string,
): Promise<MeetingHabits | null> {
  const { rows } = await sql<MeetingHabits>`
    SELECT is_on AS "isOn", day_before AS "dayBefore", day_after AS "dayAfter" FROM meeting_habits
    WHERE workspace_id = ${workspaceId} AND member = ${member}`.execute(db);
  return rows[0] ?? null;
}

export async function saveHabits(
  db: Db,
  workspaceId: WorkspaceId,
  member: string,
  { isOn, dayBefore, dayAfter }: MeetingHabits,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO meeting_habits (workspace_id, member, is_on, day_before, day_after, saved_at)
    VALUES (${workspaceId}, ${member}, ${isOn}, ${jsonb(dayBefore)}, ${jsonb(dayAfter)}, ${at})
    ON CONFLICT (workspace_id, member) DO UPDATE SET is_on = excluded.is_on, day_before = excluded.day_before,
      day_after = excluded.day_after, saved_at = excluded.saved_at`.execute(db);
}
