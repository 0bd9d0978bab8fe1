import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Project } from '../ledger/deciding.actions.ts';
import { projecting } from '../ledger/projecting.ts';
import { FIRST_RULES, type SendingRules } from './gate.ts';
import type { RulesSet, Wait, WaitFact } from './waits.ts';

/** Writes what facts about letters that wait say; actions and replay both come through here. */
export const projectWaits: Project<WaitFact> = projecting<WaitFact>({
  'outbox.waits': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, procedure, letter, finished, sha256, to, role, wish, verdict, standing, until } = fact;
    await sql`
      INSERT INTO sending_waits (workspace_id, id, record_id, party_id, procedure_id, letter, finished_id, sha256, sent_to, wish, state,
        verdict, standing, until, asked_by, asked_role, asked_at)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${party}::uuid, ${procedure}::uuid, ${letter}, ${finished}::uuid,
        ${Buffer.from(sha256, 'hex')}, ${to}, ${jsonb(wish)}, 'waiting', ${verdict}, ${jsonb(standing)}, ${until}, ${actor}, ${role},
        ${recordedAt})`.execute(tx);
  },
  'outbox.waits-on': async (tx, workspaceId, { fact: { id, verdict, standing, until } }) => {
    await sql`
      UPDATE sending_waits SET verdict = ${verdict}, standing = ${jsonb(standing)}, until = ${until}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'outbox.approved': async (tx, workspaceId, { recordedAt, actor, fact }) => {
    await sql`
      UPDATE sending_waits SET approved_by = ${actor}, approved_at = ${recordedAt}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
  },
  'outbox.looked-again': async (tx, workspaceId, { recordedAt, actor, fact }) => {
    await sql`
      UPDATE sending_waits SET looked_by = ${actor}, looked_at = ${recordedAt}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
  },
  'outbox.hurried': async (tx, workspaceId, { recordedAt, actor, fact: { id, reason, forSafety } }) => {
    await sql`
      UPDATE sending_waits SET hurried_by = ${actor}, hurried_at = ${recordedAt}, hurried_why = ${reason}, for_safety = ${forSafety}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'outbox.taken-back': (tx, workspaceId, { recordedAt, fact }) =>
    endWait(tx, workspaceId, { id: fact.id, state: 'taken-back', why: null, at: recordedAt }),
  'outbox.stopped': (tx, workspaceId, { recordedAt, fact }) =>
    endWait(tx, workspaceId, { id: fact.id, state: 'stopped', why: fact.why, at: recordedAt }),
});

type End = {
  readonly id: string;
  readonly state: Exclude<Wait['state'], 'waiting'>;
  readonly why: string | null;
  readonly at: Instant;
};

/** A letter that is on its way waits no more; of one that did not wait there is no row. */
export async function endWait(tx: Tx, workspaceId: WorkspaceId, { id, state, why, at }: End): Promise<void> {
  await sql`
    UPDATE sending_waits SET state = ${state}, stopped_why = ${why}, until = NULL, ended_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}

export const projectSendingRules = projecting<RulesSet>({
  'outbox.rules-set': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`DELETE FROM sending_rules WHERE workspace_id = ${workspaceId}`.execute(tx);
    await sql`
      INSERT INTO sending_rules (workspace_id, record_id, undo_sec, cooling_min, second, changed_by, changed_at)
      VALUES (${workspaceId}, ${recordId}::uuid, ${fact.undoSec}, ${fact.coolingMin}, ${fact.second}, ${actor}, ${recordedAt})`.execute(
      tx,
    );
  },
});

export async function loadSendingRules(db: Db | Tx, workspaceId: WorkspaceId): Promise<SendingRules> {
  const { rows } = await sql<SendingRules>`
    SELECT undo_sec AS "undoSec", cooling_min AS "coolingMin", second FROM sending_rules WHERE workspace_id = ${workspaceId}`.execute(
    db,
  );
  return rows[0] ?? FIRST_RULES;
}

const WAIT =
  sql.raw(`w.id, w.party_id AS "partyId", w.procedure_id AS "procedureId", w.letter, w.finished_id AS "finishedId",
  encode(w.sha256, 'hex') AS sha256, w.sent_to AS "to", w.wish, w.state, w.verdict, w.standing, w.until, w.asked_by AS "askedBy",
  w.asked_role AS "askedRole", w.asked_at AS "askedAt", w.approved_by AS "approvedBy", w.approved_at AS "approvedAt",
  w.looked_by AS "lookedBy", w.looked_at AS "lookedAt", w.hurried_by AS "hurriedBy", w.hurried_at AS "hurriedAt",
  w.hurried_why AS "hurriedWhy", w.for_safety AS "forSafety", w.stopped_why AS "stoppedWhy", w.ended_at AS "endedAt"`);

export async function loadWait(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Wait | null> {
  const { rows } = await sql<Wait>`
    SELECT ${WAIT} FROM sending_waits w WHERE w.workspace_id = ${workspaceId} AND w.id = ${id}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function isWaiting(db: Db | Tx, workspaceId: WorkspaceId, finished: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM sending_waits WHERE workspace_id = ${workspaceId} AND finished_id = ${finished}::uuid AND state = 'waiting'`.execute(
    db,
  );
  return rows.length > 0;
}

/** Whether a second person approved these very words to this address. */
export async function isApproved(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { procedureId, sha256, to }: Pick<Wait, 'procedureId' | 'sha256' | 'to'>,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM sending_waits WHERE workspace_id = ${workspaceId} AND procedure_id = ${procedureId}::uuid
      AND sha256 = ${Buffer.from(sha256, 'hex')} AND sent_to = ${to} AND approved_at IS NOT NULL LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}

export type NamedWait = Wait & { readonly party: string; readonly subject: string };

/** Letters that wait, the longest waiting first; of one procedure also those that waited. */
export async function listWaits(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  procedure: string | null,
): Promise<readonly NamedWait[]> {
  const { rows } = await sql<NamedWait>`
    SELECT ${WAIT}, p.name AS party, coalesce(l.subject, '') AS subject FROM sending_waits w
    JOIN parties p ON p.workspace_id = w.workspace_id AND p.id = w.party_id
    LEFT JOIN procedure_letters l ON l.workspace_id = w.workspace_id AND l.id = w.finished_id
    WHERE w.workspace_id = ${workspaceId}
      AND CASE WHEN ${procedure}::uuid IS NULL THEN w.state = 'waiting' ELSE w.procedure_id = ${procedure}::uuid END
    ORDER BY w.asked_at, w.id LIMIT 200`.execute(db);
  return rows;
}

/** Those whose time has come. */
export async function dueWaits(db: Db, workspaceId: WorkspaceId, now: Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sending_waits WHERE workspace_id = ${workspaceId} AND state = 'waiting' AND until <= ${now}
    ORDER BY until, id LIMIT 200`.execute(db);
  return rows.map(({ id }) => id);
}

/** When the next one leaves by itself. */
export async function nextWait(db: Db, workspaceId: WorkspaceId): Promise<Instant | null> {
  const { rows } = await sql<{ until: Instant | null }>`
    SELECT min(until) AS until FROM sending_waits WHERE workspace_id = ${workspaceId} AND state = 'waiting'`.execute(
    db,
  );
  return rows[0]?.until ?? null;
}
