import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { byteas, ints, texts, uuids } from '../../kernel/columns.ts';
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

/** Takes messages out of their conversations, to be put in anew. */
export async function leaveThreads(
  tx: Tx,
  workspaceId: WorkspaceId,
  records: readonly RecordId[],
): Promise<void> {
  for (const table of ['thread_members', 'missing_names'])
    await sql`
      DELETE FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId} AND record_id = ANY(${uuids(records)}::uuid[])`.execute(
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
  await noteMissing(tx, workspaceId, members);
}

/** What is here now is missing no more; what is answered and not here begins to be. */
async function noteMissing(tx: Tx, workspaceId: WorkspaceId, members: readonly Membership[]): Promise<void> {
  const names = members.flatMap(({ name }) => name ?? []);
  await sql`
    DELETE FROM missing_names WHERE workspace_id = ${workspaceId} AND name = ANY(${byteas(bytes(names))}::bytea[])`.execute(
    tx,
  );
  const answers = members.flatMap((member) =>
    [...new Set(member.answers)].map((name) => ({
      ...member,
      name,
      place: member.answers.indexOf(name) + 1,
    })),
  );
  await sql`
    INSERT INTO missing_names (workspace_id, interaction_id, name, record_id, place)
    SELECT ${workspaceId}::uuid, a.* FROM unnest(
      ${uuids(answers.map((a) => a.interactionId))}::uuid[], ${byteas(bytes(answers.map((a) => a.name)))}::bytea[],
      ${uuids(answers.map((a) => a.recordId))}::uuid[], ${ints(answers.map((a) => a.place))}::int[]) AS a(interaction_id, name, record_id, place)
    WHERE NOT EXISTS (SELECT 1 FROM thread_members h WHERE h.workspace_id = ${workspaceId} AND h.name = a.name)`.execute(
    tx,
  );
}

/** Arrays of several lengths cannot be unnested together: each goes as its text. */
function byteaArray(digests: readonly string[]): string {
  return `{${digests.map((digest) => `"\\\\x${digest}"`).join(',')}}`;
}

function bytes(keys: readonly string[]): readonly Buffer[] {
  return keys.map((key) => Buffer.from(key, 'hex'));
}
