import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { onlyWithin, type Span } from '../interaction/parts.ts';
import type { SaidText, Stretch } from './commitment-proposals.ts';

/** A message in which somebody may have promised something. */
export type Message = SaidText & {
  readonly id: string;
  readonly at: Instant;
  readonly from: string | null;
  readonly party: { readonly id: string; readonly name: string } | null;
};

const COLUMNS = sql`
  i.id, i.at, i.text, i.quoted_from AS "quotedFrom", i.from_name AS "from",
  CASE i.direction WHEN 'inbound' THEN n.theirs ELSE n.ours END AS said,
  CASE i.direction WHEN 'inbound' THEN 'theirs' ELSE 'ours' END AS side`;

/** In what was recorded by hand only what one side said is its words; our note of it promises nothing for them. */
function spoken({ said, ...message }: Message & { readonly said: readonly Span[] | null }): Message {
  return said ? { ...message, text: onlyWithin(message.text, said) } : message;
}

type Read = Parameters<typeof spoken>[0];
const NOTED = sql`LEFT JOIN noted n ON n.workspace_id = i.workspace_id AND n.interaction_id = i.id`;

/** One message; null when nobody's side is known, as in a note, or there is none. */
export async function loadMessage(db: Db, workspaceId: WorkspaceId, id: string): Promise<Message | null> {
  const { rows } = await sql<Read>`
    SELECT ${COLUMNS}, (
        SELECT jsonb_build_object('id', p.id, 'name', p.name) FROM filings f
        JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
        WHERE f.workspace_id = i.workspace_id AND f.interaction_id = i.id ORDER BY p.name, p.id LIMIT 1) AS party
    FROM interactions i ${NOTED}
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid AND i.direction IN ('inbound', 'outbound')`.execute(
    db,
  );
  return rows[0] ? spoken(rows[0]) : null;
}

/** The newest messages with a client since a day, newest first. */
export async function newestMessages(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  since: Instant,
  limit: number,
): Promise<readonly Message[]> {
  const { rows } = await sql<Read>`
    SELECT ${COLUMNS}, jsonb_build_object('id', p.id, 'name', p.name) AS party
    FROM filings f JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id ${NOTED}
    JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
    WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.at >= ${since}
      AND i.direction IN ('inbound', 'outbound')
    ORDER BY f.at DESC, f.interaction_id DESC LIMIT ${limit}`.execute(db);
  return rows.map(spoken);
}

export type Dismissal = Stretch & { readonly interactionId: string };

export async function dismissalsIn(
  db: Db,
  workspaceId: WorkspaceId,
  interactions: readonly string[],
): Promise<readonly Dismissal[]> {
  const { rows } = await sql<Dismissal>`
    SELECT interaction_id AS "interactionId", first_unit AS start, end_unit AS "end" FROM promise_dismissals
    WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${interactions}::uuid[])`.execute(db);
  return rows;
}

export async function saveDismissal(
  db: Db,
  workspaceId: WorkspaceId,
  { interactionId, start, end }: Dismissal,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO promise_dismissals (workspace_id, interaction_id, first_unit, end_unit, dismissed_by, dismissed_at)
    VALUES (${workspaceId}, ${interactionId}::uuid, ${start}, ${end}, ${by}, ${at}) ON CONFLICT DO NOTHING`.execute(
    db,
  );
}
