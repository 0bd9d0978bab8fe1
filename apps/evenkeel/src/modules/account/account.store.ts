import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Role } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import type { Member } from './account.ts';

export type Workspace = { readonly name: string | null; readonly zone: string };

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

export async function loadWorkspace(db: Db | Tx, workspaceId: WorkspaceId): Promise<Workspace> {
  const { rows } = await sql<Workspace>`
    SELECT name, zone FROM workspaces WHERE workspace_id = ${workspaceId}
  `.execute(db);
  return rows[0] ?? missing();
}

/** Lets no second first run begin until the transaction ends. */
export async function lockWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { rows } = await sql`
    SELECT 1 FROM workspaces WHERE workspace_id = ${workspaceId} FOR UPDATE
  `.execute(tx);
  if (rows.length === 0) missing();
}

export async function nameWorkspace(
  tx: Tx,
  workspaceId: WorkspaceId,
  name: string,
  addresses: readonly string[],
): Promise<void> {
  await sql`
    UPDATE workspaces SET name = ${name}, own_addresses = ${addresses} WHERE workspace_id = ${workspaceId}
  `.execute(tx);
}

function missing(): never {
  throw new BrokenPromise('row-missing', 'The workspace of this data folder is not in its database.');
}
