import { factsOf, type ReadEntry } from '../ledger/ledger.ts';
import type { StatementFact } from './statement.ts';

type Stated = Extract<StatementFact, { kind: 'chronology.stated' }>;

/** A fact of the chronology with the entry that states it. */
export type ToldFact = { readonly index: number; readonly recordId: string; readonly fact: Stated };

export type ToldFacts = {
  /** By day. */
  readonly told: readonly ToldFact[];
  /** How many rest on a record that is kept apart, and are not told for that. */
  readonly keptApart: number;
};

export const NO_FACTS: ToldFacts = { told: [], keptApart: 0 };

/**
 * The facts that a bundle prints: what stands in the chronology at its head, and rests on nothing that is kept apart.
 *
 * @param apart interactions that no word may be told of
 */
export function factsTold(entries: readonly ReadEntry[], apart: ReadonlySet<string>): ToldFacts {
  const standing = statedIn(entries);
  const told = standing.filter(({ fact }) => !restsOn(fact, apart));
  return { told, keptApart: standing.length - told.length };
}

function statedIn(entries: readonly ReadEntry[]): readonly ToldFact[] {
  const standing = new Map<string, ToldFact>();
  for (const { index, id, fact } of factsOf<StatementFact>(
    entries,
    'chronology.stated',
    'chronology.withdrawn',
  )) {
    if (fact.kind === 'chronology.withdrawn') standing.delete(fact.id);
    else {
      if (fact.replaces !== null) standing.delete(fact.replaces);
      standing.set(fact.id, { index, recordId: id, fact });
    }
  }
  return [...standing.values()].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** A day without an hour comes before its hours. */
function orderOf({ fact: { date, time }, index }: ToldFact): string {
  return `${date} ${time ?? ''} ${String(index).padStart(12, '0')}`;
}

function restsOn({ cites, records }: Stated, apart: ReadonlySet<string>): boolean {
  return cites.some(({ interactionId }) => apart.has(interactionId)) || records.some((id) => apart.has(id));
}
