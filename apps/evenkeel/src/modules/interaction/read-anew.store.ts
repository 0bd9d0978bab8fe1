import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import { updateEntrySeen } from './exported.store.ts';
import { lettersText, toLine } from './interaction.store.ts';
import {
  type InteractionFact,
  type InteractionId,
  type RecordedInteractionFact,
  timelineTime,
} from './interaction.ts';
import { type ReadBefore, type ReadWith, readToday } from './read-anew.ts';
import { READER_VERSION, type Reading } from './reading.ts';
import { followInTime } from './reread.store.ts';

type ReadAnew = Extract<InteractionFact, { kind: 'interaction.read-anew' }>;
type Kept = Omit<ReadWith, 'format'> & { readonly slot: SlotId };

/** A mail or an entry of a chat that an older reader read, and what it made of it. */
export type Older = ReadBefore &
  Kept & {
    readonly id: InteractionId;
    readonly recordId: RecordId;
    readonly at: string;
  };

/** What was entered by hand is read by nobody. */
const IS_OLDER = sql`
  i.reader_version < ${READER_VERSION}::int AND (e.interaction_id IS NOT NULL
    OR o.media_type LIKE 'message/rfc822%' OR o.media_type = 'application/vnd.ms-outlook')
  AND NOT EXISTS (SELECT 1 FROM noted n WHERE n.workspace_id = i.workspace_id AND n.interaction_id = i.id)`;

/** Originals beside what was read of them, and what exports say of it. */
const WITH_BYTES = sql`interactions i
    JOIN originals o ON o.workspace_id = i.workspace_id AND o.record_id = i.record_id
    LEFT JOIN exported e ON e.workspace_id = i.workspace_id AND e.interaction_id = i.id`;
const KEPT = sql`o.slot, i.read_as AS "readAs",
      CASE WHEN e.interaction_id IS NOT NULL THEN jsonb_build_object('format', e.format, 'context', e.context, 'zone', e.zone,
        'isRebuilt', e.is_rebuilt, 'to', e.recipients, 'files', e.files) END AS exported`;

/** @param among only these; null for any */
export async function olderReadings(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  {
    after,
    among,
    limit,
  }: { readonly after: string; readonly among: readonly string[] | null; readonly limit: number },
): Promise<readonly Older[]> {
  const { rows } = await sql<Older>`
    SELECT i.id, i.record_id AS "recordId", i.at, ${KEPT}, i.subject, i.text, i.times, i.participants,
      i.attachments, i.letters, i.message_id AS "messageId", i.reply_ids AS "replyIds", i.issues,
      CASE WHEN e.interaction_id IS NOT NULL THEN jsonb_build_object('conversation', e.conversation, 'state', e.state,
        'editedAt', e.edited_at, 'sentRaw', e.sent_raw, 'durationSec', e.duration_sec, 'reactions', e.reactions,
        'earlier', e.earlier) END AS entry
    FROM ${WITH_BYTES}
    WHERE i.workspace_id = ${workspaceId} AND i.id > ${after}::uuid AND ${IS_OLDER}
      AND (${among === null} OR i.id = ANY(${uuids(among ?? [])}::uuid[]))
    ORDER BY i.id LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countOlder(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM ${WITH_BYTES}
    WHERE i.workspace_id = ${workspaceId} AND ${IS_OLDER}`.execute(db);
  return rows[0]!.count;
}

/** Reads mails and entries of chats again with the reader of today; actions and replay both come through here. */
export async function projectReadAnew(
  tx: Tx,
  ledger: Ledger,
  facts: readonly RecordedInteractionFact[],
): Promise<void> {
  for (const { recordId, fact } of facts)
    if (fact.kind === 'interaction.read-anew') await readAnew(tx, ledger, fact, recordId);
}

async function readAnew(tx: Tx, ledger: Ledger, { changed, same }: ReadAnew, recordId: RecordId) {
  const { workspaceId } = ledger;
  for (const [id, format] of changed) {
    await readOne(tx, ledger, id, format, recordId);
    await giveWay();
  }
  const ids = changed.map(([id]) => id);
  await followInTime(tx, workspaceId, ids);
  await sql`
    UPDATE interactions SET reader_version = ${READER_VERSION}
    WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids([...ids, ...same])}::uuid[])`.execute(tx);
}

async function readOne(
  tx: Tx,
  { workspaceId, vault }: Ledger,
  id: InteractionId,
  format: ReadWith['format'],
  recordId: RecordId,
): Promise<void> {
  const { rows } = await sql<Kept & { times: Parameters<typeof timelineTime>[0] }>`
    SELECT ${KEPT}, i.times FROM ${WITH_BYTES}
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${id}::uuid`.execute(tx);
  const [row] = rows;
  const bytes = row ? await vault.openSlot(tx, row.slot) : 'erased';
  if (!row || bytes === 'erased') return;
  const { reading, entry } = await readToday(bytes, { ...row, format });
  await updateRow(tx, workspaceId, id, reading, row.times, recordId);
  if (entry) await updateEntrySeen(tx, workspaceId, id, entry);
}

async function updateRow(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: InteractionId,
  reading: Reading,
  before: Parameters<typeof timelineTime>[0],
  recordId: RecordId,
): Promise<void> {
  const { from, subject, text, lead, quotedFrom, lang, participants, attachments, issues, sent, received } =
    reading;
  const times = { ...before, sent, received };
  const { at, source } = timelineTime(times);
  await sql`
    UPDATE interactions SET read_as_record_id = ${recordId}::uuid, at = ${at}, at_source = ${source},
      times = ${JSON.stringify(times)}::jsonb, from_name = ${from?.name ?? null}, from_address = ${from?.address ?? null},
      to_line = ${toLine(reading)}, subject = ${subject}, text = ${text}, lead = ${lead}, quoted_from = ${quotedFrom},
      lang = ${lang}, message_id = ${reading.messageId}, reply_ids = ${JSON.stringify(reading.replyIds)}::jsonb,
      has_html = ${reading.hasHtml}, content_digest = decode(${reading.contentDigest}, 'hex'),
      participants = ${JSON.stringify(participants)}::jsonb, attachments = ${JSON.stringify(attachments)}::jsonb,
      issues = ${JSON.stringify(issues)}::jsonb, letters = ${lettersText(reading)}::jsonb
    WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(tx);
}
