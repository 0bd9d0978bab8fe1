import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { MemberRole } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { CaseSeen, Member } from './account.ts';

/** Whoever works here, oldest first; there are few. Counsel comes from outside: they are nobody's second person. */
export async function loadMembers(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Member[]> {
  return (await loadEverybody(db, workspaceId)).filter(
    ({ leftAt, role }) => leftAt === null && role !== 'counsel',
  );
}

/** Two columns that are there together or not at all. */
export type CaseColumns = { readonly caseId: string | null; readonly until: Instant | null };

export function seenBy(caseId: CaseColumns['caseId'], until: CaseColumns['until']): CaseSeen | null {
  return caseId !== null && until !== null ? { caseId, until } : null;
}

/** Everybody who ever worked here, oldest first: the record names also those who left. */
export async function loadEverybody(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Member[]> {
  const { rows } = await sql<Omit<Member, 'sees'> & CaseColumns>`
    SELECT id, user_id AS "userId", name, role, left_at AS "leftAt", case_id AS "caseId", case_until AS until FROM members
    WHERE workspace_id = ${workspaceId} ORDER BY created_at, id`.execute(db);
  return rows.map(({ caseId, until, ...member }) => ({ ...member, sees: seenBy(caseId, until) }));
}

export async function giveRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  role: MemberRole,
): Promise<void> {
  await sql`UPDATE members SET role = ${role} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    tx,
  );
}

export async function leaveMember(tx: Tx, workspaceId: WorkspaceId, id: string, at: Instant): Promise<void> {
  await sql`UPDATE members SET left_at = ${at} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    tx,
  );
}

export async function addMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  member: Member,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO members (workspace_id, id, user_id, name, role, created_at, case_id, case_until)
    VALUES (${workspaceId}, ${member.id}, ${member.userId}, ${member.name}, ${member.role}, ${at}, ${member.sees?.caseId ?? null}, ${member.sees?.until ?? null})
  `.execute(tx);
}
