import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { PrivilegeKind } from '../interaction/privilege.ts';

/** A record of a case in one line. */
export type CaseRecordLine = {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | null;
  readonly from: string | null;
  readonly to: string;
  readonly subject: string | null;
  readonly lead: string;
  readonly attachments: number;
  /** Why it stays with us; null where it does not. */
  readonly privilege: PrivilegeKind | null;
};

/** What belongs to a case: all that is filed under its client, and what was taken in of others. */
const belonging = (workspaceId: WorkspaceId, caseId: string) => sql`
  SELECT f.interaction_id FROM cases c JOIN filings f ON f.workspace_id = c.workspace_id AND f.party_id = c.party_id
  WHERE c.workspace_id = ${workspaceId} AND c.id = ${caseId}::uuid
  UNION SELECT interaction_id FROM case_records WHERE workspace_id = ${workspaceId} AND case_id = ${caseId}::uuid`;

const LINES = sql`
  SELECT i.id, i.at, i.kind, i.direction, coalesce(i.from_name, i.from_address) AS "from", i.to_line AS "to", i.subject, i.lead,
    jsonb_array_length(i.attachments) AS attachments, p.kind AS privilege
  FROM interactions i
  LEFT JOIN privileges p ON p.workspace_id = i.workspace_id AND p.interaction_id = i.id AND p.waived_at IS NULL`;

/** The records of a case, the newest first; one more than `limit`, to see whether there are others. */
export async function pageOfCaseRecords(
  db: Db,
  workspaceId: WorkspaceId,
  caseId: string,
  after: TimeKey | null,
  limit: number,
): Promise<readonly CaseRecordLine[]> {
  const { rows } = await sql<CaseRecordLine>`
    ${LINES} WHERE i.workspace_id = ${workspaceId} AND i.id IN (${belonging(workspaceId, caseId)})
      AND (${after?.at ?? null}::timestamptz IS NULL OR (i.at, i.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY i.at DESC, i.id DESC LIMIT ${limit + 1}`.execute(db);
  return rows;
}

/** One record of a case in a line; null when it is none of it. */
export async function caseRecordLine(
  db: Db,
  workspaceId: WorkspaceId,
  caseId: string,
  id: string,
): Promise<CaseRecordLine | null> {
  const { rows } = await sql<CaseRecordLine>`
    ${LINES} WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid AND i.id IN (${belonging(workspaceId, caseId)})`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Which of these belong to a case. */
export async function amongCase(
  db: Db,
  workspaceId: WorkspaceId,
  caseId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT interaction_id AS id FROM (${belonging(workspaceId, caseId)}) b
    WHERE interaction_id = ANY(${uuids(ids)}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
