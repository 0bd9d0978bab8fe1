import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../../kernel/db.ts';
import type { DueWindow } from '../../../kernel/due.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { projecting } from '../../ledger/projecting.ts';
import type { Ending, EndingFact } from './ending.ts';

/** Writes what facts of endings say; actions and replay both come through here. */
export const projectEndings = projecting<EndingFact>({
  'ending.planned': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, on, byWhom, notice, shortWhy } = fact;
    await sql`
      INSERT INTO endings (workspace_id, id, record_id, changed_record_id, party_id, state, on_date, on_at, by_whom, notice, short_why,
        planned_at, planned_by)
      VALUES (${workspaceId}, ${id}::uuid, ${recordId}::uuid, ${recordId}::uuid, ${party}::uuid, 'planned', ${on.on}, ${on.at}, ${byWhom},
        ${jsonb(notice)}, ${shortWhy}, ${recordedAt}, ${actor})`.execute(tx);
  },
  'ending.told': async (tx, workspaceId, { recordId, recordedAt, fact: { id, letter } }) => {
    await sql`
      UPDATE endings SET changed_record_id = ${recordId}::uuid, state = 'told', letter_id = ${letter}::uuid, told_at = ${recordedAt}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'ending.over': async (tx, workspaceId, { recordId, recordedAt, actor, fact: { id, leftOpen } }) => {
    await sql`
      UPDATE endings SET changed_record_id = ${recordId}::uuid, state = 'over', left_open = ${leftOpen}, over_at = ${recordedAt},
        over_by = ${actor}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'ending.answered': async (tx, workspaceId, { recordId, recordedAt, fact: { id, interaction } }) => {
    await sql`
      UPDATE endings SET changed_record_id = ${recordId}::uuid, answered_to = ${interaction}::uuid, answered_at = ${recordedAt}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
  'ending.withdrawn': async (tx, workspaceId, { recordId, fact: { id, reason } }) => {
    await sql`
      UPDATE endings SET changed_record_id = ${recordId}::uuid, state = 'withdrawn', withdrawn_why = ${reason}
      WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
  },
});

type Columns = Omit<Ending, 'on'> & { readonly onDate: string; readonly onAt: Instant };

const COLUMNS = sql`
  id, party_id AS "partyId", state, on_date::text AS "onDate", on_at AS "onAt", by_whom AS "byWhom", notice, short_why AS "shortWhy",
  planned_at AS "plannedAt", planned_by AS "plannedBy", letter_id AS letter, told_at AS "toldAt", left_open AS "leftOpen",
  over_at AS "overAt", over_by AS "overBy", answered_to AS "answeredTo", answered_at AS "answeredAt", withdrawn_why AS "withdrawnWhy"`;

function endingOf({ onDate, onAt, ...row }: Columns): Ending {
  return { ...row, on: { on: onDate, at: onAt } };
}

export async function loadEnding(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Ending | null> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM endings WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ? endingOf(rows[0]) : null;
}

/** The endings of a party, the newest first. */
export async function endingsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly Ending[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM endings WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
    ORDER BY planned_at DESC, id DESC LIMIT 50`.execute(db);
  return rows.map(endingOf);
}

/** Ends that were told and whose day is to come or has come. */
export async function endsTold(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
): Promise<readonly Ending[]> {
  const { rows } = await sql<Columns>`
    SELECT ${COLUMNS} FROM endings WHERE workspace_id = ${workspaceId} AND state = 'told'
      AND (${party ?? null}::uuid IS NULL OR party_id = ${party ?? null}::uuid)
      AND (${until ?? null}::timestamptz IS NULL OR on_at <= ${until ?? null}::timestamptz)
    ORDER BY on_at, id`.execute(db);
  return rows.map(endingOf);
}

export type AfterEnd = {
  readonly endingId: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly at: Instant;
  readonly lead: string;
};

/** The first message of a former client after the end, while it has no answer. */
export async function firstAfterEnd(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { party }: DueWindow,
): Promise<readonly AfterEnd[]> {
  const { rows } = await sql<AfterEnd>`
    SELECT DISTINCT ON (e.id) e.id AS "endingId", e.party_id AS "partyId", i.id AS "interactionId", i.at, i.lead
    FROM endings e
    JOIN parties p ON p.workspace_id = e.workspace_id AND p.id = e.party_id AND p.state = 'former'
    JOIN filings f ON f.workspace_id = e.workspace_id AND f.party_id = e.party_id AND f.at > e.over_at
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id AND i.direction = 'inbound'
      AND i.kind IN ('message', 'document')
    WHERE e.workspace_id = ${workspaceId} AND e.state = 'over' AND e.answered_at IS NULL
      AND (${party ?? null}::uuid IS NULL OR e.party_id = ${party ?? null}::uuid)
    ORDER BY e.id, i.at, i.id`.execute(db);
  return rows;
}
