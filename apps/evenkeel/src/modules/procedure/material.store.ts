import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Span } from '../interaction/parts.ts';
import type { Lang } from './pack.ts';
import type { Reply } from './state.ts';

export type RecordSeen = {
  readonly id: string;
  readonly kind: string;
  readonly at: Instant;
  /** What was written; of a talk, our own note of it. */
  readonly text: string;
  readonly lang: string;
};
type Noted = { readonly said: readonly Span[] | null };

/** In a letter that was recorded by hand only its writer's words: what we noted of it is not said in their name. */
function written<T extends { readonly text: string } & Noted>({ said, ...record }: T): Omit<T, 'said'> {
  if (!said) return record;
  return { ...record, text: said.map(({ start, end }) => record.text.slice(start, end)).join('\n') };
}

/** A record that is filed under this party; null when it is not. */
export async function loadRecord(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  id: string,
): Promise<RecordSeen | null> {
  const { rows } = await sql<RecordSeen & Noted>`
    SELECT i.id, i.kind, i.at, i.text, i.lang,
      CASE WHEN i.kind IN ('message', 'document') THEN CASE i.direction WHEN 'inbound' THEN n.theirs ELSE n.ours END END AS said
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.id = ${id}::uuid`.execute(db);
  return rows[0] ? written(rows[0]) : null;
}

/** When something happened, whoever it is filed under; null when it is not there. */
export async function momentOf(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant }>`
    SELECT at FROM interactions WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0]?.at ?? null;
}

/** The kinds of what happened with a party since a moment. */
export async function kindsSince(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  since: Instant,
): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`
    SELECT DISTINCT i.kind FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.at >= ${since}`.execute(db);
  return rows.map(({ kind }) => kind);
}

/** What they wrote after a moment, oldest first; a call of theirs is no reply. Of several copies the first recorded. */
export async function loadReplies(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  after: Instant,
): Promise<readonly Reply[]> {
  const { rows } = await sql<Reply>`
    SELECT i.id AS "interactionId", i.at FROM filings f
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction = 'inbound'
      AND i.kind IN ('message', 'document') AND f.at > ${after}
      AND NOT EXISTS (
        SELECT 1 FROM interactions o JOIN filings fo ON fo.workspace_id = o.workspace_id AND fo.interaction_id = o.id AND fo.party_id = f.party_id
        WHERE o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest AND o.id < i.id)
    ORDER BY i.at, i.id`.execute(db);
  return rows;
}

/** The language they last wrote in, of those that letters are written in. */
export async function languageOf(db: Db | Tx, workspaceId: WorkspaceId, party: string): Promise<Lang | null> {
  const { rows } = await sql<{ lang: Lang }>`
    SELECT i.lang FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction = 'inbound' AND i.lang IN ('en', 'ru', 'fi')
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT 1`.execute(db);
  return rows[0]?.lang ?? null;
}

/** The address we would write to. */
export async function addressOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly name: string; readonly address: string | null } | null> {
  const { rows } = await sql<{ name: string; address: string | null }>`
    SELECT p.name, (SELECT i.value FROM identifiers i WHERE i.workspace_id = p.workspace_id AND i.party_id = p.id AND i.kind = 'address'
      ORDER BY i.confidence = 'stated' DESC, i.value LIMIT 1) AS address
    FROM parties p WHERE p.workspace_id = ${workspaceId} AND p.id = ${party}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** How many people sign in here. */
export async function countMembers(db: Db | Tx, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM members WHERE workspace_id = ${workspaceId} AND left_at IS NULL AND role <> 'counsel'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Whether a record can show that somebody outside has looked: it is there, and it is not ours. */
export async function isTheirs(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM interactions WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND direction IS DISTINCT FROM 'outbound'`.execute(
    db,
  );
  return rows.length > 0;
}

export type RegisteredComplaint = {
  readonly partyId: string;
  readonly number: string;
  readonly receivedAt: Instant;
  readonly remedy: string;
  readonly cite: { readonly interactionId: string; readonly quote: string };
};

export async function loadRegistered(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<RegisteredComplaint | null> {
  const { rows } = await sql<RegisteredComplaint>`
    SELECT party_id AS "partyId", number, received_at AS "receivedAt", remedy, cite FROM complaints
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

export async function loadBreach(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ partyId: string; happenedAt: Instant; cite: RegisteredComplaint['cite'] } | null> {
  const { rows } = await sql<{ partyId: string; happenedAt: Instant; cite: RegisteredComplaint['cite'] }>`
    SELECT party_id AS "partyId", happened_at AS "happenedAt", cite FROM breaches
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid AND withdrawn_reason IS NULL`.execute(db);
  return rows[0] ?? null;
}

/** The words of points, by their ids. */
export async function pointWords(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; words: string }>`
    SELECT id, title AS words FROM points WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, words }) => [id, words]));
}
