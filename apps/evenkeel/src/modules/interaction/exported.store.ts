import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { SlotId } from '../vault/vault.ts';
import type { EntrySeen, Exported, TakenAlong } from './exported.ts';
import type { Attached, InteractionFact } from './interaction.ts';
import { insertAttached } from './noted.store.ts';
import { storable } from './storable.ts';

type ExportedFact = {
  readonly recordId: RecordId;
  readonly fact: Extract<InteractionFact, { kind: 'interaction.exported' }>;
};
export type BytesOf = (recordId: RecordId) => Uint8Array;

/** Writes what exports say of entries beside their words, and which files lie beside them. */
export async function insertExported(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly ExportedFact[],
  bytesOf: BytesOf,
): Promise<void> {
  if (facts.length === 0) return;
  // The readers of every kind of export are loaded when one was brought.
  const { entryOf, entrySeen, platformOf } = await import('./exported.ts');
  const rows = facts.map(({ recordId, fact }) =>
    rowOf(recordId, fact, entrySeen(entryOf(bytesOf(recordId), fact)), platformOf(fact.format)),
  );
  await sql`
    INSERT INTO exported (workspace_id, interaction_id, record_id, run_id, container, format, platform, conversation, context, zone,
      is_rebuilt, recipients, files, state, edited_at, sent_raw, duration_sec, reactions, earlier)
    SELECT ${workspaceId}::uuid, r.* FROM jsonb_to_recordset(${json(rows)}::jsonb) AS r(
      "id" uuid, "recordId" uuid, "run" uuid, "container" text, "format" text, "platform" text, "conversation" jsonb, "context" jsonb,
      "zone" jsonb, "isRebuilt" boolean, "to" jsonb, "files" jsonb, "state" text, "editedAt" text, "sentRaw" text, "durationSec" double precision,
      "reactions" jsonb, "earlier" jsonb)`.execute(tx);
  await insertAttached(
    tx,
    workspaceId,
    facts.flatMap(({ recordId, fact }) =>
      fact.attachments.map((file, position) => ({
        ...file,
        role: 'file' as const,
        recordId,
        id: fact.id,
        position,
      })),
    ),
  );
}

function rowOf(recordId: RecordId, fact: ExportedFact['fact'], seen: EntrySeen, platform: string) {
  const { id, format, context, zone, isRebuilt, to, origin, attachments } = fact;
  return {
    ...{
      id,
      recordId,
      run: origin.run,
      container: origin.container,
      format,
      platform,
      context,
      zone,
    },
    ...{ isRebuilt, to, files: attachments.map(takenAlong) },
    ...seen,
  };
}

export function takenAlong({
  file,
  name,
  mediaType,
  sizeBytes,
  sha256,
}: Attached & { file: number }): TakenAlong {
  return { file, name, mediaType, sizeBytes, sha256 };
}

/** What today's reader makes of an entry that an older one read. */
export async function updateEntrySeen(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  seen: EntrySeen,
): Promise<void> {
  await sql`
    UPDATE exported e SET conversation = r.conversation, state = r.state, edited_at = r."editedAt", sent_raw = r."sentRaw",
      duration_sec = r."durationSec", reactions = r.reactions, earlier = r.earlier
    FROM jsonb_to_record(${json(seen)}::jsonb) AS r(
      "conversation" jsonb, "state" text, "editedAt" text, "sentRaw" text, "durationSec" double precision, "reactions" jsonb, "earlier" jsonb)
    WHERE e.workspace_id = ${workspaceId} AND e.interaction_id = ${id}::uuid`.execute(tx);
}

/** JSON that PostgreSQL can hold: it has no U+0000 and no half of a surrogate pair. */
function json(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? storable(one) : one));
}

/** What a page shows of an entry of an export beside its words. */
export type ExportedRow = {
  readonly format: string;
  readonly platform: string;
  readonly conversation: {
    readonly id: string;
    readonly name: string | null;
    readonly isGroup: boolean | null;
  };
  readonly dateOrder: Exported['context']['dateOrder'] | null;
  readonly zone: Exported['zone'];
  readonly isRebuilt: boolean;
  readonly state: string | null;
  readonly editedAt: string | null;
  readonly sentRaw: string | null;
  readonly durationSec: number | null;
  readonly reactions: EntrySeen['reactions'];
  readonly earlier: EntrySeen['earlier'];
  readonly run: string | null;
  readonly container: string;
};

export async function loadExported(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ExportedRow | null> {
  const { rows } = await sql<ExportedRow>`
    SELECT format, platform, conversation, context -> 'dateOrder' AS "dateOrder", zone, is_rebuilt AS "isRebuilt", state,
      edited_at AS "editedAt", sent_raw AS "sentRaw", duration_sec AS "durationSec", reactions, earlier, run_id AS run, container
    FROM exported WHERE workspace_id = ${workspaceId} AND interaction_id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** An entry as the record has it now, to be read again. */
export type Rereadable = Exported & {
  readonly id: string;
  readonly slot: SlotId;
  readonly files: readonly TakenAlong[];
};

/** The entries of a run that stand after one, in the order of their ids; a page of them. */
export async function pageOfExported(
  tx: Db | Tx,
  workspaceId: WorkspaceId,
  run: string,
  container: string | null,
  after: string,
  limit: number,
): Promise<readonly Rereadable[]> {
  const { rows } = await sql<Rereadable>`
    SELECT e.interaction_id AS id, o.slot, e.format, e.context, e.zone, e.is_rebuilt AS "isRebuilt", e.recipients AS "to", e.files
    FROM exported e JOIN originals o ON o.workspace_id = e.workspace_id AND o.record_id = e.record_id
    WHERE e.workspace_id = ${workspaceId} AND e.run_id = ${run}::uuid AND e.interaction_id > ${after}::uuid
      AND (${container}::text IS NULL OR e.container = ${container}) ORDER BY e.interaction_id LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

/** What a run assumed about one export, and what came out of it. */
export type Guess = {
  readonly container: string;
  readonly member: string | null;
  readonly format: string;
  readonly platform: string;
  readonly entries: number;
  readonly dateOrder: Exported['context']['dateOrder'] | null;
  /** Null where every time states its own. */
  readonly zone: Exported['zone'];
  readonly conversations: number;
  /** A time as it is written there, and how it was read. */
  readonly example: { readonly raw: string; readonly at: string } | null;
  /** Entries whose words name a file that was not in the export. */
  readonly withoutFile: number;
  readonly undated: number;
};

/** What a run assumed to read exports, one line a file and format. */
export async function guessesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  run: string,
): Promise<readonly Guess[]> {
  const { rows } = await sql<Guess>`
    SELECT e.container, nullif(o.member, '') AS member, e.format, e.platform, count(*)::int AS entries,
      e.context -> 'dateOrder' AS "dateOrder", CASE WHEN bool_or(${IS_LOCAL}) THEN e.zone END AS zone,
      count(DISTINCT e.conversation ->> 'id')::int AS conversations,
      CASE WHEN min(e.sent_raw) IS NOT NULL THEN jsonb_build_object('raw', (array_agg(e.sent_raw ORDER BY i.at))[1],
        'at', to_char(min(i.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS example,
      count(*) FILTER (WHERE i.issues @> '[{"code": "file-not-exported"}]')::int AS "withoutFile",
      count(*) FILTER (WHERE i.times -> 'sent' = 'null')::int AS undated
    FROM exported e JOIN interactions i ON i.workspace_id = e.workspace_id AND i.id = e.interaction_id
    JOIN originals o ON o.workspace_id = e.workspace_id AND o.record_id = e.record_id
    WHERE e.workspace_id = ${workspaceId} AND e.run_id = ${run}::uuid
    GROUP BY e.container, o.member, e.format, e.platform, e.context -> 'dateOrder', e.zone
    ORDER BY e.container, o.member, e.format LIMIT 2000`.execute(db);
  return rows;
}

/** Its time came without an offset, or was not read at all. */
const IS_LOCAL = sql.raw(`i.times -> 'sent' = 'null' OR i.times -> 'sent' -> 'offsetMin' = 'null'`);
