import type { Sha256 } from '../src/bytes.ts';
import { emptyRoot, nodeHash, splitOf } from '../src/tree.ts';

/** RFC 6962 §2.1 word for word: slow, and the oracle for everything else. */
export function recursiveRoot(hash: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot(hash);
  if (leaves.length === 1) return leaves[0]!;
  const k = splitOf(leaves.length);
  return nodeHash(hash, recursiveRoot(hash, leaves.slice(0, k)), recursiveRoot(hash, leaves.slice(k)));
}
