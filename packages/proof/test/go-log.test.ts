import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromBase64, toBase64, toHex, utf8 } from '../src/bytes.ts';
import { formatCheckpoint, openCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { verifyConsistency } from '../src/consistency.ts';
import { verifyInclusion } from '../src/inclusion.ts';
import { type TileReader, tileProver } from '../src/prover.ts';
import { emptyEdge, encodeEntryBundle, entryBundlePath, growTiles, tilePath } from '../src/tile.ts';
import { appendToRange, emptyRange, leafHash, rootOfRange } from '../src/tree.ts';
import { type GoRecord, type GoTree, goLog, HAS_GO_LOG } from './go-log.ts';
import { testSigner } from './signer.ts';
import { sha256 } from './vectors.ts';

const SIZE = 1300;
const entries = Array.from({ length: SIZE }, (_, i) => utf8(`line ${i} ${'x'.repeat(i % 90)}`));
const hashes = entries.map((entry) => leafHash(sha256, entry));
const grown = growTiles(sha256, emptyEdge, hashes);

/** Tiles as the log serves them. */
const tileReader: TileReader = async (level, n, width) => {
  const tile = grown.full.find((one) => one.level === level && one.n === n)?.hashes;
  return (tile ?? grown.edge.edges[level]!).slice(0, width * 32);
};

function rootAt(size: number): Uint8Array {
  return rootOfRange(sha256, appendToRange(sha256, emptyRange, hashes.slice(0, size)));
}

if (!HAS_GO_LOG) {
  test("left out: beside Go's transparency log, because golang-go or golang-golang-x-mod-dev is not here", () => {});
} else {
  describe("beside Go's own transparency log", () => {
    const go = goLog();
    afterAll(go.close);
    const signer = testSigner('log.example/go', 'go test');

    test('Go opens the notes that we sign, and refuses what we refuse', async () => {
      const head = { origin: signer.name, size: SIZE, root: rootAt(SIZE) };
      const note = await signCheckpoint(head, signer);
      const other = testSigner('log.example/go', 'another');
      const bent = [
        note,
        note.replace('1300', '1301'),
        note.replace('— ', '- '),
        `${note}\n`,
        note.slice(0, -1),
      ];
      const asked = [...bent.map((Note) => ({ Note, Vkey: signer.vkey })), { Note: note, Vkey: other.vkey }];
      const { Notes } = go.ask({ Notes: asked });
      const ours = await Promise.all(
        asked.map(({ Note, Vkey }) =>
          openCheckpoint(Note, Vkey).then(
            () => true,
            () => false,
          ),
        ),
      );
      expect(Notes.map((said) => said === 'holds')).toEqual(ours);
      expect(ours).toEqual([true, false, false, false, false, false]);
    });

    test('we open the notes that Go signs', async () => {
      const head = { origin: 'log.example/by-go', size: 7, root: rootAt(7) };
      const { Signed } = go.ask({ Sign: { Name: head.origin, Text: formatCheckpoint(head) } });
      expect(await openCheckpoint(Signed.Note, Signed.Vkey)).toEqual(head);
    });

    test('the roots of every size up to 1,300 are the same, and so is each proof, both ways', async () => {
      const made = go.ask({ Leaves: entries.map(toBase64) });
      expect(made.Roots.map((root) => toHex(fromBase64(root)))).toEqual(
        Array.from({ length: SIZE }, (_, i) => toHex(rootAt(i + 1))),
      );
      for (const { Index, Size, Leaf, Root, Proof } of made.Made.Records) {
        const claim = { index: Index, size: Size, leafHash: fromBase64(Leaf), root: fromBase64(Root) };
        verifyInclusion(sha256, { ...claim, proof: Proof.map(fromBase64) });
      }
      for (const { Size1, Size2, Root1, Root2, Proof } of made.Made.Trees) {
        const claim = { size1: Size1, size2: Size2, root1: fromBase64(Root1), root2: fromBase64(Root2) };
        verifyConsistency(sha256, { ...claim, proof: Proof.map(fromBase64) });
      }
      const records: GoRecord[] = [];
      const trees: GoTree[] = [];
      const prover = tileProver(sha256, tileReader, SIZE);
      for (let index = 0; index < SIZE; index += 7) {
        const proof = await prover.inclusion(index);
        records.push({
          Index: index,
          Size: SIZE,
          Leaf: toBase64(hashes[index]!),
          Root: toBase64(rootAt(SIZE)),
          Proof: proof.map(toBase64),
        });
        if (index === 0) continue;
        const between = await prover.consistency(index);
        trees.push({
          Size1: index,
          Size2: SIZE,
          Root1: toBase64(rootAt(index)),
          Root2: toBase64(rootAt(SIZE)),
          Proof: between.map(toBase64),
        });
      }
      const said = go.ask({ Records: records, Trees: trees });
      expect(new Set([...said.Records, ...said.Trees])).toEqual(new Set(['holds']));
      const [first] = records;
      const cut = { ...first!, Proof: first!.Proof.slice(1) };
      expect(go.ask({ Records: [{ ...first!, Index: 1 }, cut] }).Records).not.toContain('holds');
    });

    test.each([1, 255, 256, 257, 700, 1300])(
      'Go reads our tiles of %d lines, and proves each of them',
      (size) => {
        const folder = mkdtempSync(join(tmpdir(), 'tiles-'));
        writeTiles(folder, size);
        const tiles = { Dir: folder, Size: size, Root: toBase64(rootAt(size)) };
        expect(go.ask({ Tiles: tiles }).Tiles).toBe('holds');
        expect(go.ask({ Tiles: { ...tiles, Root: toBase64(rootAt(2)) } }).Tiles).not.toBe('holds');
        rmSync(folder, { recursive: true });
      },
    );
  });
}

/** A tlog-tiles folder, as the program exports one. */
function writeTiles(folder: string, size: number): void {
  const put = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  const { full, edge } = growTiles(sha256, emptyEdge, hashes.slice(0, size));
  for (const { level, n, hashes: tile } of full) put(tilePath(level, n), tile);
  for (const [level, tile] of edge.edges.entries())
    if (tile.length > 0) put(tilePath(level, Math.floor(size / 256 ** (level + 1)), tile.length / 32), tile);
  for (let n = 0; n * 256 < size; n++) {
    const part = entries.slice(n * 256, Math.min(size, (n + 1) * 256));
    put(entryBundlePath(n, part.length), encodeEntryBundle(part));
  }
}
