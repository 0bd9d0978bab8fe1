import type { WorkspaceId } from '../../kernel/brand.ts';
import { ints, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

export type Seen = { readonly run: string; readonly container: number; readonly interaction: string };

/** Of what a run covered, only entries of exports are noted. */
export async function insertSeen(tx: Tx, workspaceId: WorkspaceId, seen: readonly Seen[]): Promise<void> {
  await sql`
    INSERT INTO seen_in_exports (workspace_id, interaction_id, run_id, container, record_id)
    SELECT e.workspace_id, e.interaction_id, s.run, s.container, e.record_id FROM unnest(
      ${uuids(seen.map(({ interaction }) => interaction))}::uuid[], ${uuids(seen.map(({ run }) => run))}::uuid[],
      ${ints(seen.map(({ container }) => container))}::int[]) AS s(interaction, run, container)
    JOIN exported e ON e.workspace_id = ${workspaceId} AND e.interaction_id = s.interaction
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** One export of a talk: from its first entry to its last. */
export type TalkExport = {
  readonly platform: string;
  readonly talk: string;
  readonly name: string | null;
  readonly run: string;
  readonly container: number;
  /** The file as its run names it; null where it brought nothing new. */
  readonly file: string | null;
  readonly importedAt: Instant;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly entries: number;
  /** Entries of this period that another export of the talk has and this one has not, and the first of them. */
  readonly lacking: number;
  readonly lackingFirst: string | null;
};

/** The exports in which entries about a party were seen, talk by talk, each talk's earliest first. */
export async function talkExports(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly TalkExport[]> {
  const { rows } = await sql<TalkExport>`
    WITH seen AS MATERIALIZED (
      SELECT e.platform, e.conversation ->> 'id' AS talk, e.conversation ->> 'name' AS name, s.run_id, s.container,
        CASE WHEN e.run_id = s.run_id THEN e.container END AS file, i.id, i.at, i.content_digest
      FROM filings f
      JOIN seen_in_exports s ON s.workspace_id = f.workspace_id AND s.interaction_id = f.interaction_id
      JOIN exported e ON e.workspace_id = f.workspace_id AND e.interaction_id = f.interaction_id
      JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
      WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.at_source = 'sent' AND i.kind IN ('message', 'call')
    ), spans AS (
      SELECT platform, talk, run_id, container, max(name) AS name, min(file) AS file, min(at) AS first_at, max(at) AS last_at,
        count(*)::int AS entries, count(*) OVER (PARTITION BY platform, talk) AS exports
      FROM seen GROUP BY platform, talk, run_id, container
    ), lacking AS (
      SELECT p.platform, p.talk, p.run_id, p.container, count(DISTINCT o.content_digest)::int AS count,
        (array_agg(o.id ORDER BY o.at, o.id))[1] AS first
      FROM spans p
      JOIN seen o ON o.platform = p.platform AND o.talk = p.talk AND o.at > p.first_at AND o.at < p.last_at
      LEFT JOIN seen x ON x.platform = p.platform AND x.talk = p.talk AND x.run_id = p.run_id AND x.container = p.container
        AND x.content_digest = o.content_digest
      WHERE p.exports > 1 AND x.id IS NULL
      GROUP BY p.platform, p.talk, p.run_id, p.container
    )
    SELECT p.platform, p.talk, p.name, p.run_id AS run, p.container, p.file, r.started_at AS "importedAt", p.first_at AS "firstAt",
      p.last_at AS "lastAt", p.entries, coalesce(l.count, 0) AS lacking, l.first AS "lackingFirst"
    FROM spans p JOIN runs r ON r.workspace_id = ${workspaceId} AND r.id = p.run_id
    LEFT JOIN lacking l ON l.platform = p.platform AND l.talk = p.talk AND l.run_id = p.run_id AND l.container = p.container
    ORDER BY p.platform, p.talk, p.first_at, p.last_at, p.run_id, p.container`.execute(db);
  return rows;
}
