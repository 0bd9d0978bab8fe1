import { HASH_BYTES, intoOf, type Sha256 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { TILE_WIDTH } from './tile.ts';
import { checkSize, emptyRoot, nodeHash, pairHash, splitOf } from './tree.ts';

/**
 * Hands over a tile: exactly `width` hashes end to end. For a tile that has grown since, it is the beginning of the
 * wider one.
 */
export type TileReader = (level: number, n: number, width: number) => Promise<Uint8Array>;

/** Makes proofs about one size of a log; reads and hashes each tile once, however many proofs are asked for. */
export type Prover = {
  readonly size: number;
  readonly root: () => Promise<Uint8Array>;
  /** @throws ProofError `bad-index` */
  readonly inclusion: (index: number) => Promise<readonly Uint8Array[]>;
  /** From a smaller size to this one; empty from 0 and from this size itself. @throws ProofError `bad-size` */
  readonly consistency: (size1: number) => Promise<readonly Uint8Array[]>;
};

/** The part [from, to) of the leaves; either complete, or the ragged right side. */
type Span = { readonly from: number; readonly to: number };
/** A tile and the complete nodes above it: `layers[k]` holds the hashes of height k, end to end. */
type Pyramid = { readonly layers: readonly Uint8Array[] };

const TILE_HEIGHT = 8;
/** About 16 kB each. */
const KEPT_TILES = 2048;

/** Opens a log of this size for proving. The tiles are trusted: they are our own. */
export function tileProver(sha256: Sha256, reader: TileReader, size: number): Prover {
  checkSize(size);
  const pyramidAt = keepTiles(sha256, reader, size);
  const ragged = new Map<number, Uint8Array>();

  async function hashOf({ from, to }: Span): Promise<Uint8Array> {
    const leaves = to - from;
    const split = splitOf(leaves);
    if (leaves === 1 || split * 2 === leaves) return nodeAt(from, leaves);
    const known = to === size ? ragged.get(from) : undefined;
    if (known !== undefined) return known;
    const left = await hashOf({ from, to: from + split });
    const hash = nodeHash(sha256, left, await hashOf({ from: from + split, to }));
    if (to === size) ragged.set(from, hash);
    return hash;
  }

  async function nodeAt(from: number, leaves: number): Promise<Uint8Array> {
    const height = heightOf(leaves);
    const layer = height % TILE_HEIGHT;
    const level = (height - layer) / TILE_HEIGHT;
    const first = from / TILE_WIDTH ** level;
    const { layers } = await pyramidAt(level, Math.floor(first / TILE_WIDTH));
    const at = ((first % TILE_WIDTH) / 2 ** layer) * HASH_BYTES;
    return layers[layer]!.slice(at, at + HASH_BYTES);
  }

  async function hashesOf(spans: readonly Span[]): Promise<readonly Uint8Array[]> {
    const hashes: Uint8Array[] = [];
    for (const span of spans) hashes.push(await hashOf(span));
    return hashes;
  }

  return {
    size,
    root: async () => (size === 0 ? emptyRoot(sha256) : hashOf({ from: 0, to: size })),
    inclusion: async (index) => hashesOf(inclusionSpans(index, size)),
    consistency: async (size1) => hashesOf(consistencySpans(size1, size)),
  };
}

/** The root of a log at a size it has reached. */
export function rootAt(sha256: Sha256, reader: TileReader, size: number): Promise<Uint8Array> {
  return tileProver(sha256, reader, size).root();
}

/** One inclusion proof; for many, keep a {@link tileProver}. */
export function inclusionProof(
  sha256: Sha256,
  reader: TileReader,
  index: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  return tileProver(sha256, reader, size).inclusion(index);
}

/** One consistency proof; for many, keep a {@link tileProver}. */
export function consistencyProof(
  sha256: Sha256,
  reader: TileReader,
  size1: number,
  size2: number,
): Promise<readonly Uint8Array[]> {
  return tileProver(sha256, reader, size2).consistency(size1);
}

/** The siblings on the way from a leaf to the root: RFC 6962 §2.1.1, PATH. */
function inclusionSpans(index: number, size: number): readonly Span[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new ProofError('bad-index', `Leaf ${index} is not in a tree of ${size}.`);
  }
  const spans: Span[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    spans.push(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return spans.reverse();
}

/** What shows that the first `size1` leaves are still there: RFC 6962 §2.1.2, PROOF. */
function consistencySpans(size1: number, size2: number): readonly Span[] {
  checkSize(size1);
  if (size1 > size2) throw new ProofError('bad-size', `A tree of ${size2} cannot extend one of ${size1}.`);
  if (size1 === 0 || size1 === size2) return [];
  const spans: Span[] = [];
  let from = 0;
  let to = size2;
  while (to !== size1) {
    const middle = from + splitOf(to - from);
    spans.push(size1 <= middle ? { from: middle, to } : { from, to: middle });
    if (size1 <= middle) to = middle;
    else from = middle;
  }
  // When the older tree is itself this subtree, the verifier has its hash already.
  if (from > 0) spans.push({ from, to });
  return spans.reverse();
}

function keepTiles(sha256: Sha256, reader: TileReader, size: number) {
  const kept = new Map<string, Pyramid>();
  return async (level: number, n: number): Promise<Pyramid> => {
    const key = `${level}/${n}`;
    const known = kept.get(key);
    const pyramid = known ?? (await readPyramid(sha256, reader, { level, n, size }));
    // Deleting and setting again keeps the map in order of use, so that the first key is the one to let go.
    kept.delete(key);
    kept.set(key, pyramid);
    if (kept.size > KEPT_TILES) kept.delete(kept.keys().next().value!);
    return pyramid;
  };
}

async function readPyramid(
  sha256: Sha256,
  reader: TileReader,
  { level, n, size }: { level: number; n: number; size: number },
): Promise<Pyramid> {
  const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - n * TILE_WIDTH);
  const hashes = await reader(level, n, width);
  if (hashes.length !== width * HASH_BYTES) {
    throw new ProofError('malformed-tile', `Tile ${n} of level ${level} does not hold ${width} hashes.`);
  }
  const layers = [hashes];
  for (let below = hashes; layers.length < TILE_HEIGHT; below = layers.at(-1)!) {
    layers.push(layerAbove(sha256, below));
  }
  return { layers };
}

function layerAbove(sha256: Sha256, below: Uint8Array): Uint8Array {
  const above = new Uint8Array(Math.floor(below.length / (2 * HASH_BYTES)) * HASH_BYTES);
  for (let at = 0; at < above.length; at += HASH_BYTES) pairHash(intoOf(sha256), below, at * 2, above, at);
  return above;
}

function heightOf(leaves: number): number {
  let height = 0;
  for (let width = 1; width < leaves; width *= 2) height++;
  return height;
}
