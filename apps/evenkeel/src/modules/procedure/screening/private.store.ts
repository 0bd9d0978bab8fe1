import type { WorkspaceId } from '../../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Surcharge } from './screening.ts';

/** Why we decided so, for ourselves. In no fact, letter, bundle or export. */
export type PrivateReason = { readonly words: string; readonly setBy: string; readonly setAt: Instant };

export async function privateReasonOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  screeningId: string,
): Promise<PrivateReason | null> {
  const { rows } = await sql<PrivateReason>`
    SELECT words, set_by AS "setBy", set_at AS "setAt" FROM screening_private_reasons
    WHERE workspace_id = ${workspaceId} AND screening_id = ${screeningId}::uuid`.execute(db);
  return rows[0] ?? null;
}

export async function savePrivateReason(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  screeningId: string,
  { words, setBy, setAt }: PrivateReason,
): Promise<void> {
  if (words === '') {
    await sql`
      DELETE FROM screening_private_reasons WHERE workspace_id = ${workspaceId} AND screening_id = ${screeningId}::uuid`.execute(
      db,
    );
    return;
  }
  await sql`
    INSERT INTO screening_private_reasons (workspace_id, screening_id, words, set_by, set_at)
    VALUES (${workspaceId}, ${screeningId}::uuid, ${words}, ${setBy}, ${setAt})
    ON CONFLICT (workspace_id, screening_id) DO UPDATE SET words = excluded.words, set_by = excluded.set_by,
      set_at = excluded.set_at`.execute(db);
}

export async function loadPriceSheet(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Surcharge[]> {
  const { rows } = await sql<Surcharge>`
    SELECT id, service, percent::text AS percent, amount::text AS amount, currency FROM price_sheet
    WHERE workspace_id = ${workspaceId} ORDER BY position, id`.execute(db);
  return rows;
}

/** Puts these lines in the place of those that were there. */
export async function savePriceSheet(
  tx: Tx,
  workspaceId: WorkspaceId,
  lines: readonly Surcharge[],
  by: string,
  at: Instant,
): Promise<void> {
  await sql`DELETE FROM price_sheet WHERE workspace_id = ${workspaceId}`.execute(tx);
  for (const [position, { id, service, percent, amount, currency }] of lines.entries())
    await sql`
      INSERT INTO price_sheet (workspace_id, id, position, service, percent, amount, currency, set_by, set_at)
      VALUES (${workspaceId}, ${id}::uuid, ${position}, ${service}, ${percent}::numeric, ${amount}::numeric, ${currency}, ${by}, ${at})`.execute(
      tx,
    );
}
