import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, equalBytes, toBase64, toHex, utf8 } from '../src/bytes.ts';
import { verifyConsistency } from '../src/consistency.ts';
import { rootFromInclusion, verifyInclusion } from '../src/inclusion.ts';
import { ProofError } from '../src/proof-error.ts';
import { consistencyProof, inclusionProof, rootAt, type TileReader, tileProver } from '../src/prover.ts';
import {
  decodeEntryBundle,
  emptyEdge,
  encodeEntryBundle,
  entryBundlePath,
  growTiles,
  rootOfEdge,
  tilePath,
  tilesOf,
} from '../src/tile.ts';
import { appendToRange, emptyRange, leafHash, rootOfRange } from '../src/tree.ts';
import { recursiveRoot } from './recursive-root.ts';
import { base64, describeVectors, sha256, vectors } from './vectors.ts';

/** A log held in memory: full tiles as they fell off the edge, and the edge. */
function logOf(leaves: readonly Uint8Array[], batch = 97) {
  const full = new Map<string, Uint8Array>();
  let edge = emptyEdge;
  for (let at = 0; at < leaves.length; at += batch) {
    const grown = growTiles(sha256, edge, leaves.slice(at, at + batch));
    for (const tile of grown.full) full.set(`${tile.level}/${tile.n}`, tile.hashes);
    edge = grown.edge;
  }
  let reads = 0;
  const reader: TileReader = async (level, n, width) => {
    reads++;
    return (full.get(`${level}/${n}`) ?? edge.edges[level] ?? new Uint8Array(0)).slice(0, width * 32);
  };
  return { edge, full, reader, reads: () => reads };
}

function entries(count: number, name = 'entry'): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(sha256, utf8(`${name} ${i}`)));
}

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8);
  return bytes.with(at, bytes[at]! ^ (1 << (bit % 8)));
}

test('a log has the same edge and tiles however its leaves were batched', () => {
  const leaves = entries(70_000);
  const once = logOf(leaves, leaves.length);
  const often = logOf(leaves, 333);
  expect(often.edge).toEqual(once.edge);
  expect([...often.full.keys()]).toEqual([...once.full.keys()]);
  expect(once.full.size).toBe(274);
  expect(once.edge.edges.map((edge) => edge.length / 32)).toEqual([112, 17, 1]);
  const root = rootOfRange(sha256, appendToRange(sha256, emptyRange, leaves));
  expect(toHex(rootOfEdge(sha256, once.edge))).toBe(toHex(root));
});

test('the tiles of 70,000 leaves are those of the specification', () => {
  const tiles = [...tilesOf(70_000)].map(({ level, n, width }) => tilePath(level, n, width));
  expect(tiles).toHaveLength(273 + 1 + 1 + 1 + 1);
  expect(tiles.filter((path) => path.includes('.p/'))).toEqual([
    'tile/0/273.p/112',
    'tile/1/001.p/17',
    'tile/2/000.p/1',
  ]);
  expect([...tilesOf(0)]).toEqual([]);
});

test('tile numbers are written in groups of three digits', () => {
  expect(tilePath(0, 1_234_067)).toBe('tile/0/x001/x234/067');
  expect(tilePath(3, 0, 1)).toBe('tile/3/000.p/1');
  expect(entryBundlePath(999, 255)).toBe('tile/entries/999.p/255');
  for (const width of [0, 257, 1.5]) expect(() => tilePath(0, 0, width)).toThrow(ProofError);
  expect(() => tilePath(0, -1)).toThrow(ProofError);
});

test('entries are packed and unpacked, and a cut bundle is refused', () => {
  const some = [utf8('alpha'), new Uint8Array(0), new Uint8Array(65_535).fill(1)];
  expect(decodeEntryBundle(encodeEntryBundle(some))).toEqual(some);
  for (const bad of [Uint8Array.of(0), Uint8Array.of(0, 1), encodeEntryBundle(some).subarray(0, -1)]) {
    expect(() => decodeEntryBundle(bad)).toThrow(expect.objectContaining({ code: 'malformed-tile' }));
  }
  expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(ProofError);
});

test('an edge that was damaged at rest is refused', () => {
  for (const length of [31, 8192]) {
    expect(() => growTiles(sha256, { size: 1, edges: [new Uint8Array(length)] }, [])).toThrow(ProofError);
  }
});

test('every proof of every size of a log of 40 verifies', async () => {
  const leaves = entries(40);
  const { reader } = logOf(leaves);
  for (let size = 1; size <= leaves.length; size++) {
    const prover = tileProver(sha256, reader, size);
    const root = await prover.root();
    expect(toHex(root)).toBe(toHex(recursiveRoot(sha256, leaves.slice(0, size))));
    for (let index = 0; index < size; index++) {
      const proof = await prover.inclusion(index);
      verifyInclusion(sha256, { index, size, leafHash: leaves[index]!, proof, root });
      const root1 = await rootAt(sha256, reader, index + 1);
      const growth = await prover.consistency(index + 1);
      verifyConsistency(sha256, { size1: index + 1, size2: size, root1, root2: root, proof: growth });
    }
  }
});

test('in any tree every inclusion proof holds, and no single bit of it can be flipped', async () => {
  const leaves = entries(1500);
  const { reader } = logOf(leaves);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 1500 }), fc.nat(), fc.nat(), async (size, at, bit) => {
      const index = at % size;
      const root = await rootAt(sha256, reader, size);
      const proof = await inclusionProof(sha256, reader, index, size);
      const claim = { index, size, leafHash: leaves[index]!, proof, root };
      verifyInclusion(sha256, claim);
      const bits = bit % (proof.length * 256);
      const bent = proof.map((hash, i) => (i === Math.floor(bits / 256) ? flipBit(hash, bits % 256) : hash));
      expect(() => verifyInclusion(sha256, { ...claim, proof: bent })).toThrow(ProofError);
      expect(() => verifyInclusion(sha256, { ...claim, root: flipBit(root, bit % 256) })).toThrow(ProofError);
      const otherLeaf = flipBit(claim.leafHash, bit % 256);
      expect(() => verifyInclusion(sha256, { ...claim, leafHash: otherLeaf })).toThrow(ProofError);
      const other = { ...claim, index: (index + 1) % size };
      expect(() => verifyInclusion(sha256, other)).toThrow(ProofError);
      expect(() => verifyInclusion(sha256, { ...claim, proof: proof.slice(1) })).toThrow(ProofError);
      expect(() => verifyInclusion(sha256, { ...claim, proof: [...proof, root] })).toThrow(ProofError);
    }),
    { numRuns: 150 },
  );
});

test('in any tree every consistency proof holds, and no single bit of it can be flipped', async () => {
  const { reader } = logOf(entries(1500));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 1500 }), fc.nat(), fc.nat(), async (size2, less, bit) => {
      const size1 = 1 + (less % (size2 - 1));
      const root1 = await rootAt(sha256, reader, size1);
      const root2 = await rootAt(sha256, reader, size2);
      const proof = await consistencyProof(sha256, reader, size1, size2);
      const claim = { size1, size2, root1, root2, proof };
      verifyConsistency(sha256, claim);
      const bits = bit % (proof.length * 256);
      const bent = proof.map((hash, i) => (i === Math.floor(bits / 256) ? flipBit(hash, bits % 256) : hash));
      for (const lie of [
        { proof: bent },
        { proof: proof.slice(1) },
        { proof: [...proof, root1] },
        { root1: flipBit(root1, bit % 256) },
        { root2: flipBit(root2, bit % 256) },
      ]) {
        expect(() => verifyConsistency(sha256, { ...claim, ...lie })).toThrow(ProofError);
      }
    }),
    { numRuns: 150 },
  );
});

test('ten thousand proofs read each tile once', async () => {
  const leaves = entries(10_000);
  const { reader, reads } = logOf(leaves, 10_000);
  const prover = tileProver(sha256, reader, leaves.length);
  const root = await prover.root();
  for (let index = 0; index < leaves.length; index++) {
    const proof = await prover.inclusion(index);
    if (index % 500 === 0)
      verifyInclusion(sha256, { index, size: leaves.length, leafHash: leaves[index]!, proof, root });
  }
  expect(reads()).toBe([...tilesOf(leaves.length)].length);
});

test('asking for what is not there is refused', async () => {
  const { reader } = logOf(entries(5));
  await expect(inclusionProof(sha256, reader, 5, 5)).rejects.toMatchObject({ code: 'bad-index' });
  await expect(consistencyProof(sha256, reader, 6, 5)).rejects.toMatchObject({ code: 'bad-size' });
  await expect(rootAt(sha256, reader, 7)).rejects.toMatchObject({ code: 'malformed-tile' });
  expect(await consistencyProof(sha256, reader, 0, 5)).toEqual([]);
  expect(toHex(await rootAt(sha256, reader, 0))).toBe(toHex(sha256(utf8(''))));
});

describeVectors('logs made by others', () => {
  type Go = {
    size: number;
    rootsBySize: Record<string, string>;
    goTilePathsFor0to1300: string[];
    inclusion: { Index: number; Size: number; Proof: string[] }[];
    consistency: { Size1: number; Size2: number; Proof: string[] }[];
  };

  describe('1,300 leaves proven by Go', () => {
    const go = vectors<Go>('go-tlog-1300.json');
    const leaves = entries(go.size);
    const { reader } = logOf(leaves);

    test('all roots agree', async () => {
      for (const [size, root] of Object.entries(go.rootsBySize)) {
        expect(toBase64(await rootAt(sha256, reader, Number(size)))).toBe(root);
      }
    });

    test('all inclusion proofs agree and hold', async () => {
      for (const { Index: index, Size: size, Proof } of go.inclusion) {
        expect((await inclusionProof(sha256, reader, index, size)).map(toBase64)).toEqual(Proof ?? []);
        const proof = (Proof ?? []).map(base64);
        const root = rootFromInclusion(sha256, { index, size, leafHash: leaves[index]!, proof });
        expect(equalBytes(root, await rootAt(sha256, reader, size))).toBe(true);
      }
    });

    test('all consistency proofs agree and hold', async () => {
      for (const { Size1: size1, Size2: size2, Proof } of go.consistency) {
        expect((await consistencyProof(sha256, reader, size1, size2)).map(toBase64)).toEqual(Proof ?? []);
        const root1 = await rootAt(sha256, reader, size1);
        const root2 = await rootAt(sha256, reader, size2);
        verifyConsistency(sha256, { size1, size2, root1, root2, proof: (Proof ?? []).map(base64) });
      }
    });

    test('the tiles of its last size are named as Go names them, less the height', () => {
      const ours = [...tilesOf(go.size)].map(({ level, n, width }) => tilePath(level, n, width));
      const theirs = new Set(go.goTilePathsFor0to1300.map((path) => path.replace('tile/8/', 'tile/')));
      expect(ours.filter((path) => !theirs.has(path))).toEqual([]);
    });
  });

  type Files = { files: Record<string, { base64: string; utf8: string }> };

  test('the Tessera test log has our tiles and roots', () => {
    const { files } = vectors<Files>('tessera-testlog.json');
    for (let size = 1; size <= 15; size++) {
      const found = decodeEntryBundle(base64(files[entryBundlePath(0, size)]!.base64));
      expect(equalBytes(encodeEntryBundle(found), base64(files[entryBundlePath(0, size)]!.base64))).toBe(
        true,
      );
      const hashes = found.map((entry) => leafHash(sha256, entry));
      expect(equalBytes(concat(...hashes), base64(files[tilePath(0, 0, size)]!.base64))).toBe(true);
      const { edge } = growTiles(sha256, emptyEdge, hashes);
      expect(files[`checkpoint.${size}`]!.utf8.split('\n')[2]).toBe(toBase64(rootOfEdge(sha256, edge)));
    }
  });

  test('the mirror of 300 records has our full and partial tiles and our root', () => {
    const { files } = vectors<Files>('sunlight-witness-mirror.json');
    const { edge, full } = logOf(entries(300, 'record'));
    const [mirror] = Object.keys(files).filter((path) => path.endsWith('/tile/0/000'));
    const at = mirror!.slice(0, -'tile/0/000'.length);
    expect(toBase64(full.get('0/0')!)).toBe(files[at + tilePath(0, 0)]!.base64);
    expect(toBase64(edge.edges[0]!)).toBe(files[at + tilePath(0, 1, 44)]!.base64);
    expect(toBase64(edge.edges[1]!)).toBe(files[at + tilePath(1, 0, 1)]!.base64);
    expect(files[`${at}checkpoint`]!.utf8.split('\n')[2]).toBe(toBase64(rootOfEdge(sha256, edge)));
  });
});
