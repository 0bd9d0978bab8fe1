import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { MemberRole } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Member } from './account.ts';

/** Whoever may sign in, oldest first; there are few. */
export async function loadMembers(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Member[]> {
  return (await loadEverybody(db, workspaceId)).filter(({ leftAt }) => leftAt === null);
}

/** Everybody who ever worked here, oldest first: the record names also those who left. */
export async function loadEverybody(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Member[]> {
  const { rows } = await sql<Member>`
    SELECT id, user_id AS "userId", name, role, left_at AS "leftAt" FROM members
    WHERE workspace_id = ${workspaceId} ORDER BY created_at, id`.execute(db);
  return rows;
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
    INSERT INTO members (workspace_id, id, user_id, name, role, created_at)
    VALUES (${workspaceId}, ${member.id}, ${member.userId}, ${member.name}, ${member.role}, ${at})
  `.execute(tx);
}
