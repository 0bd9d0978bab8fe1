import type { RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { SlotId } from '../vault/vault.ts';
import { takenAlong } from './exported.store.ts';
import { projectInteractions } from './interaction.store.ts';
import type { InteractionFact, RecordedInteractionFact } from './interaction.ts';
import { readNoted } from './noted.ts';
import { readPasted } from './pasted.ts';
import { projectReadAnew } from './read-anew.store.ts';
import { projectReadAs } from './read-as.store.ts';
import { type Reading, readMailOriginal } from './reading.ts';
import { projectRereading } from './reread.store.ts';

type WithBytes = Extract<
  InteractionFact,
  {
    kind: 'interaction.recorded' | 'interaction.noted' | 'interaction.exported' | 'interaction.also-seen';
  }
>;
type Again = { readonly reading: Reading; readonly bytes: Uint8Array };

/** Makes the projections of recorded interactions anew, reading their originals again. */
export async function reprojectInteractions(
  tx: Tx,
  ledger: Ledger,
  facts: readonly RecordedInteractionFact[],
): Promise<void> {
  const again = new Map<RecordId, Again>();
  for (const { recordId, fact } of facts) {
    if (!hasBytes(fact)) continue;
    const found = await readAgain(tx, ledger, fact);
    if (found !== 'erased') again.set(recordId, found);
  }
  const present = facts.filter(({ recordId, fact }) => !hasBytes(fact) || again.has(recordId));
  const of = (id: RecordId) => again.get(id)!;
  await projectInteractions(
    tx,
    ledger.workspaceId,
    present,
    (id) => of(id).reading,
    (id) => of(id).bytes,
  );
  await projectRereading(tx, ledger, facts);
  await projectReadAs(tx, ledger, facts);
  await projectReadAnew(tx, ledger, facts);
}

function hasBytes(fact: InteractionFact): fact is WithBytes {
  return 'slot' in fact;
}

async function readAgain(tx: Tx, ledger: Ledger, fact: WithBytes): Promise<Again | 'erased'> {
  const open = (slot: number) => ledger.vault.openSlot(tx, slot as SlotId);
  const bytes = await open(fact.slot);
  if (bytes === 'erased') return 'erased';
  if (fact.kind === 'interaction.noted') {
    const words = fact.words === null ? bytes : await open(fact.words.slot);
    return words === 'erased' ? 'erased' : { bytes, reading: readNoted(bytes, words, fact) };
  }
  return { bytes, reading: await readingOf(bytes, fact) };
}

async function readingOf(
  bytes: Uint8Array,
  fact: Exclude<WithBytes, { kind: 'interaction.noted' }>,
): Promise<Reading> {
  if (fact.kind === 'interaction.exported') {
    const { readExported } = await import('./exported.ts');
    return readExported(bytes, fact, fact.attachments.map(takenAlong));
  }
  if (fact.kind === 'interaction.recorded' && fact.pasted) return readPasted(bytes, fact.pasted);
  return readMailOriginal(bytes, fact.origin.format);
}
