import type { Content } from '@evenkeel/language/content/content';
import type { Hit } from '@evenkeel/language/content/glance';
import { isTelling, sharedThings, sumOf } from '@evenkeel/language/content/likeness';

/** A line of the record that speaks of what a point is about; what it says about it, a person decides. */
export type Line = {
  readonly interactionId: string;
  readonly at: string;
  readonly side: 'theirs' | 'ours';
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly content: Content;
};

export type Found = Omit<Line, 'content'> & { readonly words: readonly string[] };

/**
 * A message with the words in it that may be the point's.
 *
 * @property place in the order of time
 * @property most that one of its lines may share
 */
export type Looked<M> = {
  readonly message: M;
  readonly place: number;
  readonly hits: readonly Hit[];
  readonly most: number;
};

/** A line with how much it shares with the point, and its place in the order of time. */
type Weighed = {
  readonly found: Found;
  readonly weight: number;
  readonly place: number;
  readonly start: number;
};

const SHOWN = 40;
const ENOUGH = 1;

/** The best lines so far. `wants` says whether what weighs `most` at its best may still be among them. */
export type BestLines = {
  readonly wants: (most: number, place: number) => boolean;
  readonly add: (line: Line, place: number) => void;
  readonly inTime: () => readonly Found[];
};

/**
 * Collects the lines that share the most with a point, at most forty; of two that share as much the earlier one. A number,
 * or a word that names one thing, has to be among what they share.
 */
export function bestLinesAbout(point: Content): BestLines {
  let best: readonly Weighed[] = [];
  const wants = (most: number, place: number) => {
    const last = best[SHOWN - 1];
    if (most < ENOUGH) return false;
    return last === undefined || most > last.weight || (most === last.weight && place <= last.place);
  };
  return {
    wants,
    add: ({ content, ...line }, place) => {
      const shared = sharedThings(content, point);
      const weight = sumOf(shared);
      if (!wants(weight, place) || !shared.some((thing) => isTelling(thing) || thing.particular)) return;
      const found = { ...line, words: shared.map(({ words }) => words) };
      best = [...best, { found, weight, place, start: line.start }].sort(byWeight).slice(0, SHOWN);
    },
    inTime: () => [...best].sort(byTime).map(({ found }) => found),
  };
}

function byWeight(one: Weighed, other: Weighed): number {
  return other.weight - one.weight || byTime(one, other);
}

function byTime(one: Weighed, other: Weighed): number {
  return one.place - other.place || one.start - other.start;
}

/** What the words hit may weigh together: no line of them weighs more. */
export function mostOf(hits: readonly Hit[]): number {
  return hits.reduce((sum, { weight }) => sum + weight, 0);
}

const EMPTY_LINE = /\n[\0- ]*\n/;

/** The most that a line of a text may weigh: an empty line ends every sentence. */
export function mostInLine(text: string, hits: readonly Hit[]): number {
  let most = 0;
  let sum = 0;
  let until = 0;
  for (const { start, end, weight } of [...hits].sort((one, other) => one.start - other.start)) {
    sum = EMPTY_LINE.test(text.slice(until, start)) ? weight : sum + weight;
    most = Math.max(most, sum);
    until = Math.max(until, end);
  }
  return most;
}

/** The messages that hold something of a point, the most promising first, of two as promising the earlier one. */
export function promising<M>(looked: readonly Looked<M>[]): readonly Looked<M>[] {
  return looked
    .filter(({ most }) => most >= ENOUGH)
    .sort((one, other) => other.most - one.most || one.place - other.place);
}
