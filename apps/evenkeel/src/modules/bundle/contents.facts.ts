import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { batesOf } from './bundle.ts';
import type { ChronologyFact } from './chronology.ts';
import type { Gathered } from './gather.actions.ts';
import type { ToldFacts } from './told-facts.ts';

type Plan = {
  readonly gathered: Gathered;
  readonly numbers: ReadonlyMap<string, number>;
  readonly exhibited: ReadonlySet<string>;
  readonly facts: ToldFacts;
};

type Source = ChronologyFact['sources'][number];

/** The facts in words ready to print: day, sentence, and the number of each exhibit that shows it. */
export function printedFacts(plan: Plan): readonly ChronologyFact[] {
  const sources = new Map(plan.gathered.sources.map((source) => [source.id, source]));
  const named = (id: string, quote: string | null) => sourceOf(plan, sources.get(id), quote);
  return plan.facts.told.map(({ fact }, i) => ({
    ...{ number: i + 1, says: fact.says, isDisputed: fact.isDisputed },
    at: fact.time === null ? fact.date : `${fact.date}T${fact.time}Z`,
    sources: [
      ...fact.cites.map(({ interactionId, quote }) => named(interactionId, quote)),
      ...fact.records.map((id) => named(id, null)),
      ...entryOf(plan, fact.entry),
    ],
  }));
}

function sourceOf(
  { gathered, numbers, exhibited }: Plan,
  source: ExhibitSource | undefined,
  quote: string | null,
): Source {
  if (!source) return { name: 'A record that was taken out', index: null, quote: null };
  const { index } = gathered.recorded.get(source.recordId)!;
  const number = exhibited.has(source.id) ? numbers.get(source.id) : undefined;
  return {
    name: number === undefined ? `Not an exhibit, log entry ${index}` : batesOf(number),
    index,
    quote,
  };
}

/** An entry of ours has a place in the log and no page in this document. */
function entryOf({ gathered }: Plan, id: string | null): readonly Source[] {
  const found = gathered.stream.entries.find((entry) => entry.id === id);
  return found ? [{ name: `Log entry ${found.index}`, index: null, quote: null }] : [];
}
