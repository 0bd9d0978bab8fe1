import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { onlyWithin, type Span } from '../interaction/parts.ts';

/** One message of a relationship, as the looks at the whole of it need it. */
export type Message = {
  readonly interactionId: string;
  readonly at: Instant;
  /** Whether its time was stated by its sender or a server; one that was not is in no curve. */
  readonly isTimed: boolean;
  readonly side: 'theirs' | 'ours';
  readonly threadId: string | null;
  readonly recipients: number;
  readonly text: string;
  readonly lead: string;
};

/** In what was recorded by hand only what was said or written is somebody's words; our note of it is nobody's. */
function spoken<T extends Spoken>({ said, ...message }: T): Omit<T, 'said'> {
  return said ? { ...message, text: onlyWithin(message.text, said) } : message;
}

type Spoken = { readonly text: string; readonly said: readonly Span[] | null };

/** The newest messages between us and a client, oldest first; of several copies the first recorded. */
export async function loadMessages(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  limit: number,
): Promise<readonly Message[]> {
  const { rows } = await sql<Message & Spoken>`
    SELECT i.id AS "interactionId", i.at, i.at_source IN ('sent', 'received') AS "isTimed",
      CASE i.direction WHEN 'inbound' THEN 'theirs' ELSE 'ours' END AS side,
      (SELECT m.thread_id FROM thread_members m WHERE m.workspace_id = i.workspace_id AND m.interaction_id = i.id) AS "threadId",
      jsonb_array_length(i.participants -> 'to') + jsonb_array_length(i.participants -> 'cc') AS recipients, i.text, i.lead,
      CASE i.direction WHEN 'inbound' THEN n.theirs ELSE n.ours END AS said
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction IN ('inbound', 'outbound')
      AND NOT EXISTS (
        SELECT 1 FROM interactions o JOIN filings fo ON fo.workspace_id = o.workspace_id AND fo.interaction_id = o.id AND fo.party_id = f.party_id
        WHERE o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest AND o.id < i.id)
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT ${limit}`.execute(db);
  return rows.reverse().map(spoken);
}

/** Whether a message is filed under a party. */
export async function isFiledUnder(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  interaction: string,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM filings WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND interaction_id = ${interaction}::uuid`.execute(
    db,
  );
  return rows.length > 0;
}

/** What we sent a client since a moment, newest first, and whether in the conversation of one message. */
export async function sentSince(
  db: Db,
  workspaceId: WorkspaceId,
  {
    party,
    answering,
    since,
  }: { readonly party: string; readonly answering: string; readonly since: Instant },
): Promise<readonly { readonly text: string; readonly isInThread: boolean }[]> {
  const { rows } = await sql<{ text: string; isInThread: boolean }>`
    SELECT i.text, EXISTS (SELECT 1 FROM thread_members a JOIN thread_members b
        ON b.workspace_id = a.workspace_id AND b.thread_id = a.thread_id
      WHERE a.workspace_id = i.workspace_id AND a.interaction_id = i.id AND b.interaction_id = ${answering}::uuid) AS "isInThread"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.at > ${since} AND i.direction = 'outbound'
    ORDER BY f.at DESC LIMIT ${SENT_LOOKED_AT}`.execute(db);
  return rows;
}

const SENT_LOOKED_AT = 200;

/** The words of one interaction, for a draft that answers it. */
export async function textOf(db: Db, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const { rows } = await sql<Spoken>`
    SELECT i.text, n.theirs AS said FROM interactions i
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid`.execute(db);
  return rows[0] ? spoken(rows[0]).text : null;
}

/** The newest words of the other side, if there are any. */
export async function newestInbound(db: Db, workspaceId: WorkspaceId, party: string): Promise<string | null> {
  const { rows } = await sql<Spoken>`
    SELECT i.text, n.theirs AS said FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid
      AND CASE WHEN n.theirs IS NULL THEN i.direction = 'inbound' ELSE n.theirs <> '[]'::jsonb END
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT 1`.execute(db);
  return rows[0] ? spoken(rows[0]).text : null;
}

/** What the clock of the other side showed beside UTC in their newest message; UTC itself is often a server's and says nothing. */
export async function newestClock(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly at: Instant; readonly offsetMin: number } | null> {
  const { rows } = await sql<{ at: Instant; offsetMin: number }>`
    SELECT i.at, (i.times->'sent'->>'offsetMin')::int AS "offsetMin"
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND i.direction = 'inbound' AND i.at_source = 'sent'
      AND coalesce((i.times->'sent'->>'offsetMin')::int, 0) <> 0
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}
