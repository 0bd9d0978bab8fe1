import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { AskingTurn, Effort, EffortFact, NotedEffort } from './efforts.ts';
import { insertStep } from './promise-steps.store.ts';

/** Writes what facts about proposals to meet say, in their order; actions and replay both come through here. */
export async function projectEfforts(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<EffortFact>[],
): Promise<void> {
  for (const one of recorded) {
    const { recordId, fact } = one;
    if (fact.kind === 'point.effort-noted')
      await sql`
        INSERT INTO efforts (workspace_id, id, record_id, changed_record_id, party_id, side, proposed, is_withdrawn)
        VALUES (${workspaceId}, ${fact.id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${fact.party}::uuid, ${fact.side},
          ${fact.proposed}, false)`.execute(tx);
    else
      await sql`
        UPDATE efforts SET is_withdrawn = true, changed_record_id = ${recordId}::uuid
        WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
    await insertStep(tx, workspaceId, one);
  }
}

export async function loadEffort(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<NotedEffort | null> {
  const { rows } = await sql<NotedEffort>`
    SELECT id, party_id AS "partyId", side, proposed, is_withdrawn AS "isWithdrawn" FROM efforts
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** The newest messages with a client, oldest first, without what they ask. */
export async function turnsWith(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  limit: number,
): Promise<readonly Omit<AskingTurn, 'asks'>[]> {
  const { rows } = await sql<Omit<AskingTurn, 'asks'>>`
    SELECT i.id AS "interactionId", i.at, i.at_source IN ('sent', 'received') AS "isTimed",
      CASE i.direction WHEN 'inbound' THEN 'theirs' ELSE 'ours' END AS side, i.lead,
      (SELECT m.thread_id FROM thread_members m WHERE m.workspace_id = i.workspace_id AND m.interaction_id = i.id) AS "threadId"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction IN ('inbound', 'outbound')
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT ${limit}`.execute(db);
  return rows.reverse();
}

const FIRST_CITE = sql`
  LEFT JOIN LATERAL (
    SELECT c.interaction_id, c.quote, i.at FROM promise_cites c
    LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.interaction_id
    WHERE c.workspace_id = s.workspace_id AND c.record_id = s.record_id ORDER BY c.position LIMIT 1) AS w ON true`;

/** What was offered, answered and taken back by either side, each at the time of its words. */
export async function offerEfforts(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  now: Instant,
): Promise<readonly Effort[]> {
  const { rows } = await sql<Effort>`
    SELECT coalesce(w.at, s.at) AS at, o.number AS about, o.is_without_prejudice AS "isWithoutPrejudice",
      w.interaction_id AS "interactionId", NULL AS minutes, NULL AS "effortId",
      CASE s.kind WHEN 'point.offer-moved' THEN s.due ->> 'date' WHEN 'point.offer-accepted' THEN NULL
        WHEN 'point.offer-refused' THEN NULL WHEN 'point.offer-withdrawn' THEN NULL ELSE o.decide_date::text END AS due,
      CASE s.kind WHEN 'point.offer-told' THEN 'offer-made' ELSE substr(s.kind, 7) END AS kind,
      CASE WHEN s.kind IN ('point.offer-accepted', 'point.offer-refused')
        THEN CASE o.side WHEN 'ours' THEN 'theirs' ELSE 'ours' END ELSE o.side END AS side,
      CASE WHEN s.kind IN ('point.offer-made', 'point.offer-told', 'point.offer-moved') THEN p.says
        WHEN s.kind = 'point.offer-accepted' THEN coalesce(w.quote, p.says) ELSE coalesce(w.quote, s.reason, p.says) END AS says
    FROM promise_steps s JOIN offers o ON o.workspace_id = s.workspace_id AND o.id = s.thing_id
    JOIN LATERAL (
      SELECT string_agg(concat_ws(' ', p.what, p.amount, p.currency), ' · ' ORDER BY p.position) AS says
      FROM offer_options p WHERE p.workspace_id = o.workspace_id AND p.offer_id = o.id) AS p ON true
    ${FIRST_CITE}
    WHERE s.workspace_id = ${workspaceId} AND s.party_id = ${party}::uuid AND s.kind IN ('point.offer-made', 'point.offer-told',
      'point.offer-accepted', 'point.offer-refused', 'point.offer-withdrawn', 'point.offer-moved')
      AND (s.kind NOT IN ('point.offer-withdrawn', 'point.offer-moved') OR EXISTS (
        SELECT 1 FROM promise_steps told WHERE told.workspace_id = s.workspace_id AND told.thing_id = s.thing_id
          AND told.kind IN ('point.offer-made', 'point.offer-told') AND told.record_id < s.record_id))
    UNION ALL
    SELECT o.decide_at, o.number, o.is_without_prejudice, NULL, NULL, NULL, o.decide_date::text, 'offer-expired',
      CASE o.side WHEN 'ours' THEN 'theirs' ELSE 'ours' END, (
        SELECT string_agg(concat_ws(' ', p.what, p.amount, p.currency), ' · ' ORDER BY p.position)
        FROM offer_options p WHERE p.workspace_id = o.workspace_id AND p.offer_id = o.id)
    FROM offers o WHERE o.workspace_id = ${workspaceId} AND o.party_id = ${party}::uuid AND o.state = 'open'
      AND o.decide_at < ${now}`.execute(db);
  return rows;
}

/** Promises of ours that were kept, and what somebody proposed: to meet, to call, to pause, to ask a mediator. */
export async function promiseEfforts(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly Effort[]> {
  const { rows } = await sql<Effort>`
    SELECT coalesce(w.at, s.at) AS at, 'promise-kept' AS kind, 'ours' AS side, m.number AS about, m.what AS says,
      coalesce(w.interaction_id, (
        SELECT c.interaction_id FROM promise_cites c WHERE c.workspace_id = m.workspace_id AND c.record_id = m.record_id
        ORDER BY c.position LIMIT 1)) AS "interactionId",
      false AS "isWithoutPrejudice", m.due_date::text AS due, NULL AS minutes, NULL AS "effortId"
    FROM commitments m JOIN promise_steps s ON s.workspace_id = m.workspace_id AND s.record_id = m.changed_record_id
    ${FIRST_CITE}
    WHERE m.workspace_id = ${workspaceId} AND m.party_id = ${party}::uuid AND m.side = 'ours' AND m.state = 'kept'
    UNION ALL
    SELECT coalesce(w.at, s.at), 'proposed-' || e.proposed, e.side, NULL, w.quote, w.interaction_id, false, NULL, NULL, e.id::text
    FROM efforts e JOIN promise_steps s ON s.workspace_id = e.workspace_id AND s.record_id = e.record_id
    ${FIRST_CITE}
    WHERE e.workspace_id = ${workspaceId} AND e.party_id = ${party}::uuid AND NOT e.is_withdrawn`.execute(db);
  return rows;
}

/** Points that were answered in our words and agreed in theirs. */
export async function pointEfforts(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly Effort[]> {
  const { rows } = await sql<Effort>`
    SELECT coalesce(i.at, s.recorded_at) AS at, 'point-' || s.step AS kind,
      CASE s.step WHEN 'agreed' THEN 'theirs' ELSE 'ours' END AS side, p.number AS about, p.title AS says,
      c.interaction_id AS "interactionId", false AS "isWithoutPrejudice", NULL AS due, NULL AS minutes, NULL AS "effortId"
    FROM point_steps s JOIN points p ON p.workspace_id = s.workspace_id AND p.id = s.point_id
    LEFT JOIN point_cites c ON c.workspace_id = s.workspace_id AND c.record_id = s.record_id AND c.role IN ('answer', 'agreed')
    LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.interaction_id
    WHERE s.workspace_id = ${workspaceId} AND p.party_id = ${party}::uuid AND s.step IN ('answered', 'agreed')
      AND p.state <> 'withdrawn'`.execute(db);
  return rows;
}

/** Calls, meetings and sessions that took place, as somebody noted them; one that was corrected counts as its correction. */
export async function metEfforts(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly Effort[]> {
  const { rows } = await sql<Effort>`
    SELECT i.at, i.kind, CASE i.direction WHEN 'inbound' THEN 'theirs' ELSE 'ours' END AS side, NULL AS about,
      coalesce(i.subject, i.lead) AS says, i.id AS "interactionId", false AS "isWithoutPrejudice", NULL AS due,
      n.duration_min AS minutes, NULL AS "effortId"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.kind IN ('call', 'meeting', 'session')
      AND NOT EXISTS (SELECT 1 FROM noted x WHERE x.workspace_id = i.workspace_id AND x.corrects = i.id)`.execute(
    db,
  );
  return rows;
}
