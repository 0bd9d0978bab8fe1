import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { AnchorFact, Stamp, TimeAuthority } from './anchor.ts';
import type { Project, Recorded } from './deciding.actions.ts';
import { entriesById } from './ledger.store.ts';
import type { Entry, Fact } from './ledger.ts';
import { projecting } from './projecting.ts';

export async function timeAuthorities(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly TimeAuthority[]> {
  const { rows } = await sql<TimeAuthority>`
    SELECT name, url, roots FROM time_authorities WHERE workspace_id = ${workspaceId} ORDER BY name`.execute(
    db,
  );
  return rows;
}

export async function replaceAuthorities(
  tx: Tx,
  workspaceId: WorkspaceId,
  authorities: readonly TimeAuthority[],
): Promise<void> {
  await sql`DELETE FROM time_authorities WHERE workspace_id = ${workspaceId}`.execute(tx);
  for (const { name, url, roots } of authorities)
    await sql`INSERT INTO time_authorities (workspace_id, name, url, roots) VALUES (${workspaceId}, ${name}, ${url}, ${roots})`.execute(
      tx,
    );
}

export const projectAnchors = projecting<AnchorFact>({
  'log.anchored': (tx, workspaceId, one) => insertAnchor(tx, workspaceId, one, one.fact.stampedAt, null),
  'log.anchor-failed': (tx, workspaceId, one) => insertAnchor(tx, workspaceId, one, null, one.fact.code),
});

const ANCHOR_KINDS: readonly string[] = ['log.anchored', 'log.anchor-failed'] satisfies AnchorFact['kind'][];

/** Of what the log says of itself only receipts are in a projection. */
export const replayLog: Project<Fact> = (tx, workspaceId, recorded) =>
  projectAnchors(
    tx,
    workspaceId,
    recorded.filter((one): one is Recorded<AnchorFact> => ANCHOR_KINDS.includes(one.fact.kind)),
  );

async function insertAnchor(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact: { authority, size } }: Recorded<AnchorFact>,
  stampedAt: Instant | null,
  refusedAs: string | null,
): Promise<void> {
  await sql`
    INSERT INTO anchors (workspace_id, record_id, authority, size, stamped_at, refused_as, recorded_at)
    VALUES (${workspaceId}, ${recordId}, ${authority}, ${size}, ${stampedAt}, ${refusedAs}, ${recordedAt})`.execute(
    tx,
  );
}

export type AnchorRow = {
  readonly recordId: string;
  readonly authority: string;
  readonly size: number;
  readonly stampedAt: Instant | null;
  readonly refusedAs: string | null;
  readonly recordedAt: Instant;
};

/** The newest receipts, and answers that did not hold. */
export async function newestAnchors(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  limit: number,
): Promise<readonly AnchorRow[]> {
  const { rows } = await sql<AnchorRow>`
    SELECT record_id AS "recordId", authority, size::float8 AS size, stamped_at AS "stampedAt", refused_as AS "refusedAs",
      recorded_at AS "recordedAt"
    FROM anchors WHERE workspace_id = ${workspaceId} ORDER BY size DESC, recorded_at DESC LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

/** How far the newest receipt reaches, and when it came. */
export async function lastAnchor(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<{ size: number; recordedAt: Instant } | null> {
  const { rows } = await sql<{ size: number; recordedAt: Instant }>`
    SELECT size::float8 AS size, recorded_at AS "recordedAt" FROM anchors
    WHERE workspace_id = ${workspaceId} AND refused_as IS NULL ORDER BY size DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** The time-stamps that held, in the order of the log. */
export async function stampsInOrder(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly (Stamp & { readonly stampedAt: Instant })[]> {
  const { rows } = await sql<Stamp & { stampedAt: Instant }>`
    SELECT e.index::float8 AS index, a.size::float8 AS size, a.stamped_at AS "stampedAt"
    FROM anchors a JOIN entries e ON e.workspace_id = a.workspace_id AND e.id = a.record_id
    WHERE a.workspace_id = ${workspaceId} AND a.refused_as IS NULL ORDER BY e.index`.execute(db);
  return rows;
}

/** The lines of time-stamps that held, up to a head. */
export async function anchorEntries(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  size: number,
): Promise<readonly Entry[]> {
  const { rows } = await sql<{ recordId: RecordId }>`
    SELECT record_id AS "recordId" FROM anchors WHERE workspace_id = ${workspaceId} AND refused_as IS NULL`.execute(
    db,
  );
  const entries = await entriesById(
    db,
    workspaceId,
    rows.map(({ recordId }) => recordId),
  );
  return entries.filter(({ index }) => index < size);
}

/** Whether anything but receipts was recorded from this entry on. */
export async function hasNewsSince(db: Db | Tx, workspaceId: WorkspaceId, index: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM entries WHERE workspace_id = ${workspaceId} AND index >= ${index} AND kind NOT LIKE 'log.anchor%' LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}
