import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../../kernel/db.ts';
import type { DueWindow } from '../../../kernel/due.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { projecting } from '../../ledger/projecting.ts';
import type { Found, Look, Silence, SilenceFact } from './silence.ts';

/** Writes what facts of silences say; actions and replay both come through here. */
export const projectSilences = projecting<SilenceFact>({
  'silence.began': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, number, reason, repeat, answer, until } = fact;
    await sql`
      INSERT INTO silences (workspace_id, id, record_id, changed_record_id, party_id, number, reason, repeat, answer, until_on, until_at,
        began_at, began_by)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${party}::uuid, ${number}, ${reason},
        ${jsonb(repeat)}, ${jsonb(answer)}, ${until.on}, ${until.at}, ${recordedAt}, ${actor})`.execute(tx);
  },
  'silence.looked': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, interaction, found, compared } = fact;
    await sql`
      INSERT INTO silence_looks (workspace_id, record_id, changed_record_id, silence_id, party_id, interaction_id, looked_at, looked_by,
        found, compared, is_new)
      VALUES (${workspaceId}, ${recordId}::uuid, ${recordId}::uuid, ${id}::uuid, ${party}::uuid, ${interaction}::uuid, ${recordedAt},
        ${actor}, ${jsonb(found)}, ${compared}, ${found.length > 0})`.execute(tx);
  },
  'silence.settled': async (
    tx,
    workspaceId,
    { recordId, recordedAt, actor, fact: { id, interaction, outcome, note } },
  ) => {
    await sql`
      UPDATE silence_looks SET changed_record_id = ${recordId}::uuid, settled = ${outcome}, settled_at = ${recordedAt},
        settled_by = ${actor}, note = ${note}
      WHERE workspace_id = ${workspaceId} AND silence_id = ${id}::uuid AND interaction_id = ${interaction}::uuid`.execute(
      tx,
    );
  },
  'silence.ended': async (tx, workspaceId, { recordId, recordedAt, actor, fact: { id, reason } }) => {
    await sql`
      UPDATE silences SET changed_record_id = ${recordId}::uuid, ended_at = ${recordedAt}, ended_by = ${actor}, end_reason = ${reason}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
});

type Columns = Omit<Silence, 'until' | 'ended'> & {
  readonly untilOn: string;
  readonly untilAt: Instant;
  readonly endedAt: Instant | null;
  readonly endedBy: string;
  readonly endReason: string;
};

const COLUMNS = sql`
  id, party_id AS "partyId", number, reason, repeat, answer, until_on::text AS "untilOn", until_at AS "untilAt", began_at AS "beganAt",
  began_by AS "beganBy", ended_at AS "endedAt", ended_by AS "endedBy", end_reason AS "endReason"`;

function silenceOf({ untilOn, untilAt, endedAt, endedBy, endReason, ...row }: Columns): Silence {
  return {
    ...row,
    until: { on: untilOn, at: untilAt },
    ended: endedAt && { at: endedAt, by: endedBy, reason: endReason },
  };
}

export async function loadSilence(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Silence | null> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM silences WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ? silenceOf(rows[0]) : null;
}

/** The silences of a party, the newest first. */
export async function silencesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly Silence[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM silences WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
    ORDER BY number DESC LIMIT 100`.execute(db);
  return rows.map(silenceOf);
}

export type LookView = Look & {
  readonly silenceId: string;
  readonly interactionId: string;
  readonly at: Instant;
  readonly lookedAt: Instant;
  readonly lookedBy: string;
  readonly found: readonly Found[];
  readonly compared: number;
  readonly settledAt: Instant | null;
  readonly settledBy: string | null;
  readonly note: string | null;
};

const LOOK = sql`
  l.silence_id AS "silenceId", l.interaction_id AS "interactionId", i.at, l.looked_at AS "lookedAt", l.looked_by AS "lookedBy", l.found,
  l.compared, l.is_new AS "isNew", l.settled, l.settled_at AS "settledAt", l.settled_by AS "settledBy", l.note`;

/** Messages that were looked at, the newest first. */
export async function looksOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly LookView[]> {
  const { rows } = await sql<LookView>`
    SELECT ${LOOK} FROM silence_looks l JOIN interactions i ON i.workspace_id = l.workspace_id AND i.id = l.interaction_id
    WHERE l.workspace_id = ${workspaceId} AND l.party_id = ${partyId}::uuid ORDER BY i.at DESC, i.id DESC LIMIT 500`.execute(
    db,
  );
  return rows;
}

export async function loadLook(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  silenceId: string,
  interactionId: string,
): Promise<Look | null> {
  const { rows } = await sql<Look>`
    SELECT is_new AS "isNew", settled FROM silence_looks WHERE workspace_id = ${workspaceId} AND silence_id = ${silenceId}::uuid
      AND interaction_id = ${interactionId}::uuid`.execute(db);
  return rows[0] ?? null;
}

export type ToLookAt = {
  readonly silenceId: string;
  readonly partyId: string;
  readonly interactionId: string;
};

const MOST_AT_ONCE = 200;

/** Written before it began, recorded after, and not answered by anything of ours since it was written. */
const CAME_LATE = sql`(
  i.at_source IN ('sent', 'received') AND (i.times -> 'recorded' ->> 'at')::timestamptz > s.began_at
  AND NOT EXISTS (SELECT 1 FROM filings g JOIN interactions o ON o.workspace_id = g.workspace_id AND o.id = g.interaction_id
    WHERE g.workspace_id = s.workspace_id AND g.party_id = s.party_id AND g.at > f.at
      AND (o.direction = 'outbound' OR o.kind IN ('call', 'meeting', 'session'))))`;

/** Messages of theirs that came while nothing is answered, and that nobody has looked at yet; the oldest first. */
export async function unlooked(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  now: Instant,
): Promise<readonly ToLookAt[]> {
  const { rows } = await sql<ToLookAt>`
    SELECT s.id AS "silenceId", s.party_id AS "partyId", i.id AS "interactionId"
    FROM silences s
    JOIN filings f ON f.workspace_id = s.workspace_id AND f.party_id = s.party_id AND f.at <= s.until_at
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE (f.at > s.began_at OR ${CAME_LATE}) AND s.workspace_id = ${workspaceId} AND s.began_at <= ${now} AND (s.ended_at IS NULL OR f.at <= s.ended_at)
      AND i.direction = 'inbound' AND i.kind IN ('message', 'document')
      AND NOT EXISTS (SELECT 1 FROM silence_looks l WHERE l.workspace_id = s.workspace_id AND l.silence_id = s.id
        AND l.interaction_id = i.id)
    ORDER BY i.at, i.id LIMIT ${MOST_AT_ONCE}`.execute(db);
  return rows;
}

/** What came with something new, and waits for a person. */
export async function newAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
): Promise<readonly (LookView & { readonly partyId: string })[]> {
  const { rows } = await sql<LookView & { partyId: string }>`
    SELECT ${LOOK}, l.party_id AS "partyId" FROM silence_looks l
    JOIN interactions i ON i.workspace_id = l.workspace_id AND i.id = l.interaction_id
    WHERE l.workspace_id = ${workspaceId} AND l.is_new AND l.settled IS NULL
      AND (${party ?? null}::uuid IS NULL OR l.party_id = ${party ?? null}::uuid)
      AND (${until ?? null}::timestamptz IS NULL OR l.looked_at <= ${until ?? null}::timestamptz)
    ORDER BY i.at, i.id`.execute(db);
  return rows;
}

/** Whether a record is a message of theirs, or of ours, filed under this party. */
export async function directionOf(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const { rows } = await sql<{ direction: string | null }>`
    SELECT direction FROM interactions WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0]?.direction ?? null;
}
