import type { RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { timestamps, uuids } from '../../kernel/columns.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { InteractionFact, InteractionId } from './interaction.ts';

type Of<K extends 'interaction.filed' | 'interaction.unfiled'> = {
  readonly recordId: RecordId;
  readonly fact: Extract<InteractionFact, { kind: K }>;
};

/** @param times on the timeline of interactions that come in the same recording, whose filings are their first */
export async function projectFilings(
  tx: Tx,
  workspaceId: WorkspaceId,
  filed: readonly Of<'interaction.filed'>[],
  unfiled: readonly Of<'interaction.unfiled'>[],
  times: ReadonlyMap<InteractionId, Instant>,
): Promise<void> {
  const isFirst = ({ fact }: Of<'interaction.filed'>) => times.has(fact.interaction);
  await insertFirst(tx, workspaceId, filed.filter(isFirst), times);
  await insertLater(
    tx,
    workspaceId,
    filed.filter((one) => !isFirst(one)),
  );
  for (const { fact } of unfiled) {
    await sql`
      DELETE FROM filings WHERE workspace_id = ${workspaceId} AND party_id = ${fact.party} AND interaction_id = ${fact.interaction}`.execute(
      tx,
    );
  }
}

/** Nothing is looked up for them, and none can be there. Of one that is stated twice the first counts, as of later ones. */
async function insertFirst(
  tx: Tx,
  workspaceId: WorkspaceId,
  filed: readonly Of<'interaction.filed'>[],
  times: ReadonlyMap<InteractionId, Instant>,
): Promise<void> {
  const byPlace = filed.map((one) => [`${one.fact.party} ${one.fact.interaction}`, one] as const);
  const rows = [...new Map(byPlace.toReversed()).values()].reverse();
  if (rows.length === 0) return;
  await sql`
    INSERT INTO filings (workspace_id, party_id, interaction_id, record_id, at)
    SELECT ${workspaceId}::uuid, * FROM unnest(
      ${uuids(rows.map(({ fact }) => fact.party))}::uuid[], ${uuids(rows.map(({ fact }) => fact.interaction))}::uuid[],
      ${uuids(rows.map(({ recordId }) => recordId))}::uuid[], ${timestamps(rows.map(({ fact }) => times.get(fact.interaction)!))}::timestamptz[])`.execute(
    tx,
  );
}

async function insertLater(
  tx: Tx,
  workspaceId: WorkspaceId,
  filed: readonly Of<'interaction.filed'>[],
): Promise<void> {
  if (filed.length === 0) return;
  await sql`
    INSERT INTO filings (workspace_id, party_id, interaction_id, record_id, at)
    SELECT ${workspaceId}::uuid, f.party_id, f.interaction_id, f.record_id, i.at FROM unnest(
      ${uuids(filed.map(({ fact }) => fact.party))}::uuid[], ${uuids(filed.map(({ fact }) => fact.interaction))}::uuid[],
      ${uuids(filed.map(({ recordId }) => recordId))}::uuid[]
    ) AS f(party_id, interaction_id, record_id)
    JOIN interactions i ON i.workspace_id = ${workspaceId} AND i.id = f.interaction_id
    ON CONFLICT (workspace_id, party_id, interaction_id) DO NOTHING`.execute(tx);
}
