import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, jsonb, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { projecting } from '../ledger/projecting.ts';
import type { Statement, StatementFact } from './statement.ts';

/** Writes what facts of a chronology say; actions and replay both come through here. */
export const projectStatements = projecting<StatementFact>({
  'chronology.stated': async (tx, workspaceId, { recordId, recordedAt, actor, fact }) => {
    const { id, party, date, time, says, isDisputed, cites, records, entry, proposal, replaces } = fact;
    await sql`
      INSERT INTO statements (workspace_id, id, record_id, changed_record_id, party_id, on_date, on_time, says, is_disputed, cites,
        records, entry_id, proposal, state, stated_at, stated_by)
      VALUES (${workspaceId}, ${id}, ${recordId}, ${recordId}, ${party}, ${date}::date, ${time}, ${says}, ${isDisputed},
        ${jsonb(cites)}, ${jsonb(records)}, ${entry}, ${proposal}, 'stated', ${recordedAt}, ${actor})`.execute(
      tx,
    );
    if (replaces)
      await sql`
        UPDATE statements SET state = 'replaced', changed_record_id = ${recordId}
        WHERE workspace_id = ${workspaceId} AND id = ${replaces}::uuid`.execute(tx);
  },
  'chronology.withdrawn': async (tx, workspaceId, { recordId, fact }) => {
    await sql`
      UPDATE statements SET state = 'withdrawn', changed_record_id = ${recordId}
      WHERE workspace_id = ${workspaceId} AND id = ${fact.id}`.execute(tx);
  },
});

const COLUMNS = sql`
  id, party_id AS "partyId", on_date::text AS date, on_time AS time, says, is_disputed AS "isDisputed", cites, records,
  entry_id AS entry, proposal, state, stated_at AS "statedAt", stated_by AS "statedBy"`;

export async function loadStatement(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<Statement | null> {
  const { rows } = await sql<Statement>`
    SELECT ${COLUMNS} FROM statements WHERE workspace_id = ${workspaceId} AND id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** What stands in the chronology of a client, by day; a day without an hour comes before its hours. */
export async function listStatements(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly Statement[]> {
  const { rows } = await sql<Statement>`
    SELECT ${COLUMNS} FROM statements
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND state = 'stated'
    ORDER BY on_date, on_time NULLS FIRST, id`.execute(db);
  return rows;
}

/** The first of these interactions that is not filed under the client; null when all are. */
export async function strangerAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  interactions: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM unnest(${uuids(interactions)}::uuid[]) AS given(id)
    WHERE NOT EXISTS (SELECT 1 FROM filings f
      WHERE f.workspace_id = ${workspaceId} AND f.party_id = ${party}::uuid AND f.interaction_id = given.id)
    LIMIT 1`.execute(db);
  return rows[0]?.id ?? null;
}

export async function dismissProposal(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  proposal: string,
  by: { readonly actor: string; readonly at: Instant },
): Promise<void> {
  await sql`
    INSERT INTO statement_dismissals (workspace_id, party_id, proposal, dismissed_by, dismissed_at)
    VALUES (${workspaceId}, ${party}::uuid, ${proposal}, ${by.actor}, ${by.at}) ON CONFLICT DO NOTHING`.execute(
    db,
  );
}

export async function bringBackProposals(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<void> {
  await sql`
    DELETE FROM statement_dismissals WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid`.execute(
    db,
  );
}

/** Proposals that are settled: stated, or dismissed. */
export async function settledProposals(
  db: Db,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly stated: ReadonlySet<string>; readonly dismissed: ReadonlySet<string> }> {
  const { rows } = await sql<{ proposal: string; isStated: boolean }>`
    SELECT proposal, true AS "isStated" FROM statements
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid AND state = 'stated' AND proposal IS NOT NULL
    UNION ALL
    SELECT proposal, false FROM statement_dismissals
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid`.execute(db);
  const those = (isStated: boolean) =>
    new Set(rows.filter((row) => row.isStated === isStated).map(({ proposal }) => proposal));
  return { stated: those(true), dismissed: those(false) };
}
