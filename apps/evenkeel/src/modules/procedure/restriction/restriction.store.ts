import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../../kernel/db.ts';
import type { DueWindow } from '../../../kernel/due.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Recorded } from '../../ledger/deciding.actions.ts';
import { projecting } from '../../ledger/projecting.ts';
import type { OurLetter } from './deciding.ts';
import type { Restriction, RestrictionFact, RestrictionState } from './restriction.ts';

/** Writes what facts of restrictions say; actions and replay both come through here. */
export const projectRestrictions = projecting<RestrictionFact>(
  {
    'restriction.planned': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
      const { id, party, number, measure, weighing, consulted, cites, safety, review, until } = fact;
      await sql`
      INSERT INTO restrictions (workspace_id, id, record_id, changed_record_id, party_id, number, state, measure, weighing, consulted,
        cites, safety, review_on, review_at, until_on, until_at, planned_at, planned_by)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${party}::uuid, ${number}, 'planned',
        ${jsonb(measure)}, ${jsonb(weighing)}, ${jsonb(consulted)},
        ${jsonb(cites)}, ${safety}, ${review.on}, ${review.at}, ${until.on}, ${until.at}, ${recordedAt}, ${actor})`.execute(
        tx,
      );
    },
    'restriction.second-asked': async (
      tx,
      workspaceId,
      { recordId, recordedAt, fact: { id, of, reason } },
    ) => {
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, asked_of = ${of}, asked_at = ${recordedAt}, asked_why = ${reason}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
    },
    'restriction.decided': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, state = 'decided', warning_id = ${fact.warning}::uuid,
        decided_at = ${recordedAt}, decided_by = ${actor}, decided_why = ${fact.reason}, second = ${jsonb(fact.second)}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
    },
    'restriction.set': async (tx, workspaceId, { recordId, recordedAt, actor, fact: { id, notice } }) => {
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, state = 'in-force', notice_id = ${notice}::uuid,
        set_at = ${recordedAt}, set_by = ${actor}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
    },
    'restriction.reviewed': async (
      tx,
      workspaceId,
      { recordId, recordedAt, fact: { id, measure, review, until } },
    ) => {
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, reviewed_at = ${recordedAt},
        measure = coalesce(${jsonb(measure)}, measure),
        review_on = ${review.on}, review_at = ${review.at}, until_on = ${until.on}, until_at = ${until.at}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
    },
    'restriction.appealed': async (tx, workspaceId, { recordId, recordedAt, fact: { id, cite } }) => {
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, appealed_at = ${recordedAt}, appeal = ${jsonb(cite)},
        appeal_decided_at = NULL, asked_of = NULL, asked_at = NULL, asked_why = NULL
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
    },
    'restriction.appeal-decided': async (tx, workspaceId, recorded) => {
      const { recordId, recordedAt, fact } = recorded;
      await sql`
      UPDATE restrictions SET changed_record_id = ${recordId}::uuid, appeal_decided_at = ${recordedAt},
        measure = coalesce(${jsonb(fact.measure)}, measure)
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}::uuid`.execute(tx);
      if (fact.outcome === 'lifted') await ended(tx, workspaceId, recorded, fact.reason);
    },
    'restriction.ended': (tx, workspaceId, recorded) =>
      ended(tx, workspaceId, recorded, recorded.fact.reason),
  },
  keepStep,
);

async function ended(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact: { id } }: Recorded<RestrictionFact>,
  reason: string,
): Promise<void> {
  await sql`
    UPDATE restrictions SET changed_record_id = ${recordId}::uuid, state = 'ended', ended_at = ${recordedAt}, ended_by = ${actor},
      end_reason = ${reason}
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}

async function keepStep(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<RestrictionFact>,
): Promise<void> {
  const { kind, id, party, ...said } = fact;
  await sql`
    INSERT INTO restriction_steps (workspace_id, record_id, restriction_id, party_id, kind, at, actor, fact)
    VALUES (${workspaceId}, ${recordId}::uuid, ${id}::uuid, ${party}::uuid, ${kind.slice(kind.indexOf('.') + 1)}, ${recordedAt},
      ${actor}, ${jsonb(said)})`.execute(tx);
}

export type RestrictionStep = {
  readonly id: string;
  readonly restrictionId: string;
  readonly kind: string;
  readonly at: Instant;
  readonly actor: string;
  readonly fact: Readonly<Record<string, unknown>>;
};

export async function stepsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly RestrictionStep[]> {
  const { rows } = await sql<RestrictionStep>`
    SELECT record_id AS id, restriction_id AS "restrictionId", kind, at, actor, fact FROM restriction_steps
    WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid ORDER BY at, record_id`.execute(db);
  return rows;
}

type Columns = Pick<
  Restriction,
  | 'id'
  | 'partyId'
  | 'number'
  | 'measure'
  | 'weighing'
  | 'consulted'
  | 'cites'
  | 'safety'
  | 'plannedAt'
  | 'plannedBy'
  | 'warning'
  | 'notice'
  | 'setAt'
  | 'setBy'
  | 'reviewedAt'
> & {
  readonly state: RestrictionState;
  readonly reviewOn: string;
  readonly reviewAt: Instant;
  readonly untilOn: string;
  readonly untilAt: Instant;
  readonly askedOf: 'decision' | 'appeal' | null;
  readonly askedAt: Instant;
  readonly askedWhy: string;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string;
  readonly decidedWhy: string;
  readonly second: NonNullable<Restriction['decided']>['second'];
  readonly appealedAt: Instant | null;
  readonly appealCite: NonNullable<Restriction['appeal']>['cite'];
  readonly appealDecidedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endedBy: string;
  readonly endReason: string;
};

const COLUMNS = sql`
  id, party_id AS "partyId", number, state, measure, weighing, consulted, cites, safety, planned_at AS "plannedAt",
  planned_by AS "plannedBy", warning_id AS warning, notice_id AS notice, set_at AS "setAt", set_by AS "setBy",
  reviewed_at AS "reviewedAt", review_on::text AS "reviewOn", review_at AS "reviewAt", until_on::text AS "untilOn", until_at AS "untilAt",
  asked_of AS "askedOf", asked_at AS "askedAt", asked_why AS "askedWhy", decided_at AS "decidedAt", decided_by AS "decidedBy",
  decided_why AS "decidedWhy", second, appealed_at AS "appealedAt", appeal AS "appealCite", appeal_decided_at AS "appealDecidedAt",
  ended_at AS "endedAt", ended_by AS "endedBy", end_reason AS "endReason"`;

function restrictionOf(columns: Columns): Restriction {
  const { reviewOn, reviewAt, untilOn, untilAt, askedOf, askedAt, askedWhy, ...rest } = columns;
  const { decidedAt, decidedBy, decidedWhy, second, appealedAt, appealCite, appealDecidedAt, ...more } = rest;
  const { endedAt, endedBy, endReason, ...row } = more;
  return {
    ...row,
    review: { on: reviewOn, at: reviewAt },
    until: { on: untilOn, at: untilAt },
    asked: askedOf && { of: askedOf, at: askedAt, reason: askedWhy },
    decided: decidedAt && { at: decidedAt, by: decidedBy, reason: decidedWhy, second },
    appeal: appealedAt && { at: appealedAt, cite: appealCite, decidedAt: appealDecidedAt },
    ended: endedAt && { at: endedAt, by: endedBy, reason: endReason },
  };
}

export async function loadRestriction(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Restriction | null> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM restrictions WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ? restrictionOf(rows[0]) : null;
}

/** The restrictions of a party, the newest first. */
export async function restrictionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly Restriction[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM restrictions WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
    ORDER BY number DESC LIMIT 200`.execute(db);
  return rows.map(restrictionOf);
}

/** Restrictions in force that are to be looked at again. */
export async function toReview(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
): Promise<readonly Restriction[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM restrictions
    WHERE workspace_id = ${workspaceId} AND state = 'in-force' AND (${party ?? null}::uuid IS NULL OR party_id = ${party ?? null}::uuid)
      AND (${until ?? null}::timestamptz IS NULL OR review_at <= ${until ?? null}::timestamptz)
    ORDER BY review_at, id`.execute(db);
  return rows.map(restrictionOf);
}

/** Something of ours to this party, in writing. */
export async function ourLetter(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  id: string | null,
): Promise<OurLetter> {
  if (id === null) return null;
  const { rows } = await sql<{ id: string; at: Instant }>`
    SELECT i.id, i.at FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid AND i.id = ${id}::uuid AND i.direction = 'outbound'
      AND i.kind IN ('message', 'document')`.execute(db);
  return rows[0] ?? null;
}

/** How many answers went to a party since a moment. */
export async function answersSince(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
  since: Instant,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${partyId}::uuid AND i.direction = 'outbound' AND i.kind = 'message'
      AND f.at >= ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}
