import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { ProposalRow } from './statement-proposals.ts';

type Query = (db: Db, workspaceId: WorkspaceId, party: string) => Promise<readonly ProposalRow[]>;

/** All that is dated in the record of a client and may be worth a line of the chronology. */
export async function proposalRows(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly ProposalRow[]> {
  const queries: readonly Query[] = [
    firstMessages,
    talks,
    agreed,
    sums,
    pointSteps,
    offerSteps,
    promises,
    boundarySteps,
    letters,
    restrictions,
    endings,
  ];
  return (await Promise.all(queries.map((query) => query(db, workspaceId, party)))).flat();
}

/** Who wrote first, from either side. */
const firstMessages: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT DISTINCT ON (i.direction) 'first-message' AS kind, i.record_id AS "recordId", i.at,
      CASE i.direction WHEN 'inbound' THEN 'theirs' ELSE 'ours' END AS side, NULL AS number,
      coalesce(i.subject, '') AS says, NULL AS cite, i.id AS "interactionId"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction IN ('inbound', 'outbound')
      AND i.kind = 'message' AND i.at_source IN ('sent', 'received')
    ORDER BY i.direction, f.at, f.interaction_id`.execute(db);
  return rows;
};

/** Calls, meetings and sessions that were noted; one that was corrected counts as its correction. */
const talks: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT i.kind, i.record_id AS "recordId", i.at,
      CASE i.direction WHEN 'inbound' THEN 'theirs' WHEN 'outbound' THEN 'ours' END AS side, NULL AS number,
      coalesce(i.subject, '') AS says, NULL AS cite, i.id AS "interactionId"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.kind IN ('call', 'meeting', 'session')
      AND NOT EXISTS (SELECT 1 FROM noted x WHERE x.workspace_id = i.workspace_id AND x.corrects = i.id)
    ORDER BY f.at LIMIT 500`.execute(db);
  return rows;
};

/** Clauses that were agreed, each time some were; and agreements that ended. */
const agreed: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT 'clauses-agreed' AS kind, v.accepted_record_id AS "recordId", coalesce(min(i.at), min(v.accepted_at)) AS at,
      'theirs' AS side, min(a.number)::int AS number,
      min(a.title) || ': ' || string_agg('§' || c.number, ', ' ORDER BY c.number) AS says,
      (array_agg(CASE v.proof ->> 'kind' WHEN 'line' THEN v.proof - 'kind' END))[1] AS cite,
      min(v.proof ->> 'interactionId') AS "interactionId"
    FROM clause_versions v JOIN clauses c ON c.workspace_id = v.workspace_id AND c.id = v.clause_id
    JOIN agreements a ON a.workspace_id = c.workspace_id AND a.id = c.agreement_id
    LEFT JOIN interactions i ON i.workspace_id = v.workspace_id AND i.id = (v.proof ->> 'interactionId')::uuid
    WHERE v.workspace_id = ${workspaceId} AND c.party_id = ${party}::uuid AND v.accepted_record_id IS NOT NULL
    GROUP BY v.accepted_record_id
    UNION ALL
    SELECT 'agreement-ended', changed_record_id, ended_at, NULL, number, title, NULL, NULL FROM agreements
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND ended_at IS NOT NULL`.execute(db);
  return rows;
};

/** Money that is owed, as it was written down; what was disputed of it, and that it was paid. */
const sums: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT k.kind, k.record_id AS "recordId", coalesce(i.at, k.at) AS at, k.is_day AND i.id IS NULL AS "isDayOnly",
      s.side, s.number, concat_ws(', ', s.what, k.amount || ' ' || s.currency) AS says, k.cite, i.id AS "interactionId"
    FROM sums_owed s
    CROSS JOIN LATERAL (VALUES
      ('sum-owed', s.record_id, s.at, false, s.amount, s.cite),
      ('sum-disputed', s.record_id, CASE WHEN s.dispute IS NOT NULL THEN s.at END, false, s.disputed, s.dispute),
      ('sum-settled', s.changed_record_id, s.settled_on::timestamp AT TIME ZONE 'UTC', true, s.amount, s.settlement))
      AS k (kind, record_id, at, is_day, amount, cite)
    LEFT JOIN interactions i ON i.workspace_id = s.workspace_id AND i.id = (k.cite ->> 'interactionId')::uuid
    WHERE s.workspace_id = ${workspaceId} AND s.party_id = ${party}::uuid AND s.state <> 'withdrawn' AND k.at IS NOT NULL`.execute(
    db,
  );
  return rows;
};

/** Points that were opened, answered, agreed or closed, at the time of the words. A threat that was kept as a point is one. */
const pointSteps: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT CASE WHEN s.step = 'opened' AND p.kind = 'threat' THEN 'threat-made' ELSE 'point-' || s.step END AS kind,
      s.record_id AS "recordId", coalesce(i.at, s.recorded_at) AS at,
      CASE WHEN s.step IN ('opened', 'agreed') THEN 'theirs' ELSE 'ours' END AS side, p.number, p.title AS says,
      CASE WHEN c.record_id IS NOT NULL THEN jsonb_build_object('interactionId', c.interaction_id, 'start', c.first_unit,
        'end', c.end_unit, 'quote', c.quote) END AS cite, c.interaction_id AS "interactionId"
    FROM point_steps s JOIN points p ON p.workspace_id = s.workspace_id AND p.id = s.point_id
    LEFT JOIN point_cites c ON c.workspace_id = s.workspace_id AND c.record_id = s.record_id
      AND c.role IN ('asked', 'answer', 'agreed')
    LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.interaction_id
    WHERE s.workspace_id = ${workspaceId} AND p.party_id = ${party}::uuid AND p.state NOT IN ('withdrawn', 'merged')
      AND s.step IN ('opened', 'answered', 'agreed', 'closed')`.execute(db);
  return rows;
};

/** What was offered openly, and what became of it. */
const offerSteps: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT CASE s.kind WHEN 'point.offer-told' THEN 'offer-made' ELSE substr(s.kind, 7) END AS kind,
      s.record_id AS "recordId", coalesce(i.at, s.at) AS at,
      CASE WHEN s.kind IN ('point.offer-accepted', 'point.offer-refused')
        THEN CASE o.side WHEN 'ours' THEN 'theirs' ELSE 'ours' END ELSE o.side END AS side, o.number,
      (SELECT string_agg(concat_ws(' ', p.what, p.amount, p.currency), ' · ' ORDER BY p.position)
       FROM offer_options p WHERE p.workspace_id = o.workspace_id AND p.offer_id = o.id) AS says,
      ${FIRST_PROMISE_CITE} AS cite, w.interaction_id AS "interactionId"
    FROM promise_steps s JOIN offers o ON o.workspace_id = s.workspace_id AND o.id = s.thing_id
    ${PROMISE_WORDS}
    WHERE s.workspace_id = ${workspaceId} AND s.party_id = ${party}::uuid AND NOT o.is_without_prejudice
      AND s.kind IN ('point.offer-made', 'point.offer-told', 'point.offer-accepted', 'point.offer-refused', 'point.offer-withdrawn')
      AND (s.kind <> 'point.offer-withdrawn' OR EXISTS (
        SELECT 1 FROM promise_steps told WHERE told.workspace_id = s.workspace_id AND told.thing_id = s.thing_id
          AND told.kind IN ('point.offer-made', 'point.offer-told') AND told.record_id < s.record_id))`.execute(
    db,
  );
  return rows;
};

const PROMISE_WORDS = sql`
  LEFT JOIN promise_cites w ON w.workspace_id = s.workspace_id AND w.record_id = s.record_id AND w.position =
    (SELECT min(x.position) FROM promise_cites x WHERE x.workspace_id = s.workspace_id AND x.record_id = s.record_id)
  LEFT JOIN interactions i ON i.workspace_id = w.workspace_id AND i.id = w.interaction_id`;
const FIRST_PROMISE_CITE = sql`
  CASE WHEN w.record_id IS NOT NULL THEN jsonb_build_object('interactionId', w.interaction_id, 'start', w.first_unit,
    'end', w.end_unit, 'quote', w.quote) END`;

/** Promises of either side that were kept or broken. */
const promises: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT 'promise-' || m.state AS kind, s.record_id AS "recordId", coalesce(i.at, s.at) AS at, m.side, m.number,
      m.what AS says, ${FIRST_PROMISE_CITE} AS cite, w.interaction_id AS "interactionId"
    FROM commitments m JOIN promise_steps s ON s.workspace_id = m.workspace_id AND s.record_id = m.changed_record_id
    ${PROMISE_WORDS}
    WHERE m.workspace_id = ${workspaceId} AND m.party_id = ${party}::uuid AND m.state IN ('kept', 'broken')`.execute(
    db,
  );
  return rows;
};

/** Boundaries that were crossed, and what was said or sent then. */
const boundarySteps: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT 'boundary-crossed' AS kind, b.record_id AS "recordId", b.happened_at AS at, 'theirs' AS side, o.number,
      o.says, b.cite, b.cite ->> 'interactionId' AS "interactionId"
    FROM breaches b JOIN boundaries o ON o.workspace_id = b.workspace_id AND o.id = b.boundary_id
    WHERE b.workspace_id = ${workspaceId} AND b.party_id = ${party}::uuid AND b.withdrawn_reason IS NULL
    UNION ALL
    SELECT 'boundary-step', t.record_id, coalesce(i.at, t.at), 'ours', o.number, o.says, NULL, t.proof_id::text
    FROM boundary_steps t JOIN boundaries o ON o.workspace_id = t.workspace_id AND o.id = t.boundary_id
    LEFT JOIN interactions i ON i.workspace_id = t.workspace_id AND i.id = t.proof_id
    WHERE t.workspace_id = ${workspaceId} AND t.party_id = ${party}::uuid`.execute(db);
  return rows;
};

/** Letters of a procedure that went out. */
const letters: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT 'letter-sent' AS kind, l.handed_over_record_id AS "recordId", coalesce(i.at, l.handed_over_at) AS at,
      'ours' AS side, NULL AS number, l.subject AS says, NULL AS cite, i.id AS "interactionId"
    FROM procedure_letters l JOIN procedures p ON p.workspace_id = l.workspace_id AND p.id = l.procedure_id
    LEFT JOIN interactions i ON i.workspace_id = l.workspace_id AND i.id = coalesce(l.interaction_id, l.proof_id)
    WHERE l.workspace_id = ${workspaceId} AND p.party_id = ${party}::uuid AND l.handed_over_record_id IS NOT NULL`.execute(
    db,
  );
  return rows;
};

/** Contact that was restricted: the warning, the notice, the end. */
const restrictions: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT k.kind, r.record_id AS "recordId", coalesce(i.at, k.at) AS at, 'ours' AS side, r.number, '' AS says, NULL AS cite,
      i.id AS "interactionId"
    FROM restrictions r
    CROSS JOIN LATERAL (VALUES ('restriction-warned', r.warning_id, r.planned_at), ('restriction-begun', r.notice_id, r.set_at),
      ('restriction-ended', NULL, r.ended_at)) AS k (kind, interaction_id, at)
    LEFT JOIN interactions i ON i.workspace_id = r.workspace_id AND i.id = k.interaction_id
    WHERE r.workspace_id = ${workspaceId} AND r.party_id = ${party}::uuid AND k.at IS NOT NULL
      AND (k.kind <> 'restriction-warned' OR i.id IS NOT NULL)`.execute(db);
  return rows;
};

/** That the work ends was told, and it was over. */
const endings: Query = async (db, workspaceId, party) => {
  const { rows } = await sql<ProposalRow>`
    SELECT k.kind, e.record_id AS "recordId", coalesce(i.at, k.at) AS at,
      CASE e.by_whom WHEN 'us' THEN 'ours' WHEN 'them' THEN 'theirs' END AS side, NULL AS number, e.on_date::text AS says,
      NULL AS cite, i.id AS "interactionId"
    FROM endings e
    CROSS JOIN LATERAL (VALUES ('ending-told', e.letter_id, e.told_at), ('ending-over', NULL, e.over_at)) AS k (kind, interaction_id, at)
    LEFT JOIN interactions i ON i.workspace_id = e.workspace_id AND i.id = k.interaction_id
    WHERE e.workspace_id = ${workspaceId} AND e.party_id = ${party}::uuid AND e.state <> 'withdrawn' AND k.at IS NOT NULL`.execute(
    db,
  );
  return rows;
};
