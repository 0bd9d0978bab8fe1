import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';

export type PartyRow = {
  readonly id: string;
  readonly name: string;
  readonly state: 'contact' | 'prospect' | 'client' | 'former';
  readonly identifiers: readonly {
    readonly kind: string;
    readonly value: string;
    readonly label: string | null;
  }[];
  readonly interactions: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
};

const PARTY =
  sql.raw(`p.id, p.name, p.state, coalesce(c.interactions, 0)::int AS interactions, c."firstAt", c."lastAt",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'value', d.value, 'label', d.label) ORDER BY d.value), '[]'::jsonb)
     FROM identifiers d WHERE d.workspace_id = p.workspace_id AND d.party_id = p.id) AS identifiers`);

const COUNTS = sql.raw(`LEFT JOIN LATERAL (
  SELECT count(*) AS interactions, min(f.at) AS "firstAt", max(f.at) AS "lastAt" FROM filings f
  WHERE f.workspace_id = p.workspace_id AND f.party_id = p.id) c ON true`);

export type PartyKey = { readonly name: string; readonly id: string };

/** Parties by name, with what is filed under them. */
export async function pageOfParties(
  db: Db,
  workspaceId: WorkspaceId,
  query: string,
  after: PartyKey | null,
  limit: number,
): Promise<readonly PartyRow[]> {
  const pattern = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<PartyRow>`
    SELECT ${PARTY} FROM parties p ${COUNTS}
    WHERE p.workspace_id = ${workspaceId}
      AND (${query} = '' OR p.name ILIKE ${pattern} OR EXISTS (
        SELECT 1 FROM identifiers d WHERE d.workspace_id = p.workspace_id AND d.party_id = p.id AND d.value ILIKE ${pattern}))
      AND (${after?.name ?? null}::text IS NULL OR (lower(p.name), p.id) > (lower(${after?.name ?? null}::text), ${after?.id ?? null}::uuid))
    ORDER BY lower(p.name), p.id LIMIT ${limit}`.execute(db);
  return rows;
}

export async function loadPartyRow(db: Db, workspaceId: WorkspaceId, id: string): Promise<PartyRow | null> {
  const { rows } = await sql<PartyRow>`
    SELECT ${PARTY} FROM parties p ${COUNTS} WHERE p.workspace_id = ${workspaceId} AND p.id = ${id}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

export type WorkspaceCounts = {
  readonly interactions: number;
  readonly parties: number;
  readonly unfiled: number;
};

export async function workspaceCounts(db: Db, workspaceId: WorkspaceId): Promise<WorkspaceCounts> {
  // What is filed is counted by its index alone: looking for what is not would read every row of both tables.
  const { rows } = await sql<{ interactions: number; parties: number; filed: number }>`
    SELECT (SELECT count(*) FROM interactions WHERE workspace_id = ${workspaceId}) AS interactions,
      (SELECT count(*) FROM parties WHERE workspace_id = ${workspaceId}) AS parties,
      (SELECT count(DISTINCT interaction_id) FROM filings WHERE workspace_id = ${workspaceId}) AS filed`.execute(
    db,
  );
  const { interactions, parties, filed } = rows[0]!;
  return { interactions, parties, unfiled: interactions - filed };
}

/** What these parties are called. */
export async function namesOf(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM parties WHERE workspace_id = ${workspaceId} AND id = ANY(${uuids(ids)}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
