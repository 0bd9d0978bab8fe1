import type { RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { projectInteractions } from './interaction.store.ts';
import type { InteractionFact, RecordedInteractionFact } from './interaction.ts';
import { readPasted } from './pasted.ts';
import { type Reading, readMailOriginal } from './reading.ts';

type WithBytes = Extract<InteractionFact, { kind: 'interaction.recorded' | 'interaction.also-seen' }>;

/** Makes the projections of recorded interactions anew, reading their originals again. */
export async function reprojectInteractions(
  tx: Tx,
  ledger: Ledger,
  facts: readonly RecordedInteractionFact[],
): Promise<void> {
  const readings = new Map<RecordId, Reading>();
  for (const { recordId, fact } of facts) {
    if (fact.kind !== 'interaction.recorded' && fact.kind !== 'interaction.also-seen') continue;
    const reading = await readAgain(tx, ledger, fact);
    if (reading !== 'erased') readings.set(recordId, reading);
  }
  const present = facts.filter(({ recordId, fact }) => !('slot' in fact) || readings.has(recordId));
  await projectInteractions(tx, ledger.workspaceId, present, (id) => readings.get(id)!);
}

async function readAgain(tx: Tx, ledger: Ledger, fact: WithBytes): Promise<Reading | 'erased'> {
  const bytes = await ledger.vault.openSlot(tx, fact.slot as Parameters<typeof ledger.vault.openSlot>[1]);
  if (bytes === 'erased') return 'erased';
  if (fact.kind === 'interaction.recorded' && fact.pasted) return readPasted(bytes, fact.pasted);
  return readMailOriginal(bytes, fact.origin.format === 'mbox');
}
