import { sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';

/** When the step of now is due, for each complaint with a procedure whose clock runs; of several the earliest. */
export async function complaintClocks({
  db,
  workspaceId,
}: Ledger): Promise<readonly { readonly id: string; readonly at: Instant }[]> {
  const { rows } = await sql<{ id: string; at: Instant }>`
    SELECT subject_id AS id, min(due_at) AS at FROM procedures
    WHERE workspace_id = ${workspaceId} AND subject_kind = 'complaint' AND ended_at IS NULL AND due_at IS NOT NULL
    GROUP BY subject_id`.execute(db);
  return rows;
}
