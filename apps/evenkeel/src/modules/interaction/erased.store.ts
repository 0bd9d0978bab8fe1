import { byteas } from '../../kernel/columns.ts';
import { sql } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { erasedDigest } from './erased.ts';

/** Which of these digests, in hex, are of originals that were erased. */
export async function erasedAmong(ledger: Ledger, digests: readonly string[]): Promise<ReadonlySet<string>> {
  if (digests.length === 0) return new Set();
  const keyed = new Map(
    digests.map((hex) => [Buffer.from(erasedDigest(ledger, Buffer.from(hex, 'hex'))).toString('hex'), hex]),
  );
  const { rows } = await sql<{ digest: string }>`
    SELECT encode(digest, 'hex') AS digest FROM erased_digests
    WHERE workspace_id = ${ledger.workspaceId} AND digest = ANY(${byteas([...keyed.keys()].map((hex) => Buffer.from(hex, 'hex')))}::bytea[])`.execute(
    ledger.db,
  );
  return new Set(rows.map((row) => keyed.get(row.digest)!));
}
