import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';

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
};

const ROW = sql.raw(`i.id, i.kind, i.direction, i.at, i.at_source AS "atSource",
  (i.times -> i.at_source ->> 'offsetMin')::int AS "offsetMin",
  jsonb_build_object('name', i.from_name, 'address', i.from_address) AS "from", i.to_line AS "to", i.subject, i.lead,
  jsonb_array_length(i.attachments) AS attachments, jsonb_array_length(i.issues) AS issues,
  (SELECT count(*)::int FROM interactions c WHERE c.workspace_id = i.workspace_id AND c.content_digest = i.content_digest) AS copies,
  (SELECT m.thread_id FROM thread_members m WHERE m.workspace_id = i.workspace_id AND m.interaction_id = i.id) AS "threadId",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) ORDER BY p.name, p.id), '[]'::jsonb)
     FROM filings g JOIN parties p ON p.workspace_id = g.workspace_id AND p.id = g.party_id
    WHERE g.workspace_id = i.workspace_id AND g.interaction_id = i.id) AS parties`);

export type TimelineFilter = { readonly direction: string | null; readonly kind: string | null };

/** What was filed under a party, newest first; of several copies of one message only the first recorded. */
export async function pageOfTimeline(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  filter: TimelineFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    SELECT ${ROW} FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid
      AND (${after?.at ?? null}::timestamptz IS NULL OR (f.at, f.interaction_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      AND (${filter.direction}::text IS NULL OR i.direction = ${filter.direction})
      AND (${filter.kind}::text IS NULL OR i.kind = ${filter.kind})
      AND ${isFirstCopy(sql`f.party_id`)}
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

function isFirstCopy(party: ReturnType<typeof sql>) {
  return sql`NOT EXISTS (
    SELECT 1 FROM interactions o JOIN filings fo ON fo.workspace_id = o.workspace_id AND fo.interaction_id = o.id AND fo.party_id = ${party}
    WHERE o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest AND o.id < i.id)`;
}

export async function countTimeline(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ total: number; inbound: number; outbound: number }> {
  const { rows } = await sql<{ total: number; inbound: number; outbound: number }>`
    SELECT count(*) AS total, count(*) FILTER (WHERE i.direction = 'inbound') AS inbound, count(*) FILTER (WHERE i.direction = 'outbound') AS outbound
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid`.execute(db);
  return rows[0]!;
}

export async function timelineRows(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    SELECT ${ROW} FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[]) ORDER BY i.at DESC, i.id DESC`.execute(
    db,
  );
  return rows;
}

export async function recentRows(
  db: Db,
  workspaceId: WorkspaceId,
  since: Instant,
  limit: number,
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    SELECT ${ROW} FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.at >= ${since}
    ORDER BY i.at DESC, i.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** The other messages of a conversation, oldest first. */
export async function threadRows(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  limit: number,
): Promise<readonly TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    SELECT ${ROW} FROM thread_members t JOIN thread_members o ON o.workspace_id = t.workspace_id AND o.thread_id = t.thread_id
    JOIN interactions i ON i.workspace_id = o.workspace_id AND i.id = o.interaction_id
    WHERE t.workspace_id = ${workspaceId} AND t.interaction_id = ${id}::uuid ORDER BY i.at, i.id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}
