import type { Due, DueKind } from '../../kernel/due.ts';
import type { Instant } from '../../kernel/instant.ts';

/**
 * People first, then dates of law and contract, then what was promised, then who waits for an answer. Never the tone: an
 * angry message that jumps the queue teaches anger.
 */
const ORDER: readonly DueKind[] = [
  'danger',
  'law',
  'contract',
  'promise',
  'reply',
  'decision',
  'step',
  'review',
  'answer',
];

export type Bands = {
  /** Ours, today or overdue. */
  readonly now: readonly Due[];
  /** What the other side owes, the longest overdue first. */
  readonly theirs: readonly Due[];
  /** Ours, later. */
  readonly later: readonly Due[];
};

/** @param endOfToday the last moment of the day, where we are */
export function bandsOf(dues: readonly Due[], endOfToday: Instant): Bands {
  const ours = dues.filter(({ side }) => side === 'ours');
  const isNow = ({ kind, at }: Due) => kind === 'danger' || at <= endOfToday;
  return {
    now: ours.filter(isNow).sort((one, other) => rank(one) - rank(other) || byTime(one, other)),
    theirs: dues.filter(({ side }) => side === 'theirs').sort(byTime),
    later: ours.filter((due) => !isNow(due)).sort(byTime),
  };
}

function rank({ kind }: Due): number {
  return ORDER.indexOf(kind);
}

/** Things of one moment keep one order, so that a list does not jump when it is loaded again. */
function byTime(one: Due, other: Due): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
