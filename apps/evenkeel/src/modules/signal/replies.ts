import type { Instant } from '../../kernel/instant.ts';

/** What pairing replies needs of a message. */
export type Turn = {
  readonly interactionId: string;
  readonly at: Instant;
  readonly isTimed: boolean;
  readonly side: 'theirs' | 'ours';
  readonly threadId: string | null;
};

/** A message of one side, and the first one of the other side that came after it. */
export type Reply<T extends Turn> = {
  readonly to: T;
  /** Null while nobody has answered. */
  readonly by: T | null;
  /** Whether the answer came in another conversation. */
  readonly isElsewhere: boolean;
};

const DAY_MS = 24 * 3600 * 1000;
/** What comes later than this answers nothing any more: it begins something new. */
const LONGEST_MS = 30 * DAY_MS;
/** Nothing but the time joins messages outside of conversations. */
const LONGEST_LOOSE_MS = 7 * DAY_MS;

/**
 * Pairs what was said with what was answered. Of several messages in a row the first waits longest, so it is the one
 * that counts. Within a conversation first; messages outside any conversation stand in one row of their own.
 *
 * @param turns in order of time
 */
export function repliesIn<T extends Turn>(turns: readonly T[]): readonly Reply<T>[] {
  const timed = turns.filter(({ isTimed }) => isTimed);
  const { threads, loose } = conversationsOf(timed);
  return [...threads.flatMap((turns) => pairs(turns, LONGEST_MS)), ...pairs(loose, LONGEST_LOOSE_MS)]
    .map((pair) => (pair.by === null ? answeredElsewhere(pair, timed) : pair))
    .sort((one, other) => (one.to.at < other.to.at ? -1 : 1));
}

function conversationsOf<T extends Turn>(
  turns: readonly T[],
): { threads: readonly (readonly T[])[]; loose: readonly T[] } {
  const threads = new Map<string, T[]>();
  for (const turn of turns) {
    const key = turn.threadId ?? turn.interactionId;
    threads.set(key, [...(threads.get(key) ?? []), turn]);
  }
  const several = [...threads.values()].filter(({ length }) => length > 1);
  const inSeveral = new Set(several.flat());
  return { threads: several, loose: turns.filter((turn) => !inSeveral.has(turn)) };
}

function pairs<T extends Turn>(turns: readonly T[], longestMs: number): readonly Reply<T>[] {
  const found: Reply<T>[] = [];
  let waiting: T | null = null;
  for (const turn of turns) {
    if (waiting === null) waiting = turn;
    if (turn.side === waiting.side && isWithin(waiting, turn, longestMs)) continue;
    const isAnswer = turn.side !== waiting.side && isWithin(waiting, turn, longestMs);
    found.push({ to: waiting, by: isAnswer ? turn : null, isElsewhere: false });
    waiting = turn;
  }
  return waiting === null ? found : [...found, { to: waiting, by: null, isElsewhere: false }];
}

function isWithin(one: Turn, later: Turn, longestMs: number): boolean {
  return Date.parse(later.at) - Date.parse(one.at) <= longestMs;
}

/** Somebody who writes about it under a new subject has answered too. */
function answeredElsewhere<T extends Turn>(pair: Reply<T>, turns: readonly T[]): Reply<T> {
  const { to } = pair;
  const by = turns.find((turn) => turn.side !== to.side && turn.at > to.at && isWithin(to, turn, LONGEST_MS));
  return by ? { to, by, isElsewhere: true } : pair;
}

export function hoursBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}
