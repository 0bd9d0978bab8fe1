import type { Vault } from '../vault/vault.actions.ts';
import type { Entry, ReadEntry } from './ledger.ts';
import { readEnvelope } from './ledger.ts';

/** Opens entries: the fact, or 'erased' where its slot was destroyed. */
export function openEntries(vault: Vault, entries: readonly Entry[]): Promise<readonly ReadEntry[]> {
  return Promise.all(entries.map((entry) => openEntry(vault, entry)));
}

async function openEntry(vault: Vault, entry: Entry): Promise<ReadEntry> {
  const bytes = await vault.openEnvelope(entry.slot, entry.sealed);
  if (bytes === 'erased') return { ...entry, fact: 'erased', objects: [] };
  const { fact, objects } = readEnvelope(bytes);
  return { ...entry, fact, objects };
}
