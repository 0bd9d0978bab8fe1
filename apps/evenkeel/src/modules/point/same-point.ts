import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import {
  type Point,
  type PointFact,
  type PointId,
  type PointKind,
  type PointRefusal,
  refusedWhenGone,
} from './point.ts';

type Kind<K extends PointFact['kind']> = Extract<PointFact, { kind: K }>;

/** Two points are one: from now on the other one counts for both. What was done about this one stays readable. */
export function decideMerge(
  point: Point,
  into: Point,
  reason: string,
): Outcome<Kind<'point.merged'>, PointRefusal> {
  const { id, partyId } = point;
  if (id === into.id) return refuse('merge-itself');
  if (partyId !== into.partyId) return refuse('merge-other-client');
  const gone = refusedWhenGone(point) ?? refusedWhenGone(into);
  if (gone) return gone;
  const said = reason.trim();
  if (said === '') return refuse('reason-missing');
  return accept({ kind: 'point.merged', id, partyId, intoId: into.id, reason: said });
}

export type Split = {
  readonly pointKind: PointKind;
  readonly title: string;
  /** Words of theirs that ask the second one; what asked the first one exactly so is asked by the second from now on. */
  readonly cites: readonly Cite[];
  readonly reason: string;
};
export type SecondPoint = {
  readonly id: PointId;
  readonly number: number;
  readonly isCitedElsewhere: boolean;
  readonly areTheirs: boolean;
};

/** A point was two: the second gets a number of its own, and each has its words. The first keeps its number and its steps. */
export function decideSplit(
  point: Point,
  wish: Split,
  second: SecondPoint,
): Outcome<readonly PointFact[], PointRefusal> {
  const { pointKind, cites } = wish;
  const [title, reason] = [wish.title.trim(), wish.reason.trim()];
  const [first, ...again] = cites;
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  if (title === '') return refuse('title-missing');
  if (reason === '') return refuse('reason-missing');
  if (!first) return refuse('split-leaves-nothing');
  if (!second.areTheirs) return refuse('words-not-theirs', { quote: first.quote });
  if (second.isCitedElsewhere) return refuse('asked-already', { quote: first.quote });
  if (new Set(cites.map(({ interactionId }) => interactionId)).size < cites.length)
    return refuse('raised-already');
  const asked = point.cites.filter(({ role }) => role === 'asked');
  const moved = cites.filter((cite) => asked.some((words) => isSame(words, cite)));
  if (moved.length >= asked.length) return refuse('split-leaves-nothing');
  const about = { id: second.id, partyId: point.partyId };
  return accept([
    {
      ...about,
      kind: 'point.opened',
      ...{ number: second.number, pointKind, title, cite: first, expected: null, aboutId: null },
    },
    ...again.map((cite) => ({ ...about, kind: 'point.raised-again' as const, cite })),
    {
      ...{ id: point.id, partyId: point.partyId, kind: 'point.split' },
      ...{ newId: second.id, newNumber: second.number, moved, reason },
    },
  ]);
}

export function isSame(one: Cite, other: Cite): boolean {
  return one.interactionId === other.interactionId && one.start === other.start && one.end === other.end;
}
