import type { WorkspaceId } from '../../kernel/brand.ts';
import { byteas, texts, uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';

export type Membership = {
  readonly interactionId: string;
  readonly recordId: string;
  readonly threadId: string;
  /** Digest of its own Message-ID. */
  readonly name: string | null;
  /** Digests of those it answers, the nearest first. */
  readonly answers: readonly string[];
};

export async function threadsOfKeys(
  tx: Tx,
  workspaceId: WorkspaceId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ key: string; threadId: string }>`
    SELECT encode(key_digest, 'hex') AS key, thread_id AS "threadId" FROM thread_keys
    WHERE workspace_id = ${workspaceId} AND key_digest = ANY(${byteas(bytes(keys))}::bytea[])`.execute(tx);
  return new Map(rows.map((row) => [row.key, row.threadId]));
}

/** Two conversations turned out to be one: the younger takes the elder's name. */
export async function mergeThreads(
  tx: Tx,
  workspaceId: WorkspaceId,
  from: string,
  into: string,
): Promise<void> {
  await sql`UPDATE thread_members SET thread_id = ${into} WHERE workspace_id = ${workspaceId} AND thread_id = ${from}`.execute(
    tx,
  );
  await sql`UPDATE thread_keys SET thread_id = ${into} WHERE workspace_id = ${workspaceId} AND thread_id = ${from}`.execute(
    tx,
  );
}

export async function insertThreads(
  tx: Tx,
  workspaceId: WorkspaceId,
  members: readonly Membership[],
  keys: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    INSERT INTO thread_members (workspace_id, interaction_id, record_id, thread_id, name, answers)
    SELECT ${workspaceId}::uuid, id, record_id, thread_id, name, answers::bytea[] FROM unnest(
      ${uuids(members.map((m) => m.interactionId))}::uuid[], ${uuids(members.map((m) => m.recordId))}::uuid[], ${uuids(members.map((m) => m.threadId))}::uuid[],
      ${byteas(members.map(({ name }) => (name === null ? null : Buffer.from(name, 'hex'))))}::bytea[], ${texts(members.map(({ answers }) => byteaArray(answers)))}::text[]
    ) AS m(id, record_id, thread_id, name, answers)`.execute(tx);
  await sql`
    INSERT INTO thread_keys (workspace_id, key_digest, thread_id)
    SELECT ${workspaceId}::uuid, * FROM unnest(${byteas(bytes([...keys.keys()]))}::bytea[], ${uuids([...keys.values()])}::uuid[])
    ON CONFLICT (workspace_id, key_digest) DO UPDATE SET thread_id = excluded.thread_id`.execute(tx);
}

/** Arrays of several lengths cannot be unnested together: each goes as its text. */
function byteaArray(digests: readonly string[]): string {
  return `{${digests.map((digest) => `"\\\\x${digest}"`).join(',')}}`;
}

function bytes(keys: readonly string[]): readonly Buffer[] {
  return keys.map((key) => Buffer.from(key, 'hex'));
}
