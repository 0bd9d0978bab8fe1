import type { WorkspaceId } from '../../../kernel/brand.ts';
import type { LocalDate } from '../../../kernel/calendar.ts';
import { type Db, jsonb, sql, type Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { projecting } from '../../ledger/projecting.ts';
import type { Lang } from '../pack.ts';
import type { Answers, PolicyDocument, PolicyFact, PolicyId } from './policy.ts';

/** Writes what the facts of policies say; the actions and replay both come through here. */
export const projectPolicies = projecting<PolicyFact>({
  'policy.published': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO policies (workspace_id, id, record_id, lang, version, answers, documents, review_on, published_at, published_by)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.lang}, ${fact.version}, ${jsonb(fact.answers)},
        ${jsonb(fact.documents)}, ${fact.reviewOn}, ${recordedAt}, ${actor})`.execute(tx);
  },
  'policy.read': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    await sql`
      INSERT INTO policy_reads (workspace_id, policy_id, member, record_id, read_at)
      VALUES (${workspaceId}, ${fact.id}, ${actor}, ${recordId}, ${recordedAt})`.execute(tx);
  },
});

export type PolicyRead = { readonly member: string; readonly at: Instant };
export type PolicyRow = {
  readonly id: PolicyId;
  readonly lang: Lang;
  readonly version: number;
  readonly answers: Answers;
  readonly documents: readonly PolicyDocument[];
  readonly reviewOn: LocalDate;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  /** Whether no higher version of its language is there. */
  readonly isCurrent: boolean;
  readonly reads: readonly PolicyRead[];
};

/** Every version of every language, the newest first; there are few. */
export async function loadPolicies(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly PolicyRow[]> {
  const { rows } = await sql<Omit<PolicyRow, 'reads'>>`
    SELECT id, lang, version, answers, documents, review_on AS "reviewOn", published_at AS "publishedAt",
      published_by AS "publishedBy", version = max(version) OVER (PARTITION BY lang) AS "isCurrent"
    FROM policies WHERE workspace_id = ${workspaceId} ORDER BY published_at DESC, id DESC`.execute(db);
  const reads = await loadReads(db, workspaceId);
  return rows.map((row) => ({ ...row, reads: reads.filter(({ policyId }) => policyId === row.id) }));
}

async function loadReads(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly (PolicyRead & { readonly policyId: string })[]> {
  const { rows } = await sql<PolicyRead & { policyId: string }>`
    SELECT policy_id AS "policyId", member, read_at AS at FROM policy_reads
    WHERE workspace_id = ${workspaceId} ORDER BY read_at, member`.execute(db);
  return rows;
}

/** Who works here in one of these roles, as the record names them; the first one first. */
export async function workersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  roles: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ actor: string }>`
    SELECT 'member:' || id AS actor FROM members
    WHERE workspace_id = ${workspaceId} AND role = ANY(${roles}::text[]) AND left_at IS NULL ORDER BY created_at, id`.execute(
    db,
  );
  return rows.map(({ actor }) => actor);
}
