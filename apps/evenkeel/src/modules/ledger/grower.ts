import { LEAF_BYTES } from '@evenkeel/proof/leaf';
import { emptyEdge, growTilesBy, type TileEdge } from '@evenkeel/proof/tile';
import { leafHashes } from '@evenkeel/proof/tree';
import { sha256, sha256Into } from '../../kernel/sha256.ts';

/** A full tile by the SHA-256 of its bytes. */
export type TileDigest = { readonly level: number; readonly n: number; readonly digest: Uint8Array };
/** The edge of a tree, and the tiles that became full with the last leaves. */
export type GrownTree = { readonly edge: TileEdge; readonly full: readonly TileDigest[] };

/** Grows a tree of its own from the first leaf on: leaves in, 69 bytes each end to end, what it has become out. */
export function newGrower(): (leaves: Uint8Array) => GrownTree {
  let edge = emptyEdge;
  return (leaves) => {
    const grown = growTilesBy(sha256Into, edge, leafHashes(sha256Into, leaves, LEAF_BYTES));
    edge = grown.edge;
    return { edge, full: grown.full.map(({ level, n, hashes }) => ({ level, n, digest: sha256(hashes) })) };
  };
}
