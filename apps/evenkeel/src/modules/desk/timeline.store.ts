import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { Times } from '../interaction/interaction.ts';
import { lateByMin } from '../interaction/late.ts';
import type { PrivilegeKind } from '../interaction/privilege.ts';
import type { Voice } from '../interaction/search.ts';

/** One line of a timeline. `lead` is the first of somebody's own words; quoted history is left out. */
export type TimelineRow = {
  readonly id: string;
  readonly kind: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | null;
  readonly at: Instant;
  readonly atSource: string;
  readonly offsetMin: number | null;
  readonly from: { readonly name: string | null; readonly address: string | null };
  readonly to: string;
  readonly subject: string | null;
  readonly lead: string;
  readonly attachments: number;
  readonly issues: number;
  readonly copies: number;
  readonly threadId: string | null;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly recordedAt: Instant;
  /** Minutes between what happened and its entry here, where they are more than a day. */
  readonly lateByMin: number | null;
  /** What was stated about words recorded by hand; null for what came as bytes of its own. */
  readonly noted: {
    readonly durationMin: number | null;
    readonly channel: string | null;
    readonly corrects: string | null;
  } | null;
  readonly isCorrected: boolean;
  /** What an export says became of it since. */
  readonly became: 'edited' | 'deleted' | null;
  /** Why no bundle may hold it, as long as nobody waived that. */
  readonly keptBack: PrivilegeKind | null;
  readonly points: readonly PointMark[];
};

/**
 * A point that a message began, or raised again.
 *
 * @property settledAt when the words were written that answered or agreed it, in the state it is in now
 */
export type PointMark = {
  readonly partyId: string;
  readonly number: number;
  readonly title: string;
  readonly isAgain: boolean;
  readonly state: string;
  readonly settledAt: Instant | null;
};

type StoredRow = Omit<TimelineRow, 'recordedAt' | 'lateByMin'> & { readonly times: Times };

function rowOf({ times, points, ...row }: StoredRow): TimelineRow {
  const marks = points.map(({ settledAt, ...mark }) => ({
    ...mark,
    settledAt: settledAt === null ? null : (new Date(settledAt).toISOString() as Instant),
  }));
  return { ...row, points: marks, recordedAt: times.recorded.at, lateByMin: lateByMin(times) };
}

const ROW = sql.raw(`i.id, i.kind, i.direction, i.at, i.at_source AS "atSource",
  (i.times -> i.at_source ->> 'offsetMin')::int AS "offsetMin",
  jsonb_build_object('name', i.from_name, 'address', i.from_address) AS "from", i.to_line AS "to", i.subject, i.lead,
  jsonb_array_length(i.attachments) AS attachments, jsonb_array_length(i.issues) AS issues,
  (SELECT count(*)::int FROM interactions c WHERE c.workspace_id = i.workspace_id AND c.content_digest = i.content_digest) AS copies,
  (SELECT m.thread_id FROM thread_members m WHERE m.workspace_id = i.workspace_id AND m.interaction_id = i.id) AS "threadId",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id), '[]'::jsonb)
     FROM filings g JOIN parties p ON p.workspace_id = g.workspace_id AND p.id = g.party_id
    WHERE g.workspace_id = i.workspace_id AND g.interaction_id = i.id) AS parties, i.times,
  (SELECT jsonb_build_object('durationMin', n.duration_min, 'channel', n.channel, 'corrects', n.corrects)
     FROM noted n WHERE n.workspace_id = i.workspace_id AND n.interaction_id = i.id) AS noted,
  EXISTS (SELECT 1 FROM noted c WHERE c.workspace_id = i.workspace_id AND c.corrects = i.id) AS "isCorrected",
  (SELECT CASE WHEN x.state = 'deleted' THEN 'deleted' WHEN x.state = 'edited' OR x.edited_at IS NOT NULL THEN 'edited' END
     FROM exported x WHERE x.workspace_id = i.workspace_id AND x.interaction_id = i.id) AS became,
  (SELECT v.kind FROM privileges v WHERE v.workspace_id = i.workspace_id AND v.interaction_id = i.id AND v.waived_at IS NULL) AS "keptBack",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('partyId', q.party_id, 'number', q.number, 'title', q.title, 'state', q.state,
       'isAgain', q.again, 'settledAt', q.settled) ORDER BY q.number), '[]'::jsonb)
     FROM (
       SELECT t.party_id, t.number, t.title, t.state, bool_and(t.id <> a.point_id OR s.step <> 'opened') AS again,
         (SELECT w.at FROM point_cites e JOIN interactions w ON w.workspace_id = e.workspace_id AND w.id = e.interaction_id
           WHERE e.workspace_id = t.workspace_id AND e.point_id = t.id
             AND e.role = CASE t.state WHEN 'answered' THEN 'answer' WHEN 'agreed' THEN 'agreed' END
           ORDER BY e.position DESC LIMIT 1) AS settled
       FROM point_cites a
       JOIN point_steps s ON s.workspace_id = a.workspace_id AND s.record_id = a.record_id
       JOIN points p ON p.workspace_id = a.workspace_id AND p.id = a.point_id
       JOIN points t ON t.workspace_id = p.workspace_id AND t.id = coalesce(p.merged_into, p.id)
       WHERE a.workspace_id = i.workspace_id AND a.interaction_id = i.id AND a.role = 'asked' AND t.state <> 'withdrawn'
       GROUP BY t.workspace_id, t.id, t.party_id, t.number, t.title, t.state) q) AS points`);

export type TimelineFilter = {
  readonly direction: string | null;
  readonly kind: string | null;
  /** Only messages in which a point was asked, answered, agreed or weighed, by its number. */
  readonly point: number | null;
  /** Only what may hold words of this side. */
  readonly voice: Voice | null;
};

/** What was filed under a party, newest first; of several copies of one message only the first recorded. */
export async function pageOfTimeline(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  filter: TimelineFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<StoredRow>`
    SELECT ${ROW} FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid
      AND (${after?.at ?? null}::timestamptz IS NULL OR (f.at, f.interaction_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      AND (${filter.direction}::text IS NULL OR i.direction = ${filter.direction})
      AND (${filter.kind}::text IS NULL OR i.kind = ${filter.kind})
      AND (${filter.voice}::text IS NULL OR i.kind <> 'message' OR i.direction = CASE ${filter.voice}::text WHEN 'theirs' THEN 'inbound' ELSE 'outbound' END)
      AND ${filter.point === null ? isFirstCopy(sql`f.party_id`) : isAboutPoint(party, filter.point)}
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}

/** Words of a point stand in it, or of one that is the same. */
function isAboutPoint(party: string, number: number) {
  return sql`EXISTS (
    SELECT 1 FROM point_cites a JOIN points p ON p.workspace_id = a.workspace_id AND p.id = a.point_id
    JOIN points t ON t.workspace_id = p.workspace_id AND t.id IN (p.id, p.merged_into)
    WHERE a.workspace_id = i.workspace_id AND a.interaction_id = i.id AND a.role <> 'moved' AND t.party_id = ${party}::uuid
      AND t.number = ${number})`;
}

function isFirstCopy(party: ReturnType<typeof sql>) {
  return sql`NOT EXISTS (
    SELECT 1 FROM interactions o JOIN filings fo ON fo.workspace_id = o.workspace_id AND fo.interaction_id = o.id AND fo.party_id = ${party}
    WHERE o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest AND o.id < i.id)`;
}

/** How much there is of each side; `unknown` is of neither, and nobody recorded it by hand. */
export type SideCounts = {
  readonly total: number;
  readonly inbound: number;
  readonly outbound: number;
  readonly unknown: number;
};

export async function countTimeline(db: Db, workspaceId: WorkspaceId, party: string): Promise<SideCounts> {
  const { rows } = await sql<SideCounts>`
    SELECT count(*) AS total, count(*) FILTER (WHERE i.direction = 'inbound') AS inbound, count(*) FILTER (WHERE i.direction = 'outbound') AS outbound,
      count(*) FILTER (WHERE i.direction IS NULL AND n.record_id IS NULL) AS unknown
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = f.workspace_id AND n.interaction_id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid`.execute(db);
  return rows[0]!;
}

/** How many messages have words of a point. */
export async function countAboutPoint(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  number: number,
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    SELECT count(*) AS total FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND ${isAboutPoint(party, number)}`.execute(
    db,
  );
  return rows[0]!.total;
}

export async function timelineRows(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<StoredRow>`
    SELECT ${ROW} FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[]) ORDER BY i.at DESC, i.id DESC`.execute(
    db,
  );
  return rows.map(rowOf);
}

export async function recentRows(
  db: Db,
  workspaceId: WorkspaceId,
  since: Instant,
  limit: number,
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<StoredRow>`
    SELECT ${ROW} FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.at >= ${since}
    ORDER BY i.at DESC, i.id DESC LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}
