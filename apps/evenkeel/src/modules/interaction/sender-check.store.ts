import type { WorkspaceId } from '../../kernel/brand.ts';
import { uuids } from '../../kernel/columns.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import type { Handed } from './sender-check.auth.ts';
import type { SenderFact } from './sender-check.ts';

/** Writes what facts about senders say; actions and replay both come through here. */
export async function projectSenderChecks(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Omit<Recorded<SenderFact>, 'actor'>[],
): Promise<void> {
  for (const { recordId, fact } of recorded)
    await sql`
      INSERT INTO sender_checks (workspace_id, record_id, interaction_id, verdict, result, at)
      VALUES (${workspaceId}, ${recordId}, ${fact.interaction}, ${fact.verdict}, ${JSON.stringify(fact.result)}::jsonb, ${fact.at})`.execute(
      tx,
    );
}

/** The first check of an interaction: that of the hour in which it came. */
export async function loadSenderCheck(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interaction: string,
): Promise<Pick<SenderFact, 'verdict' | 'result' | 'at'> | null> {
  const { rows } = await sql<Pick<SenderFact, 'verdict' | 'result' | 'at'>>`
    SELECT verdict, result, at FROM sender_checks WHERE workspace_id = ${workspaceId} AND interaction_id = ${interaction}::uuid
    ORDER BY record_id LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** Which of these were checked before. */
export async function checkedAmong(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  interactions: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT interaction_id AS id FROM sender_checks
    WHERE workspace_id = ${workspaceId} AND interaction_id = ANY(${uuids(interactions)}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export type Unchecked = {
  readonly interaction: string;
  readonly slot: SlotId;
  readonly handed: Handed | null;
};

/**
 * Inbound mail that came to us within a day of its arrival and was not checked yet. Names answer for the hour in which
 * they are asked: of older mail they say nothing.
 */
export async function uncheckedSince(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  since: Instant,
  limit: number,
): Promise<readonly Unchecked[]> {
  const { rows } = await sql<Unchecked>`
    SELECT DISTINCT ON (i.id) i.id AS interaction, o.slot,
      CASE WHEN e.client IS NULL THEN NULL
        ELSE jsonb_build_object('client', e.client, 'greeting', coalesce(e.greeting, ''), 'mailFrom', e.mail_from) END AS handed
    FROM interactions i
    JOIN originals o ON o.workspace_id = i.workspace_id AND o.interaction_id = i.id
    LEFT JOIN mail_uids u ON u.workspace_id = i.workspace_id AND u.interaction_id = i.id AND u.arrived_at >= ${since} AND u.seen_at >= ${since}
    LEFT JOIN mail_envelopes e ON e.workspace_id = i.workspace_id AND e.interaction_id = i.id AND e.at >= ${since}
    WHERE i.workspace_id = ${workspaceId} AND i.direction = 'inbound' AND i.id IN (
        SELECT interaction_id FROM mail_uids WHERE workspace_id = ${workspaceId} AND arrived_at >= ${since} AND seen_at >= ${since}
        UNION SELECT interaction_id FROM mail_envelopes WHERE workspace_id = ${workspaceId} AND at >= ${since})
      AND NOT EXISTS (SELECT 1 FROM sender_checks c WHERE c.workspace_id = i.workspace_id AND c.interaction_id = i.id)
    ORDER BY i.id, o.id LIMIT ${limit}`.execute(db);
  return rows;
}
