import type { Instant } from '../../kernel/instant.ts';
import type { PointCite, PointRow, PointStep } from './point.store.ts';
import type { PointState } from './point.ts';

export type StepShown = PointStep & {
  readonly cites: readonly PointCite[];
  /** When it happened: when the quoted words were written, else when it was entered. */
  readonly at: Instant;
};

/** How often something was asked: in how many messages, since when. */
export type Asked = { readonly count: number; readonly first: Instant | null; readonly last: Instant | null };

export type PointLine = PointRow & {
  readonly asked: Asked;
  readonly answer: PointCite | null;
  readonly agreed: PointCite | null;
  readonly decided: readonly PointCite[];
};

/** A point as lists show it. @param cites in the order in which they were entered */
export function lineOf(row: PointRow, cites: readonly PointCite[]): PointLine {
  const asked = cites.filter(({ role }) => role === 'asked');
  const times = asked.flatMap(({ at }) => (at === null ? [] : [at])).sort();
  const isReached = row.state === 'agreed';
  return {
    ...row,
    asked: {
      // A message that asked two points which are one asks it once.
      count: new Set(asked.map(({ interactionId }) => interactionId)).size,
      first: times[0] ?? null,
      last: times.at(-1) ?? null,
    },
    answer: cites.findLast(({ role }) => role === 'answer') ?? null,
    agreed: isReached ? (cites.findLast(({ role }) => role === 'agreed') ?? null) : null,
    decided: decisionsIn(cites),
  };
}

/**
 * What they decided about a point, one after the other by when it was written, and between it the words of theirs that
 * opened it again. One decision is the rule; a second one stands beside the first, with its own words.
 */
function decisionsIn(cites: readonly PointCite[]): readonly PointCite[] {
  const theirs = cites
    .filter(({ role, direction }) => role === 'agreed' || (role === 'new_fact' && direction !== 'outbound'))
    .toSorted((one, other) => (one.at ?? '').localeCompare(other.at ?? ''));
  const first = theirs.findIndex(({ role }) => role === 'agreed');
  return first < 0 ? [] : theirs.slice(first);
}

/** The steps with their words, in the order in which they were entered. */
export function stepsWith(steps: readonly PointStep[], cites: readonly PointCite[]): readonly StepShown[] {
  return steps.map((step) => {
    const own = cites.filter(({ recordId }) => recordId === step.recordId);
    return { ...step, cites: own, at: own.find(({ at }) => at !== null)?.at ?? step.recordedAt };
  });
}

const MOVES: ReadonlySet<string> = new Set([
  'opened',
  'answered',
  'agreed',
  'closed',
  'reopened',
  'withdrawn',
  'merged',
]);

/**
 * The state of a point at a time, by when its words were written: what somebody could know then. What was entered later
 * about an earlier day counts for that day.
 *
 * @returns null while it had not been asked
 */
export function stateOn(steps: readonly StepShown[], at: Instant): PointState | null {
  const moves = steps.filter(({ step }) => MOVES.has(step));
  const before = moves
    .map((move, i) => ({ ...move, i }))
    .filter((move) => move.at <= at)
    .sort((one, other) => (one.at === other.at ? one.i - other.i : one.at < other.at ? -1 : 1));
  return before.at(-1)?.state ?? null;
}
