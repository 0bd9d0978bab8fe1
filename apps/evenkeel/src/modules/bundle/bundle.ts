import type { Brand } from '../../kernel/brand.ts';

export type BundleId = Brand<string, 'BundleId'>;

/** What a bundle says of us: the name on it, and of each native file that says more what was chosen. */
export type BundleDisclosed = {
  readonly kind: 'bundle.disclosed';
  readonly id: BundleId;
  readonly party: string;
  readonly knows: string | null;
  readonly carries: string;
  readonly items: readonly (readonly [
    interaction: string,
    choice: 'send' | 'withhold',
    kinds: readonly string[],
  ])[];
};

/** That a bundle is the client's own copy of what is kept about them. */
export type BundleForSubject = {
  readonly kind: 'bundle.for-subject';
  readonly id: BundleId;
  readonly party: string;
  /** Records that name others or are shared with them, and were let through by whoever looked at them. */
  readonly letThrough: readonly string[];
  /** Records that were kept back for the rights of others. */
  readonly held: number;
};

/** What a bundle holds, for whoever looks for it later. */
export type BundleDescribed = {
  readonly kind: 'bundle.described';
  readonly id: BundleId;
  readonly party: string;
  /** The lowest and the highest number of its exhibits; null where it has none. */
  readonly first: number | null;
  readonly last: number | null;
  /** Whether its exhibits were picked, or are all that was filed under the party. */
  readonly isPicked: boolean;
  readonly holds: readonly BundleHolding[];
};

export const BUNDLE_HOLDINGS = ['matters', 'facts', 'renditions'] as const;
export type BundleHolding = (typeof BUNDLE_HOLDINGS)[number];

export type BundleFact = BundleCreated | BundleDescribed | BundleDisclosed | BundleForSubject;

export type BundleCreated = {
  readonly kind: 'bundle.created';
  readonly id: BundleId;
  readonly party: string;
  /** SHA-256 hex of manifest.json: with it the ledger knows every byte of the bundle. */
  readonly manifest: string;
  readonly exhibits: number;
  /** Bates numbers given here for the first time. A number once given stays with its interaction. */
  readonly bates: readonly (readonly [interaction: string, number: number])[];
};

/** `EVK0000001`: the number under which an exhibit is cited, in this bundle and every later one. */
export function batesOf(number: number): string {
  return `EVK${String(number).padStart(7, '0')}`;
}

/** The lowest and the highest of some numbers. */
export function rangeOf(numbers: readonly number[]): { first: number | null; last: number | null } {
  if (numbers.length === 0) return { first: null, last: null };
  return {
    first: numbers.reduce((lowest, one) => Math.min(lowest, one)),
    last: numbers.reduce((highest, one) => Math.max(highest, one)),
  };
}

/** Gives numbers to what has none, in the order given. */
export function giveNumbers(
  ids: readonly string[],
  given: ReadonlyMap<string, number>,
  highest: number,
): { readonly numbers: ReadonlyMap<string, number>; readonly fresh: readonly (readonly [string, number])[] } {
  const fresh = ids.filter((id) => !given.has(id)).map((id, i) => [id, highest + 1 + i] as const);
  return { numbers: new Map([...given, ...fresh]), fresh };
}
