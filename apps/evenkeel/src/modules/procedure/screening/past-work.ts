import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';

/** What the work for one client took. */
export type WorkDone = {
  readonly statedMinutes: number;
  /** Messages and documents that we wrote. */
  readonly written: number;
  /** How often a clause was changed after it was offered. */
  readonly revisions: number;
  /** What we wrote outside the hours that held for them. */
  readonly outsideHours: number;
};

export type Spread = { readonly median: number; readonly least: number; readonly most: number };

/** Minutes for each of so many clients, those that are stated and those that are estimated by what we wrote. */
export type Comparison = Spread & {
  readonly n: number;
  readonly minutesPerMessage: number;
  /** How much of it was stated, 0…1; the rest is an estimate. */
  readonly statedPart: number;
  readonly revisions: Spread;
  readonly outsideHours: Spread;
};

const FEWEST_CASES = 3;

/** @returns `cases-too-few` under three: one or two say nothing about the next */
export function comparisonOf(
  work: readonly WorkDone[],
  minutesPerMessage: number,
): Outcome<Comparison, 'cases-too-few'> {
  const n = work.length;
  if (n < FEWEST_CASES) return refuse('cases-too-few', { n, needed: FEWEST_CASES });
  const each = work.map(({ statedMinutes, written }) => statedMinutes + written * minutesPerMessage);
  const sum = each.reduce((all, minutes) => all + minutes, 0);
  const stated = work.reduce((all, { statedMinutes }) => all + statedMinutes, 0);
  return accept({
    ...{ n, minutesPerMessage, ...spreadOf(each) },
    statedPart: sum === 0 ? 0 : Math.round((100 * stated) / sum) / 100,
    revisions: spreadOf(work.map(({ revisions }) => revisions)),
    outsideHours: spreadOf(work.map(({ outsideHours }) => outsideHours)),
  });
}

function spreadOf(counts: readonly number[]): Spread {
  const sorted = counts.toSorted((one, another) => one - another);
  return { median: medianOf(sorted), least: sorted[0]!, most: sorted.at(-1)! };
}

function medianOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : Math.round((sorted[half - 1]! + sorted[half]!) / 2);
}
