import type { WorkspaceId } from '../../kernel/brand.ts';
import { ints, texts, uuids } from '../../kernel/columns.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Project, Recorded } from '../ledger/deciding.actions.ts';
import {
  type CiteRole,
  citesOf,
  type Ground,
  type Point,
  type PointFact,
  type PointKind,
  type PointState,
  stateAfter,
} from './point.ts';

/** Writes what facts about points say, in their order; actions and replay both come through here. */
export const projectPoints: Project<PointFact> = async (tx, workspaceId, recorded) => {
  for (const one of recorded) {
    if (one.fact.kind === 'point.opened') await insertPoint(tx, workspaceId, one, one.fact);
    else await changePoint(tx, workspaceId, one);
    if (one.fact.kind === 'point.merged') await joinMerged(tx, workspaceId, one.fact);
    if (one.fact.kind === 'point.split') await moveWords(tx, workspaceId, one.fact);
    await insertStep(tx, workspaceId, one);
    await insertCites(tx, workspaceId, one);
  }
};

type Opened = Extract<PointFact, { kind: 'point.opened' }>;

async function insertPoint(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt }: Recorded<PointFact>,
  { id, partyId, number, pointKind, title, aboutId }: Opened,
): Promise<void> {
  await sql`
    INSERT INTO points (workspace_id, id, record_id, changed_record_id, party_id, number, kind, title, state, ground, about_id,
      opened_at, changed_at)
    VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${partyId}::uuid, ${number}, ${pointKind}, ${title},
      'open', 'not_looked_at', ${aboutId}::uuid, ${recordedAt}, ${recordedAt})`.execute(tx);
}

async function changePoint(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: Recorded<PointFact>,
): Promise<void> {
  const named = fact.kind === 'point.named' ? fact : null;
  const priced = fact.kind === 'point.priced' ? fact : null;
  const ground = fact.kind === 'point.ground-set' ? fact.ground : null;
  await sql`
    UPDATE points SET changed_record_id = ${recordId}::uuid, changed_at = ${recordedAt},
      state = coalesce(${stateAfter(fact)}::text, state), ground = coalesce(${ground}::text, ground),
      title = coalesce(${named?.title ?? null}::text, title), kind = coalesce(${named?.pointKind ?? null}::text, kind),
      price_cents = coalesce(${priced?.cents ?? null}::bigint, price_cents),
      price_currency = coalesce(${priced?.currency ?? null}::text, price_currency)
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
}

/** What was merged into this one before goes along with it. */
async function joinMerged(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, intoId }: Extract<PointFact, { kind: 'point.merged' }>,
): Promise<void> {
  await sql`
    UPDATE points SET merged_into = ${intoId}::uuid
    WHERE workspace_id = ${workspaceId} AND (id = ${id}::uuid OR merged_into = ${id}::uuid)`.execute(tx);
}

async function moveWords(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, newId, moved }: Extract<PointFact, { kind: 'point.split' }>,
): Promise<void> {
  await sql`UPDATE points SET split_from = ${id}::uuid WHERE workspace_id = ${workspaceId} AND id = ${newId}::uuid`.execute(
    tx,
  );
  if (moved.length === 0) return;
  await sql`
    UPDATE point_cites c SET role = 'moved'
    FROM unnest(${uuids(moved.map(({ interactionId }) => interactionId))}::uuid[], ${ints(moved.map(({ start }) => start))}::int[],
      ${ints(moved.map(({ end }) => end))}::int[]) AS m(interaction_id, first_unit, end_unit)
    WHERE c.workspace_id = ${workspaceId} AND c.role = 'asked' AND c.interaction_id = m.interaction_id
      AND c.point_id IN (SELECT id FROM points WHERE workspace_id = ${workspaceId} AND (id = ${id}::uuid OR merged_into = ${id}::uuid))
      AND c.first_unit = m.first_unit AND c.end_unit = m.end_unit`.execute(tx);
}

async function insertStep(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<PointFact>,
): Promise<void> {
  await sql`
    INSERT INTO point_steps (workspace_id, record_id, point_id, position, step, state, actor, recorded_at, reason, said)
    SELECT ${workspaceId}, ${recordId}::uuid, p.id,
      (SELECT count(*) FROM point_steps s WHERE s.workspace_id = p.workspace_id AND s.point_id = p.id)::integer + 1,
      ${fact.kind.slice('point.'.length)}, p.state, ${actor}, ${recordedAt}, ${reasonOf(fact)}, ${jsonb(saidIn(fact))}
    FROM points p WHERE p.workspace_id = ${workspaceId} AND p.id = ${fact.id}::uuid`.execute(tx);
}

function reasonOf(fact: PointFact): string | null {
  if (fact.kind === 'point.reopened') return fact.newFact === '' ? null : fact.newFact;
  return 'reason' in fact && fact.reason !== '' ? fact.reason : null;
}

/** What a step shows beside its reason and its words. */
function saidIn(fact: PointFact): Readonly<Record<string, string | number>> {
  switch (fact.kind) {
    case 'point.opened':
    case 'point.named':
      return { title: fact.title, kind: fact.pointKind };
    case 'point.ground-set':
      return { ground: fact.ground };
    case 'point.split':
      return { number: fact.newNumber };
    case 'point.priced':
      return { cents: fact.cents, currency: fact.currency };
    default:
      return {};
  }
}

async function insertCites(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, fact }: Recorded<PointFact>,
): Promise<void> {
  const cites = citesOf(fact);
  if (cites.length === 0) return;
  await sql`
    INSERT INTO point_cites (workspace_id, record_id, role, point_id, position, interaction_id, first_unit, end_unit, quote)
    SELECT ${workspaceId}::uuid, ${recordId}::uuid, c.role, ${fact.id}::uuid, s.position, c.interaction_id, c.first_unit, c.end_unit, c.quote
    FROM unnest(${texts(cites.map(([role]) => role))}::text[], ${uuids(cites.map(([, cite]) => cite.interactionId))}::uuid[],
      ${ints(cites.map(([, cite]) => cite.start))}::int[], ${ints(cites.map(([, cite]) => cite.end))}::int[],
      ${texts(cites.map(([, cite]) => cite.quote))}::text[]) AS c(role, interaction_id, first_unit, end_unit, quote)
    JOIN point_steps s ON s.workspace_id = ${workspaceId} AND s.record_id = ${recordId}::uuid`.execute(tx);
}

/** Words quoted by a point, with what is known of the record they stand in; that may have been erased. */
export type PointCite = {
  readonly role: CiteRole;
  readonly recordId: string;
  readonly pointId: string;
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly at: Instant | null;
  readonly direction: string | null;
  readonly kind: string | null;
  readonly lang: string | null;
  readonly threadId: string | null;
};

/** The words of these points; what asked a point that is the same as one of them asks that one too. */
export async function citesOfPoints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly PointCite[]> {
  const { rows } = await sql<PointCite>`
    SELECT c.role, c.record_id AS "recordId", p.meant AS "pointId", c.interaction_id AS "interactionId", c.first_unit AS start,
      c.end_unit AS "end", c.quote, i.at, i.direction, i.kind, i.lang, m.thread_id AS "threadId"
    FROM (
      SELECT id, id AS meant FROM points WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])
      UNION ALL SELECT id, merged_into FROM points WHERE workspace_id = ${workspaceId} AND merged_into = ANY(${uuids(ids)}::uuid[])) p
    JOIN point_cites c ON c.workspace_id = ${workspaceId} AND c.point_id = p.id AND (p.meant = p.id OR c.role = 'asked')
    LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.interaction_id
    LEFT JOIN thread_members m ON m.workspace_id = c.workspace_id AND m.interaction_id = c.interaction_id
    ORDER BY p.meant, p.meant <> p.id, p.id, c.position, c.role`.execute(db);
  return rows;
}

export type PointRow = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly kind: PointKind;
  readonly title: string;
  readonly state: PointState;
  readonly ground: Ground;
  readonly aboutId: string | null;
  readonly price: { readonly cents: number; readonly currency: string } | null;
  readonly changedAt: Instant;
};

type Columns = Omit<PointRow, 'price'> & { priceCents: number | null; priceCurrency: string | null };

const COLUMNS = sql`
  id, party_id AS "partyId", number, kind, title, state, ground, about_id AS "aboutId", price_cents AS "priceCents",
  price_currency AS "priceCurrency", changed_at AS "changedAt"`;

function rowOf({ priceCents, priceCurrency, ...row }: Columns): PointRow {
  const isPriced = priceCents !== null && priceCurrency !== null;
  return { ...row, price: isPriced ? { cents: priceCents, currency: priceCurrency } : null };
}

/** Points of a client by number, after `after`. */
export async function pageOfPoints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  { states, after, limit }: { states: readonly PointState[]; after: number; limit: number },
): Promise<readonly PointRow[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM points
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND number > ${after} AND state = ANY(${texts(states)}::text[])
    ORDER BY number LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}

export async function countStates(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<Readonly<Record<PointState, number>>> {
  const { rows } = await sql<{ state: PointState; count: number }>`
    SELECT state, count(*)::integer AS count FROM points WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid GROUP BY state`.execute(
    db,
  );
  const none = { open: 0, answered: 0, agreed: 0, closed: 0, withdrawn: 0, merged: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

/** One point by its number of a client, or by its id. */
export async function loadPointRow(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  which: { readonly party: string; readonly number: number } | { readonly id: string },
): Promise<PointRow | null> {
  const isIt =
    'id' in which
      ? sql`id = ${which.id}::uuid`
      : sql`party_id = ${which.party}::uuid AND number = ${which.number}`;
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM points WHERE workspace_id = ${workspaceId} AND ${isIt}`.execute(db);
  return rows[0] ? rowOf(rows[0]) : null;
}

/** What a decision about a point needs. */
export async function loadPoint(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Point | null> {
  const row = await loadPointRow(db, workspaceId, { id });
  if (!row) return null;
  const cites = await citesOfPoints(db, workspaceId, [id]);
  return { ...row, id: row.id as Point['id'], cites };
}

export async function lastPointNumber(tx: Tx, workspaceId: WorkspaceId, party: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT coalesce(max(number), 0) AS last FROM points WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid`.execute(
    tx,
  );
  return rows[0]!.last;
}

export type PointStep = {
  readonly recordId: string;
  readonly step: string;
  readonly state: PointState;
  readonly actor: string;
  readonly recordedAt: Instant;
  readonly reason: string | null;
  readonly said: Readonly<Record<string, string | number>>;
};

export async function stepsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly PointStep[]> {
  const { rows } = await sql<PointStep>`
    SELECT record_id AS "recordId", step, state, actor, recorded_at AS "recordedAt", reason, said
    FROM point_steps WHERE workspace_id = ${workspaceId} AND point_id = ${id}::uuid ORDER BY position`.execute(
    db,
  );
  return rows;
}

export type PointNamed = { readonly number: number; readonly title: string };
export type Kin = {
  readonly sameAs: PointNamed | null;
  readonly merged: readonly PointNamed[];
  readonly splitFrom: PointNamed | null;
};

/** The points that a point is the same as, that are the same as it, and that it was a part of. */
export async function kinOf(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Kin> {
  const { rows } = await sql<PointNamed & { kin: keyof Kin }>`
    SELECT o.number, o.title, CASE WHEN o.id = p.merged_into THEN 'sameAs' WHEN o.merged_into = p.id THEN 'merged' ELSE 'splitFrom' END AS kin
    FROM points p JOIN points o ON o.workspace_id = p.workspace_id AND (o.id = p.merged_into OR o.merged_into = p.id OR o.id = p.split_from)
    WHERE p.workspace_id = ${workspaceId} AND p.id = ${id}::uuid ORDER BY o.number`.execute(db);
  const those = (kin: keyof Kin) =>
    rows.filter((row) => row.kin === kin).map(({ number, title }) => ({ number, title }));
  return {
    sameAs: those('sameAs')[0] ?? null,
    merged: those('merged'),
    splitFrom: those('splitFrom')[0] ?? null,
  };
}
