import { HASH_BYTES, intoOf, type Sha256, toBase64 } from './bytes.ts';
import { leafHashes, pairHash } from './tree.ts';

/** A tree of which every node is at hand: it can say each leaf's proof without hashing anything more. */
export type KnownTree = {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** The hashes that lead from a leaf of it to the root, each as the line of base64 that a proof file has. */
  readonly proofLines: (index: number) => readonly string[];
};

/**
 * Hashes a tree of one leaf or more, and keeps all nodes: 64 bytes a leaf.
 *
 * @param leaves Their bytes, end to end.
 * @param leafBytes The length of each.
 */
export function knownTree(sha256: Sha256, leaves: Uint8Array, leafBytes: number): KnownTree {
  const levels = levelsOver(sha256, leafHashes(intoOf(sha256), leaves, leafBytes));
  // Nodes high up stand in many proofs.
  const lines = levels.map(() => [] as string[]);
  const lineOf = (level: number, place: number) => {
    const known = lines[level]![place];
    if (known !== undefined) return known;
    const line = toBase64(levels[level]!.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
    lines[level]![place] = line;
    return line;
  };
  return {
    size: leaves.length / leafBytes,
    root: levels.at(-1)!,
    proofLines: (index) => {
      const found: string[] = [];
      for (let level = 0, place = index; level < levels.length - 1; level++, place = Math.floor(place / 2)) {
        const sibling = place % 2 === 0 ? place + 1 : place - 1;
        if ((sibling + 1) * HASH_BYTES <= levels[level]!.length) found.push(lineOf(level, sibling));
      }
      return found;
    },
  };
}

/** Level by level up to the root. A last node without a sibling stands one level higher unchanged. */
function levelsOver(sha256: Sha256, leafHashes: Uint8Array): readonly Uint8Array[] {
  const into = intoOf(sha256);
  const levels = [leafHashes];
  for (let below = leafHashes; below.length > HASH_BYTES; below = levels.at(-1)!) {
    const pairs = Math.floor(below.length / (2 * HASH_BYTES));
    const rest = below.subarray(pairs * 2 * HASH_BYTES);
    const above = new Uint8Array(pairs * HASH_BYTES + rest.length);
    for (let i = 0; i < pairs; i++) pairHash(into, below, i * 2 * HASH_BYTES, above, i * HASH_BYTES);
    above.set(rest, pairs * HASH_BYTES);
    levels.push(above);
  }
  return levels;
}
