import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { SlotId } from '../vault/vault.ts';
import type { Consented } from './consent.ts';
import type { EntrySeen } from './exported.ts';
import type { Direction, Times } from './interaction.ts';
import { type LetterSeen, wordsOfLetter } from './letters.ts';
import type { AttachmentSeen, Person } from './reading.ts';

/** What a bundle prints of an interaction, and where its first original lies. */
export type ExhibitSource = {
  readonly id: string;
  readonly recordId: RecordId;
  readonly kind: string;
  readonly direction: Direction | null;
  readonly at: Instant;
  readonly times: Times;
  readonly participants: Readonly<Record<'from' | 'to' | 'cc' | 'bcc' | 'replyTo', readonly Person[]>>;
  readonly subject: string | null;
  readonly text: string;
  readonly attachments: readonly AttachmentSeen[];
  readonly issues: readonly { readonly code: string; readonly message: string }[];
  readonly slot: SlotId;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly isFiled: boolean;
  /** What was stated about words recorded by hand; null for what came as bytes of its own. */
  readonly noted: {
    readonly durationMin: number | null;
    readonly zone: string | null;
    readonly channel: string | null;
    readonly people: readonly string[];
    readonly consent: Consented | null;
    /** The interaction that this one corrects. */
    readonly corrects: string | null;
  } | null;
  /** What an export says of it beside its words; null for what came in none. */
  readonly exported: Pick<EntrySeen, 'state' | 'editedAt' | 'reactions' | 'earlier'> | null;
};

/** Interactions in the order of their time, with at most `textLimit` characters of text each. */
export async function loadExhibitSources(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
  ids: readonly string[],
  textLimit: number,
): Promise<readonly ExhibitSource[]> {
  const { rows } = await sql<ExhibitSource>`
    SELECT i.id, i.record_id AS "recordId", i.kind, i.direction, i.at, i.times, i.participants, i.subject,
      left(i.text, ${textLimit}) AS text, i.attachments, i.issues, o.slot, encode(o.sha256, 'hex') AS sha256,
      o.size_bytes AS "sizeBytes", o.media_type AS "mediaType",
      (SELECT jsonb_build_object('durationMin', n.duration_min, 'zone', n.zone, 'channel', n.channel, 'people', n.people,
         'consent', n.consent, 'corrects', n.corrects)
       FROM noted n WHERE n.workspace_id = i.workspace_id AND n.interaction_id = i.id) AS noted,
      (SELECT jsonb_build_object('state', e.state, 'editedAt', e.edited_at, 'reactions', e.reactions, 'earlier', e.earlier)
       FROM exported e WHERE e.workspace_id = i.workspace_id AND e.interaction_id = i.id) AS exported,
      EXISTS (SELECT 1 FROM filings f WHERE f.workspace_id = i.workspace_id AND f.interaction_id = i.id AND f.party_id = ${party}::uuid) AS "isFiled"
    FROM interactions i JOIN originals o ON o.workspace_id = i.workspace_id AND o.record_id = i.record_id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[]) ORDER BY i.at, i.id`.execute(
    db,
  );
  return rows;
}

type Unshown = {
  readonly id: string;
  readonly rest: string;
  readonly letters: readonly LetterSeen[] | null;
  readonly reactors: readonly string[];
  readonly earlier: readonly string[];
};

/**
 * What an interaction's original says and its words as shown do not: letters inside it, words beyond the limit, who set
 * signs under it, and what it said before it was edited. By id; an interaction that has none of these is not there.
 */
export async function loadUnshownWords(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  textLimit: number,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<Unshown>`
    SELECT i.id, substr(i.text, ${textLimit}::int + 1) AS rest, i.letters,
      ARRAY(SELECT concat_ws(' ', r #>> '{by,name}', r #>> '{by,address}')
        FROM jsonb_array_elements(CASE jsonb_typeof(e.reactions) WHEN 'array' THEN e.reactions END) AS r) AS reactors,
      ARRAY(SELECT w ->> 'text' FROM jsonb_array_elements(CASE jsonb_typeof(e.earlier) WHEN 'array' THEN e.earlier END) AS w
        WHERE w ->> 'text' IS NOT NULL) AS earlier
    FROM interactions i LEFT JOIN exported e ON e.workspace_id = i.workspace_id AND e.interaction_id = i.id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ANY(${uuids(ids)}::uuid[])
      AND (i.letters IS NOT NULL OR e.reactions IS NOT NULL OR e.earlier IS NOT NULL OR length(i.text) > ${textLimit}::int)`.execute(
    db,
  );
  return new Map(
    rows.map(({ id, rest, letters, reactors, earlier }) => [
      id,
      [rest, ...(letters ?? []).map(wordsOfLetter), ...reactors, ...earlier].join('\n'),
    ]),
  );
}
