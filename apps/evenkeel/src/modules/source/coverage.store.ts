import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Totals } from './source.ts';

export type RunSeen = {
  readonly id: string;
  readonly source: string;
  readonly state: 'running' | 'finished' | 'cancelled';
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly totals: Totals;
};

/** The readings of these sources, each source's first one first. */
export async function runsOf(
  db: Db,
  workspaceId: WorkspaceId,
  sources: readonly string[],
): Promise<readonly RunSeen[]> {
  const { rows } = await sql<RunSeen>`
    SELECT id, source_id AS source, state, started_at AS "startedAt", finished_at AS "finishedAt", totals FROM runs
    WHERE workspace_id = ${workspaceId} AND source_id = ANY(${uuids(sources)}::uuid[]) ORDER BY started_at, id`.execute(
    db,
  );
  return rows;
}

/** A folder of a mailbox under one UIDVALIDITY, over all readings. */
export type FolderSeen = {
  readonly source: string;
  readonly path: string;
  readonly uidValidity: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Messages that the server showed when each was looked at for the first time. */
  readonly listed: number;
  /** Numbers below those of the first look that belonged to no message: never given, or removed before we came. */
  readonly emptyAtFirst: number;
  /** Numbers given since then that no message was behind when we looked. */
  readonly emptySince: number;
  /** Numbers that were not looked at yet, where a reading was cut off. */
  readonly notYet: number;
  /** Readings from before it was written down what the server listed. */
  readonly unlisted: number;
};

export async function foldersSeen(
  db: Db,
  workspaceId: WorkspaceId,
  sources: readonly string[],
): Promise<readonly FolderSeen[]> {
  const { rows } = await sql<FolderSeen>`
    SELECT source_id AS source, path, uid_validity AS "uidValidity", min(seen_at) AS "firstAt", max(seen_at) AS "lastAt",
      coalesce(sum(listed), 0)::int AS listed,
      coalesce(sum(greatest(until_uid - new_from + 1, 0) - listed) FILTER (WHERE looked_at IS NULL), 0)::int AS "emptyAtFirst",
      coalesce(sum(greatest(until_uid - new_from + 1, 0) - listed) FILTER (WHERE looked_at IS NOT NULL), 0)::int AS "emptySince",
      greatest((array_agg(uid_next ORDER BY record_id DESC))[1] - 1 - max(until_uid), 0)::int AS "notYet",
      count(*) FILTER (WHERE new_from IS NULL)::int AS unlisted
    FROM folder_readings WHERE workspace_id = ${workspaceId} AND source_id = ANY(${uuids(sources)}::uuid[])
    GROUP BY source_id, path, uid_validity ORDER BY source_id, path, min(seen_at)`.execute(db);
  return rows;
}

/** What a server did not show any more at a reading, or gave and took back between two: when, and how many. */
export type FolderLoss = {
  readonly source: string;
  readonly path: string;
  readonly uidValidity: string;
  /** When it was looked at before; null where that was not written down. */
  readonly from: Instant | null;
  readonly until: Instant;
  /** Kept messages that are no longer there; how many of them are about this party. */
  readonly gone: number;
  readonly ours: number;
  /** Numbers that came and went unseen. */
  readonly unseen: number;
};

/** The latest such readings, the newest first. */
export async function folderLosses(
  db: Db,
  workspaceId: WorkspaceId,
  sources: readonly string[],
  party: string,
  limit: number,
): Promise<readonly FolderLoss[]> {
  const { rows } = await sql<FolderLoss>`
    SELECT r.source_id AS source, r.path, r.uid_validity AS "uidValidity", r.looked_at AS "from", r.seen_at AS until,
      cardinality(r.gone) AS gone,
      (SELECT count(DISTINCT u.uid)::int FROM mail_uids u JOIN filings f ON f.workspace_id = u.workspace_id AND f.interaction_id = u.interaction_id
        WHERE u.workspace_id = r.workspace_id AND u.source_id = r.source_id AND u.path = r.path AND u.uid_validity = r.uid_validity
          AND u.uid = ANY(r.gone) AND f.party_id = ${party}::uuid) AS ours,
      CASE WHEN r.looked_at IS NULL THEN 0 ELSE coalesce(greatest(r.until_uid - r.new_from + 1, 0) - r.listed, 0) END::int AS unseen
    FROM folder_readings r
    WHERE r.workspace_id = ${workspaceId} AND r.source_id = ANY(${uuids(sources)}::uuid[]) AND (cardinality(r.gone) > 0
      OR (r.looked_at IS NOT NULL AND r.listed < r.until_uid - r.new_from + 1))
    ORDER BY r.record_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
