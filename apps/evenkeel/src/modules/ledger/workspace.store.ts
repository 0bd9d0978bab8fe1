import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';

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
  return rows[0] ?? missing();
}

/** Lets no second first run begin until the transaction ends. */
export async function lockWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { rows } = await sql`
    SELECT 1 FROM workspaces WHERE workspace_id = ${workspaceId} FOR UPDATE`.execute(tx);
  if (rows.length === 0) missing();
}

export async function nameWorkspace(
  tx: Tx,
  workspaceId: WorkspaceId,
  name: string,
  addresses: readonly string[],
): Promise<void> {
  await sql`
    UPDATE workspaces SET name = ${name}, own_addresses = ${addresses} WHERE workspace_id = ${workspaceId}`.execute(
    tx,
  );
}

/** Whose days and hours are ours from now on; what was dated before keeps its moment. */
export async function moveWorkspace(db: Db | Tx, workspaceId: WorkspaceId, zone: string): Promise<void> {
  await sql`UPDATE workspaces SET zone = ${zone} WHERE workspace_id = ${workspaceId}`.execute(db);
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

function missing(): never {
  throw new BrokenPromise('row-missing', 'The workspace of this data folder is not in its database.');
}
