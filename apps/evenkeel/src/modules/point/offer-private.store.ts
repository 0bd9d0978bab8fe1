import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Db, sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Sum } from './offer-sum.ts';

/** How far we would go at most, for one offer of either side. In no fact, no bundle and no export. */
export type PrivateLimit = {
  readonly offerId: string;
  readonly sum: Sum | null;
  readonly words: string;
  readonly setBy: string;
  readonly setAt: Instant;
};

/** What a member may offer alone. */
export type Allowance = Sum & { readonly actor: string; readonly setBy: string; readonly setAt: Instant };

type LimitRow = Omit<PrivateLimit, 'sum'> & {
  readonly amount: string | null;
  readonly currency: string | null;
};

export async function privateLimitsOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<readonly PrivateLimit[]> {
  const { rows } = await sql<LimitRow>`
    SELECT offer_id AS "offerId", amount, currency, words, set_by AS "setBy", set_at AS "setAt" FROM private_limits
    WHERE workspace_id = ${workspaceId} AND party_id = ${party}::uuid ORDER BY offer_id`.execute(db);
  return rows.map(({ amount, currency, ...row }) => ({
    ...row,
    sum: amount === null || currency === null ? null : { amount, currency },
  }));
}

export async function savePrivateLimit(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  { offerId, sum, words, setBy, setAt }: PrivateLimit,
): Promise<void> {
  await sql`
    INSERT INTO private_limits (workspace_id, offer_id, party_id, amount, currency, words, set_by, set_at)
    VALUES (${workspaceId}, ${offerId}::uuid, ${party}::uuid, ${sum?.amount ?? null}, ${sum?.currency ?? null}, ${words},
      ${setBy}, ${setAt})
    ON CONFLICT (workspace_id, offer_id) DO UPDATE SET amount = excluded.amount, currency = excluded.currency,
      words = excluded.words, set_by = excluded.set_by, set_at = excluded.set_at`.execute(db);
}

export async function deletePrivateLimit(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  offerId: string,
): Promise<void> {
  await sql`
    DELETE FROM private_limits WHERE workspace_id = ${workspaceId} AND offer_id = ${offerId}::uuid`.execute(
    db,
  );
}

export async function loadAllowances(db: Db | Tx, workspaceId: WorkspaceId): Promise<readonly Allowance[]> {
  const { rows } = await sql<Allowance>`
    SELECT actor, amount, currency, set_by AS "setBy", set_at AS "setAt" FROM offer_allowances
    WHERE workspace_id = ${workspaceId} ORDER BY actor`.execute(db);
  return rows;
}

export async function saveAllowance(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { actor, amount, currency, setBy, setAt }: Allowance,
): Promise<void> {
  await sql`
    INSERT INTO offer_allowances (workspace_id, actor, amount, currency, set_by, set_at)
    VALUES (${workspaceId}, ${actor}, ${amount}, ${currency}, ${setBy}, ${setAt})
    ON CONFLICT (workspace_id, actor) DO UPDATE SET amount = excluded.amount, currency = excluded.currency,
      set_by = excluded.set_by, set_at = excluded.set_at`.execute(db);
}

export async function deleteAllowance(db: Db | Tx, workspaceId: WorkspaceId, actor: string): Promise<void> {
  await sql`DELETE FROM offer_allowances WHERE workspace_id = ${workspaceId} AND actor = ${actor}`.execute(
    db,
  );
}
