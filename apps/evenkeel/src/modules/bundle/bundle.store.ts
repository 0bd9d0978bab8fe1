import type { Actor, RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { bigints, texts, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import type { BundleDisclosed, BundleFact, BundleHolding } from './bundle.ts';

export type RecordedBundleFact = {
  readonly recordId: RecordId;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly fact: BundleFact;
};

/** Writes what facts about bundles say; the action and replay both come through here. */
export async function projectBundles(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly RecordedBundleFact[],
): Promise<void> {
  for (const { recordId, recordedAt, actor, fact } of facts) {
    if (fact.kind === 'bundle.disclosed') {
      await projectDisclosed(tx, workspaceId, recordId, fact);
      continue;
    }
    if (fact.kind === 'bundle.described') {
      await sql`
        UPDATE bundles SET first_number = ${fact.first}, last_number = ${fact.last}, is_picked = ${fact.isPicked}, holds = ${texts(fact.holds)}::text[]
        WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
      continue;
    }
    if (fact.kind === 'bundle.for-subject') {
      await sql`UPDATE bundles SET is_for_subject = true WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(
        tx,
      );
      continue;
    }
    await sql`
      INSERT INTO bundles (workspace_id, id, record_id, party_id, manifest_sha256, exhibits, created_at, made_by)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.party}, ${Buffer.from(fact.manifest, 'hex')}, ${fact.exhibits}, ${recordedAt}, ${actor})`.execute(
      tx,
    );
    await sql`
      INSERT INTO bates_numbers (workspace_id, interaction_id, record_id, number)
      SELECT ${workspaceId}::uuid, interaction_id, ${recordId}::uuid, number
      FROM unnest(${uuids(fact.bates.map(([id]) => id))}::uuid[], ${bigints(fact.bates.map(([, number]) => number))}::bigint[]) AS b(interaction_id, number)`.execute(
      tx,
    );
  }
}

async function projectDisclosed(
  tx: Tx,
  workspaceId: WorkspaceId,
  recordId: RecordId,
  { id, carries, items }: BundleDisclosed,
): Promise<void> {
  await sql`UPDATE bundles SET carries = ${carries} WHERE workspace_id = ${workspaceId} AND id = ${id}`.execute(
    tx,
  );
  for (const [interaction, choice, kinds] of items)
    await sql`
      INSERT INTO bundle_disclosures (workspace_id, bundle_id, interaction_id, record_id, choice, kinds)
      VALUES (${workspaceId}, ${id}, ${interaction}, ${recordId}, ${choice}, ${texts(kinds)}::text[])`.execute(
      tx,
    );
}

/** The numbers that were given to these interactions. */
export async function batesNumbers(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; number: number }>`
    SELECT interaction_id AS id, number FROM bates_numbers WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.number]));
}

export type BundleRow = {
  readonly id: string;
  readonly at: Instant;
  readonly partyId: string;
  readonly partyName: string;
  readonly exhibits: number;
  readonly manifestSha256: string;
  /** The name of ours that stands on it; null for those made before it was recorded. */
  readonly carries: string | null;
  /** Native files that say more of us than they know: sent all the same, and kept back. */
  readonly disclosed: number;
  readonly keptApart: number;
  /** Whether it is the client's own copy of what is kept about them. */
  readonly isForSubject: boolean;
  readonly madeBy: Actor;
  /** The lowest and the highest number of its exhibits; null for those made before it was recorded. */
  readonly first: number | null;
  readonly last: number | null;
  /** Whether its exhibits were picked; null for those made before it was recorded. */
  readonly isPicked: boolean | null;
  readonly holds: readonly BundleHolding[];
};

export type BundleFilter = { readonly party: string | null; readonly manifest: string | null };

export async function pageOfBundles(
  db: Db,
  workspaceId: WorkspaceId,
  { party, manifest }: BundleFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly BundleRow[]> {
  const { rows } = await sql<BundleRow>`
    SELECT b.id, b.created_at AS at, b.party_id AS "partyId", p.name AS "partyName", b.exhibits, encode(b.manifest_sha256, 'hex') AS "manifestSha256", b.carries, b.is_for_subject AS "isForSubject",
      b.made_by AS "madeBy", b.first_number AS first, b.last_number AS last, b.is_picked AS "isPicked", b.holds,
      (SELECT count(*)::int FROM bundle_disclosures d WHERE d.workspace_id = b.workspace_id AND d.bundle_id = b.id AND d.choice = 'send') AS disclosed,
      (SELECT count(*)::int FROM bundle_disclosures d WHERE d.workspace_id = b.workspace_id AND d.bundle_id = b.id AND d.choice = 'withhold') AS "keptApart"
    FROM bundles b JOIN parties p ON p.workspace_id = b.workspace_id AND p.id = b.party_id
    WHERE b.workspace_id = ${workspaceId} AND (${party}::uuid IS NULL OR b.party_id = ${party}::uuid)
      AND (${manifest}::text IS NULL OR b.manifest_sha256 = decode(${manifest}::text, 'hex'))
      AND (${after?.at ?? null}::timestamptz IS NULL OR (b.created_at, b.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY b.created_at DESC, b.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** `18.1`: which server holds the rows. */
export async function databaseVersion(db: Db): Promise<string> {
  const { rows } = await sql<{
    version: string;
  }>`SELECT current_setting('server_version') AS version`.execute(db);
  return rows[0]!.version.split(' ')[0]!;
}
