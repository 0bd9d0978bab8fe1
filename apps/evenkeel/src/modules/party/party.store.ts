import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { texts, timestamps, uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { keepApart, moveIdentifier } from './identifier.store.ts';
import type { Identifier, Party, PartyFact, PartyId } from './party.ts';

export type RecordedPartyFact = {
  readonly recordId: RecordId;
  readonly recordedAt: Instant;
  readonly fact: PartyFact;
};

/** Writes what facts about parties say; actions and replay both come through here. */
export async function projectParties(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly RecordedPartyFact[],
): Promise<void> {
  const added = facts.filter((f) => f.fact.kind === 'party.added') as (RecordedPartyFact & {
    fact: { kind: 'party.added' };
  })[];
  await insertParties(tx, workspaceId, added as Parameters<typeof insertParties>[2]);
  await insertIdentifiers(tx, workspaceId, facts);
  for (const { recordId, fact } of facts) {
    if (fact.kind === 'party.changed') await changeParty(tx, workspaceId, fact);
    else if (fact.kind === 'party.identifier-moved') await moveIdentifier(tx, workspaceId, fact);
    else if (fact.kind === 'party.kept-apart') await keepApart(tx, workspaceId, recordId, fact);
  }
}

async function insertParties(
  tx: Tx,
  workspaceId: WorkspaceId,
  added: readonly (RecordedPartyFact & { readonly fact: Extract<PartyFact, { kind: 'party.added' }> })[],
): Promise<void> {
  if (added.length === 0) return;
  await sql`
    INSERT INTO parties (workspace_id, id, record_id, name, state, added_at)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${uuids(added.map((a) => a.fact.id))}::uuid[], ${uuids(added.map((a) => a.recordId))}::uuid[], ${texts(added.map((a) => a.fact.name))}::text[],
      ${texts(added.map((a) => a.fact.state))}::text[], ${timestamps(added.map((a) => a.recordedAt))}::timestamptz[])`.execute(
    tx,
  );
}

async function insertIdentifiers(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: readonly RecordedPartyFact[],
): Promise<void> {
  const rows = facts.flatMap(({ recordId, fact }) =>
    'identifiers' in fact
      ? fact.identifiers.map((identifier) => ({ recordId, partyId: fact.id, ...identifier }))
      : [],
  );
  if (rows.length === 0) return;
  await sql`
    INSERT INTO identifiers (workspace_id, kind, value, party_id, record_id, label, confidence)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${texts(rows.map((r) => r.kind))}::text[], ${texts(rows.map((r) => r.value))}::text[], ${uuids(rows.map((r) => r.partyId))}::uuid[],
      ${uuids(rows.map((r) => r.recordId))}::uuid[], ${texts(rows.map((r) => r.label))}::text[], ${texts(rows.map((r) => r.confidence))}::text[])`.execute(
    tx,
  );
}

async function changeParty(
  tx: Tx,
  workspaceId: WorkspaceId,
  fact: Extract<PartyFact, { kind: 'party.changed' }>,
): Promise<void> {
  await sql`
    UPDATE parties SET name = coalesce(${fact.name}::text, name), state = coalesce(${fact.state}::text, state)
    WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
}

export async function loadParty(db: Db | Tx, workspaceId: WorkspaceId, id: string): Promise<Party | null> {
  const { rows } = await sql<Party>`
    SELECT id, record_id AS "recordId", name, state FROM parties WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The parties that an id, an identifier or a name (in that order of trust) may mean. */
export async function partiesMeant(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  word: string,
  value: string,
): Promise<readonly Party[]> {
  const { rows } = await sql<Party & { trust: number }>`
    SELECT p.id, p.record_id AS "recordId", p.name, p.state, min(m.trust) AS trust FROM parties p JOIN (
      SELECT id AS party_id, 1 AS trust FROM parties WHERE workspace_id = ${workspaceId} AND id::text = ${word}
      UNION ALL SELECT party_id, 2 FROM identifiers WHERE workspace_id = ${workspaceId} AND value = ${value}
      UNION ALL SELECT id, 3 FROM parties WHERE workspace_id = ${workspaceId} AND lower(name) = lower(${word})
    ) m ON m.party_id = p.id
    WHERE p.workspace_id = ${workspaceId} GROUP BY p.id, p.record_id, p.name, p.state ORDER BY trust, p.id LIMIT 20`.execute(
    db,
  );
  return rows.filter((row) => row.trust === rows[0]?.trust);
}

/** Whom these addresses and handles belong to. */
export async function identifiersAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  values: readonly string[],
): Promise<readonly { value: string; partyId: PartyId }[]> {
  const { rows } = await sql<{ value: string; partyId: PartyId }>`
    SELECT value, party_id AS "partyId" FROM identifiers
    WHERE workspace_id = ${workspaceId} AND value = ANY(${texts(values)}::text[])`.execute(db);
  return rows;
}

export async function holdersOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  identifiers: readonly Identifier[],
): Promise<readonly { value: string; name: string }[]> {
  const { rows } = await sql<{ value: string; name: string }>`
    SELECT i.value, p.name FROM identifiers i JOIN parties p USING (workspace_id)
    WHERE i.workspace_id = ${workspaceId} AND p.id = i.party_id AND i.value = ANY(${texts(identifiers.map((i) => i.value))}::text[])`.execute(
    db,
  );
  return rows;
}
