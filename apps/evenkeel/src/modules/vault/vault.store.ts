import type { WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, ints } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import type { SealedObject, SlotId } from './vault.ts';

/** Records where objects lie, and that their packs are committed up to their ends. */
export async function insertObjects(
  tx: Tx,
  workspaceId: WorkspaceId,
  objects: readonly SealedObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await sql`
    INSERT INTO objects (workspace_id, slot, pack, start, length, size_bytes, commitment)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${bigints(objects.map((o) => o.slot))}::bigint[], ${ints(objects.map((o) => o.pack))}::int[], ${bigints(objects.map((o) => o.start))}::bigint[],
      ${bigints(objects.map((o) => o.length))}::bigint[], ${bigints(objects.map((o) => o.sizeBytes))}::bigint[],
      ${byteas(objects.map((o) => Buffer.from(o.commitment)))}::bytea[])`.execute(tx);
  const ends = new Map<number, number>();
  for (const { pack, start, length } of objects)
    ends.set(pack, Math.max(ends.get(pack) ?? 0, start + length));
  await sql`
    INSERT INTO packs (workspace_id, pack, committed_end)
    SELECT ${workspaceId}::uuid, * FROM unnest(${ints([...ends.keys()])}::int[], ${bigints([...ends.values()])}::bigint[])
    ON CONFLICT (workspace_id, pack) DO UPDATE SET committed_end = greatest(packs.committed_end, excluded.committed_end)`.execute(
    tx,
  );
}

export async function committedEnds(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ pack: number; committedEnd: number }>`
    SELECT pack, committed_end AS "committedEnd" FROM packs WHERE workspace_id = ${workspaceId}`.execute(db);
  return new Map(rows.map((row) => [row.pack, row.committedEnd]));
}

export async function loadObjects(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  slots: readonly SlotId[],
): Promise<ReadonlyMap<SlotId, SealedObject>> {
  const { rows } = await sql<SealedObject>`
    SELECT slot, pack, start, length, size_bytes AS "sizeBytes", commitment
    FROM objects WHERE workspace_id = ${workspaceId} AND slot = ANY(${bigints(slots)}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.slot, row]));
}

/** Every object in the order of its slot, a page at a time. */
export async function pageOfObjects(
  db: Db,
  workspaceId: WorkspaceId,
  after: number,
  limit: number,
): Promise<readonly SealedObject[]> {
  const { rows } = await sql<SealedObject>`
    SELECT slot, pack, start, length, size_bytes AS "sizeBytes", commitment
    FROM objects WHERE workspace_id = ${workspaceId} AND slot > ${after} ORDER BY slot LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export function objectOf(objects: ReadonlyMap<SlotId, SealedObject>, slot: SlotId): SealedObject {
  const object = objects.get(slot);
  if (!object)
    throw new BrokenPromise('row-missing', `The place of the original in slot ${slot} is not recorded.`);
  return object;
}
