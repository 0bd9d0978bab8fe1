import { LEAF_BYTES } from '@evenkeel/proof/leaf';
import { emptyEdge, growTiles, rootOfEdge } from '@evenkeel/proof/tile';
import { leafHash } from '@evenkeel/proof/tree';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/sha256.ts';
import { startThread } from '../../src/kernel/workers.ts';
import { type GrownTree, newGrower } from '../../src/modules/ledger/grower.ts';
import { leafHashOf, recursiveRoot } from './recursive-tree.ts';

const COUNT = 256 * 3 + 17;
const leaves = Array.from({ length: COUNT }, (_, i) => Buffer.alloc(LEAF_BYTES, `leaf ${i} `));
// Neither a tile nor a chunk ends where the other does.
const chunks = [0, 100, 101, 700, COUNT].flatMap((from, i, all) =>
  i + 1 < all.length ? [Buffer.concat(leaves.slice(from, all[i + 1]))] : [],
);
const thread = startThread<Uint8Array, GrownTree>(
  new URL('../../src/modules/ledger/grower.worker.ts', import.meta.url),
);
afterAll(() => thread.close());

test.each([
  ['here', newGrower()],
  ['in a thread', thread.ask],
])('a tree that is grown %s has the root and the tiles of its leaves', async (_where, grow) => {
  const grown: GrownTree[] = [];
  for (const chunk of chunks) grown.push(await grow(chunk));
  const root = recursiveRoot(leaves.map(leafHashOf));
  expect(Buffer.from(rootOfEdge(sha256, grown.at(-1)!.edge))).toEqual(root);
  const hashes = leaves.map((leaf) => leafHash(sha256, leaf));
  const full = growTiles(sha256, emptyEdge, hashes).full.map(({ level, n, hashes }) => ({
    level,
    n,
    digest: Buffer.from(sha256(hashes)),
  }));
  expect(full).toHaveLength(3);
  expect(
    grown.flatMap((tree) => tree.full.map((tile) => ({ ...tile, digest: Buffer.from(tile.digest) }))),
  ).toEqual(full);
});
