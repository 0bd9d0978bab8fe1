import type { OpeningInput, StampInput } from '@evenkeel/proof/bundle';
import { anchorEntries } from '../ledger/anchor.actions.ts';
import { type AnchorFact, type Stamp, stampsAround } from '../ledger/anchor.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { factsOf } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import { openingOf } from './exhibits.actions.ts';

type Anchored = Extract<AnchorFact, { kind: 'log.anchored' }>;

/** The time-stamps that bound the exhibits most closely, as openings of their lines and as files for other programs. */
export async function stampsFor(
  ledger: Ledger,
  exhibits: readonly number[],
  size: number,
): Promise<{ readonly openings: readonly OpeningInput[]; readonly stamps: readonly StampInput[] }> {
  const { db, workspaceId, vault } = ledger;
  const entries = await openEntries(vault, await anchorEntries(db, workspaceId, size));
  const anchors = factsOf<Anchored>(entries, 'log.anchored');
  const needed = boundingStamps(
    anchors.map(({ index, fact }) => ({ index, size: fact.size })),
    exhibits,
  );
  const chosen = anchors.filter(({ index }) => needed.has(index));
  return {
    openings: await Promise.all(chosen.map((entry) => openingOf(ledger, entry, '', 0, []))),
    stamps: chosen.map(({ index, fact: { request, response, checkpoint } }) => ({
      index,
      request: Buffer.from(request, 'base64'),
      response: Buffer.from(response, 'base64'),
      checkpoint,
    })),
  };
}

/** For each exhibit the last stamp whose line stands before its own, and the first whose head covers it. */
export function boundingStamps(stamps: readonly Stamp[], exhibits: readonly number[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const inOrder = stamps.toSorted((a, b) => a.index - b.index);
  for (const exhibit of exhibits) {
    const { before, after } = stampsAround(inOrder, exhibit);
    for (const stamp of [before, after]) if (stamp) needed.add(stamp.index);
  }
  return needed;
}
