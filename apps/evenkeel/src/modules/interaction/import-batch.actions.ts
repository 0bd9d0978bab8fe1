import { letGo } from '../../kernel/let-go.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { addTotals, type CoveredItem, type SourceFact } from '../source/source.ts';
import type { ImportState, ImportWish } from './import-batch.ts';
import { sortBatch } from './import-sort.actions.ts';
import type { ReadBatch } from './reader.ts';
import { type Prepared, prepareRecording } from './recording.actions.ts';

/**
 * Decides what becomes of the items of a batch, and seals what is new.
 *
 * @param more what else is written with it, once it is known which interaction each item is
 */
export async function prepareBatch(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  batch: ReadBatch,
  ending: 'finished' | 'cancelled' | null,
  more: (covered: readonly CoveredItem[]) => readonly SourceFact[] = () => [],
) {
  const sorted = await sortBatch(ledger, state, wish, batch);
  state.totals = addTotals(state.totals, sorted.totals);
  state.step += 1;
  const { run, source } = state.begun;
  const facts: SourceFact[] = [
    {
      kind: 'source.covered',
      run,
      step: state.step,
      items: sorted.covered,
      totals: state.totals,
      issues: [...batch.issues, ...sorted.issues],
      next: batch.next,
    },
    ...more(sorted.covered),
  ];
  if (ending)
    facts.push({
      kind: 'source.run-ended',
      run,
      state: ending,
      totals: state.totals,
    });
  const prepared = await prepareRecording(ledger, {
    source,
    actor: wish.actor,
    parties: sorted.parties,
    items: sorted.items,
    facts,
    containers: batch.containers.map(({ frame, ...seen }) => ({
      ...{ run, seen },
      frame: state.incomplete.has(seen.position) ? null : frame,
    })),
  });
  return {
    prepared,
    totals: state.totals,
    inFlight: sorted.inFlight,
    acknowledged: sorted.items.filter((item) => !item.formOf).map((item) => item.id),
  };
}

/** Nobody reads originals again that are sealed, but those from which entries of exports are projected. */
export function letGoOfSealed({ items }: ReadBatch, { originals }: Prepared): void {
  if (originals.size === 0) letGo(items.flatMap((item) => (item.outcome === 'item' ? [item.bytes] : [])));
}
