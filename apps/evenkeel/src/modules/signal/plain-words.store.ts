import type { RuleLang } from '@evenkeel/language/finding';
import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

/** A term of ours that a client may not know, and what is said to them instead. */
export type PlainWords = { readonly lang: RuleLang; readonly term: string; readonly plain: string };

/** So many are looked for in a draft; nobody explains more to one client. */
export const MOST_PLAIN_WORDS = 500;

export async function loadPlainWords(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly PlainWords[]> {
  const { rows } = await sql<PlainWords>`
    SELECT lang, term, plain FROM plain_words WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid
    ORDER BY folded, lang LIMIT ${MOST_PLAIN_WORDS}`.execute(db);
  return rows;
}

export async function savePlainWords(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  { lang, term, plain }: PlainWords,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO plain_words (workspace_id, party_id, lang, folded, term, plain, kept_by, kept_at)
    VALUES (${workspaceId}, ${party}::uuid, ${lang}, lower(${term}), ${term}, ${plain}, ${by}, ${at})
    ON CONFLICT (workspace_id, party_id, lang, folded) DO UPDATE
    SET term = excluded.term, plain = excluded.plain, kept_by = excluded.kept_by, kept_at = excluded.kept_at`.execute(
    db,
  );
}

export async function deletePlainWords(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  { lang, term }: Pick<PlainWords, 'lang' | 'term'>,
): Promise<void> {
  await sql`
    DELETE FROM plain_words
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND lang = ${lang} AND folded = lower(${term})`.execute(
    db,
  );
}
