import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';

/** Rooms whose projections are large: from these rows are taken out, the others are made anew. */
const LARGE_ROOMS = ['party', 'source', 'interaction', 'sender'] as const;

export type Gone = {
  readonly records: readonly RecordId[];
  readonly interactions: readonly string[];
  readonly party: string | null;
};

type Table = { readonly name: string; readonly columns: readonly string[] };

/** Tables of one kind with their columns. @param kind as their own comment says it */
export async function tablesOfKind(db: Db | Tx, kind: 'projection' | 'private'): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    SELECT c.relname AS name, ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND obj_description(c.oid, 'pg_class') LIKE ${`${kind}%`} ORDER BY c.relname`.execute(db);
  return rows;
}

/** Whether every row of a projection was made by rooms that are made anew. */
export async function isSmall(tx: Tx, workspaceId: WorkspaceId, { name, columns }: Table): Promise<boolean> {
  if (!columns.includes('record_id')) return false;
  const { rows } = await sql<{ large: boolean }>`
    SELECT EXISTS (SELECT 1 FROM ${sql.table(name)} t JOIN entries e ON e.workspace_id = t.workspace_id AND e.id = t.record_id
      WHERE t.workspace_id = ${workspaceId} AND split_part(e.kind, '.', 1) = ANY(${texts(LARGE_ROOMS)}::text[])) AS large`.execute(
    tx,
  );
  return !rows[0]!.large;
}

export function isOfLargeRoom(kind: string): boolean {
  return LARGE_ROOMS.some((room) => kind.startsWith(`${room}.`));
}

/** Takes the rows of what goes out of a projection that stays. */
export async function deleteProjected(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, columns }: Table,
  { records, interactions, party }: Gone,
): Promise<void> {
  const conditions = [
    ...(columns.includes('record_id') ? [sql`record_id = ANY(${uuids(records)}::uuid[])`] : []),
    ...(columns.includes('interaction_id')
      ? [sql`interaction_id = ANY(${uuids(interactions)}::uuid[])`]
      : []),
    ...(columns.includes('party_id') && party !== null ? [sql`party_id = ${party}::uuid`] : []),
  ];
  if (conditions.length === 0) return;
  await sql`DELETE FROM ${sql.table(name)} WHERE workspace_id = ${workspaceId} AND (${sql.join(conditions, sql` OR `)})`.execute(
    tx,
  );
}

export async function emptyTable(tx: Tx, workspaceId: WorkspaceId, name: string): Promise<void> {
  await sql`DELETE FROM ${sql.table(name)} WHERE workspace_id = ${workspaceId}`.execute(tx);
}

/**
 * Private rows that name something that goes, in any column: working notes, drafts, what was set aside.
 *
 * @returns the slots of those whose words lay under seal
 */
export async function deletePrivate(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, columns }: Table,
  ids: readonly string[],
): Promise<readonly number[]> {
  if (!columns.includes('workspace_id') || KEPT.includes(name)) return [];
  const { rows } = await sql<{ slot: number | null }>`
    DELETE FROM ${sql.table(name)} t WHERE t.workspace_id = ${workspaceId} AND EXISTS (
      SELECT 1 FROM regexp_matches((to_jsonb(t) - 'workspace_id')::text, ${UUID}, 'g') AS m
      WHERE m[1]::uuid = ANY(${uuids(ids)}::uuid[]))
    RETURNING (to_jsonb(t) ->> 'slot')::bigint AS slot`.execute(tx);
  return rows.flatMap(({ slot }) => slot ?? []);
}

const UUID = '([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})';
/** What is being erased, who is here, and where followers stand. */
const KEPT: readonly string[] = ['erasure_work', 'members', 'workspaces', 'followers', 'parked'];

/** Conversations that lose a member; those that stay in them, in the order they were recorded. */
export async function takeThreads(
  tx: Tx,
  workspaceId: WorkspaceId,
  interactions: readonly string[],
): Promise<readonly RecordId[]> {
  const { rows: threads } = await sql<{ id: string }>`
    SELECT DISTINCT thread_id AS id FROM thread_members
    WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(interactions)}::uuid[])`.execute(tx);
  const ids = uuids(threads.map(({ id }) => id));
  const { rows } = await sql<{ id: RecordId }>`
    SELECT m.record_id AS id FROM thread_members m JOIN entries e ON e.workspace_id = m.workspace_id AND e.id = m.record_id
    WHERE m.workspace_id = ${workspaceId} AND m.thread_id = ANY(${ids}::uuid[])
      AND m.interaction_id <> ALL(${uuids(interactions)}::uuid[]) ORDER BY e.index`.execute(tx);
  await sql`
    DELETE FROM missing_names n USING thread_members m
    WHERE m.workspace_id = ${workspaceId} AND m.thread_id = ANY(${ids}::uuid[])
      AND n.workspace_id = m.workspace_id AND n.interaction_id = m.interaction_id`.execute(tx);
  for (const table of ['thread_members', 'thread_keys'])
    await sql`DELETE FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId} AND thread_id = ANY(${ids}::uuid[])`.execute(
      tx,
    );
  return rows.map(({ id }) => id);
}

/** Marks entries as erased; of the envelope nothing stays, not even under a lost key. */
export async function blankEntries(
  tx: Tx,
  workspaceId: WorkspaceId,
  indexes: readonly number[],
  at: string,
): Promise<void> {
  await sql`
    UPDATE entries SET erased_at = ${at}::timestamptz, sealed = ''::bytea
    WHERE workspace_id = ${workspaceId} AND index = ANY(${bigints(indexes)}::bigint[]) AND erased_at IS NULL`.execute(
    tx,
  );
}

/** SHA-256 digests, of the bytes and of their lines, of the originals of what goes. */
export async function digestsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  interactions: readonly string[],
): Promise<readonly Uint8Array[]> {
  const { rows } = await sql<{ digest: Uint8Array }>`
    SELECT DISTINCT unnest(ARRAY[sha256, line_digest]) AS digest FROM originals
    WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(interactions)}::uuid[])`.execute(tx);
  return rows.map(({ digest }) => digest);
}

export async function slotsOfObjects(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  commitments: readonly string[],
): Promise<readonly number[]> {
  const { rows } = await sql<{ slot: number }>`
    SELECT slot FROM objects WHERE workspace_id = ${workspaceId}
      AND commitment = ANY(${byteas(commitments.map((hex) => Buffer.from(hex, 'hex')))}::bytea[])`.execute(
    db,
  );
  return rows.map(({ slot }) => slot);
}
