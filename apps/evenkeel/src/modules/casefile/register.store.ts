import type { RawBuilder } from 'kysely';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type {
  ComplaintPoint,
  ComplaintStage,
  ComplaintState,
  ComplaintWay,
  OutcomeSource,
  PointOutcome,
  Severity,
} from './complaint.ts';
import type { Second } from './hold.ts';

/** A complaint as it stands, with what its page shows. */
export type ComplaintRow = Omit<ComplaintState, 'decisions' | 'secondAsked'> & {
  readonly partyName: string;
  readonly caseId: string | null;
  readonly caseTitle: string | null;
  readonly received: Stated;
  readonly receivedAt: Instant;
  readonly way: ComplaintWay;
  readonly cite: Cite;
  readonly remedy: string;
  readonly remedyCite: Cite | null;
  readonly severity: Severity | null;
  readonly isSafety: boolean;
  readonly isUrgent: boolean;
  readonly assessment: string | null;
  readonly answerBy: Instant | null;
  readonly registeredAt: Instant;
  readonly registeredBy: string;
  readonly closedAt: Instant | null;
  readonly nextRoute: string | null;
  readonly secondAsked: {
    readonly at: Instant;
    readonly by: string;
    readonly reason: string;
    readonly until: Instant;
  } | null;
  readonly decisions: readonly (ComplaintState['decisions'][number] & { readonly second: Second | null })[];
  /** Outcomes of the stage before this one, for whoever looks a second time. */
  readonly earlier: readonly {
    readonly pointId: string;
    readonly stage: ComplaintStage;
    readonly outcome: PointOutcome;
    readonly reason: string;
    readonly source: OutcomeSource | null;
    readonly actor: string;
    readonly at: Instant;
  }[];
};

type Columns = Omit<ComplaintRow, 'points' | 'decisions' | 'earlier' | 'secondAsked' | 'firstDeciders'> & {
  readonly askedAt: Instant | null;
  readonly askedBy: string | null;
  readonly askedWhy: string | null;
  readonly askedUntil: Instant | null;
};

export async function loadComplaint(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ComplaintRow | null> {
  const { rows } = await sql<Columns>`
    SELECT c.id, c.party_id AS "partyId", p.name AS "partyName", c.case_id AS "caseId", k.title AS "caseTitle", c.number, c.received,
      c.received_at AS "receivedAt", c.way, c.cite, c.remedy, c.remedy_cite AS "remedyCite", c.stage, c.state, c.owner, c.severity,
      c.is_safety AS "isSafety", c.is_urgent AS "isUrgent", c.assessment, c.answer_by AS "answerBy",
      c.registered_at AS "registeredAt", c.registered_by AS "registeredBy", c.closed_at AS "closedAt",
      c.next_route AS "nextRoute", c.second_asked_at AS "askedAt", c.second_asked_by AS "askedBy",
      c.second_asked_why AS "askedWhy", c.second_until AS "askedUntil"
    FROM complaints c
    JOIN parties p ON p.workspace_id = c.workspace_id AND p.id = c.party_id
    LEFT JOIN cases k ON k.workspace_id = c.workspace_id AND k.id = c.case_id
    WHERE c.workspace_id = ${workspaceId} AND c.id = ${id}::uuid`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { askedAt, askedBy, askedWhy, askedUntil, ...row } = found;
  const numbered = await pointsOf(db, workspaceId, id);
  const outcomes = await outcomesOf(db, workspaceId, id);
  const decisions = await decisionsOf(db, workspaceId, id);
  const byFirst = [
    ...decisions.filter(({ stage }) => stage === 1),
    ...outcomes.filter(({ stage }) => stage === 1),
  ];
  return {
    ...row,
    secondAsked: askedAt && askedUntil && { at: askedAt, by: askedBy!, reason: askedWhy!, until: askedUntil },
    points: numbered.map((point) => outcomeNow(point, outcomes, row.stage)),
    earlier: outcomes.filter(({ stage }) => stage < row.stage),
    decisions,
    firstDeciders: [...new Set(byFirst.map(({ actor }) => actor))],
  };
}

type Outcomes = ComplaintRow['earlier'];

function outcomeNow(
  point: { readonly pointId: string; readonly number: number },
  outcomes: Outcomes,
  now: ComplaintStage,
): ComplaintPoint {
  const set = outcomes.find(({ pointId, stage }) => pointId === point.pointId && stage === now);
  const { outcome = null, reason = null, source = null } = set ?? {};
  return { ...point, outcome, reason, source };
}

async function pointsOf(db: Db | Tx, workspaceId: WorkspaceId, id: string) {
  const { rows } = await sql<{ pointId: string; number: number }>`
    SELECT point_id AS "pointId", number FROM complaint_points
    WHERE workspace_id = ${workspaceId} AND complaint_id = ${id}::uuid ORDER BY number`.execute(db);
  return rows;
}

async function outcomesOf(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Outcomes> {
  const { rows } = await sql<Outcomes[number]>`
    SELECT point_id AS "pointId", stage, outcome, reason, source, actor, at FROM complaint_outcomes
    WHERE workspace_id = ${workspaceId} AND complaint_id = ${id}::uuid ORDER BY record_id`.execute(db);
  return rows;
}

async function decisionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ComplaintRow['decisions']> {
  const { rows } = await sql<ComplaintRow['decisions'][number]>`
    SELECT stage, actor, at, says, second FROM complaint_decisions
    WHERE workspace_id = ${workspaceId} AND complaint_id = ${id}::uuid ORDER BY stage`.execute(db);
  return rows;
}

/** One line of the register. `points` and `decided` count the stage that is going on. */
export type ComplaintLine = {
  readonly id: string;
  readonly at: Instant;
  readonly number: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly caseId: string | null;
  readonly way: ComplaintWay;
  readonly remedy: string;
  readonly stage: ComplaintStage;
  readonly state: ComplaintState['state'];
  readonly owner: string;
  readonly severity: Severity | null;
  readonly isSafety: boolean;
  readonly isUrgent: boolean;
  readonly answerBy: Instant | null;
  /** By the clock of its procedure where one runs, else the answer that is planned. */
  readonly dueAt: Instant | null;
  readonly registeredAt: Instant;
  readonly closedAt: Instant | null;
  readonly points: number;
  readonly decided: number;
};

export type RegisterFilter = {
  readonly state?: 'open' | 'decided' | 'closed' | undefined;
  readonly stage?: ComplaintStage | undefined;
  readonly party?: string | undefined;
  readonly case?: string | undefined;
  /** Only open ones whose answer was due before this. */
  readonly overdueAt?: Instant | undefined;
};

/** When a complaint is due by a procedure, which is known downstream. */
export type ComplaintClock = { readonly id: string; readonly at: Instant };

const line = (clocks: readonly ComplaintClock[]) => sql`
  SELECT c.id, c.received_at AS at, c.number, c.party_id AS "partyId", p.name AS "partyName", c.case_id AS "caseId", c.way,
    c.remedy, c.stage, c.state, c.owner, c.severity, c.is_safety AS "isSafety", c.is_urgent AS "isUrgent",
    c.answer_by AS "answerBy", coalesce(k.at, c.answer_by) AS "dueAt", c.registered_at AS "registeredAt", c.closed_at AS "closedAt",
    (SELECT count(*)::int FROM complaint_points n WHERE n.workspace_id = c.workspace_id AND n.complaint_id = c.id) AS points,
    (SELECT count(*)::int FROM complaint_outcomes o WHERE o.workspace_id = c.workspace_id AND o.complaint_id = c.id
      AND o.stage = c.stage AND o.source IS NOT NULL) AS decided
  FROM complaints c JOIN parties p ON p.workspace_id = c.workspace_id AND p.id = c.party_id
  LEFT JOIN unnest(${uuids(clocks.map(({ id }) => id))}::uuid[], ${texts(clocks.map(({ at }) => at))}::text[]::timestamptz[]) AS k(id, at)
    ON k.id = c.id`;

/** The register, the newest receipt first; one more than `limit`, to see whether there are others. */
export async function listComplaints(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  filter: RegisterFilter,
  after: TimeKey | null,
  limit: number,
  clocks: readonly ComplaintClock[],
): Promise<readonly ComplaintLine[]> {
  const { rows } = await sql<ComplaintLine>`${line(clocks)}
    WHERE ${matching(workspaceId, filter)}
      AND (${after?.at ?? null}::timestamptz IS NULL OR (c.received_at, c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY c.received_at DESC, c.id DESC LIMIT ${limit + 1}`.execute(db);
  return rows;
}

function matching(workspaceId: WorkspaceId, filter: RegisterFilter): RawBuilder<unknown> {
  const { state = null, stage = null, party = null, overdueAt = null } = filter;
  const caseId = filter.case ?? null;
  return sql`c.workspace_id = ${workspaceId}
    AND (${state}::text IS NULL OR c.state = ${state}::text)
    AND (${stage}::int IS NULL OR c.stage = ${stage}::int)
    AND (${party}::uuid IS NULL OR c.party_id = ${party}::uuid)
    AND (${caseId}::uuid IS NULL OR c.case_id = ${caseId}::uuid)
    AND (${overdueAt}::timestamptz IS NULL OR (c.state = 'open' AND coalesce(k.at, c.answer_by) < ${overdueAt}::timestamptz))`;
}

/** Open complaints with a date: an answer that is planned, or a wait that ends. */
export async function complaintsWithDate(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until = null, party = null }: { readonly until?: Instant | null; readonly party?: string | null },
): Promise<readonly (ComplaintLine & { readonly waitsUntil: Instant | null })[]> {
  const { rows } = await sql<ComplaintLine & { waitsUntil: Instant | null }>`
    SELECT line.*, c.second_until AS "waitsUntil" FROM (${line([])} WHERE c.workspace_id = ${workspaceId} AND c.state = 'open') line
    JOIN complaints c ON c.workspace_id = ${workspaceId} AND c.id = line.id
    WHERE (c.answer_by IS NOT NULL OR c.second_until IS NOT NULL)
      AND (${party}::uuid IS NULL OR c.party_id = ${party}::uuid)
      AND (${until}::timestamptz IS NULL OR least(c.answer_by, c.second_until) <= ${until}::timestamptz)`.execute(
    db,
  );
  return rows;
}
