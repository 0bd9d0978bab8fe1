import { equalBytes, type Sha256 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { checkHash, checkSize, emptyRoot, nodeHash } from './tree.ts';

/** The claim that a tree of `size2` leaves begins with all leaves of the tree of `size1`. All of it is the prover's word. */
export type ConsistencyClaim = {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  /** 32 bytes each, in the order of RFC 6962 §2.1.2. */
  readonly proof: readonly Uint8Array[];
};

/**
 * Proves that the larger tree extends the smaller one: nothing was removed, changed or put in between.
 *
 * Any tree extends the empty one, so a claim from size 0 to a larger tree is refused: a caller that means it need not ask.
 *
 * @throws ProofError `bad-size`, `bad-hash-length`, `wrong-proof-length`, `root-mismatch`
 * @source RFC 9162 §2.1.4.2
 */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): void {
  const { size1, size2 } = claim;
  checkSize(size1);
  checkSize(size2);
  if (size1 > size2) throw new ProofError('bad-size', `A tree of ${size2} cannot extend one of ${size1}.`);
  if (size1 === 0) verifyFromNothing(sha256, claim);
  else if (size1 === size2) verifySame(claim);
  else verifyGrowth(sha256, claim);
}

function verifyFromNothing(sha256: Sha256, { size2, root1, root2, proof }: ConsistencyClaim): void {
  if (size2 > 0) throw new ProofError('bad-size', 'That a tree extends the empty one proves nothing.');
  if (proof.length > 0)
    throw new ProofError('wrong-proof-length', 'Between equal sizes there is nothing to prove.');
  const empty = emptyRoot(sha256);
  if (!equalBytes(root1, empty) || !equalBytes(root2, empty)) {
    throw new ProofError('root-mismatch', 'The root of an empty tree is another one.');
  }
}

function verifySame({ root1, root2, proof }: ConsistencyClaim): void {
  if (proof.length > 0)
    throw new ProofError('wrong-proof-length', 'Between equal sizes there is nothing to prove.');
  if (!equalBytes(root1, root2))
    throw new ProofError('root-mismatch', 'Two trees of one size have different roots.');
}

function verifyGrowth(sha256: Sha256, { size1, size2, root1, root2, proof }: ConsistencyClaim): void {
  for (const hash of [root1, root2, ...proof]) checkHash(hash);
  let path = size1 - 1;
  let last = size2 - 1;
  while (path % 2 === 1) {
    path = (path - 1) / 2;
    last = Math.floor(last / 2);
  }
  // A smaller tree that is complete is itself the first node, and the proof leaves it out.
  const hashes = path === 0 ? [root1, ...proof] : proof;
  const first = hashes[0];
  if (first === undefined) throw new ProofError('wrong-proof-length', 'The consistency proof is too short.');
  let older = first;
  let newer = first;
  for (const sibling of hashes.slice(1)) {
    if (last === 0) throw new ProofError('wrong-proof-length', 'The consistency proof is too long.');
    if (path % 2 === 1 || path === last) {
      older = nodeHash(sha256, sibling, older);
      newer = nodeHash(sha256, sibling, newer);
      while (path % 2 === 0 && path !== 0) {
        path /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newer = nodeHash(sha256, newer, sibling);
    }
    path = Math.floor(path / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new ProofError('wrong-proof-length', 'The consistency proof is too short.');
  if (!equalBytes(older, root1))
    throw new ProofError('root-mismatch', 'The proof does not contain the older tree.');
  if (!equalBytes(newer, root2))
    throw new ProofError('root-mismatch', 'The proof does not lead to the newer tree.');
}
