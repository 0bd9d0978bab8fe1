import { equalBytes, type Sha256 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { checkHash, checkSize, nodeHash } from './tree.ts';

/** The claim that a leaf is number `index` of a tree of `size` leaves. Every field is the prover's word. */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  /** Sibling hashes from the leaf upward, 32 bytes each. */
  readonly proof: readonly Uint8Array[];
};

/**
 * Proves that a leaf is part of the tree with this root.
 *
 * @throws ProofError `root-mismatch`, or any error of {@link rootFromInclusion}.
 */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim & { readonly root: Uint8Array }): void {
  checkHash(claim.root);
  if (!equalBytes(rootFromInclusion(sha256, claim), claim.root)) {
    throw new ProofError('root-mismatch', 'The inclusion proof leads to another root.');
  }
}

/**
 * Follows an inclusion proof from the leaf to the root.
 *
 * @returns The root the proof leads to, 32 bytes.
 * @throws ProofError `bad-index`, `bad-size`, `bad-hash-length`; `wrong-proof-length` if the proof is longer or
 *   shorter than the tree allows.
 * @source RFC 9162 §2.1.3.2
 * @example rootFromInclusion(sha256, { index: 0, size: 1, leafHash, proof: [] }) // leafHash
 */
export function rootFromInclusion(
  sha256: Sha256,
  { index, size, leafHash, proof }: InclusionClaim,
): Uint8Array {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new ProofError('bad-index', `Leaf ${index} is not in a tree of ${size}.`);
  }
  checkHash(leafHash);
  let hash = leafHash;
  let path = index;
  let last = size - 1;
  for (const sibling of proof) {
    checkHash(sibling);
    if (last === 0) throw new ProofError('wrong-proof-length', 'The inclusion proof is too long.');
    if (path % 2 === 1 || path === last) {
      hash = nodeHash(sha256, sibling, hash);
      // A last node without a sibling rises unchanged until it is a right child.
      while (path % 2 === 0 && path !== 0) {
        path /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    path = Math.floor(path / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new ProofError('wrong-proof-length', 'The inclusion proof is too short.');
  return hash;
}
