import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';

type AboutParty = { readonly kind: string; readonly id: string; readonly party: string };

/** What was done, by whom, when and why: the fact itself, but for what stands in a row beside it. */
export type Step = {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export async function insertStep(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, actor, fact }: Recorded<AboutParty>,
): Promise<void> {
  const { kind, id, party, ...detail } = fact;
  await sql`
    INSERT INTO agreement_steps (workspace_id, record_id, party_id, subject_id, kind, detail, at, actor)
    VALUES (${workspaceId}, ${recordId}, ${party}, ${id}, ${kind}, ${jsonb(detail)}, ${recordedAt}, ${actor})`.execute(
    tx,
  );
}

/** Steps of a party, newest first, one more than asked for. */
export async function stepsOf(
  db: Db,
  workspaceId: WorkspaceId,
  partyId: string,
  after: TimeKey | null,
  limit: number,
): Promise<readonly Step[]> {
  const { rows } = await sql<Step>`
    SELECT record_id AS id, at, actor, kind, subject_id AS "subjectId", detail FROM agreement_steps
    WHERE workspace_id = ${workspaceId} AND party_id = ${partyId}::uuid
      AND (${after?.at ?? null}::timestamptz IS NULL OR (at, record_id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY at DESC, record_id DESC LIMIT ${limit + 1}`.execute(db);
  return rows;
}
