import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import type { LocalDate } from '../../kernel/calendar.ts';
import { ints, texts, uuids } from '../../kernel/columns.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { CommitmentFact } from './commitment.ts';
import type { Cite, Side } from './commitment-cites.ts';
import type { DueSaid } from './commitment-due.ts';
import type { EffortFact } from './efforts.ts';
import type { Looked, OfferFact } from './offer.ts';

type PromiseFact = CommitmentFact | OfferFact | EffortFact;

/** One fact about a promise or an offer: who, when, why, and the words it rests on. */
export type Step = {
  readonly recordId: RecordId;
  readonly thingId: string;
  readonly kind: PromiseFact['kind'];
  readonly actor: string;
  readonly at: Instant;
  readonly reason: string | null;
  readonly side: Side | null;
  readonly due: DueSaid | null;
  readonly choice: number | null;
  readonly looked: Looked | null;
  readonly cites: readonly (Cite & { readonly at: Instant | null })[];
};

/** Columns of a due in a row, under a prefix. */
export type DueColumns<Prefix extends string> = {
  readonly [K in `${Prefix}${'Date' | 'Time' | 'Zone' | 'At'}`]: string | null;
};

export function dueIn(
  date: string | null,
  time: string | null,
  zone: string | null,
  at: string | null,
): DueSaid | null {
  if (date === null || zone === null || at === null) return null;
  return { date: date as LocalDate, time, zone, at: at as Instant };
}

/** Keeps a fact as a line of the history, with its words. */
export async function insertStep(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<PromiseFact>,
): Promise<void> {
  const looked = 'looked' in fact ? JSON.stringify(fact.looked) : null;
  const due = dueOf(fact);
  await sql`
    INSERT INTO promise_steps (workspace_id, record_id, thing_id, party_id, kind, actor, at, reason, side, due, choice, looked)
    VALUES (${workspaceId}, ${recordId}::uuid, ${fact.id}::uuid, ${fact.party}::uuid, ${fact.kind}, ${actor}, ${recordedAt},
      ${'reason' in fact && fact.reason !== '' ? fact.reason : null}, ${'side' in fact ? fact.side : null},
      ${jsonb(due)}, ${'option' in fact ? fact.option : null}, ${looked}::jsonb)`.execute(tx);
  await insertCites(tx, workspaceId, recordId, fact.id, 'cites' in fact ? fact.cites : []);
}

function dueOf(fact: PromiseFact): DueSaid | null {
  if ('due' in fact) return fact.due;
  return 'decideBy' in fact ? fact.decideBy : null;
}

async function insertCites(
  tx: Tx,
  workspaceId: WorkspaceId,
  recordId: RecordId,
  thingId: string,
  cites: readonly Cite[],
): Promise<void> {
  if (cites.length === 0) return;
  await sql`
    INSERT INTO promise_cites (workspace_id, record_id, position, thing_id, interaction_id, first_unit, end_unit, quote)
    SELECT ${workspaceId}::uuid, ${recordId}::uuid, c.position, ${thingId}::uuid, c.interaction_id, c.first_unit, c.end_unit, c.quote
    FROM unnest(${ints(cites.map((_, i) => i))}::int[], ${uuids(cites.map((cite) => cite.interactionId))}::uuid[],
      ${ints(cites.map((cite) => cite.start))}::int[], ${ints(cites.map((cite) => cite.end))}::int[],
      ${texts(cites.map((cite) => cite.quote))}::text[]) AS c (position, interaction_id, first_unit, end_unit, quote)`.execute(
    tx,
  );
}

/** Every step of these things in the order in which they were recorded, by thing. */
export async function stepsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  things: readonly string[],
): Promise<ReadonlyMap<string, readonly Step[]>> {
  const { rows } = await sql<Step>`
    SELECT s.record_id AS "recordId", s.thing_id AS "thingId", s.kind, s.actor, s.at, s.reason, s.side, s.due, s.choice, s.looked,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('interactionId', c.interaction_id, 'start', c.first_unit, 'end', c.end_unit,
          'quote', c.quote, 'at', to_char(i.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY c.position)
        FROM promise_cites c LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.interaction_id
        WHERE c.workspace_id = s.workspace_id AND c.record_id = s.record_id), '[]'::jsonb) AS cites
    FROM promise_steps s
    WHERE s.workspace_id = ${workspaceId} AND s.thing_id = ANY(${uuids(things)}::uuid[])
    ORDER BY s.record_id`.execute(db);
  return Map.groupBy(rows, ({ thingId }) => thingId);
}

/** Where a promise or an offer was made in these records: what is kept already is not proposed again. */
export async function thingsCiting(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactions: readonly string[],
): Promise<readonly (Omit<Cite, 'quote'> & { readonly thingId: string })[]> {
  const { rows } = await sql<Omit<Cite, 'quote'> & { thingId: string }>`
    SELECT c.thing_id AS "thingId", c.interaction_id AS "interactionId", c.first_unit AS start, c.end_unit AS "end"
    FROM promise_cites c JOIN promise_steps s ON s.workspace_id = c.workspace_id AND s.record_id = c.record_id
    WHERE c.workspace_id = ${workspaceId} AND c.interaction_id = ANY(${uuids(interactions)}::uuid[])
      AND s.kind IN ('point.commitment-made', 'point.offer-made', 'point.offer-told')
    ORDER BY c.record_id, c.position`.execute(db);
  return rows;
}

/** The record that each thing rests on first. */
export async function firstCites(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  things: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ thingId: string; interactionId: string }>`
    SELECT DISTINCT ON (thing_id) thing_id AS "thingId", interaction_id AS "interactionId" FROM promise_cites
    WHERE workspace_id = ${workspaceId} AND thing_id = ANY(${uuids(things)}::uuid[])
    ORDER BY thing_id, record_id, position`.execute(db);
  return new Map(rows.map((row) => [row.thingId, row.interactionId]));
}
