import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { FeedLang } from './feed.words.ts';

export type Feed = {
  readonly id: string;
  readonly hasNames: boolean;
  readonly lang: FeedLang;
  readonly madeAt: Instant;
  /** When a calendar program last read it. */
  readonly readAt: Instant | null;
};
export type KeptFeed = Feed & { readonly actor: string; readonly tokenSha256: Buffer };

export async function loadFeeds(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly KeptFeed[]> {
  const { rows } = await sql<KeptFeed>`
    SELECT id, actor, token_sha256 AS "tokenSha256", has_names AS "hasNames", lang, made_at AS "madeAt", read_at AS "readAt"
    FROM calendar_feeds WHERE workspace_id = ${workspaceId} ORDER BY made_at, id`.execute(db);
  return rows;
}

export type NewFeed = {
  readonly id: string;
  readonly actor: string;
  readonly tokenSha256: Buffer;
  readonly hasNames: boolean;
  readonly lang: FeedLang;
  readonly at: Instant;
};

export async function insertFeed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, actor, tokenSha256, hasNames, lang, at }: NewFeed,
): Promise<void> {
  await sql`
    INSERT INTO calendar_feeds (workspace_id, id, actor, token_sha256, has_names, lang, made_at)
    VALUES (${workspaceId}, ${id}::uuid, ${actor}, ${tokenSha256}, ${hasNames}, ${lang}, ${at})`.execute(db);
}

/** From now on only the new secret opens it. @returns whether there is such a feed of theirs */
export async function renewFeed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  actor: string,
  tokenSha256: Buffer,
  at: Instant,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE calendar_feeds SET token_sha256 = ${tokenSha256}, made_at = ${at}, read_at = NULL
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND actor = ${actor} RETURNING id`.execute(db);
  return rows.length > 0;
}

export async function deleteFeed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  actor: string,
): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM calendar_feeds WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND actor = ${actor}
    RETURNING id`.execute(db);
  return rows.length > 0;
}

export async function saveFeedRead(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  at: Instant,
): Promise<void> {
  await sql`UPDATE calendar_feeds SET read_at = ${at} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
}
