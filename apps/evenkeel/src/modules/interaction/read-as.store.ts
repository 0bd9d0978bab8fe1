import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import { lettersText, toLine } from './interaction.store.ts';
import type { InteractionFact, RecordedInteractionFact } from './interaction.ts';
import { type Reading, readMailOriginal } from './reading.ts';

type ReadAs = Extract<InteractionFact, { kind: 'interaction.read-as' }>;

/** Reads mails again in the charset that a person named; actions and replay both come through here. */
export async function projectReadAs(
  tx: Tx,
  ledger: Ledger,
  facts: readonly RecordedInteractionFact[],
): Promise<void> {
  for (const { recordId, fact } of facts)
    if (fact.kind === 'interaction.read-as') await readAgain(tx, ledger, fact, recordId);
}

async function readAgain(tx: Tx, ledger: Ledger, fact: ReadAs, recordId: RecordId): Promise<void> {
  const { workspaceId, vault } = ledger;
  const { rows } = await sql<{ slot: SlotId }>`
    SELECT o.slot FROM interactions i
    JOIN originals o ON o.workspace_id = i.workspace_id AND o.record_id = i.record_id
    WHERE i.workspace_id = ${workspaceId} AND i.id = ${fact.interaction}::uuid`.execute(tx);
  const bytes = rows[0] ? await vault.openSlot(tx, rows[0].slot) : 'erased';
  if (bytes === 'erased') return;
  await updateRead(tx, workspaceId, fact, recordId, readMailOriginal(bytes, fact.format, fact.charset));
}

/** Its digests stay: in which charset it is read is not what makes it a copy of another. */
async function updateRead(
  tx: Tx,
  workspaceId: WorkspaceId,
  { interaction, charset }: ReadAs,
  recordId: RecordId,
  reading: Reading,
): Promise<void> {
  const { from, subject, text, lead, quotedFrom, lang, participants, attachments, issues } = reading;
  await sql`
    UPDATE interactions SET read_as = ${charset}, read_as_record_id = ${recordId}::uuid, from_name = ${from?.name ?? null},
      from_address = ${from?.address ?? null}, to_line = ${toLine(reading)}, subject = ${subject}, text = ${text}, lead = ${lead},
      quoted_from = ${quotedFrom}, lang = ${lang}, participants = ${JSON.stringify(participants)}::jsonb,
      attachments = ${JSON.stringify(attachments)}::jsonb, issues = ${JSON.stringify(issues)}::jsonb,
      letters = ${lettersText(reading)}::jsonb
    WHERE workspace_id = ${workspaceId} AND id = ${interaction}::uuid`.execute(tx);
}

/** In what a person said that a mail is written in; null when nobody did. */
export async function loadReadAs(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const { rows } = await sql<{ readAs: string | null }>`
    SELECT read_as AS "readAs" FROM interactions WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
  return rows[0]?.readAs ?? null;
}

/** An interaction that reads differently, and the entry since which it does. */
export type ReadAgain = { readonly id: string; readonly recordId: RecordId; readonly since: RecordId };

/** The records whose words read differently since these entries. @param entries of the kinds `READ_AGAIN` */
export async function recordsReadAgain(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  entries: readonly RecordId[],
): Promise<readonly ReadAgain[]> {
  if (entries.length === 0) return [];
  const { rows } = await sql<ReadAgain>`
    SELECT id, record_id AS "recordId", read_as_record_id AS since FROM interactions
    WHERE workspace_id = ${workspaceId} AND read_as_record_id = ANY(${uuids(entries)}::uuid[])`.execute(db);
  return rows;
}
