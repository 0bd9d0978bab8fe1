import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, byteas, timestamps, uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { MailboxFact } from './mailbox.ts';

type Recorded = { readonly recordId: RecordId; readonly recordedAt: Instant; readonly fact: MailboxFact };

/** Writes what facts about mailboxes say; actions and replay both come through here. */
export async function projectMailbox(tx: Tx, workspaceId: WorkspaceId, recorded: Recorded): Promise<void> {
  const { recordId, recordedAt, fact } = recorded;
  if (fact.kind === 'source.mail-received') {
    const { interaction, mailFrom, rcptTo, peer, greeting, client, protocol, at } = fact;
    await sql`
      INSERT INTO mail_envelopes (workspace_id, record_id, interaction_id, mail_from, rcpt_to, peer, greeting, client, protocol, at)
      VALUES (${workspaceId}, ${recordId}, ${interaction}, ${mailFrom}, ${JSON.stringify(rcptTo)}::jsonb, ${peer}, ${greeting},
        ${client}, ${protocol}, ${at})`.execute(tx);
    return;
  }
  const { run, source, path, uidValidity, until, uidNext, messages, highestModseq, kept, gone } = fact;
  await sql`
    INSERT INTO mail_folders (workspace_id, run_id, path, record_id, uid_validity, until_uid, uid_next, messages, highest_modseq, seen_at)
    VALUES (${workspaceId}, ${run}, ${path}, ${recordId}, ${uidValidity}, ${until}, ${uidNext}, ${messages}, ${highestModseq}, ${recordedAt})
    ON CONFLICT (workspace_id, run_id, path) DO UPDATE SET record_id = excluded.record_id, uid_validity = excluded.uid_validity,
      until_uid = excluded.until_uid, uid_next = excluded.uid_next, messages = excluded.messages,
      highest_modseq = excluded.highest_modseq, seen_at = excluded.seen_at`.execute(tx);
  await sql`
    INSERT INTO mail_uids (workspace_id, source_id, path, uid_validity, uid, sha256, record_id, interaction_id, size_bytes, arrived_at, seen_at)
    SELECT ${workspaceId}::uuid, ${source}::uuid, ${path}, ${uidValidity}, k.uid, k.sha256, ${recordId}::uuid, k.interaction, k.size, k.arrived, ${recordedAt}::timestamptz
    FROM unnest(${bigints(kept.map(([uid]) => uid))}::bigint[], ${byteas(kept.map(([, , sha256]) => Buffer.from(sha256, 'hex')))}::bytea[],
      ${uuids(kept.map(([, , , interaction]) => interaction))}::uuid[], ${bigints(kept.map(([, size]) => size))}::bigint[],
      ${timestamps(kept.map(([, , , , arrived]) => arrived))}::timestamptz[]) AS k(uid, sha256, interaction, size, arrived)
    ON CONFLICT DO NOTHING`.execute(tx);
  await insertReading(tx, workspaceId, recordId, recordedAt, fact);
  await sql`
    UPDATE mail_uids SET gone_at = ${recordedAt}
    WHERE workspace_id = ${workspaceId} AND source_id = ${source} AND path = ${path} AND uid_validity = ${uidValidity}
      AND uid = ANY(${bigints(gone)}::bigint[]) AND gone_at IS NULL`.execute(tx);
}

type Read = Exclude<MailboxFact, { readonly kind: 'source.mail-received' }>;

async function insertReading(
  tx: Tx,
  workspaceId: WorkspaceId,
  recordId: RecordId,
  seenAt: Instant,
  fact: Read,
): Promise<void> {
  const { source, path, uidValidity, until, uidNext, messages, highestModseq, kept, gone } = fact;
  const { newFrom, listed, lookedAt } =
    fact.kind === 'source.folder-read.2' ? fact : { newFrom: null, listed: null, lookedAt: null };
  await sql`
    INSERT INTO folder_readings (workspace_id, record_id, source_id, path, uid_validity, new_from, listed, until_uid, uid_next, messages,
      highest_modseq, kept, gone, looked_at, seen_at)
    VALUES (${workspaceId}, ${recordId}, ${source}, ${path}, ${uidValidity}, ${newFrom}, ${listed}, ${until}, ${uidNext}, ${messages},
      ${highestModseq}, ${kept.length}, ${bigints(gone)}::bigint[], ${lookedAt}, ${seenAt})`.execute(tx);
}
