import { byteas } from '../../kernel/columns.ts';
import { sql } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { erasedDigests } from './erased.ts';

/** Which of these digests, in hex, are of originals that were erased. */
export async function erasedAmong(ledger: Ledger, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = [...new Set(digests)];
  // Most folders have erased nothing, and a keyed digest of each mail takes longer than asking that.
  if (asked.length === 0 || !(await hasErased(ledger))) return new Set();
  const keyed = erasedDigests(
    ledger,
    asked.map((hex) => Buffer.from(hex, 'hex')),
  );
  const hexOf = new Map(keyed.map((digest, i) => [Buffer.from(digest).toString('hex'), asked[i]!]));
  const { rows } = await sql<{ digest: string }>`
    SELECT encode(digest, 'hex') AS digest FROM erased_digests
    WHERE workspace_id = ${ledger.workspaceId} AND digest = ANY(${byteas(keyed)}::bytea[])`.execute(
    ledger.db,
  );
  return new Set(rows.map((row) => hexOf.get(row.digest)!));
}

async function hasErased({ db, workspaceId }: Ledger): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    SELECT EXISTS (SELECT 1 FROM erased_digests WHERE workspace_id = ${workspaceId}) AS any`.execute(db);
  return rows[0]?.any ?? false;
}
