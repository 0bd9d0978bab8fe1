import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Commitment, CommitmentFact, CommitmentState } from './commitment.ts';
import type { Cite, CitedRecord } from './commitment-cites.ts';
import { type DueColumns, dueIn, insertStep } from './promise-steps.store.ts';

/** Writes what facts about promises say, in their order; actions and replay both come through here. */
export async function projectCommitments(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<CommitmentFact>[],
): Promise<void> {
  for (const one of recorded) {
    if (one.fact.kind === 'point.commitment-made') await insertCommitment(tx, workspaceId, one, one.fact);
    else await changeCommitment(tx, workspaceId, one);
    await insertStep(tx, workspaceId, one);
  }
}

async function insertCommitment(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt }: Recorded<CommitmentFact>,
  {
    id,
    party,
    number,
    side,
    who,
    what,
    due,
    point,
  }: Extract<CommitmentFact, { kind: 'point.commitment-made' }>,
): Promise<void> {
  await sql`
    INSERT INTO commitments (workspace_id, id, record_id, changed_record_id, party_id, number, side, who, what, due_date,
      due_time, due_zone, due_at, point_id, state, made_at, changed_at)
    VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${party}::uuid, ${number}, ${side}, ${who},
      ${what}, ${due?.date ?? null}, ${due?.time ?? null}, ${due?.zone ?? null}, ${due?.at ?? null}, ${point}::uuid, 'open',
      ${recordedAt}, ${recordedAt})`.execute(tx);
}

async function changeCommitment(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: Recorded<CommitmentFact>,
): Promise<void> {
  const state = STATE_AFTER[fact.kind];
  await sql`
    UPDATE commitments SET state = ${state}, changed_record_id = ${recordId}::uuid, changed_at = ${recordedAt}
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
  if (fact.kind !== 'point.commitment-moved') return;
  const { due } = fact;
  await sql`
    UPDATE commitments SET due_date = ${due?.date ?? null}, due_time = ${due?.time ?? null}, due_zone = ${due?.zone ?? null},
      due_at = ${due?.at ?? null}
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
}

const STATE_AFTER = {
  'point.commitment-made': 'open',
  'point.commitment-moved': 'open',
  'point.commitment-reopened': 'open',
  'point.commitment-kept': 'kept',
  'point.commitment-broken': 'broken',
  'point.commitment-released': 'released',
  'point.commitment-mistaken': 'mistaken',
} as const satisfies Record<CommitmentFact['kind'], CommitmentState>;

type Row = Omit<Commitment, 'due'> & DueColumns<'due'>;

const COLUMNS = sql`
  id, record_id AS "recordId", party_id AS "partyId", number, side, who, what, due_date AS "dueDate", due_time AS "dueTime",
  due_zone AS "dueZone", due_at AS "dueAt", point_id AS "pointId", state, made_at AS "madeAt", changed_at AS "changedAt"`;

function commitmentOf({ dueDate, dueTime, dueZone, dueAt, ...row }: Row): Commitment {
  return { ...row, due: dueIn(dueDate, dueTime, dueZone, dueAt) };
}

export async function loadCommitment(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Commitment | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM commitments WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ? commitmentOf(rows[0]) : null;
}

/** The promises of a client: what is open first, by date, then what is settled, newest first. */
export async function commitmentsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  limit: number,
): Promise<readonly Commitment[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM commitments WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid
    ORDER BY state = 'open' DESC, CASE WHEN state = 'open' THEN due_at END NULLS LAST, changed_at DESC, id DESC
    LIMIT ${limit}`.execute(db);
  return rows.map(commitmentOf);
}

/** What is open and has a date, until a moment. */
export async function openCommitments(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  until: Instant | null,
  party: string | null,
): Promise<readonly Commitment[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM commitments WHERE workspace_id = ${workspaceId} AND state = 'open' AND due_at IS NOT NULL
      AND (${until}::timestamptz IS NULL OR due_at <= ${until}) AND (${party}::uuid IS NULL OR party_id = ${party}::uuid)
    ORDER BY due_at, id`.execute(db);
  return rows.map(commitmentOf);
}

export async function lastNumber(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  table: 'commitments' | 'offers',
  party: string,
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT coalesce(max(number), 0) AS last FROM ${sql.table(table)}
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid`.execute(db);
  return rows[0]!.last;
}

/** Who wrote the records that are quoted, and their words. */
export async function citedRecords(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  cites: readonly Cite[],
): Promise<readonly (CitedRecord & { readonly at: Instant })[]> {
  const { rows } = await sql<CitedRecord & { at: Instant }>`
    SELECT i.id, i.kind, i.direction, i.at, i.text, n.theirs FROM interactions i
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(cites.map(({ interactionId }) => interactionId))}::uuid[])`.execute(
    db,
  );
  return rows;
}

/** Whether there is such a point of this client. */
export async function isPointOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  point: string,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM points
    WHERE workspace_id = ${workspaceId} AND id = ${point}::uuid AND party_id = ${party}::uuid`.execute(db);
  return rows.length > 0;
}
