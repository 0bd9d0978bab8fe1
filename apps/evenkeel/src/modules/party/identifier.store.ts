import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Held } from './likeness.ts';
import type { PartyFact } from './party.ts';

export async function moveIdentifier(
  tx: Tx,
  workspaceId: WorkspaceId,
  { identifier, to }: Extract<PartyFact, { kind: 'party.identifier-moved' }>,
): Promise<void> {
  await sql`
    UPDATE identifiers SET party_id = ${to} WHERE workspace_id = ${workspaceId} AND kind = ${identifier.kind} AND value = ${identifier.value}`.execute(
    tx,
  );
}

export async function keepApart(
  tx: Tx,
  workspaceId: WorkspaceId,
  recordId: RecordId,
  { id, other }: Extract<PartyFact, { kind: 'party.kept-apart' }>,
): Promise<void> {
  const [first, second] = [id, other].sort();
  await sql`
    INSERT INTO kept_apart (workspace_id, party_id, other_id, record_id)
    VALUES (${workspaceId}, ${first}, ${second}, ${recordId}) ON CONFLICT DO NOTHING`.execute(tx);
}

const MOST_COMPARED = 50_000;

/** Every identifier with whose it is. */
export async function allHeld(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Held[]> {
  const { rows } = await sql<Held>`
    SELECT i.kind, i.value, i.label, i.party_id AS "partyId", p.name AS "partyName"
    FROM identifiers i JOIN parties p ON p.workspace_id = i.workspace_id AND p.id = i.party_id
    WHERE i.workspace_id = ${workspaceId} ORDER BY i.kind, i.value LIMIT ${MOST_COMPARED}`.execute(db);
  return rows;
}

/** The parties of whom somebody said that they are not this one. */
export async function apartFrom(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT CASE WHEN party_id = ${party}::uuid THEN other_id ELSE party_id END AS id FROM kept_apart
    WHERE workspace_id = ${workspaceId} AND ${party}::uuid IN (party_id, other_id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
