import { deriveOpening } from '@evenkeel/proof/leaf';
import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db } from '../../kernel/db.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Vault } from '../vault/vault.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import { leavesBetween } from './ledger.store.ts';
import type { Entry, ReadEntry } from './ledger.ts';
import { readEnvelope, sealedEnvelopeOf } from './ledger.ts';

/**
 * Opens entries: the fact, or 'erased' where its slot was destroyed.
 *
 * @throws BrokenPromise `object-damaged` when an envelope is not the one its leaf commits to
 */
export async function openEntries(vault: Vault, entries: readonly Entry[]): Promise<readonly ReadEntry[]> {
  const envelopes = await vault.openEnvelopes(entries.map(sealedEnvelopeOf));
  return entries.map((entry, i) => readEntry(entry, envelopes[i]!));
}

function readEntry(entry: Entry, bytes: Uint8Array | 'erased'): ReadEntry {
  if (bytes === 'erased') return { ...entry, fact: 'erased', objects: [] };
  const { fact, objects } = readEnvelope(bytes);
  return { ...entry, fact, objects };
}

/** The salt of a slot's commitment; null when the slot was destroyed. */
export async function saltOf(vault: Vault, slot: SlotId): Promise<Uint8Array | null> {
  const secret = await vault.secretOf(slot);
  return secret === 'erased' ? null : deriveOpening(sha256, secret).r;
}

const LEAVES_AT_ONCE = 1 << 16;

/** The first leaves of the ledger, 69 bytes each, some thousands at a time. */
export async function* leavesUpTo(
  { db, workspaceId }: { readonly db: Db; readonly workspaceId: WorkspaceId },
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < size; from += LEAVES_AT_ONCE) {
    const rows = await leavesBetween(db, workspaceId, from, Math.min(size, from + LEAVES_AT_ONCE));
    for (const row of rows) yield row.leaves;
  }
}

export { parkedCount } from './follower.store.ts';
export { addOwnAddresses, ownAddresses } from './workspace.store.ts';
