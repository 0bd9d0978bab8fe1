import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type CaseColumns, seenBy } from './account.store.ts';
import type { Member } from './account.ts';
import type { Invitation } from './invitation.ts';

export async function addInvitation(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, role, name, until, invitedAt, invitedBy, sees }: Invitation,
  code: Uint8Array,
): Promise<void> {
  await sql`
    INSERT INTO invitations (workspace_id, id, role, name, code_hash, until_at, invited_at, invited_by, case_id, case_until)
    VALUES (${workspaceId}, ${id}, ${role}, ${name}, ${Buffer.from(code)}, ${until}, ${invitedAt}, ${invitedBy},
      ${sees?.caseId ?? null}, ${sees?.until ?? null})`.execute(tx);
}

type CaseOf = { readonly caseId: string | null; readonly caseUntil: Instant | null };

/** Invitations that still wait, the newest first. */
export async function openInvitations(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  now: Instant,
): Promise<readonly Invitation[]> {
  const { rows } = await sql<Omit<Invitation, 'sees'> & CaseOf>`
    SELECT id, role, name, until_at AS until, invited_at AS "invitedAt", invited_by AS "invitedBy", case_id AS "caseId",
      case_until AS "caseUntil" FROM invitations
    WHERE workspace_id = ${workspaceId} AND code_hash IS NOT NULL AND until_at > ${now} ORDER BY invited_at DESC, id`.execute(
    db,
  );
  return rows.map(({ caseId, caseUntil, ...one }) => ({ ...one, sees: seenBy(caseId, caseUntil) }));
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

/** Uses a code up. In one statement, so that of two who know it one comes in. @returns as what, and what they see; null when it waits no more */
export async function useInvitation(
  tx: Tx,
  workspaceId: WorkspaceId,
  code: Uint8Array,
  now: Instant,
): Promise<Pick<Member, 'role' | 'sees'> | null> {
  const { rows } = await sql<Pick<Member, 'role'> & CaseColumns>`
    UPDATE invitations SET code_hash = NULL
    WHERE workspace_id = ${workspaceId} AND code_hash = ${Buffer.from(code)} AND until_at > ${now} RETURNING role,
      case_id AS "caseId", case_until AS until`.execute(tx);
  const row = rows[0];
  return row ? { role: row.role, sees: seenBy(row.caseId, row.until) } : null;
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
