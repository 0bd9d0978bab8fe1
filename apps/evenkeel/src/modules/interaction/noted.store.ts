import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, ints, texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { SlotId } from '../vault/vault.ts';
import { sidesOf } from './by-hand.ts';
import type { Consented } from './consent.ts';
import type { Attached, InteractionFact } from './interaction.ts';
import type { Parts } from './parts.ts';
import { storable } from './storable.ts';

type NotedFact = {
  readonly recordId: RecordId;
  readonly fact: Extract<InteractionFact, { kind: 'interaction.noted' }>;
};

/** Writes what was stated about words recorded by hand, and which files lie beside them. */
export async function insertNoted(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly NotedFact[],
): Promise<void> {
  for (const { recordId, fact } of facts) {
    const { theirs, ours } = sidesOf(fact.interactionKind, fact.direction, fact.parts);
    await sql`
      INSERT INTO noted (workspace_id, interaction_id, record_id, duration_min, zone, channel, people, parts, theirs, ours, consent, corrects)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.durationMin}, ${fact.zone}, ${fact.channel && storable(fact.channel)}, ${json(fact.people)}::jsonb,
        ${json(fact.parts)}::jsonb, ${json(theirs)}::jsonb, ${json(ours)}::jsonb,
        ${fact.consent && json(fact.consent)}::jsonb, ${fact.corrects}::uuid)`.execute(tx);
  }
  await insertAttached(
    tx,
    workspaceId,
    facts.flatMap(({ recordId, fact }) =>
      [
        ...(fact.words ? [{ ...fact.words, role: 'words' as const }] : []),
        ...fact.attachments.map((file) => ({ ...file, role: 'file' as const })),
      ].map((file, position) => ({ ...file, recordId, id: fact.id, position })),
    ),
  );
}

/** JSON that PostgreSQL can hold: it has no U+0000. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '\u2400');
}

type AttachedRow = Attached & {
  readonly role: AttachedFile['role'];
  readonly recordId: RecordId;
  readonly id: string;
  readonly position: number;
};

/** Writes which files lie beside what was recorded. */
export async function insertAttached(
  tx: Tx,
  workspaceId: WorkspaceId,
  files: readonly AttachedRow[],
): Promise<void> {
  if (files.length === 0) return;
  await sql`
    INSERT INTO attached (workspace_id, record_id, position, interaction_id, role, slot, sha256, name, media_type, size_bytes)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${uuids(files.map((f) => f.recordId))}::uuid[], ${ints(files.map((f) => f.position))}::int[], ${uuids(files.map((f) => f.id))}::uuid[],
      ${texts(files.map((f) => f.role))}::text[],
      ${bigints(files.map((f) => f.slot))}::bigint[], ${byteas(files.map((f) => Buffer.from(f.sha256, 'hex')))}::bytea[],
      ${texts(files.map((f) => storable(f.name)))}::text[], ${texts(files.map((f) => f.mediaType))}::text[], ${bigints(files.map((f) => f.sizeBytes))}::bigint[])`.execute(
    tx,
  );
}

/** What a page shows of something recorded by hand beside its words. */
export type NotedRow = {
  readonly durationMin: number | null;
  readonly zone: string | null;
  readonly channel: string | null;
  readonly people: readonly string[];
  readonly parts: Parts;
  readonly consent: Consented | null;
  readonly corrects: Corrected | null;
};

/** The other of two records of which one corrects the other. */
export type Corrected = { readonly id: string; readonly at: string; readonly lead: string };

const OTHER = sql.raw(`jsonb_build_object('id', o.id,
  'at', to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lead', left(o.lead, 200))`);

export async function loadNoted(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<NotedRow | null> {
  const { rows } = await sql<NotedRow>`
    SELECT n.duration_min AS "durationMin", n.zone, n.channel, n.people, n.parts, n.consent,
      (SELECT ${OTHER} FROM interactions o WHERE o.workspace_id = n.workspace_id AND o.id = n.corrects) AS corrects
    FROM noted n WHERE n.workspace_id = ${workspaceId} AND n.interaction_id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** The records that correct one, oldest first. */
export async function correctionsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<readonly Corrected[]> {
  const { rows } = await sql<{ corrected: Corrected }>`
    SELECT ${OTHER} AS corrected FROM noted n JOIN interactions o ON o.workspace_id = n.workspace_id AND o.id = n.interaction_id
    WHERE n.workspace_id = ${workspaceId} AND n.corrects = ${id}::uuid ORDER BY n.record_id`.execute(db);
  return rows.map(({ corrected }) => corrected);
}

/** Whether something is there, and whether a person entered it. */
export async function isByHand(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<boolean | null> {
  const { rows } = await sql<{ byHand: boolean }>`
    SELECT i.times -> 'sent' ->> 'source' = 'stated-by-person' IS TRUE AS "byHand"
    FROM interactions i WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid`.execute(db);
  return rows[0]?.byHand ?? null;
}

/** A file beside what was recorded by hand, and where its bytes lie. */
export type AttachedFile = {
  readonly role: 'words' | 'file';
  readonly interactionId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly slot: SlotId;
};

/** In the order in which their entry names them; the words come first. */
export async function attachedTo(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<readonly AttachedFile[]> {
  const { rows } = await sql<AttachedFile>`
    SELECT interaction_id AS "interactionId", role, name, media_type AS "mediaType", size_bytes AS "sizeBytes", encode(sha256, 'hex') AS sha256, slot
    FROM attached WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[])
    ORDER BY interaction_id, position`.execute(db);
  return rows;
}
