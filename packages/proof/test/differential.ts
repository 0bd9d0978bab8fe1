import { isDeepStrictEqual } from 'node:util';
import type { Authority } from './authority.ts';
import { type Story, signer } from './bundle-story.ts';
import { diceOf, mutate } from './mutations.ts';
import { agreed, type Brought, first, type Said, SecondVerifier, secondIsMissing } from './second.ts';

/** What was told about one bundle by two verifiers that do not agree. */
export type Disagreement = {
  readonly seed: number;
  readonly what: string;
  readonly first: Said;
  readonly second: Said;
};

/** Asks both; null when they agree. */
export async function compare(
  second: SecondVerifier,
  zip: Uint8Array,
  brought: Brought,
): Promise<{ readonly first: Said; readonly second: Said } | null> {
  const said = { first: await first(zip, brought), second: await second.verify(zip, brought) };
  return isDeepStrictEqual(agreed(said.first), agreed(said.second)) ? null : said;
}

/** {@link compare} for a single bundle, with a second verifier of its own; null also where it cannot run. */
export async function disagreement(zip: Uint8Array, brought: Brought = {}) {
  if (secondIsMissing() !== null) return null;
  const second = new SecondVerifier();
  try {
    return await compare(second, zip, brought);
  } finally {
    second.close();
  }
}

/**
 * Shows mutated bundles to both verifiers.
 *
 * @param seed The first; each bundle follows from a seed of its own, so that it can be made again alone.
 * @param authority Stamps heads of some of the bundles.
 */
export async function differ(
  second: SecondVerifier,
  { seed, count, authority }: { seed: number; count: number; authority: Authority | null },
): Promise<{ readonly faults: readonly Disagreement[]; readonly refused: number }> {
  const faults: Disagreement[] = [];
  let refused = 0;
  for (let n = seed; n < seed + count; n++) {
    const dice = diceOf(n);
    const story = dice.one(storiesOf(authority));
    const { what, zip } = await mutate(dice, story);
    const brought = dice.one(broughtBy(authority));
    const said = await compare(second, zip, brought);
    if (said !== null) faults.push({ seed: n, what, ...said });
    else if (isRefused(await first(zip))) refused++;
  }
  return { faults, refused };
}

function isRefused(said: Said): boolean {
  return 'error' in said || !said.integrity.ok || said.completeness.ok === false || said.time.ok === false;
}

/** A story with outsiders is asked for once: an authority takes its time, and its stamps stay good. */
const stamped = new WeakMap<Authority, Story>();

function storiesOf(authority: Authority | null): readonly Story[] {
  const plain: readonly Story[] = [{ mails: 0 }, { mails: 2 }, { mails: 5, withheld: [2], erased: [4] }];
  if (authority === null) return plain;
  const answers = new Map<string, ReturnType<Authority['stamp']>>();
  const outsider: Authority['stamp'] = (note) => {
    const known = answers.get(note) ?? authority.stamp(note);
    answers.set(note, known);
    return known;
  };
  const story = stamped.get(authority) ?? { mails: 3, outsiders: [outsider] };
  stamped.set(authority, story);
  return [...plain, story];
}

function broughtBy(authority: Authority | null): readonly Brought[] {
  const plain: readonly Brought[] = [{}, { logKey: signer.vkey }];
  return authority === null ? plain : [...plain, { logKey: signer.vkey, tsaRoots: authority.roots }];
}
