import type { Content, Thing } from './content.ts';
import type { ParticularKind } from './facts.ts';

/**
 * How far two sentences are about the same.
 *
 * @property share of the shorter one's weight that the other has too, 0…1
 * @property weight of what they share
 * @property words of the first one that they share, as written there
 * @property conflict words of the first one that say another sum, share, date or identifier than the second
 */
export type Likeness = {
  readonly share: number;
  readonly weight: number;
  readonly words: readonly string[];
  readonly conflict: readonly string[];
};

/** In one conversation fewer words are repeated, because both know what is meant. */
const SHARE_IN_THREAD = 0.34;
const SHARE_ELSEWHERE = 0.5;
/** A short wish inside a long sentence about something else is another wish. */
const SHARE_OF_LONGER = 0.25;
const ENOUGH = 1.5;
const ONE_THING = 1;
/** "Where is the login?" has one word; what shares it is the same wish as long as it speaks of little else. */
const LONGEST_AROUND_ONE_WORD = 4;
const SHORTEST_ONE_WORD = 5;

/** What two contents share; null when it is too little to say that they are about the same. */
export function likenessOf(one: Content, other: Content, isOneThread = false): Likeness | null {
  const shared = sharedThings(one, other);
  if (shared.length === 0) return null;
  const weight = sumOf(shared);
  const [shorter, longer] = [sumOf(one), sumOf(other)].sort((a, b) => a - b) as [number, number];
  const share = shorter === 0 ? 0 : weight / shorter;
  const isEnough = weight >= ENOUGH || isAllOfIt(shared, one, other);
  const isNear =
    share >= (isOneThread ? SHARE_IN_THREAD : SHARE_ELSEWHERE) && weight / longer >= SHARE_OF_LONGER;
  if (!isEnough || !isNear) return null;
  return { share, weight, words: shared.map(({ words }) => words), conflict: conflictOf(one, other) };
}

/** The weight that anything like a content shares with it at the least. */
export function leastShared(content: Content): number {
  // The other one may be about one thing, and about nothing else.
  return content.length > LONGEST_AROUND_ONE_WORD ? ENOUGH : ONE_THING;
}

/** The things of one that are things of the other. */
export function sharedThings(one: Content, other: Content): readonly Thing[] {
  const known = keysOf(other);
  return one.filter(({ keys }) => keys.some((key) => known.has(key)));
}

/** A content is compared with thousands of others. */
const KEYS = new WeakMap<Content, ReadonlySet<string>>();

function keysOf(content: Content): ReadonlySet<string> {
  const known = KEYS.get(content) ?? new Set(content.flatMap(({ keys }) => keys));
  KEYS.set(content, known);
  return known;
}

export function sumOf(things: Content): number {
  return things.reduce((sum, { weight }) => sum + weight, 0);
}

/** The one thing that one of them is about, in another that is about little else. */
function isAllOfIt(shared: readonly Thing[], one: Content, other: Content): boolean {
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  return (
    fewer.length === 1 &&
    shared.length === 1 &&
    more.length <= LONGEST_AROUND_ONE_WORD &&
    isTelling(shared[0]!)
  );
}

/** "Pay" may be asked of anything; "login" is one thing. */
export function isTelling({ keys, weight, particular }: Thing): boolean {
  return (
    weight >= 1 &&
    particular === null &&
    keys.some((key) => key[0] === '=' || key.length >= SHORTEST_ONE_WORD)
  );
}

const DECISIVE: readonly ParticularKind[] = ['sum', 'share', 'date', 'identifier'];

/** Where both name a sum, and no sum is in both, they are not about the same: so of shares, dates and identifiers. */
export function conflictOf(one: Content, other: Content): readonly string[] {
  return DECISIVE.flatMap((kind) => {
    const mine = one.filter(({ particular }) => particular === kind);
    const theirs = new Set(other.filter(({ particular }) => particular === kind).flatMap(({ keys }) => keys));
    const isOther = theirs.size > 0 && mine.length > 0 && !mine.some(({ keys }) => theirs.has(keys[0]!));
    return isOther ? mine.map(({ words }) => words) : [];
  });
}
