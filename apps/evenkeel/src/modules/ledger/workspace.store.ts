import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

export type Workspace = {
  readonly name: string | null;
  readonly zone: string;
  readonly ownAddresses: readonly string[];
};

export async function createWorkspace(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  zone: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO workspaces (workspace_id, zone, created_at) VALUES (${workspaceId}, ${zone}, ${at}) ON CONFLICT DO NOTHING`.execute(
    db,
  );
}

export async function loadWorkspace(db: Db | Tx, workspaceId: WorkspaceId): Promise<Workspace> {
  const { rows } = await sql<Workspace>`
    SELECT name, zone, own_addresses AS "ownAddresses" FROM workspaces WHERE workspace_id = ${workspaceId}`.execute(
    db,
  );
  return rows[0]!;
}

/** Remembers addresses that somebody said are ours, for the next import too. */
export async function addOwnAddresses(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  addresses: readonly string[],
): Promise<void> {
  await sql`
    UPDATE workspaces SET own_addresses = ARRAY(SELECT DISTINCT unnest(own_addresses || ${addresses}::text[]) ORDER BY 1)
    WHERE workspace_id = ${workspaceId}`.execute(db);
}

/** Which addresses and handles are ours. */
export async function ownAddresses(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly string[]> {
  return (await loadWorkspace(db, workspaceId)).ownAddresses;
}
