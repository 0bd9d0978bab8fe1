import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import { byteas, uuids } from '../../kernel/columns.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import { projecting } from '../ledger/projecting.ts';
import type { Erasure, ErasureFact, ErasureId, ErasureWish } from './erasure.ts';
import type { Second } from './hold.ts';

/** Writes what facts about erasing say; actions and replay both come through here. */
export const projectErasures = projecting<ErasureFact>({
  'erasure.asked': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO erasures (workspace_id, id, record_id, changed_record_id, scope, subject_id, also, ground, reason, state,
        asked_at, asked_by, until, holds)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.scope}, ${fact.subject}, ${uuids(fact.also)}::uuid[],
        ${fact.ground}, ${fact.reason}, 'waiting', ${recordedAt}, ${actor}, ${fact.until}, '{}')`.execute(tx);
  },
  'erasure.refused': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO erasures (workspace_id, id, record_id, changed_record_id, scope, subject_id, also, ground, reason, state,
        asked_at, asked_by, holds, review_at)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.scope}, ${fact.subject}, ${uuids(fact.also)}::uuid[],
        ${fact.ground}, ${fact.reason}, 'refused', ${recordedAt}, ${actor}, ${uuids(fact.holds)}::uuid[], ${fact.reviewAt})`.execute(
      tx,
    );
  },
  'erasure.done': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO erasures (workspace_id, id, record_id, changed_record_id, scope, subject_id, also, ground, reason, state,
        asked_at, asked_by, holds, erased_at, erased_by, second, entries, objects, reach, keys_copied_at, highest_number)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.scope}, ${fact.subject}, ${uuids(fact.also)}::uuid[],
        ${fact.ground}, ${fact.reason}, 'erased', ${recordedAt}, ${actor}, '{}', ${recordedAt}, ${actor},
        ${jsonb(fact.second)}, ${fact.entries}, ${fact.objects}, ${fact.reach}, ${fact.keysCopiedAt}, ${fact.highestNumber})
      ON CONFLICT (workspace_id, id) DO UPDATE SET changed_record_id = excluded.changed_record_id, state = 'erased',
        reason = excluded.reason, ground = excluded.ground, also = excluded.also, erased_at = excluded.erased_at,
        erased_by = excluded.erased_by, second = excluded.second, entries = excluded.entries, objects = excluded.objects,
        reach = excluded.reach, keys_copied_at = excluded.keys_copied_at, highest_number = excluded.highest_number`.execute(
      tx,
    );
  },
});

const COLUMNS = sql.raw(`id, scope, subject_id AS subject, also, ground, reason, state, asked_at AS "askedAt",
  asked_by AS "askedBy", until, holds, review_at AS "reviewAt", erased_at AS "erasedAt", erased_by AS "erasedBy", second,
  entries, objects, reach, keys_copied_at AS "keysCopiedAt"`);

/** The newest ask about something that waits for a day or for another member. */
export async function waitingErasure(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  subject: string,
): Promise<Erasure | null> {
  const { rows } = await sql<Erasure>`
    SELECT ${COLUMNS} FROM erasures WHERE workspace_id = ${workspaceId} AND subject_id = ${subject}::uuid AND state = 'waiting'
    ORDER BY id DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** All of them, the newest first. */
export async function listErasures(
  db: Db,
  workspaceId: WorkspaceId,
  limit: number,
): Promise<readonly Erasure[]> {
  const { rows } = await sql<Erasure>`
    SELECT ${COLUMNS} FROM erasures WHERE workspace_id = ${workspaceId} ORDER BY id DESC LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

/** An erasure that has begun: what goes, by number and id, and never by name. */
export type ErasureWork = {
  readonly id: ErasureId;
  readonly actor: Actor;
  readonly wish: ErasureWish;
  readonly second: Second;
  readonly indexes: readonly number[];
  readonly records: readonly string[];
  readonly interactions: readonly string[];
  readonly ids: readonly string[];
  readonly slots: readonly number[];
  readonly objects: number;
  readonly highestNumber: number;
  /** Up to which entry the ledger was read for it. */
  readonly until: number;
};

export async function saveWork(tx: Tx, workspaceId: WorkspaceId, work: ErasureWork): Promise<void> {
  await sql`
    INSERT INTO erasure_work (workspace_id, id, actor, plan) VALUES (${workspaceId}, ${work.id}, ${work.actor}, ${jsonb(work)})`.execute(
    tx,
  );
}

export async function updateWork(db: Db, workspaceId: WorkspaceId, work: ErasureWork): Promise<void> {
  await sql`
    UPDATE erasure_work SET plan = ${jsonb(work)} WHERE workspace_id = ${workspaceId} AND id = ${work.id}`.execute(
    db,
  );
}

export async function openWork(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly ErasureWork[]> {
  const { rows } = await sql<{ plan: ErasureWork }>`
    SELECT plan FROM erasure_work WHERE workspace_id = ${workspaceId} ORDER BY id`.execute(db);
  return rows.map(({ plan }) => plan);
}

export async function dropWork(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`DELETE FROM erasure_work WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}

/** Holds in force over a party, or over any of these records. */
export async function holdsOverAll(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string | null,
  interactions: readonly string[],
): Promise<readonly { readonly id: string; readonly reason: string; readonly reviewAt: string | null }[]> {
  const { rows } = await sql<{ id: string; reason: string; reviewAt: string | null }>`
    SELECT h.id, h.reason, h.review_at AS "reviewAt" FROM holds h
    WHERE h.workspace_id = ${workspaceId} AND h.released_at IS NULL AND (h.scope = 'workspace'
      OR h.party_id = ${party}::uuid
      OR h.party_id IN (SELECT party_id FROM filings WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(interactions)}::uuid[]))
      OR h.case_id IN (SELECT case_id FROM case_records WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(interactions)}::uuid[])))
    ORDER BY h.id`.execute(db);
  return rows;
}

/** Digests that are kept under a key of ours: who has only the database cannot try words against them. */
export async function keepDigests(
  tx: Tx,
  workspaceId: WorkspaceId,
  erasure: string,
  digests: readonly Uint8Array[],
): Promise<void> {
  await sql`
    INSERT INTO erased_digests (workspace_id, digest, erasure_id)
    SELECT ${workspaceId}::uuid, d, ${erasure}::uuid FROM unnest(${byteas(digests.map((one) => Buffer.from(one)))}::bytea[]) AS d
    ON CONFLICT DO NOTHING`.execute(tx);
}

export async function highestNumber(db: Db | Tx, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ highest: number }>`
    SELECT greatest(
      (SELECT coalesce(max(number), 0) FROM bates_numbers WHERE workspace_id = ${workspaceId}),
      (SELECT coalesce(max(highest_number), 0) FROM erasures WHERE workspace_id = ${workspaceId}))::bigint AS highest`.execute(
    db,
  );
  return rows[0]!.highest;
}
