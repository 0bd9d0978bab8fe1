import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { FolderRead, Mailbox, MailboxId, MailboxWish, MailProblem } from './mailbox.ts';
import type { RunId, SourceId, Totals } from './source.ts';

const MAILBOX = sql.raw(`m.id, m.address, m.settings, m.allows, m.is_on AS "isOn", m.source_id AS "sourceId",
  m.changed_by AS "changedBy", m.tried_at AS "triedAt", m.read_at AS "readAt", m.problem,
  ARRAY(SELECT p.party_id::text FROM mailbox_parties p WHERE p.workspace_id = m.workspace_id AND p.mailbox_id = m.id
    ORDER BY p.party_id) AS parties`);

export async function listMailboxes(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Mailbox[]> {
  const { rows } = await sql<Mailbox>`
    SELECT ${MAILBOX} FROM mailboxes m WHERE m.workspace_id = ${workspaceId} ORDER BY m.kind, m.address, m.id`.execute(
    db,
  );
  return rows;
}

export async function loadMailbox(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Mailbox | null> {
  const { rows } = await sql<Mailbox>`
    SELECT ${MAILBOX} FROM mailboxes m WHERE m.workspace_id = ${workspaceId} AND m.id = ${id}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function loadSecret(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Uint8Array | null> {
  const { rows } = await sql<{ secret: Uint8Array | null }>`
    SELECT secret FROM mailboxes WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0]?.secret ?? null;
}

export async function saveSecret(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
  secret: Uint8Array,
): Promise<void> {
  await sql`UPDATE mailboxes SET secret = ${Buffer.from(secret)} WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
}

/** @param secret null keeps the one that is there */
export async function saveMailbox(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  wish: Omit<MailboxWish, 'secrets'>,
  change: { readonly secret: Uint8Array | null; readonly actor: string; readonly at: Instant },
): Promise<void> {
  const { address, settings, allows, isOn, parties } = wish;
  const secret = change.secret && Buffer.from(change.secret);
  await sql`
    INSERT INTO mailboxes (workspace_id, id, kind, address, settings, secret, allows, is_on, changed_by, changed_at)
    VALUES (${workspaceId}, ${id}::uuid, ${settings.kind}, ${address}, ${JSON.stringify(settings)}::jsonb, ${secret}, ${allows}, ${isOn},
      ${change.actor}, ${change.at})
    ON CONFLICT (workspace_id, id) DO UPDATE SET kind = excluded.kind, address = excluded.address, settings = excluded.settings,
      secret = coalesce(excluded.secret, mailboxes.secret), allows = excluded.allows, is_on = excluded.is_on,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at, problem = NULL`.execute(tx);
  await sql`DELETE FROM mailbox_parties WHERE workspace_id = ${workspaceId} AND mailbox_id = ${id}::uuid`.execute(
    tx,
  );
  await sql`
    INSERT INTO mailbox_parties (workspace_id, mailbox_id, party_id)
    SELECT DISTINCT ${workspaceId}::uuid, ${id}::uuid, party FROM unnest(${uuids(parties)}::uuid[]) AS party`.execute(
    tx,
  );
}

/** @returns whether there was one */
export async function deleteMailbox(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM mailboxes WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid RETURNING id`.execute(db);
  return rows.length > 0;
}

export async function giveSource(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: MailboxId,
  source: SourceId,
): Promise<void> {
  await sql`UPDATE mailboxes SET source_id = ${source} WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(
    tx,
  );
}

/** How a try to read it went. */
export async function saveTry(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: MailboxId,
  at: Instant,
  problem: MailProblem | null,
): Promise<void> {
  await sql`
    UPDATE mailboxes SET tried_at = ${at}, problem = ${problem}, read_at = CASE WHEN ${problem}::text IS NULL THEN ${at}::timestamptz ELSE read_at END
    WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(db);
}

/** Addresses of the parties whose mail is taken, in the form in which they are compared. */
export async function allowedAddresses(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { id, allows }: Pick<Mailbox, 'id' | 'allows'>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ value: string }>`
    SELECT value FROM identifiers i WHERE workspace_id = ${workspaceId} AND kind = 'address' AND (${allows === 'known'}
      OR EXISTS (SELECT 1 FROM mailbox_parties p WHERE p.workspace_id = i.workspace_id AND p.mailbox_id = ${id}::uuid AND p.party_id = i.party_id))
    ORDER BY value`.execute(db);
  return rows.map((row) => row.value);
}

/** How far the folders of a mailbox were read in a run. */
export async function foldersRead(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  run: RunId,
): Promise<readonly (FolderRead & { readonly seenAt: Instant })[]> {
  const { rows } = await sql<FolderRead & { seenAt: Instant }>`
    SELECT path, uid_validity AS "uidValidity", until_uid AS until, uid_next AS "uidNext", messages,
      highest_modseq AS "highestModseq", seen_at AS "seenAt"
    FROM mail_folders WHERE workspace_id = ${workspaceId} AND run_id = ${run} ORDER BY path`.execute(db);
  return rows;
}

/** The reading of a source that goes on. */
export async function runningRun(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  source: SourceId,
): Promise<{ readonly id: RunId; readonly totals: Totals } | null> {
  const { rows } = await sql<{ id: RunId; totals: Totals }>`
    SELECT id, totals FROM runs WHERE workspace_id = ${workspaceId} AND source_id = ${source} AND state = 'running'
    ORDER BY started_at DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

export type KnownUid = { readonly uid: number; readonly sha256: string; readonly sizeBytes: number };
type Folder = { readonly source: SourceId; readonly path: string; readonly uidValidity: string };

/** The numbers under which a folder showed what we kept, without those that are gone. */
export async function knownUids(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { source, path, uidValidity }: Folder,
): Promise<readonly KnownUid[]> {
  const { rows } = await sql<KnownUid>`
    SELECT uid, encode(sha256, 'hex') AS sha256, size_bytes AS "sizeBytes" FROM mail_uids
    WHERE workspace_id = ${workspaceId} AND source_id = ${source} AND path = ${path} AND uid_validity = ${uidValidity} AND gone_at IS NULL
    ORDER BY uid, seen_at`.execute(db);
  return rows;
}

/** Whether a folder was known under another UIDVALIDITY before. */
export async function otherEpoch(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { source, path, uidValidity }: Folder,
): Promise<string | null> {
  const { rows } = await sql<{ uidValidity: string }>`
    SELECT f.uid_validity AS "uidValidity" FROM mail_folders f
    JOIN runs r ON r.workspace_id = f.workspace_id AND r.id = f.run_id
    WHERE f.workspace_id = ${workspaceId} AND r.source_id = ${source} AND f.path = ${path} AND f.uid_validity <> ${uidValidity}
      AND NOT EXISTS (SELECT 1 FROM mail_folders g JOIN runs s ON s.workspace_id = g.workspace_id AND s.id = g.run_id
        WHERE g.workspace_id = f.workspace_id AND s.source_id = ${source} AND g.path = f.path AND g.uid_validity = ${uidValidity})
    ORDER BY f.seen_at DESC LIMIT 1`.execute(db);
  return rows[0]?.uidValidity ?? null;
}

/** Up to which number a folder was looked at in any reading of this epoch; 0 when it never was. */
export async function lookedUpTo(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { source, path, uidValidity }: Folder,
): Promise<number> {
  const { rows } = await sql<{ until: number }>`
    SELECT coalesce(max(until_uid), 0)::bigint AS until FROM folder_readings
    WHERE workspace_id = ${workspaceId} AND source_id = ${source} AND path = ${path} AND uid_validity = ${uidValidity}`.execute(
    db,
  );
  return rows[0]!.until;
}
