import { queryOptions } from '@tanstack/react-query';
import {
  bringBackChronologyProposals,
  dismissChronologyProposal,
  listChronologyFacts,
  stateChronologyFact,
  withdrawChronologyFact,
} from '../generated/sdk.gen.ts';
import type * as contract from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

type Facts = contract.ChronologyFacts;
export type Fact = Facts['statements'][number];
export type FactProposal = Facts['proposals'][number];
export type FactWish = NonNullable<contract.StateChronologyFactData['body']>;

const FACTS = 'chronology-facts';

export const factsQuery = (partyId: string) =>
  queryOptions({
    queryKey: [FACTS, partyId],
    queryFn: ({ signal }) => listChronologyFacts({ path: { id: partyId }, signal }),
  });

export async function stateFact(partyId: string, body: FactWish): Promise<void> {
  await stateChronologyFact({ path: { id: partyId }, body });
  await changed();
}

export async function withdrawFact(id: string, reason: string): Promise<void> {
  await withdrawChronologyFact({ path: { id }, body: { reason } });
  await changed();
}

export async function dismissFact(partyId: string, proposal: string): Promise<void> {
  await dismissChronologyProposal({ path: { id: partyId }, body: { proposal } });
  await changed();
}

export async function bringBack(partyId: string): Promise<void> {
  await bringBackChronologyProposals({ path: { id: partyId } });
  await changed();
}

function changed(): Promise<void> {
  return queries.invalidateQueries({ queryKey: [FACTS] });
}
