import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { SlotId } from '../vault/vault.ts';
import type { Times } from './interaction.ts';
import type { LetterSeen } from './letters.ts';
import type { AttachmentSeen, Person } from './reading.ts';

export type Original = {
  readonly id: string;
  readonly recordId: RecordId;
  readonly slot: SlotId;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly container: string;
  readonly member: string;
  readonly start: number;
  readonly until: number;
};

export type Detail = {
  readonly id: string;
  readonly recordId: RecordId;
  readonly text: string;
  readonly quotedFrom: number | null;
  readonly hasHtml: boolean;
  readonly times: Times;
  readonly participants: Readonly<Record<'from' | 'to' | 'cc' | 'bcc' | 'replyTo', readonly Person[]>>;
  readonly attachments: readonly AttachmentSeen[];
  readonly letters: readonly LetterSeen[];
  readonly issues: readonly { readonly code: string; readonly message: string }[];
  readonly sourceName: string;
};

export async function loadDetail(db: Db, workspaceId: WorkspaceId, id: string): Promise<Detail | null> {
  const { rows } = await sql<Detail>`
    SELECT i.id, i.record_id AS "recordId", i.text, i.quoted_from AS "quotedFrom", i.has_html AS "hasHtml", i.times, i.participants,
      i.attachments, coalesce(i.letters, '[]'::jsonb) AS letters, i.issues, s.name AS "sourceName"
    FROM interactions i JOIN sources s ON s.workspace_id = i.workspace_id AND s.id = i.source_id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** The forms in which an interaction's bytes arrived, the first recorded first. */
export async function originalsOf(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly (Original & { interactionId: string })[]> {
  const { rows } = await sql<Original & { interactionId: string }>`
    SELECT interaction_id AS "interactionId", id, record_id AS "recordId", slot, encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes",
      media_type AS "mediaType", container, member, start, until
    FROM originals WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[]) ORDER BY record_id`.execute(
    db,
  );
  return rows;
}

export async function copiesOf(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly { id: string; at: string; source: string }[]> {
  const { rows } = await sql<{ id: string; at: string; source: string }>`
    SELECT o.id, o.at, s.name AS source FROM interactions i
    JOIN interactions o ON o.workspace_id = i.workspace_id AND o.content_digest = i.content_digest
    JOIN sources s ON s.workspace_id = o.workspace_id AND s.id = o.source_id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid ORDER BY o.id`.execute(db);
  return rows;
}

/** The message that has this Message-ID, the first recorded where several claim it; null when none is in the record. */
export async function messageNamed(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
): Promise<Named | null> {
  const { rows } = await sql<Named>`
    SELECT i.id, i.subject, i.at, i.direction FROM thread_keys k
    JOIN thread_members m ON m.workspace_id = k.workspace_id AND m.thread_id = k.thread_id
    JOIN interactions i ON i.workspace_id = m.workspace_id AND i.id = m.interaction_id
    WHERE k.workspace_id = ${workspaceId} AND k.key_digest = sha256(convert_to(${messageId}, 'UTF8'))
      AND i.message_id = ${messageId} ORDER BY i.id LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

const MOST_NAMING = 20;

/** Messages of its conversation that name it by its Message-ID, and are not ours; the newest, with where they lie. */
export async function naming(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  messageId: string,
): Promise<readonly (Named & { readonly slot: SlotId })[]> {
  const { rows } = await sql<Named & { slot: SlotId }>`
    SELECT i.id, i.subject, i.at, i.direction, o.slot FROM thread_members t
    JOIN thread_members m ON m.workspace_id = t.workspace_id AND m.thread_id = t.thread_id AND m.interaction_id <> t.interaction_id
    JOIN interactions i ON i.workspace_id = m.workspace_id AND i.id = m.interaction_id
    JOIN originals o ON o.workspace_id = i.workspace_id AND o.record_id = i.record_id AND o.media_type = 'message/rfc822'
    WHERE t.workspace_id = ${workspaceId} AND t.interaction_id = ${id}::uuid AND i.direction IS DISTINCT FROM 'outbound'
      AND i.reply_ids @> jsonb_build_array(${messageId}::text) ORDER BY i.at DESC, i.id LIMIT ${MOST_NAMING}`.execute(
    db,
  );
  return rows;
}

export type Named = {
  readonly id: string;
  readonly subject: string | null;
  readonly at: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | null;
};

/** The entries by which an interaction was filed. */
export async function filingsOf(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly { recordId: RecordId; partyId: string; partyName: string }[]> {
  const { rows } = await sql<{ recordId: RecordId; partyId: string; partyName: string }>`
    SELECT f.record_id AS "recordId", f.party_id AS "partyId", p.name AS "partyName"
    FROM filings f JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
    WHERE f.workspace_id = ${workspaceId} AND f.interaction_id = ${id}::uuid ORDER BY p.name`.execute(db);
  return rows;
}

/** What hits of a search show, with the text their snippet is cut from. */
export type HitText = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly fromName: string | null;
  readonly fromAddress: string | null;
  readonly subject: string | null;
  readonly text: string;
  /** Of the letters inside it; null where there is none. */
  readonly inside: string | null;
  /** What it said before it was edited; null where nothing of that was kept. */
  readonly earlier: string | null;
  readonly party: { readonly id: string; readonly name: string } | null;
};

const SNIPPET_TEXT_LENGTH = 20_000;
const INSIDE = sql`CASE WHEN i.letters IS NOT NULL THEN (
        SELECT left(string_agg(concat_ws(E'\\n', one.l ->> 'subject', one.l ->> 'words'), E'\\n' ORDER BY one.n), ${SNIPPET_TEXT_LENGTH})
        FROM jsonb_array_elements(i.letters) WITH ORDINALITY AS one(l, n)) END AS inside`;
const EARLIER = sql`(SELECT left(string_agg(one.w ->> 'text', E'\\n' ORDER BY one.n), ${SNIPPET_TEXT_LENGTH})
        FROM exported e, jsonb_array_elements(CASE jsonb_typeof(e.earlier) WHEN 'array' THEN e.earlier END) WITH ORDINALITY AS one(w, n)
        WHERE e.workspace_id = i.workspace_id AND e.interaction_id = i.id) AS earlier`;

export async function loadHits(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly HitText[]> {
  const { rows } = await sql<HitText>`
    SELECT i.id, i.at, i.kind, i.direction, i.from_name AS "fromName", i.from_address AS "fromAddress", i.subject,
      left(i.text, ${SNIPPET_TEXT_LENGTH}) AS text, ${INSIDE}, ${EARLIER},
      (SELECT jsonb_build_object('id', p.id, 'name', p.name) FROM filings f JOIN parties p ON p.workspace_id = f.workspace_id AND p.id = f.party_id
        WHERE f.workspace_id = i.workspace_id AND f.interaction_id = i.id ORDER BY p.name LIMIT 1) AS party
    FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[]) ORDER BY i.at DESC, i.id DESC`.execute(
    db,
  );
  return rows;
}
