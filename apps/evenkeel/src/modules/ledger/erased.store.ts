import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

export type ErasedLine = { readonly index: number; readonly leaf: Uint8Array; readonly erasedAt: Instant };

/** The places in the log whose words were erased, in their order. */
export async function erasedLines(db: Db, workspaceId: WorkspaceId): Promise<readonly ErasedLine[]> {
  const { rows } = await sql<ErasedLine>`
    SELECT index, leaf, erased_at AS "erasedAt" FROM entries
    WHERE workspace_id = ${workspaceId} AND erased_at IS NOT NULL ORDER BY index`.execute(db);
  return rows;
}
