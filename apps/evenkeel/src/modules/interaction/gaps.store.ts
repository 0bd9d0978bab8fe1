import type { WorkspaceId } from '../../kernel/brand.ts';
import { texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { INPUT_CODES } from './gaps.ts';

/** As the index `interactions_incomplete` has it, word by word: only then it is used. */
const INCOMPLETE = sql.raw(
  `i.issues @? '$[*].code ? (@ == "file-not-exported" || @ == "attachment-missing" || @ == "file-elsewhere" || @ == "text-not-exported" || @ == "encrypted" || @ == "message-in-pieces" || @ == "boundary-not-closed" || @ == "undecodable-bytes" || @ == "too-deep" || @ == "too-many-parts" || @ == "reader-failed")'`,
);

/** Every message that is answered here and is not here, once for each answer. */
const answersMissing = (workspaceId: WorkspaceId, party: string) => sql`
  SELECT n.interaction_id, f.at, n.name, n.place
  FROM missing_names n JOIN filings f ON f.workspace_id = n.workspace_id AND f.interaction_id = n.interaction_id
  WHERE n.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid`;

export type NamedMissing = {
  /** SHA-256 hex of the Message-ID that is named. */
  readonly id: string;
  readonly at: Instant;
  readonly interactionId: string;
  readonly who: string | null;
  readonly direction: string | null;
  readonly subject: string | null;
  /** How many messages answer it. */
  readonly count: number;
  /** From 1: whether it is answered itself, or further back. */
  readonly place: number;
  readonly replyIds: readonly string[];
  readonly quotedFrom: number | null;
  /** The text as far as the line in which what is quoted is introduced. */
  readonly text: string;
};

/** Where a page ended, newest first. */
export type GapKey = { readonly at: Instant; readonly id: string };

/** Each name once, with the nearest answer to it. */
export async function pageOfNamedMissing(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  after: GapKey | null,
  limit: number,
): Promise<readonly NamedMissing[]> {
  const { rows } = await sql<NamedMissing>`
    SELECT encode(g.name, 'hex') AS id, g.at, g.interaction_id AS "interactionId", coalesce(i.from_name, i.from_address) AS who, i.direction,
      i.subject, g.answers AS count, g.place, i.reply_ids AS "replyIds", i.quoted_from AS "quotedFrom",
      left(i.text, coalesce(i.quoted_from + 400, 0)) AS text
    FROM (
      SELECT DISTINCT ON (n.name) n.*, count(*) OVER (PARTITION BY n.name)::int AS answers
      FROM (${answersMissing(workspaceId, party)}) n ORDER BY n.name, n.place, n.at, n.interaction_id
    ) g
    JOIN interactions i ON i.workspace_id = ${workspaceId} AND i.id = g.interaction_id
    WHERE ${after?.at ?? null}::timestamptz IS NULL
      OR (g.at, encode(g.name, 'hex')) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text)
    ORDER BY g.at DESC, encode(g.name, 'hex') DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countNamedMissing(db: Db, workspaceId: WorkspaceId, party: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(DISTINCT n.name)::int AS count FROM (${answersMissing(workspaceId, party)}) n`.execute(db);
  return rows[0]!.count;
}

export type Incomplete = {
  readonly id: string;
  readonly at: Instant;
  readonly who: string | null;
  readonly direction: string | null;
  readonly subject: string | null;
  readonly issues: readonly { readonly code: string; readonly message: string }[];
};

/** Records whose original says that something of it is not there. @param codes what counts as that */
export async function pageOfIncomplete(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  codes: readonly string[],
  after: GapKey | null,
  limit: number,
): Promise<readonly Incomplete[]> {
  const { rows } = await sql<Incomplete>`
    SELECT i.id, f.at, coalesce(i.from_name, i.from_address) AS who, i.direction, i.subject, i.issues
    FROM interactions i JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND ${INCOMPLETE} AND ${hasOneOf(codes)}
      AND (${after?.at ?? null}::timestamptz IS NULL OR (f.at, i.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY f.at DESC, i.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countIncomplete(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  codes: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count
    FROM interactions i JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND ${INCOMPLETE} AND ${hasOneOf(codes)}`.execute(
    db,
  );
  return rows[0]!.count;
}

function hasOneOf(codes: readonly string[]) {
  return sql`EXISTS (SELECT 1 FROM jsonb_array_elements(i.issues) AS e(issue) WHERE e.issue ->> 'code' = ANY(${texts(codes)}::text[]))`;
}

export type SourceSeen = {
  readonly id: string;
  readonly kind: 'files' | 'mailbox' | 'receiving';
  readonly name: string;
  readonly openedAt: Instant;
};

/** The sources that brought something about a party; words pasted or written here have none that could be covered. */
export async function sourcesAbout(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly SourceSeen[]> {
  const { rows } = await sql<SourceSeen>`
    SELECT s.id, s.kind, s.name, s.opened_at AS "openedAt" FROM sources s
    WHERE s.workspace_id = ${workspaceId} AND s.kind IN ('files', 'mailbox', 'receiving') AND EXISTS (
      SELECT 1 FROM interactions i JOIN filings f ON f.workspace_id = i.workspace_id AND f.interaction_id = i.id
      WHERE i.workspace_id = s.workspace_id AND i.source_id = s.id AND f.party_id = ${party}::uuid)
    ORDER BY s.opened_at, s.id`.execute(db);
  return rows;
}

export type InputGap = {
  readonly run: string;
  readonly at: Instant;
  readonly container: string;
  readonly code: string;
  readonly message: string;
  readonly count: number;
};

/** What runs of these sources could not read, by the file or folder it lay in. */
export async function inputGaps(
  db: Db,
  workspaceId: WorkspaceId,
  sources: readonly string[],
  limit: number,
): Promise<readonly InputGap[]> {
  const { rows } = await sql<InputGap>`
    SELECT r.id AS run, r.started_at AS at, e.issue ->> 'container' AS container, e.issue ->> 'code' AS code,
      min(e.issue ->> 'message') AS message, count(*)::int AS count
    FROM runs r JOIN coverages c ON c.workspace_id = r.workspace_id AND c.run_id = r.id
    CROSS JOIN LATERAL jsonb_array_elements(c.issues) AS e(issue)
    WHERE r.workspace_id = ${workspaceId} AND r.source_id = ANY(${uuids(sources)}::uuid[]) AND c.issues <> '[]'
      AND e.issue ->> 'code' = ANY(${texts(INPUT_CODES)}::text[])
    GROUP BY r.id, r.started_at, e.issue ->> 'container', e.issue ->> 'code'
    ORDER BY r.started_at DESC, r.id, container, code LIMIT ${limit}`.execute(db);
  return rows;
}
