/** Where a row of values moves to another level, and how sure that is. */
export type ChangePoint = {
  /** Index of the first value of the new level. */
  readonly at: number;
  readonly before: { readonly mean: number; readonly n: number };
  readonly after: { readonly mean: number; readonly n: number };
  /** How likely a split at least as strong is when nothing changed. */
  readonly p: number;
};

/** Fewer values than this cannot show a change at this significance, however clear it looks. */
export const FEWEST_VALUES = 16;
export const SIGNIFICANCE = 0.01;
/** A level is held for a while; one odd message is none. */
const FEWEST_IN_A_LEVEL = 4;
const LOOKS = 10;

/**
 * Finds where values move to another level: the split with the largest rank sum difference, tested, then each side
 * again (binary segmentation); then each point is looked for once more between its neighbours, until all stay. Ranks
 * make one enormous value count no more than one that is just the largest.
 *
 * @returns `'too-few'` below 16 values, else the points in order; an empty list is an answer
 * @source Pettitt 1979, A non-parametric approach to the change-point problem, with the variance of the tied ranks;
 *   p is the first term of the Kolmogorov distribution, 2·exp(−2D²). Inclán and Tiao 1994 for the second look
 */
export function changePoints(values: readonly number[]): readonly ChangePoint[] | 'too-few' {
  if (values.length < FEWEST_VALUES) return 'too-few';
  const splits = settled(
    values,
    segment(values, 0).sort((one, other) => one.at - other.at),
  );
  const edges = [0, ...splits.map(({ at }) => at), values.length];
  return splits.map(({ at, p }, i) => ({
    at,
    before: levelOf(values.slice(edges[i], at)),
    after: levelOf(values.slice(at, edges[i + 2])),
    p,
  }));
}

type Split = { readonly at: number; readonly p: number };

function segment(values: readonly number[], offset: number): Split[] {
  if (values.length < FEWEST_VALUES) return [];
  const split = strongestSplit(values);
  if (split === null || split.p > SIGNIFICANCE) return [];
  return [
    { at: offset + split.at, p: split.p },
    ...segment(values.slice(0, split.at), offset),
    ...segment(values.slice(split.at), offset + split.at),
  ];
}

/** On stairs the first split may fall anywhere on the middle step; between its neighbours it finds its place or goes. */
function settled(values: readonly number[], found: readonly Split[]): readonly Split[] {
  let splits = found;
  for (let look = 0; look < LOOKS; look++) {
    const again = lookAgain(values, splits);
    const isSettled = again.map(({ at }) => at).join() === splits.map(({ at }) => at).join();
    splits = again;
    if (isSettled) break;
  }
  return splits;
}

function lookAgain(values: readonly number[], splits: readonly Split[]): readonly Split[] {
  const kept: Split[] = [];
  for (const [i] of splits.entries()) {
    const from = kept.at(-1)?.at ?? 0;
    const part = values.slice(from, splits[i + 1]?.at ?? values.length);
    const split = part.length < FEWEST_VALUES ? null : strongestSplit(part);
    if (split !== null && split.p <= SIGNIFICANCE) kept.push({ at: from + split.at, p: split.p });
  }
  return kept;
}

function strongestSplit(values: readonly number[]): Split | null {
  const n = values.length;
  const ranks = ranksOf(values);
  const middle = (n + 1) / 2;
  const spread = Math.sqrt(ranks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0) / n);
  if (spread === 0) return null;
  let best = { at: 0, sum: 0 };
  let sum = 0;
  for (let i = 0; i < n - FEWEST_IN_A_LEVEL; i++) {
    sum += ranks[i]! - middle;
    if (i + 1 >= FEWEST_IN_A_LEVEL && Math.abs(sum) > Math.abs(best.sum)) best = { at: i + 1, sum };
  }
  const d = Math.abs(best.sum) / (spread * Math.sqrt(n));
  return best.at === 0 ? null : { at: best.at, p: Math.min(1, 2 * Math.exp(-2 * d * d)) };
}

/** Ranks from 1; equal values share the middle of theirs. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, i) => ({ value, i })).sort((one, other) => one.value - other.value);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && order[last + 1]!.value === order[first]!.value) last += 1;
    for (let i = first; i <= last; i++) ranks[order[i]!.i] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

function levelOf(values: readonly number[]): { mean: number; n: number } {
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, n: values.length };
}
