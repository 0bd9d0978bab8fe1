import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';

/** Two records that belong together: what happened, and the letter that put it in writing. */
export type ExhibitPair = {
  readonly procedureId: string;
  readonly first: string;
  readonly second: string;
  /** What came back on it. */
  readonly replies: readonly string[];
};

/** The pairs of a party, oldest first: a bundle shows each together. */
export async function pairsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<readonly ExhibitPair[]> {
  const { rows } = await sql<ExhibitPair>`
    SELECT p.id AS "procedureId", p.subject_id AS first, l.interaction_id AS second,
      ARRAY(SELECT v.because::text FROM procedure_visits v WHERE v.workspace_id = p.workspace_id AND v.procedure_id = p.id
        AND v.because IS NOT NULL AND v.entered_at >= l.handed_over_at ORDER BY v.position) AS replies
    FROM procedures p
    JOIN procedure_letters l ON l.workspace_id = p.workspace_id AND l.procedure_id = p.id AND l.interaction_id IS NOT NULL
    JOIN interactions i ON i.workspace_id = p.workspace_id AND i.id = p.subject_id
    WHERE p.workspace_id = ${workspaceId} AND p.party_id = ${partyId}::uuid ORDER BY l.handed_over_at, l.id`.execute(
    db,
  );
  return rows;
}
