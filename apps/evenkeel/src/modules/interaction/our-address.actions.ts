import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { ownAddresses } from '../ledger/workspace.store.ts';
import { lastUsedAmong } from './our-address.store.ts';

// What modules downstream ask inside their own transactions.
export { theirOffset } from './our-address.store.ts';

/**
 * The address of ours that a party wrote to or was written from, the last one.
 *
 * @param isAnyGood whether, where there is none, any other address of ours will do
 */
export async function addressTheyUse(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
  isAnyGood: boolean,
): Promise<string | null> {
  const ours = (await ownAddresses(db, workspaceId)).filter((one) => one.includes('@'));
  const last = await lastUsedAmong(db, workspaceId, party, ours);
  const used = ours.find((one) => one.toLowerCase() === last);
  return used ?? (isAnyGood ? (ours[0] ?? null) : null);
}
