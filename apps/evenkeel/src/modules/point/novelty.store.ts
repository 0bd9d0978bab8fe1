import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { onlyWithin, type Span } from '../interaction/parts.ts';

/** A message that is looked at for what is new in it. */
export type LookedAt = {
  readonly id: string;
  readonly at: Instant;
  readonly direction: string | null;
  readonly kind: string;
  readonly text: string;
  readonly threadId: string | null;
  readonly people: readonly string[];
  readonly attachments: readonly Document[];
};

export type Document = {
  readonly name: string | null;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
};

/** One interaction of a client; null where it is not filed there. */
export async function loadLookedAt(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  id: string,
): Promise<LookedAt | null> {
  const { rows } = await sql<
    Omit<LookedAt, 'people'> & {
      participants: Record<string, { name: string | null }[]>;
      theirs: readonly Span[] | null;
    }
  >`
    SELECT i.id, i.at, i.direction, i.kind, i.text, m.thread_id AS "threadId", i.participants, i.attachments, n.theirs
    FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN thread_members m ON m.workspace_id = i.workspace_id AND m.interaction_id = i.id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.interaction_id = ${id}::uuid`.execute(
    db,
  );
  const found = rows[0];
  if (!found) return null;
  const { participants, theirs, ...rest } = found;
  const people = Object.values(participants)
    .flat()
    .flatMap(({ name }) => (name ? [name] : []));
  // Nothing of what we noted ourselves is asked by them.
  const text = theirs ? onlyWithin(rest.text, theirs) : rest.text;
  return { ...rest, text, people };
}

/** The first client an interaction is filed under. */
export async function firstPartyOf(db: Db, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const { rows } = await sql<{ partyId: string }>`
    SELECT party_id AS "partyId" FROM filings WHERE workspace_id = ${workspaceId} AND interaction_id = ${id}::uuid
    ORDER BY record_id LIMIT 1`.execute(db);
  return rows[0]?.partyId ?? null;
}

/** Which of these bytes were attached to an earlier interaction of the client, of either side. */
export async function documentsBefore(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  { at, id }: { readonly at: Instant; readonly id: string },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`
    SELECT DISTINCT a ->> 'sha256' AS sha256
    FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    CROSS JOIN jsonb_array_elements(i.attachments) AS a
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.at <= ${at} AND f.interaction_id <> ${id}::uuid`.execute(
    db,
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}
