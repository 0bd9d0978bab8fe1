import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Invitation, InvitedRole } from './invitation.ts';

export async function addInvitation(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, role, name, until, invitedAt, invitedBy }: Invitation,
  code: Uint8Array,
): Promise<void> {
  await sql`
    INSERT INTO invitations (workspace_id, id, role, name, code_hash, until_at, invited_at, invited_by)
    VALUES (${workspaceId}, ${id}, ${role}, ${name}, ${Buffer.from(code)}, ${until}, ${invitedAt}, ${invitedBy})`.execute(
    tx,
  );
}

/** Invitations that still wait, the newest first. */
export async function openInvitations(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  now: Instant,
): Promise<readonly Invitation[]> {
  const { rows } = await sql<Invitation>`
    SELECT id, role, name, until_at AS until, invited_at AS "invitedAt", invited_by AS "invitedBy" FROM invitations
    WHERE workspace_id = ${workspaceId} AND code_hash IS NOT NULL AND until_at > ${now} ORDER BY invited_at DESC, id`.execute(
    db,
  );
  return rows;
}

export async function isWaiting(
  db: Db,
  workspaceId: WorkspaceId,
  code: Uint8Array,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM invitations
    WHERE workspace_id = ${workspaceId} AND code_hash = ${Buffer.from(code)} AND until_at > ${now}`.execute(
    db,
  );
  return rows.length > 0;
}

/** Uses a code up. In one statement, so that of two who know it one comes in. @returns as what; null when it waits no more */
export async function useInvitation(
  tx: Tx,
  workspaceId: WorkspaceId,
  code: Uint8Array,
  now: Instant,
): Promise<InvitedRole | null> {
  const { rows } = await sql<{ role: InvitedRole }>`
    UPDATE invitations SET code_hash = NULL
    WHERE workspace_id = ${workspaceId} AND code_hash = ${Buffer.from(code)} AND until_at > ${now} RETURNING role`.execute(
    tx,
  );
  return rows[0]?.role ?? null;
}

/** @returns whether there was one that waited */
export async function dropInvitation(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE invitations SET code_hash = NULL
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND code_hash IS NOT NULL RETURNING id`.execute(
    tx,
  );
  return rows.length > 0;
}
