import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { projecting } from '../ledger/projecting.ts';
import type { CustodyFact, CustodyLine } from './custody.ts';

/** Writes what facts about accesses say; the sealing and replay both come through here. */
export const projectCustody = projecting<CustodyFact>({
  'custody.sealed': async (tx, workspaceId, { recordId, recordedAt, fact }) => {
    await sql`
      INSERT INTO custody_seals (workspace_id, record_id, until_number, digest, sealed_at)
      VALUES (${workspaceId}, ${recordId}, ${fact.until}, ${Buffer.from(fact.digest, 'hex')}, ${recordedAt})`.execute(
      tx,
    );
  },
});

/** Writes a line with the next number. The caller sees to it that only one is written at a time. */
export async function insertLine(
  db: Db,
  workspaceId: WorkspaceId,
  line: Omit<CustodyLine, 'number'>,
): Promise<void> {
  await sql`
    INSERT INTO custody_lines (workspace_id, number, at, actor, role, act, operation, subject_id)
    SELECT ${workspaceId}::uuid, coalesce(max(number), 0) + 1, ${line.at}::timestamptz, ${line.actor}::text, ${line.role}::text,
      ${line.act}::text, ${line.operation}::text, ${line.subject}::uuid
    FROM custody_lines WHERE workspace_id = ${workspaceId}`.execute(db);
}

const COLUMNS = sql.raw('number, at, actor, role, act, operation, subject_id AS subject');

/** Lines in the order they were written. */
export async function linesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
): Promise<readonly CustodyLine[]> {
  const { rows } = await sql<CustodyLine>`
    SELECT ${COLUMNS} FROM custody_lines WHERE workspace_id = ${workspaceId} AND number BETWEEN ${from} AND ${until} ORDER BY number`.execute(
    db,
  );
  return rows;
}

export type Seal = { readonly until: number; readonly digest: string; readonly sealedAt: Instant };

/** Every seal, the oldest first. */
export async function seals(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Seal[]> {
  const { rows } = await sql<Seal>`
    SELECT until_number AS until, encode(digest, 'hex') AS digest, sealed_at AS "sealedAt" FROM custody_seals
    WHERE workspace_id = ${workspaceId} ORDER BY until_number`.execute(db);
  return rows;
}

/** The newest seal's line, the newest line, and when the first one after the seal was written. */
export async function custodyState(
  db: Db | Tx,
  workspaceId: WorkspaceId,
): Promise<{ readonly sealed: number; readonly last: number; readonly firstUnsealedAt: Instant | null }> {
  const { rows } = await sql<{ sealed: number; last: number; firstUnsealedAt: Instant | null }>`
    WITH s AS (SELECT coalesce(max(until_number), 0) AS sealed FROM custody_seals WHERE workspace_id = ${workspaceId})
    SELECT s.sealed, (SELECT coalesce(max(number), 0) FROM custody_lines WHERE workspace_id = ${workspaceId}) AS last,
      (SELECT min(at) FROM custody_lines WHERE workspace_id = ${workspaceId} AND number > s.sealed) AS "firstUnsealedAt"
    FROM s`.execute(db);
  return rows[0]!;
}

/** A line with what its ids are called now; null for what was erased or is no client and no record. */
export type NamedLine = CustodyLine & { readonly party: string | null; readonly record: string | null };

export type LineFilter = {
  readonly actor: string | null;
  readonly act: string | null;
  readonly subject: string | null;
};

/** Lines from the newest on. */
export async function pageOfLines(
  db: Db,
  workspaceId: WorkspaceId,
  { actor, act, subject }: LineFilter,
  before: number | null,
  limit: number,
): Promise<readonly NamedLine[]> {
  const { rows } = await sql<NamedLine>`
    SELECT c.number, c.at, c.actor, c.role, c.act, c.operation, c.subject_id AS subject, p.name AS party,
      coalesce(i.subject, left(i.lead, 80)) AS record
    FROM custody_lines c
    LEFT JOIN parties p ON p.workspace_id = c.workspace_id AND p.id = c.subject_id
    LEFT JOIN interactions i ON i.workspace_id = c.workspace_id AND i.id = c.subject_id
    WHERE c.workspace_id = ${workspaceId} AND (${actor}::text IS NULL OR c.actor = ${actor}::text)
      AND (${act}::text IS NULL OR c.act = ${act}::text) AND (${subject}::uuid IS NULL OR c.subject_id = ${subject}::uuid)
      AND (${before}::bigint IS NULL OR c.number < ${before}::bigint)
    ORDER BY c.number DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** When the keys were copied last, as far as the list of accesses says. */
export async function keysCopiedAt(db: Db | Tx, workspaceId: WorkspaceId): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant }>`
    SELECT at FROM custody_lines WHERE workspace_id = ${workspaceId} AND act = 'backup' AND operation LIKE '%/keys'
    ORDER BY number DESC LIMIT 1`.execute(db);
  return rows[0]?.at ?? null;
}

export type CustodySettings = {
  readonly notesReading: boolean;
  readonly setAt: Instant | null;
  readonly setBy: string | null;
};

export async function loadSettings(db: Db | Tx, workspaceId: WorkspaceId): Promise<CustodySettings> {
  const { rows } = await sql<CustodySettings>`
    SELECT notes_reading AS "notesReading", set_at AS "setAt", set_by AS "setBy" FROM custody_settings
    WHERE workspace_id = ${workspaceId}`.execute(db);
  return rows[0] ?? { notesReading: false, setAt: null, setBy: null };
}

export async function saveSettings(
  db: Db,
  workspaceId: WorkspaceId,
  notesReading: boolean,
  actor: string,
  at: Instant,
): Promise<void> {
  await sql`
    INSERT INTO custody_settings (workspace_id, notes_reading, set_at, set_by) VALUES (${workspaceId}, ${notesReading}, ${at}, ${actor})
    ON CONFLICT (workspace_id) DO UPDATE SET notes_reading = excluded.notes_reading, set_at = excluded.set_at, set_by = excluded.set_by`.execute(
    db,
  );
}
