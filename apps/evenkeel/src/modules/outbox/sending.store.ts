import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import type { Became, OutboxFact, Sending } from './sending.ts';
import { endWait } from './waits.store.ts';

/** Writes what facts about mail that leaves say; actions and replay both come through here. */
export async function projectSendings(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Omit<Recorded<OutboxFact>, 'actor'>[],
): Promise<void> {
  for (const one of recorded) await projectOne(tx, workspaceId, one);
}

async function projectOne(
  tx: Tx,
  workspaceId: WorkspaceId,
  { recordId, recordedAt, fact }: Omit<Recorded<OutboxFact>, 'actor'>,
): Promise<void> {
  const end = (state: Sending['state'], reply: string | null, interaction: string | null) =>
    sql`
    UPDATE sendings SET state = ${state}, reply = coalesce(${reply}::text, reply), ended_at = ${recordedAt},
      interaction_id = coalesce(${interaction}::uuid, interaction_id)
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
  switch (fact.kind) {
    case 'outbox.begun':
      await sql`
        INSERT INTO sendings (workspace_id, id, record_id, party_id, procedure_id, letter, finished_id, state, message_id, sent_from,
          sent_to, sha256, begun_at)
        VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.party}, ${fact.procedure}, ${fact.letter}, ${fact.finished}, 'sending',
          ${fact.messageId}, ${fact.from}, ${fact.to}, ${Buffer.from(fact.sha256, 'hex')}, ${recordedAt})`.execute(
        tx,
      );
      await endWait(tx, workspaceId, { id: fact.id, state: 'left', why: null, at: recordedAt });
      return;
    case 'outbox.accepted':
      await end('accepted', fact.reply, fact.interaction);
      await sql`
        UPDATE sendings SET asks_delivery = ${fact.asksDelivery}, transcript = ${JSON.stringify(fact.transcript)}::jsonb
        WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
      return;
    case 'outbox.refused':
    case 'outbox.unclear':
      await end(
        fact.kind === 'outbox.refused' ? 'refused' : 'unclear',
        'reply' in fact ? fact.reply : null,
        null,
      );
      await sql`
        UPDATE sendings SET transcript = ${JSON.stringify(fact.transcript)}::jsonb
        WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
      return;
    case 'outbox.settled':
      await end(fact.wasSent ? 'accepted' : 'not-sent', null, fact.interaction);
      return;
    case 'outbox.reported':
      for (const [number, { became, recipient, status, diagnostic }] of fact.reports.entries())
        await sql`
          INSERT INTO sending_reports (workspace_id, record_id, number, sending_id, interaction_id, became, recipient, status, diagnostic, at)
          VALUES (${workspaceId}, ${recordId}, ${number}, ${fact.id}, ${fact.interaction}, ${became}, ${recipient}, ${status},
            ${diagnostic}, ${recordedAt})`.execute(tx);
  }
}

const SENDING =
  sql.raw(`id, party_id AS "partyId", procedure_id AS "procedureId", letter, finished_id AS "finishedId", state,
  message_id AS "messageId", sent_from AS "from", sent_to AS "to", begun_at AS "begunAt", ended_at AS "endedAt",
  interaction_id AS "interactionId", reply, asks_delivery AS "asksDelivery", transcript`);

export async function sendingsOfLetter(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  finished: string,
): Promise<readonly Sending[]> {
  const { rows } = await sql<Sending>`
    SELECT ${SENDING} FROM sendings WHERE workspace_id = ${workspaceId} AND finished_id = ${finished}::uuid ORDER BY begun_at, id`.execute(
    db,
  );
  return rows;
}

/** Sendings by what they are of; of everything that is left out, all. Newest first. */
export async function listSendings(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { procedure, interaction }: { readonly procedure?: string; readonly interaction?: string },
): Promise<readonly Sending[]> {
  const { rows } = await sql<Sending>`
    SELECT ${SENDING} FROM sendings WHERE workspace_id = ${workspaceId}
      AND (${procedure ?? null}::uuid IS NULL OR procedure_id = ${procedure ?? null}::uuid)
      AND (${interaction ?? null}::uuid IS NULL OR interaction_id = ${interaction ?? null}::uuid)
    ORDER BY begun_at DESC, id LIMIT 200`.execute(db);
  return rows;
}

export async function loadSending(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Sending | null> {
  const { rows } = await sql<Sending>`
    SELECT ${SENDING} FROM sendings WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** Those of which nobody wrote down how they ended. */
export async function sendingsUnderWay(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Sending[]> {
  const { rows } = await sql<Sending>`
    SELECT ${SENDING} FROM sendings WHERE workspace_id = ${workspaceId} AND state = 'sending' ORDER BY begun_at, id`.execute(
    db,
  );
  return rows;
}

export async function sendingNamed(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  messageId: string,
): Promise<Sending | null> {
  const { rows } = await sql<Sending>`
    SELECT ${SENDING} FROM sendings WHERE workspace_id = ${workspaceId} AND message_id = ${messageId} LIMIT 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function keepBytes(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  bytes: Uint8Array,
): Promise<void> {
  await sql`INSERT INTO sending_bytes (workspace_id, sending_id, bytes) VALUES (${workspaceId}, ${id}::uuid, ${Buffer.from(bytes)})`.execute(
    tx,
  );
}

export async function bytesOf(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Uint8Array | null> {
  const { rows } = await sql<{ bytes: Uint8Array }>`
    SELECT bytes FROM sending_bytes WHERE workspace_id = ${workspaceId} AND sending_id = ${id}::uuid`.execute(
    db,
  );
  return rows[0]?.bytes ?? null;
}

export async function dropBytes(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`DELETE FROM sending_bytes WHERE workspace_id = ${workspaceId} AND sending_id = ${id}::uuid`.execute(
    db,
  );
}

export type ReportRow = {
  readonly sendingId: string;
  readonly interactionId: string;
  readonly became: Became;
  readonly recipient: string | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
  readonly at: string;
};

export async function reportsOn(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  sendings: readonly string[],
): Promise<readonly ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    SELECT sending_id AS "sendingId", interaction_id AS "interactionId", became, recipient, status, diagnostic, at
    FROM sending_reports WHERE workspace_id = ${workspaceId} AND sending_id = ANY(${[...sendings]}::uuid[]) ORDER BY at, record_id, number`.execute(
    db,
  );
  return rows;
}

const REPORTS: readonly string[] = [
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
];

/** Mail filed under somebody we sent to, that holds a report which was not read as one on something of ours yet. */
export async function possibleReports(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<readonly { readonly interaction: string; readonly slot: SlotId }[]> {
  const { rows } = await sql<{ interaction: string; slot: SlotId }>`
    SELECT DISTINCT ON (i.id) i.id AS interaction, o.slot
    FROM (SELECT party_id, min(begun_at) AS begun_at FROM sendings WHERE workspace_id = ${workspaceId} GROUP BY party_id) s
    JOIN filings f ON f.workspace_id = ${workspaceId} AND f.party_id = s.party_id AND f.at >= s.begun_at - interval '1 day'
    JOIN interactions i ON i.workspace_id = f.workspace_id AND i.id = f.interaction_id
    JOIN originals o ON o.workspace_id = i.workspace_id AND o.interaction_id = i.id
    WHERE i.direction = 'inbound'
      AND EXISTS (SELECT 1 FROM jsonb_array_elements(i.attachments) AS a WHERE a->>'mediaType' = ANY(${[...REPORTS]}::text[]))
      AND NOT EXISTS (SELECT 1 FROM sending_reports r WHERE r.workspace_id = i.workspace_id AND r.interaction_id = i.id)
    ORDER BY i.id, o.id LIMIT 500`.execute(db);
  return rows;
}
