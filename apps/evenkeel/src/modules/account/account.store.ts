import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Role } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Member } from './account.ts';

/** The members, oldest first; there are few. */
export async function loadMembers(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Member[]> {
  const { rows } = await sql<{ id: string; user_id: string; name: string; role: Role }>`
    SELECT id, user_id, name, role FROM members WHERE workspace_id = ${workspaceId} ORDER BY created_at, id
  `.execute(db);
  return rows.map((row) => ({ id: row.id, userId: row.user_id, name: row.name, role: row.role }));
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
