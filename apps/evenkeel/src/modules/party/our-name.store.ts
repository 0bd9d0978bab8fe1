import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { projecting } from '../ledger/projecting.ts';
import type { NameKind, OurName, OurNameFact } from './our-name.ts';

/** Writes what facts about our names say; actions and replay both come through here. */
export const projectOurNames = projecting<OurNameFact>({
  'party.our-name-added': async (tx, workspaceId, { recordId, fact }) => {
    await sql`
      INSERT INTO our_names (workspace_id, id, record_id, kind, name)
      VALUES (${workspaceId}, ${fact.id}, ${recordId}, ${fact.nameKind}, ${fact.name})`.execute(tx);
  },
  'party.our-name-retired': async (tx, workspaceId, { recordedAt, fact }) => {
    await sql`
      UPDATE our_names SET retired_at = ${recordedAt} WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(
      tx,
    );
  },
  'party.knows-us-as': async (tx, workspaceId, { recordId, recordedAt, fact }) => {
    await sql`
      INSERT INTO known_names (workspace_id, party_id, record_id, name_id, known_since)
      VALUES (${workspaceId}, ${fact.party}, ${recordId}, ${fact.nameId}, ${recordedAt})
      ON CONFLICT (workspace_id, party_id) DO UPDATE
      SET record_id = excluded.record_id, name_id = excluded.name_id, known_since = excluded.known_since`.execute(
      tx,
    );
  },
  'party.name-shown': async (tx, workspaceId, { recordId, recordedAt, fact }) => {
    for (const [number, name] of fact.names.entries())
      await sql`
        INSERT INTO shown_names (workspace_id, record_id, party_id, number, name, shown_in, of_id, shown_at)
        VALUES (${workspaceId}, ${recordId}, ${fact.party}, ${number}, ${name}, ${fact.shownIn}, ${fact.of}, ${recordedAt})`.execute(
        tx,
      );
  },
});

/** Every name we go by, retired ones too: they stay ours. */
export async function loadNames(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly OurName[]> {
  const { rows } = await sql<OurName>`
    SELECT id, kind, name, retired_at IS NOT NULL AS "isRetired" FROM our_names
    WHERE workspace_id = ${workspaceId} ORDER BY id`.execute(db);
  return rows;
}

export type ChosenName = {
  readonly id: string | null;
  readonly name: string | null;
  readonly kind: NameKind | null;
};

/** The name that was chosen for a party; null while nobody chose, all null when that of the workspace was. */
export async function loadChosenName(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<ChosenName | null> {
  const { rows } = await sql<ChosenName>`
    SELECT n.id, n.name, n.kind FROM known_names k
    LEFT JOIN our_names n ON n.workspace_id = k.workspace_id AND n.id = k.name_id
    WHERE k.workspace_id = ${workspaceId} AND k.party_id = ${party}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** Who knows a name, by their own. */
export async function partiesKnowing(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  nameId: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT p.name FROM known_names k JOIN parties p ON p.workspace_id = k.workspace_id AND p.id = k.party_id
    WHERE k.workspace_id = ${workspaceId} AND k.name_id = ${nameId}::uuid ORDER BY p.name LIMIT 20`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

export type ShownName = {
  readonly name: string;
  readonly shownIn: string;
  readonly of: string;
  readonly at: Instant;
};

/** Names that were shown to a party although they knew another, newest first. */
export async function loadShownNames(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly ShownName[]> {
  const { rows } = await sql<ShownName>`
    SELECT name, shown_in AS "shownIn", of_id AS of, shown_at AS at FROM shown_names
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid ORDER BY shown_at DESC, number LIMIT 100`.execute(
    db,
  );
  return rows;
}
