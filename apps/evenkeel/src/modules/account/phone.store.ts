import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Phone } from './phone.ts';

type Bytes = Uint8Array;

/** Adds a phone that waits for its code; codes of the same member that still wait end with it. */
export async function addPhone(
  tx: Tx,
  workspaceId: WorkspaceId,
  phone: Pick<Phone, 'id' | 'memberId' | 'name'>,
  code: { readonly hash: Bytes; readonly until: Instant; readonly now: Instant },
): Promise<void> {
  await sql`
    DELETE FROM phones WHERE workspace_id = ${workspaceId} AND member_id = ${phone.memberId}::uuid AND paired_at IS NULL`.execute(
    tx,
  );
  await sql`
    INSERT INTO phones (workspace_id, id, member_id, name, code_hash, code_until, added_at)
    VALUES (${workspaceId}, ${phone.id}, ${phone.memberId}, ${phone.name}, ${Buffer.from(code.hash)}, ${code.until}, ${code.now})`.execute(
    tx,
  );
}

/** Uses a code up. In one statement, so that of two who know it one gets in. @returns null when it is not one that waits */
export async function useCode(
  db: Db,
  workspaceId: WorkspaceId,
  code: Bytes,
  token: Bytes,
  now: Instant,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    UPDATE phones SET code_hash = NULL, token_hash = ${Buffer.from(token)}, paired_at = ${now}, seen_at = ${now}
    WHERE workspace_id = ${workspaceId} AND code_hash = ${Buffer.from(code)} AND code_until > ${now} AND removed_at IS NULL
    RETURNING id`.execute(db);
  return rows[0]?.id ?? null;
}

export async function phoneWithToken(
  db: Db,
  workspaceId: WorkspaceId,
  token: Bytes,
): Promise<(Phone & { readonly seenAt: Instant }) | null> {
  const { rows } = await sql<Phone & { seenAt: Instant }>`
    SELECT id, member_id AS "memberId", name, paired_at AS "pairedAt", seen_at AS "seenAt" FROM phones
    WHERE workspace_id = ${workspaceId} AND token_hash = ${Buffer.from(token)} AND removed_at IS NULL`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function sawPhone(db: Db, workspaceId: WorkspaceId, id: string, now: Instant): Promise<void> {
  await sql`UPDATE phones SET seen_at = ${now} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
}

/** The phones that may write now, newest first. */
export async function pairedPhones(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: string,
): Promise<readonly Phone[]> {
  const { rows } = await sql<Phone>`
    SELECT id, member_id AS "memberId", name, paired_at AS "pairedAt", seen_at AS "seenAt" FROM phones
    WHERE workspace_id = ${workspaceId} AND member_id = ${memberId}::uuid AND paired_at IS NOT NULL AND removed_at IS NULL
    ORDER BY paired_at DESC, id`.execute(db);
  return rows;
}

/** @returns whether there was one to remove */
export async function removeOne(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    UPDATE phones SET removed_at = ${now}, token_hash = NULL, code_hash = NULL
    WHERE workspace_id = ${workspaceId} AND member_id = ${memberId}::uuid AND id = ${id}::uuid AND removed_at IS NULL
    RETURNING id`.execute(db);
  return rows.length > 0;
}
