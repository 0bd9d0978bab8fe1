import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';

/** The words of one message of a conversation; `isCut` where there are more than are given here. */
export type ThreadWords = {
  readonly id: string;
  readonly at: Instant;
  readonly text: string;
  readonly isCut: boolean;
  /** Where what was quoted from before begins, in UTF-16 code units. */
  readonly quotedFrom: number | null;
};

/** A letter may be as long as a book; a page of the conversation is not. */
const MOST_CHARACTERS = 20_000;

/** The messages of the conversation that `id` belongs to; `first` is the one recorded first of several copies. */
function membersOf(workspaceId: WorkspaceId, id: string) {
  return sql`members AS (
    SELECT i.id, i.at, first_value(i.id) OVER (PARTITION BY i.content_digest ORDER BY i.id) AS first
    FROM (SELECT o.interaction_id AS id FROM thread_members t
            JOIN thread_members o ON o.workspace_id = t.workspace_id AND o.thread_id = t.thread_id
           WHERE t.workspace_id = ${workspaceId} AND t.interaction_id = ${id}::uuid
          UNION SELECT ${id}::uuid) m
    JOIN interactions i ON i.workspace_id = ${workspaceId} AND i.id = m.id)`;
}

/** How many messages the conversation has, copies counted once, and which of them stands for `id`; null if there is no `id`. */
export async function threadAbout(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ readonly total: number; readonly asked: string } | null> {
  const { rows } = await sql<{ total: number; asked: string | null }>`
    WITH ${membersOf(workspaceId, id)}
    SELECT count(DISTINCT first)::int AS total, (SELECT first FROM members WHERE id = ${id}::uuid) AS asked FROM members`.execute(
    db,
  );
  const { total, asked } = rows[0]!;
  return asked === null ? null : { total, asked };
}

/** The words of a conversation, the oldest first. */
export async function pageOfThread(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  after: TimeKey | null,
  limit: number,
): Promise<readonly ThreadWords[]> {
  const { rows } = await sql<ThreadWords>`
    WITH ${membersOf(workspaceId, id)}
    SELECT i.id, i.at, left(i.text, ${MOST_CHARACTERS}) AS text, length(i.text) > ${MOST_CHARACTERS} AS "isCut", i.quoted_from AS "quotedFrom"
    FROM members m JOIN interactions i ON i.workspace_id = ${workspaceId} AND i.id = m.id
    WHERE m.id = m.first
      AND (${after?.at ?? null}::timestamptz IS NULL OR (i.at, i.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY i.at, i.id LIMIT ${limit}`.execute(db);
  return rows;
}
