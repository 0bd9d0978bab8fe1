import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, smallints, texts, timestamps, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { SlotId } from '../vault/vault.ts';
import type { EntryLine, Taken } from './follower.ts';
import type { Entry } from './ledger.ts';

/** Below the tiles of level 0 lie the leaves themselves, 256 a row. */
export const LEAVES_LEVEL = -1;
/** Slots are given in a row and entries take them in batches: among so many lies the highest. */
const NEWEST = 20_000;

export type Head = { readonly size: number; readonly range: Uint8Array };
export type StreamHead = { readonly stream: string; readonly slot: SlotId; readonly length: number };
export type Tile = { readonly level: number; readonly n: number; readonly content: Uint8Array };

export async function createHead(db: Db | Tx, workspaceId: WorkspaceId, origin: string): Promise<void> {
  await sql`
    INSERT INTO log_heads (workspace_id, origin, size, range) VALUES (${workspaceId}, ${origin}, 0, ''::bytea)
    ON CONFLICT DO NOTHING`.execute(db);
}

/** Locks the head until the transaction ends, and reads it with the streams that are about to grow. */
export async function lockHead(tx: Tx, workspaceId: WorkspaceId): Promise<Head> {
  const { rows } = await sql<Head>`
    SELECT size, range FROM log_heads WHERE workspace_id = ${workspaceId} FOR UPDATE`.execute(tx);
  return rows[0]!;
}

export async function readHead(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<Head & { readonly origin: string }> {
  const { rows } = await sql<Head & { origin: string }>`
    SELECT size, range, origin FROM log_heads WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows[0]!;
}

export async function origins(db: Db): Promise<readonly { workspaceId: string; origin: string }[]> {
  const { rows } = await sql<{ workspaceId: string; origin: string }>`
    SELECT workspace_id AS "workspaceId", origin FROM log_heads`.execute(db);
  return rows;
}

export async function loadStreams(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  names: readonly string[],
): Promise<readonly StreamHead[]> {
  const { rows } = await sql<StreamHead>`
    SELECT stream, slot, length FROM streams WHERE workspace_id = ${workspaceId} AND stream = ANY(${texts(names)}::text[])`.execute(
    db,
  );
  return rows;
}

export async function allStreams(db: Db, workspaceId: WorkspaceId): Promise<readonly StreamHead[]> {
  const { rows } = await sql<StreamHead>`
    SELECT stream, slot, length FROM streams WHERE workspace_id = ${workspaceId} ORDER BY stream`.execute(db);
  return rows;
}

export type Growth = {
  readonly entries: readonly Entry[];
  readonly tiles: readonly Tile[];
  readonly streams: readonly StreamHead[];
  readonly head: Head;
};

/** Writes an append in one statement: entries, full tiles, stream lengths and the head. */
export async function writeGrowth(tx: Tx, workspaceId: WorkspaceId, growth: Growth): Promise<void> {
  const { entries, tiles, streams, head } = growth;
  await sql`
    WITH new_entries AS (
      INSERT INTO entries (workspace_id, index, id, kind, actor, recorded_at, leaf, sealed, slot)
      SELECT ${workspaceId}::uuid, * FROM unnest(
        ${bigints(entries.map((e) => e.index))}::bigint[], ${uuids(entries.map((e) => e.id))}::uuid[], ${texts(entries.map((e) => e.kind))}::text[],
        ${texts(entries.map((e) => e.actor))}::text[], ${timestamps(entries.map((e) => e.recordedAt))}::timestamptz[],
        ${byteas(entries.map((e) => e.leaf))}::bytea[], ${byteas(entries.map((e) => e.sealed))}::bytea[], ${bigints(entries.map((e) => e.slot))}::bigint[])
    ), new_tiles AS (
      INSERT INTO tiles (workspace_id, level, n, content)
      SELECT ${workspaceId}::uuid, * FROM unnest(
        ${smallints(tiles.map((t) => t.level))}::smallint[], ${bigints(tiles.map((t) => t.n))}::bigint[], ${byteas(tiles.map((t) => t.content))}::bytea[])
    ), grown AS (
      INSERT INTO streams (workspace_id, stream, slot, length)
      SELECT ${workspaceId}::uuid, * FROM unnest(
        ${texts(streams.map((s) => s.stream))}::text[], ${bigints(streams.map((s) => s.slot))}::bigint[], ${bigints(streams.map((s) => s.length))}::bigint[])
      ON CONFLICT (workspace_id, stream) DO UPDATE SET length = excluded.length
    )
    UPDATE log_heads SET size = ${head.size}, range = ${head.range} WHERE workspace_id = ${workspaceId}`.execute(
    tx,
  );
}

type EntryRow = Omit<Entry, 'recordedAt'> & { readonly recordedAt: string };
const COLUMNS = sql.raw('index, id, kind, actor, recorded_at AS "recordedAt", leaf, sealed, slot');
const LINE_COLUMNS = sql.raw('index, id, kind');

/** Entries from an index on, in order. */
export async function pageOfEntries(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  limit: number,
): Promise<readonly Entry[]> {
  const { rows } = await sql<EntryRow>`
    SELECT ${COLUMNS} FROM entries WHERE workspace_id = ${workspaceId} AND index >= ${from} ORDER BY index LIMIT ${limit}`.execute(
    db,
  );
  return rows as Entry[];
}

/** The first in [from, until) of what is taken, in order. */
export async function entriesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
  taken: Taken,
): Promise<readonly Entry[]> {
  return (await firstBetween<EntryRow>(db, COLUMNS, workspaceId, from, until, taken)) as Entry[];
}

/** The same without what is sealed. */
export function linesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
  taken: Taken,
): Promise<readonly EntryLine[]> {
  return firstBetween(db, LINE_COLUMNS, workspaceId, from, until, taken);
}

async function firstBetween<Row>(
  db: Db | Tx,
  columns: typeof COLUMNS,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
  { kinds, batch }: Taken,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM entries WHERE workspace_id = ${workspaceId} AND index >= ${from} AND index < ${until}
      AND ${kinds ? sql`kind = ANY(${texts(kinds)}::text[])` : sql`true`} ORDER BY index LIMIT ${batch}`.execute(
    db,
  );
  return rows;
}

export async function entriesById(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly RecordId[],
): Promise<readonly Entry[]> {
  const { rows } = await sql<EntryRow>`
    SELECT ${COLUMNS} FROM entries WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[]) ORDER BY index`.execute(
    db,
  );
  return rows as Entry[];
}

export async function entriesByIndex(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  indexes: readonly number[],
): Promise<readonly Entry[]> {
  const { rows } = await sql<EntryRow>`
    SELECT ${COLUMNS} FROM entries WHERE workspace_id = ${workspaceId} AND index = ANY(${bigints(indexes)}::bigint[]) ORDER BY index`.execute(
    db,
  );
  return rows as Entry[];
}

/** Which of the entries in [from, until) were erased. */
export async function erasedBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ index: number }>`
    SELECT index FROM entries
    WHERE workspace_id = ${workspaceId} AND index >= ${from} AND index < ${until} AND erased_at IS NOT NULL`.execute(
    db,
  );
  return new Set(rows.map((row) => row.index));
}

/** The highest slot that the newest entries and the streams name; null in an empty ledger. */
export async function highestSlot(db: Db | Tx, workspaceId: WorkspaceId): Promise<SlotId | null> {
  const { rows } = await sql<{ slot: SlotId | null }>`
    SELECT greatest(
      (SELECT max(slot) FROM (SELECT slot FROM entries WHERE workspace_id = ${workspaceId} ORDER BY index DESC LIMIT ${NEWEST}) AS newest),
      (SELECT max(slot) FROM streams WHERE workspace_id = ${workspaceId})) AS slot`.execute(db);
  return rows[0]?.slot ?? null;
}

/**
 * The leaves of the entries in [from, until), 69 bytes each in order, 256 a row.
 *
 * Each row is read along the index on its own, so that PostgreSQL has nothing to sort. They come as base64: what our driver
 * receives is text, and as hexadecimal it would be half as much again.
 */
export async function leavesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
): Promise<readonly { n: number; count: number; leaves: Uint8Array }[]> {
  const { rows } = await sql<{ n: number; count: number; leaves: string }>`
    SELECT n, row.count, encode(row.leaves, 'base64') AS leaves
    FROM generate_series(${from}::bigint / 256, (${until}::bigint - 1) / 256) AS n CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, string_agg(leaf, ''::bytea ORDER BY index) AS leaves FROM entries
      WHERE workspace_id = ${workspaceId} AND index >= greatest(${from}, n * 256) AND index < least(${until}, n * 256 + 256)
    ) AS row WHERE row.count > 0 ORDER BY n`.execute(db);
  return rows.map((row) => ({ ...row, leaves: Buffer.from(row.leaves, 'base64') }));
}

/** Full tiles of one level, numbers [from, until). */
export async function tilesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  level: number,
  from: number,
  until: number,
): Promise<readonly Tile[]> {
  const { rows } = await sql<Tile>`
    SELECT level, n, content FROM tiles
    WHERE workspace_id = ${workspaceId} AND level = ${level} AND n >= ${from} AND n < ${until} ORDER BY n`.execute(
    db,
  );
  return rows;
}

/** {@link tilesBetween}, each by the SHA-256 of its bytes. */
export async function tileDigests(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  level: number,
  from: number,
  until: number,
): Promise<readonly { n: number; digest: Uint8Array }[]> {
  const { rows } = await sql<{ n: number; digest: Uint8Array }>`
    SELECT n, sha256(content) AS digest FROM tiles
    WHERE workspace_id = ${workspaceId} AND level = ${level} AND n >= ${from} AND n < ${until} ORDER BY n`.execute(
    db,
  );
  return rows;
}
