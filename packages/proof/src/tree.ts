import { HASH_BYTES, type Sha256, type Sha256Into } from './bytes.ts';
import { ProofError } from './proof-error.ts';

/**
 * A tree of `size` leaves in the fewest hashes that still let it grow: the roots of its complete subtrees, largest
 * first, one per binary one of `size`.
 */
export type Range = { readonly size: number; readonly hashes: readonly Uint8Array[] };

export const emptyRange: Range = { size: 0, hashes: [] };

const NO_BYTES = new Uint8Array(0);
// One buffer for all node hashes: the call is synchronous, so nobody else can be writing to it.
const node = new Uint8Array(1 + 2 * HASH_BYTES).fill(1, 0, 1);
// Likewise for leaves, which are nearly always of one length; making this array costs as much as hashing it.
let leaf = new Uint8Array(1);

/**
 * The hash of a leaf's bytes: SHA-256(0x00 ‖ data).
 *
 * @source RFC 6962 §2.1
 */
export function leafHash(sha256: Sha256, data: Uint8Array): Uint8Array {
  if (leaf.length !== 1 + data.length) leaf = new Uint8Array(1 + data.length);
  leaf.set(data, 1);
  return sha256(leaf);
}

/**
 * The hashes of leaves of one length, all end to end, likewise end to end.
 *
 * @param leafBytes The length of each.
 */
export function leafHashes(sha256: Sha256Into, leaves: Uint8Array, leafBytes: number): Uint8Array {
  const hashes = new Uint8Array((leaves.length / leafBytes) * HASH_BYTES);
  const prefixed = new Uint8Array(1 + leafBytes);
  for (let from = 0, to = 0; to < hashes.length; from += leafBytes, to += HASH_BYTES) {
    copyInto(prefixed, leaves, from, leafBytes);
    sha256(prefixed, hashes, to);
  }
  return hashes;
}

/** Behind the prefix byte. So few bytes are sooner copied one by one than a view on them is made. */
function copyInto(prefixed: Uint8Array, bytes: Uint8Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) prefixed[1 + i] = bytes[from + i]!;
}

/**
 * The hash of an inner node: SHA-256(0x01 ‖ left ‖ right); both are 32 bytes.
 *
 * @source RFC 6962 §2.1
 */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

/** {@link nodeHash} of two hashes that lie side by side in `below`, from byte `from`; written to byte `to` of `above`. */
export function pairHash(
  sha256: Sha256Into,
  below: Uint8Array,
  from: number,
  above: Uint8Array,
  to: number,
): void {
  copyInto(node, below, from, 2 * HASH_BYTES);
  sha256(node, above, to);
}

/** The root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(NO_BYTES);
}

/** The range with more leaves at its end. Costs one node hash per leaf on average. */
export function appendToRange(sha256: Sha256, range: Range, leafHashes: readonly Uint8Array[]): Range {
  const hashes = range.hashes.slice();
  let size = range.size;
  for (const added of leafHashes) {
    let hash = added;
    for (let below = size; below % 2 === 1; below = (below - 1) / 2)
      hash = nodeHash(sha256, hashes.pop()!, hash);
    hashes.push(hash);
    size++;
  }
  return { size, hashes };
}

/** The root of the tree that a range stands for. */
export function rootOfRange(sha256: Sha256, range: Range): Uint8Array {
  let root = range.hashes.at(-1);
  if (root === undefined) return emptyRoot(sha256);
  for (let i = range.hashes.length - 2; i >= 0; i--) root = nodeHash(sha256, range.hashes[i]!, root);
  return root;
}

/** Refuses what cannot be a tree size: JavaScript counts exactly only up to 2^53 − 1. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new ProofError('bad-size', `${size} is no tree size.`);
}

export function checkHash(hash: Uint8Array): void {
  if (hash.length !== HASH_BYTES) throw new ProofError('bad-hash-length', 'A hash is not 32 bytes long.');
}

/** The largest power of two below `size`: where RFC 6962 splits a tree of two or more leaves. */
export function splitOf(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
