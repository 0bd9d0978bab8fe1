import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Offer, OfferFact, OfferOption, OfferState } from './offer.ts';
import { type DueColumns, dueIn, insertStep } from './promise-steps.store.ts';

type Made = Extract<OfferFact, { kind: 'point.offer-prepared' | 'point.offer-made' }>;

/** Writes what facts about offers say, in their order; actions and replay both come through here. */
export async function projectOffers(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<OfferFact>[],
): Promise<void> {
  for (const one of recorded) {
    const { fact } = one;
    if (fact.kind === 'point.offer-prepared' || fact.kind === 'point.offer-made')
      await insertOffer(tx, workspaceId, one, fact);
    else await changeOffer(tx, workspaceId, one);
    await insertStep(tx, workspaceId, one);
  }
}

async function insertOffer(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor }: Recorded<OfferFact>,
  fact: Made,
): Promise<void> {
  const { decideBy } = fact;
  const needsSecond = fact.kind === 'point.offer-prepared' && fact.needsSecond;
  const isAsked = fact.kind === 'point.offer-prepared' && fact.needsSecond && fact.reason !== '';
  await sql`
    INSERT INTO offers (workspace_id, id, record_id, changed_record_id, party_id, number, side, decide_date, decide_time,
      decide_zone, decide_at, is_without_prejudice, point_id, state, needs_second, asked_at, prepared_by, made_at, changed_at)
    VALUES (${workspaceId}, ${fact.id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${fact.party}::uuid, ${fact.number},
      ${fact.side}, ${decideBy.date}, ${decideBy.time}, ${decideBy.zone}, ${decideBy.at}, ${fact.isWithoutPrejudice},
      ${fact.point}::uuid, ${fact.kind === 'point.offer-made' ? 'open' : 'prepared'}, ${needsSecond},
      ${isAsked ? recordedAt : null}, ${actor}, ${recordedAt}, ${recordedAt})`.execute(tx);
  for (const [i, option] of fact.options.entries())
    await sql`
      INSERT INTO offer_options (workspace_id, offer_id, position, record_id, what, amount, currency, until_date, until_time,
        until_zone, until_at)
      VALUES (${workspaceId}, ${fact.id}::uuid, ${i + 1}, ${recordId}::uuid, ${option.what}, ${option.sum?.amount ?? null},
        ${option.sum?.currency ?? null}, ${option.until?.date ?? null}, ${option.until?.time ?? null},
        ${option.until?.zone ?? null}, ${option.until?.at ?? null})`.execute(tx);
}

async function changeOffer(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: Recorded<OfferFact>,
): Promise<void> {
  const state = STATE_AFTER[fact.kind];
  const chosen = fact.kind === 'point.offer-accepted' ? fact.option : null;
  const askedAt = fact.kind === 'point.offer-look-asked' ? recordedAt : null;
  const looked = fact.kind === 'point.offer-looked-at' ? JSON.stringify(fact.looked) : null;
  const decideBy = fact.kind === 'point.offer-moved' ? fact.decideBy : null;
  await sql`
    UPDATE offers SET state = coalesce(${state}::text, state), chosen = coalesce(${chosen}::int, chosen),
      asked_at = coalesce(asked_at, ${askedAt}::timestamptz), looked = coalesce(${looked}::jsonb, looked),
      changed_record_id = ${recordId}::uuid, changed_at = ${recordedAt}
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
  if (!decideBy) return;
  await sql`
    UPDATE offers SET decide_date = ${decideBy.date}, decide_time = ${decideBy.time}, decide_zone = ${decideBy.zone},
      decide_at = ${decideBy.at}
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
}

/** Null leaves it as it is. */
const STATE_AFTER = {
  'point.offer-prepared': 'prepared',
  'point.offer-made': 'open',
  'point.offer-look-asked': null,
  'point.offer-looked-at': null,
  'point.offer-told': 'open',
  'point.offer-accepted': 'accepted',
  'point.offer-refused': 'refused',
  'point.offer-withdrawn': 'withdrawn',
  'point.offer-moved': null,
} as const satisfies Record<OfferFact['kind'], OfferState | null>;

type OptionRow = Pick<OfferOption, 'what'> & {
  readonly amount: string | null;
  readonly currency: string | null;
} & DueColumns<'until'>;
type Row = Omit<Offer, 'decideBy' | 'options'> &
  DueColumns<'decide'> & { readonly options: readonly OptionRow[] };

const COLUMNS = sql`
  o.id, o.record_id AS "recordId", o.party_id AS "partyId", o.number, o.side, o.decide_date AS "decideDate",
  o.decide_time AS "decideTime", o.decide_zone AS "decideZone", o.decide_at AS "decideAt",
  o.is_without_prejudice AS "isWithoutPrejudice", o.point_id AS "pointId", o.state, o.needs_second AS "needsSecond",
  o.asked_at AS "askedAt", o.looked, o.chosen, o.prepared_by AS "preparedBy", o.made_at AS "madeAt", o.changed_at AS "changedAt",
  (SELECT jsonb_agg(jsonb_build_object('what', p.what, 'amount', p.amount, 'currency', p.currency, 'untilDate', p.until_date,
      'untilTime', p.until_time, 'untilZone', p.until_zone,
      'untilAt', to_char(p.until_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY p.position)
    FROM offer_options p WHERE p.workspace_id = o.workspace_id AND p.offer_id = o.id) AS options`;

function offerOf({ decideDate, decideTime, decideZone, decideAt, options, ...row }: Row): Offer {
  return {
    ...row,
    decideBy: dueIn(decideDate, decideTime, decideZone, decideAt)!,
    options: options.map((option) => ({
      what: option.what,
      sum:
        option.amount === null || option.currency === null
          ? null
          : { amount: option.amount, currency: option.currency },
      until: dueIn(option.untilDate, option.untilTime, option.untilZone, option.untilAt),
    })),
  };
}

export async function loadOffer(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Offer | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM offers o WHERE o.workspace_id = ${workspaceId} AND o.id = ${id}::uuid`.execute(db);
  return rows[0] ? offerOf(rows[0]) : null;
}

/** The offers of a client, newest first. */
export async function offersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  limit: number,
): Promise<readonly Offer[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM offers o WHERE o.workspace_id = ${workspaceId} AND o.party_id = ${party}::uuid
    ORDER BY o.number DESC LIMIT ${limit}`.execute(db);
  return rows.map(offerOf);
}

/** What waits for somebody's decision, until a moment. */
export async function undecidedOffers(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  until: Instant | null,
  party: string | null,
): Promise<readonly Offer[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM offers o WHERE o.workspace_id = ${workspaceId} AND o.state IN ('prepared', 'open')
      AND (${until}::timestamptz IS NULL OR o.decide_at <= ${until}) AND (${party}::uuid IS NULL OR o.party_id = ${party}::uuid)
    ORDER BY o.decide_at, o.id`.execute(db);
  return rows.map(offerOf);
}

/** The records and entries of what was offered without prejudice. */
export async function withoutPrejudiceOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly interactions: readonly string[]; readonly records: readonly string[] }> {
  const { rows } = await sql<{ records: readonly string[]; interactions: readonly string[] }>`
    SELECT array(
        SELECT s.record_id::text FROM promise_steps s JOIN offers o ON o.workspace_id = s.workspace_id AND o.id = s.thing_id
        WHERE o.workspace_id = ${workspaceId} AND o.party_id = ${party}::uuid AND o.is_without_prejudice
        ORDER BY s.record_id) AS records,
      array(
        SELECT DISTINCT c.interaction_id::text FROM promise_cites c JOIN offers o ON o.workspace_id = c.workspace_id AND o.id = c.thing_id
        WHERE o.workspace_id = ${workspaceId} AND o.party_id = ${party}::uuid AND o.is_without_prejudice
        ORDER BY 1) AS interactions`.execute(db);
  return rows[0]!;
}
