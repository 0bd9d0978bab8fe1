import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Draft } from './letter.ts';
import type { Lang } from './pack.ts';

type Key = { readonly id: string; readonly letter: string; readonly lang: Lang };

export async function loadDraft(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, letter, lang }: Key,
): Promise<Draft | null> {
  const { rows } = await sql<Draft>`
    SELECT fields, text FROM procedure_drafts
    WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid AND letter = ${letter} AND lang = ${lang}`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function saveDraft(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, letter, lang }: Key,
  { fields, text }: Draft,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO procedure_drafts (workspace_id, procedure_id, letter, lang, fields, text, saved_by, saved_at)
    VALUES (${workspaceId}, ${id}::uuid, ${letter}, ${lang}, ${jsonb(fields)}, ${text}, ${by}, ${at})
    ON CONFLICT (workspace_id, procedure_id, letter, lang) DO UPDATE SET fields = excluded.fields, text = excluded.text,
      saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(db);
}

/** A letter that left is a record; what was written towards it is not kept. */
export async function deleteDrafts(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  letter: string,
): Promise<void> {
  await sql`
    DELETE FROM procedure_drafts WHERE workspace_id = ${workspaceId} AND procedure_id = ${id}::uuid AND letter = ${letter}`.execute(
    db,
  );
}
