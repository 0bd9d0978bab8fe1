import { actorOf, loadEverybody } from '../account/account.actions.ts';

import type { Ledger } from '../ledger/ledger.actions.ts';
import { type PointDetail, pointDetail, pointsPage } from '../point/point-views.actions.ts';

/** The points of a client as a bundle prints them, and who is who in them. */
export type Matters = {
  readonly points: readonly PointDetail[];
  /** Names of members by the actor that entries carry. */
  readonly names: ReadonlyMap<string, string>;
};

const PAGE = 100;

/** Every point of the client by number, those that were withdrawn or are the same as another too: their numbers are not given again. */
export async function mattersOf(ledger: Ledger, party: string): Promise<Matters> {
  const numbers = [
    ...(await numbersOf(ledger, party, null)),
    ...(await numbersOf(ledger, party, 'withdrawn')),
    ...(await numbersOf(ledger, party, 'merged')),
  ];
  const points: PointDetail[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const found = await pointDetail(ledger, { party, number });
    if (found.ok) points.push(found.value);
  }
  const members = await loadEverybody(ledger.db, ledger.workspaceId);
  return { points, names: new Map(members.map((member) => [actorOf(member), member.name])) };
}

async function numbersOf(
  ledger: Ledger,
  party: string,
  state: 'withdrawn' | 'merged' | null,
): Promise<number[]> {
  const numbers: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await pointsPage(ledger, party, { state, after, limit: PAGE });
    if (!page.ok) return numbers;
    numbers.push(...page.value.items.map(({ number }) => number));
    after = page.value.next;
  }
  return numbers;
}
