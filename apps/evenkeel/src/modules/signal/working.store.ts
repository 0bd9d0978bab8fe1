import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { RuleSwitch } from './signal.ts';

export type LanguageSettings = {
  /** A performer's ordinary vocabulary is no hostility. */
  readonly profile: 'performer' | null;
  /** Whose apology law applies; null while nobody has said. */
  readonly place: string | null;
  readonly replyDays: number;
  readonly workDays: readonly number[];
  readonly workFrom: string;
  readonly workUntil: string;
};

const DEFAULT_SETTINGS: LanguageSettings = {
  profile: null,
  place: null,
  replyDays: 2,
  workDays: [1, 2, 3, 4, 5],
  workFrom: '09:00',
  workUntil: '17:00',
};

export async function loadSettings(db: Db | Tx, workspaceId: WorkspaceId): Promise<LanguageSettings> {
  const { rows } = await sql<LanguageSettings>`
    SELECT profile, place, reply_days AS "replyDays", work_days AS "workDays", work_from AS "workFrom", work_until AS "workUntil"
    FROM language_settings WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows[0] ?? DEFAULT_SETTINGS;
}

export async function saveSettings(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { profile, place, replyDays, workDays, workFrom, workUntil }: LanguageSettings,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO language_settings (workspace_id, profile, place, reply_days, work_days, work_from, work_until, changed_by, changed_at)
    VALUES (${workspaceId}, ${profile}, ${place}, ${replyDays}, ${workDays}::int[], ${workFrom}, ${workUntil}, ${by}, ${at})
    ON CONFLICT (workspace_id) DO UPDATE SET profile = excluded.profile, place = excluded.place, reply_days = excluded.reply_days,
      work_days = excluded.work_days, work_from = excluded.work_from, work_until = excluded.work_until,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(db);
}

/** Every switch there ever was, newest first: why something was off stays known after it is on again. */
export async function loadSwitches(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly RuleSwitch[]> {
  const { rows } = await sql<RuleSwitch>`
    SELECT id, rule, party_id AS "partyId", reason, off_by AS "offBy", off_at AS "offAt", on_by AS "onBy", on_at AS "onAt"
    FROM rule_switches WHERE workspace_id = ${workspaceId} ORDER BY off_at DESC, id DESC`.execute(db);
  return rows;
}

export async function insertSwitch(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, rule, partyId, reason, offBy, offAt }: Omit<RuleSwitch, 'onBy' | 'onAt'>,
): Promise<void> {
  await sql`
    INSERT INTO rule_switches (workspace_id, id, rule, party_id, reason, off_by, off_at)
    VALUES (${workspaceId}, ${id}::uuid, ${rule}, ${partyId}::uuid, ${reason}, ${offBy}, ${offAt})`.execute(
    db,
  );
}

/** @returns whether it was off until now */
export async function turnOn(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  by: string,
  at: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE rule_switches SET on_by = ${by}, on_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND on_at IS NULL RETURNING id`.execute(db);
  return rows.length > 0;
}

export type NewVerdict = {
  readonly signalId: string;
  readonly recordId: string;
  readonly actor: string;
  readonly name: string;
  readonly verdict: 'confirmed' | 'dismissed';
  readonly note: string | null;
  readonly at: Instant;
};

/** One word per member and signal; a later one takes the place of theirs before. */
export async function saveVerdict(db: Db | Tx, workspaceId: WorkspaceId, verdict: NewVerdict): Promise<void> {
  await sql`
    INSERT INTO signal_verdicts (workspace_id, signal_id, actor, record_id, verdict, note, name, at)
    VALUES (${workspaceId}, ${verdict.signalId}::uuid, ${verdict.actor}, ${verdict.recordId}::uuid, ${verdict.verdict},
      ${verdict.note}, ${verdict.name}, ${verdict.at})
    ON CONFLICT (workspace_id, signal_id, actor) DO UPDATE SET verdict = excluded.verdict, note = excluded.note,
      name = excluded.name, at = excluded.at`.execute(db);
}

export async function deleteVerdict(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  signalId: string,
  actor: string,
): Promise<void> {
  await sql`
    DELETE FROM signal_verdicts WHERE workspace_id = ${workspaceId} AND signal_id = ${signalId}::uuid AND actor = ${actor}`.execute(
    db,
  );
}

/** The first entry whose marked words a member has not seen. */
export async function seenUpTo(db: Db, workspaceId: WorkspaceId, actor: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    SELECT next_index AS next FROM signals_seen WHERE workspace_id = ${workspaceId} AND actor = ${actor}`.execute(
    db,
  );
  return rows[0]?.next ?? 0;
}

export async function saveSeen(
  db: Db,
  workspaceId: WorkspaceId,
  actor: string,
  nextIndex: number,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO signals_seen (workspace_id, actor, next_index, seen_at) VALUES (${workspaceId}, ${actor}, ${nextIndex}, ${at})
    ON CONFLICT (workspace_id, actor) DO UPDATE SET next_index = greatest(signals_seen.next_index, excluded.next_index), seen_at = excluded.seen_at`.execute(
    db,
  );
}
