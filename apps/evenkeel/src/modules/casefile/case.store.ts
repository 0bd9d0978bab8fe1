import type { RawBuilder } from 'kysely';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Writers } from '../ledger/projecting.ts';
import type { CaseFact, CasePerson, CaseStage, CaseState } from './case.ts';

/** What facts about cases write. */
export const caseWriters: Writers<CaseFact> = {
  'case.opened': async (tx, workspaceId, told) => {
    const { recordId, recordedAt, actor, fact } = told;
    await sql`
      INSERT INTO cases (workspace_id, id, record_id, changed_record_id, party_id, title, wanted, stage, opened_at,
        opened_by, changed_at)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${recordId}, ${fact.partyId}, ${fact.title}, ${fact.wanted}, 'open',
        ${recordedAt}, ${actor}, ${recordedAt})`.execute(tx);
    for (const pointId of fact.pointIds) await insertPoint(tx, workspaceId, told, pointId);
  },
  'case.changed': (tx, workspaceId, told) =>
    change(tx, workspaceId, told, sql`title = ${told.fact.title}, wanted = ${told.fact.wanted}`),
  'case.moved': (tx, workspaceId, told) => toStage(tx, workspaceId, told, told.fact.stage),
  'case.closed': (tx, workspaceId, told) =>
    toStage(tx, workspaceId, told, 'closed', told.recordedAt, told.fact.nextRoute),
  'case.reopened': (tx, workspaceId, told) => toStage(tx, workspaceId, told, 'open'),
  'case.point-added': async (tx, workspaceId, told) => {
    await change(tx, workspaceId, told);
    await insertPoint(tx, workspaceId, told, told.fact.pointId);
  },
  'case.point-removed': async (tx, workspaceId, told) => {
    await change(tx, workspaceId, told);
    await remove(tx, workspaceId, told, 'case_points', sql`point_id = ${told.fact.pointId}`);
  },
  'case.record-added': async (tx, workspaceId, told) => {
    const { id, interactionId, reason } = told.fact;
    await change(tx, workspaceId, told);
    await sql`
      INSERT INTO case_records (workspace_id, case_id, interaction_id, record_id, reason)
      VALUES (${workspaceId}, ${id}, ${interactionId}, ${told.recordId}, ${reason})
      ON CONFLICT (workspace_id, case_id, interaction_id) DO NOTHING`.execute(tx);
  },
  'case.record-removed': async (tx, workspaceId, told) => {
    await change(tx, workspaceId, told);
    await remove(tx, workspaceId, told, 'case_records', sql`interaction_id = ${told.fact.interactionId}`);
  },
  'case.person-named': async (tx, workspaceId, told) => {
    const { role, name, member, reach, id } = told.fact.person;
    await change(tx, workspaceId, told);
    await sql`
      INSERT INTO case_people (workspace_id, case_id, id, record_id, role, name, member, reach)
      VALUES (${workspaceId}, ${told.fact.id}, ${id}, ${told.recordId}, ${role}, ${name}, ${member}, ${reach})`.execute(
      tx,
    );
  },
  'case.person-removed': async (tx, workspaceId, told) => {
    await change(tx, workspaceId, told);
    await remove(tx, workspaceId, told, 'case_people', sql`id = ${told.fact.personId}`);
  },
};

async function change(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: Recorded<CaseFact>,
  set: RawBuilder<unknown> | null = null,
): Promise<void> {
  await sql`
    UPDATE cases SET changed_record_id = ${recordId}, changed_at = ${recordedAt}${set ? sql`, ${set}` : sql``}
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
}

function toStage(
  tx: Tx,
  workspaceId: WorkspaceId,
  told: Recorded<CaseFact>,
  stage: CaseStage,
  closedAt: Instant | null = null,
  nextRoute: string | null = null,
): Promise<void> {
  const set = sql`stage = ${stage}, closed_at = ${closedAt}, next_route = ${nextRoute}`;
  return change(tx, workspaceId, told, set);
}

async function remove(
  tx: Tx,
  workspaceId: WorkspaceId,
  { fact }: Recorded<CaseFact>,
  table: 'case_points' | 'case_records' | 'case_people',
  which: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    DELETE FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId} AND case_id = ${fact.id} AND ${which}`.execute(
    tx,
  );
}

async function insertPoint(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, fact }: Recorded<CaseFact>,
  pointId: string,
): Promise<void> {
  await sql`
    INSERT INTO case_points (workspace_id, case_id, point_id, record_id)
    VALUES (${workspaceId}, ${fact.id}, ${pointId}, ${recordId})
    ON CONFLICT (workspace_id, case_id, point_id) DO NOTHING`.execute(tx);
}

/** A case as it stands; `members` of it are in the order in which they came. */
export type CaseRow = CaseState & {
  readonly partyName: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly changedAt: Instant;
  readonly closedAt: Instant | null;
  readonly nextRoute: string | null;
};

export async function loadCase(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<CaseRow | null> {
  const { rows } = await sql<Omit<CaseRow, 'people'> & { people: readonly CasePerson[] | null }>`
    SELECT c.id, c.party_id AS "partyId", c.title, c.wanted, c.stage, c.opened_at AS "openedAt", c.opened_by AS "openedBy",
      c.changed_at AS "changedAt", c.closed_at AS "closedAt", c.next_route AS "nextRoute", p.name AS "partyName",
      ARRAY(SELECT point_id FROM case_points WHERE workspace_id = c.workspace_id AND case_id = c.id ORDER BY record_id, point_id)
        AS "pointIds",
      ARRAY(SELECT interaction_id FROM case_records WHERE workspace_id = c.workspace_id AND case_id = c.id ORDER BY record_id)
        AS "interactionIds",
      (SELECT jsonb_agg(jsonb_build_object('id', id, 'role', role, 'name', name, 'member', member, 'reach', reach) ORDER BY record_id)
        FROM case_people WHERE workspace_id = c.workspace_id AND case_id = c.id) AS people
    FROM cases c JOIN parties p ON p.workspace_id = c.workspace_id AND p.id = c.party_id
    WHERE c.workspace_id = ${workspaceId} AND c.id = ${id}::uuid`.execute(db);
  const row = rows[0];
  return row ? { ...row, people: row.people ?? [] } : null;
}

/** One line of the list of cases. */
export type CaseLine = {
  readonly id: string;
  readonly at: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly title: string;
  readonly stage: CaseStage;
  readonly openedAt: Instant;
  readonly points: number;
  readonly complaints: number;
  readonly isHeld: boolean;
};

export type CaseFilter = {
  readonly party?: string | undefined;
  readonly stage?: CaseStage | undefined;
  readonly point?: string | undefined;
  readonly isClosedShown: boolean;
};

/** Cases, the last changed first; one more than `limit`, to see whether there are others. */
export async function listCases(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { party = undefined, stage = undefined, point = undefined, isClosedShown }: CaseFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly CaseLine[]> {
  const { rows } = await sql<CaseLine>`
    SELECT c.id, c.changed_at AS at, c.party_id AS "partyId", p.name AS "partyName", c.title, c.stage, c.opened_at AS "openedAt",
      (SELECT count(*)::int FROM case_points WHERE workspace_id = c.workspace_id AND case_id = c.id) AS points,
      (SELECT count(*)::int FROM complaints WHERE workspace_id = c.workspace_id AND case_id = c.id) AS complaints,
      EXISTS (SELECT 1 FROM holds h WHERE h.workspace_id = c.workspace_id AND h.released_at IS NULL
        AND (h.scope = 'workspace' OR h.case_id = c.id OR (h.scope = 'party' AND h.party_id = c.party_id))) AS "isHeld"
    FROM cases c JOIN parties p ON p.workspace_id = c.workspace_id AND p.id = c.party_id
    WHERE c.workspace_id = ${workspaceId}
      AND (${party ?? null}::uuid IS NULL OR c.party_id = ${party ?? null}::uuid)
      AND (${stage ?? null}::text IS NULL OR c.stage = ${stage ?? null}::text)
      AND (${point ?? null}::uuid IS NULL OR c.id IN
        (SELECT case_id FROM case_points WHERE workspace_id = ${workspaceId} AND point_id = ${point ?? null}::uuid))
      AND (${isClosedShown}::boolean OR c.stage <> 'closed')
      AND (${after?.at ?? null}::timestamptz IS NULL OR (c.changed_at, c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY c.changed_at DESC, c.id DESC LIMIT ${limit + 1}`.execute(db);
  return rows;
}

/** Which of these interactions are in the record. */
export async function interactionsAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly direction: string | null }[]> {
  const { rows } = await sql<{ id: string; direction: string | null }>`
    SELECT id, direction FROM interactions WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return rows;
}

/** A record of somebody else that was taken into a case, with why. */
export type CaseRecord = {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly lead: string;
  readonly reason: string;
};

export async function loadCaseRecords(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly CaseRecord[]> {
  const { rows } = await sql<CaseRecord>`
    SELECT i.id, i.at, i.kind, coalesce(i.from_name, i.from_address) AS "from", i.subject, i.lead, r.reason
    FROM case_records r JOIN interactions i ON i.workspace_id = r.workspace_id AND i.id = r.interaction_id
    WHERE r.workspace_id = ${workspaceId} AND r.case_id = ${id}::uuid ORDER BY i.at, i.id`.execute(db);
  return rows;
}
