import type { Vault } from '../vault/vault.actions.ts';
import type { Entry, ReadEntry } from './ledger.ts';
import { readEnvelope, sealedEnvelopeOf } from './ledger.ts';

/**
 * Opens entries: the fact, or 'erased' where its slot was destroyed.
 *
 * @throws BrokenPromise `object-damaged` when an envelope is not the one its leaf commits to
 */
export function openEntries(vault: Vault, entries: readonly Entry[]): Promise<readonly ReadEntry[]> {
  return Promise.all(entries.map((entry) => openEntry(vault, entry)));
}

async function openEntry(vault: Vault, entry: Entry): Promise<ReadEntry> {
  const bytes = await vault.openEnvelope(sealedEnvelopeOf(entry));
  if (bytes === 'erased') return { ...entry, fact: 'erased', objects: [] };
  const { fact, objects } = readEnvelope(bytes);
  return { ...entry, fact, objects };
}
