import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalBytes, toHex, utf8 } from '../src/bytes.ts';
import { verifyConsistency } from '../src/consistency.ts';
import { rootFromInclusion, verifyInclusion } from '../src/inclusion.ts';
import { ProofError } from '../src/proof-error.ts';
import { sha256Pure } from '../src/sha256.ts';
import { appendToRange, emptyRange, leafHash, nodeHash, rootOfRange } from '../src/tree.ts';
import { recursiveRoot } from './recursive-root.ts';
import { base64, describeVectors, hex, sha256, vectors } from './vectors.ts';

type InclusionCase = {
  file: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
};
type ConsistencyCase = {
  file: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
};
type Roots = {
  leafInputsHex: string[];
  rootsBySizeHex: string[];
  nodeHashesHex: string[][];
};

function leafHashes(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(sha256, utf8(`entry ${i}`)));
}

test('the incremental root is the recursive root for every size up to 300', () => {
  const leaves = leafHashes(300);
  let range = emptyRange;
  for (let size = 0; size <= leaves.length; size++) {
    expect(toHex(rootOfRange(sha256, range))).toBe(toHex(recursiveRoot(sha256, leaves.slice(0, size))));
    if (size < leaves.length) range = appendToRange(sha256, range, [leaves[size]!]);
  }
});

test('a tree does not depend on how its leaves were batched', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (batches) => {
      const leaves = leafHashes(batches.reduce((sum, count) => sum + count, 0));
      let range = emptyRange;
      for (const count of batches) {
        range = appendToRange(sha256, range, leaves.slice(range.size, range.size + count));
      }
      return equalBytes(rootOfRange(sha256, range), recursiveRoot(sha256, leaves));
    }),
    { numRuns: 60 },
  );
});

test('appending leaves the range it began with as it was', () => {
  const before = appendToRange(sha256, emptyRange, leafHashes(3));
  appendToRange(sha256, before, leafHashes(5));
  expect(before.size).toBe(3);
  expect(before.hashes).toHaveLength(2);
});

test('sizes beyond 32 bits are walked exactly: a proof of the last of 2^52 + 1 leaves has one hash', () => {
  const [left, leaf] = leafHashes(2);
  const size = 2 ** 52 + 1;
  const root = nodeHash(sha256, left!, leaf!);
  verifyInclusion(sha256, { index: size - 1, size, leafHash: leaf!, proof: [left!], root });
  expect(() => rootFromInclusion(sha256, { index: 0, size, leafHash: leaf!, proof: [left!] })).toThrow(
    expect.objectContaining({ code: 'wrong-proof-length' }),
  );
  verifyConsistency(sha256, { size1: 2 ** 52, size2: size, root1: left!, root2: root, proof: [leaf!] });
});

test.each([Number.NaN, 1.5, -1, 2 ** 53, 2 ** 64])('%d is no size and no index', (bad) => {
  const [leaf] = leafHashes(1);
  expect(() => rootFromInclusion(sha256, { index: 0, size: bad, leafHash: leaf!, proof: [] })).toThrow(
    ProofError,
  );
  expect(() => rootFromInclusion(sha256, { index: bad, size: 1, leafHash: leaf!, proof: [] })).toThrow(
    expect.objectContaining({ code: 'bad-index' }),
  );
});

describeVectors('RFC 6962 vectors', () => {
  describe.each([
    ['node', sha256],
    ['pure', sha256Pure],
  ] as const)('with the %s SHA-256', (_name, hash) => {
    test('the reference roots and node hashes come out', () => {
      const { leafInputsHex, rootsBySizeHex, nodeHashesHex } = vectors<Roots>('rfc6962-roots.json');
      const leaves = leafInputsHex.map((input) => leafHash(hash, hex(input)));
      expect(leaves.map(toHex)).toEqual(nodeHashesHex[0]);
      for (const [size, root] of rootsBySizeHex.entries()) {
        expect(toHex(rootOfRange(hash, appendToRange(hash, emptyRange, leaves.slice(0, size))))).toBe(root);
      }
      expect(toHex(leafHash(hash, utf8('L123456')))).toBe(
        '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
      );
    });

    const inclusion = vectors<{ cases: InclusionCase[] }>('rfc6962-inclusion.json').cases;
    test.each(inclusion)('inclusion $file', ({ leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
      const claim = { index: leafIdx, size: treeSize, root: base64(root), leafHash: base64(leaf) };
      const verify = () => verifyInclusion(hash, { ...claim, proof: (proof ?? []).map(base64) });
      if (wantErr) expect(verify).toThrow(ProofError);
      else verify();
    });

    const consistency = vectors<{ cases: ConsistencyCase[] }>('rfc6962-consistency.json').cases;
    test.each(consistency)('consistency $file', ({ size1, size2, root1, root2, proof, wantErr }) => {
      const claim = { size1, size2, root1: base64(root1), root2: base64(root2) };
      const verify = () => verifyConsistency(hash, { ...claim, proof: (proof ?? []).map(base64) });
      if (wantErr) expect(verify).toThrow(ProofError);
      else verify();
    });
  });
});
