import { concat, HASH_BYTES, intoOf, type Sha256, type Sha256Into } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { checkHash, checkSize, pairHash, type Range, rootOfRange } from './tree.ts';

/** Hashes in a full tile, and the factor by which each level is smaller than the one below. */
export const TILE_WIDTH = 256;
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** One tile: `hashes` are its hashes end to end; `n` counts from zero within the level. */
export type Tile = { readonly level: number; readonly n: number; readonly hashes: Uint8Array };

/** Where a tile lies; `width` is its number of hashes, 256 when full. */
export type TilePlace = { readonly level: number; readonly n: number; readonly width: number };

/**
 * The open right side of a log: `edges[level]` holds the hashes, end to end, of the tile that is not full yet at that
 * level; the widths are the digits of `size` to the base 256, lowest first. It is all that growing a log needs.
 */
export type TileEdge = { readonly size: number; readonly edges: readonly Uint8Array[] };

export const emptyEdge: TileEdge = { size: 0, edges: [] };

/** What a log has become: its edge, and the tiles that became full, in the order in which they did. */
export type Grown = { readonly edge: TileEdge; readonly full: readonly Tile[] };

/** A tile being filled: number `n` of its level. */
type OpenTile = { readonly bytes: Uint8Array; width: number; n: number };

/**
 * Appends leaves to a log's edge.
 *
 * @param leafHashes 32 bytes each.
 * @source C2SP tlog-tiles: partial tiles are never hashed upward
 */
export function growTiles(sha256: Sha256, edge: TileEdge, leafHashes: readonly Uint8Array[]): Grown {
  const packed = new Uint8Array(leafHashes.length * HASH_BYTES);
  for (const [i, hash] of leafHashes.entries()) {
    checkHash(hash);
    packed.set(hash, i * HASH_BYTES);
  }
  return growTilesBy(intoOf(sha256), edge, packed);
}

/**
 * {@link growTiles} by many leaves at once.
 *
 * @param leafHashes 32 bytes each, end to end.
 * @throws ProofError `malformed-tile` when the last one is cut short.
 */
export function growTilesBy(sha256: Sha256Into, edge: TileEdge, leafHashes: Uint8Array): Grown {
  if (leafHashes.length % HASH_BYTES !== 0) malformed('the last leaf hash is cut short');
  const open = edge.edges.map((hashes, level) => widen(hashes, Math.floor(edge.size / leavesIn(level))));
  const full: Tile[] = [];
  fill(sha256, open, full, 0, leafHashes);
  const edges = open.map(({ bytes, width }) => bytes.slice(0, width * HASH_BYTES));
  return { edge: { size: edge.size + leafHashes.length / HASH_BYTES, edges }, full };
}

/** The compact range of a log, from its edge: at most 255 node hashes for each level. */
export function rangeOfEdge(sha256: Sha256, edge: TileEdge): Range {
  const hashes: Uint8Array[] = [];
  for (const tile of edge.edges.toReversed()) {
    let at = 0;
    for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
      if (tile.length - at < width * HASH_BYTES) continue;
      const end = at + width * HASH_BYTES;
      hashes.push(subtreeRoot(intoOf(sha256), tile.subarray(at, end)));
      at = end;
    }
  }
  return { size: edge.size, hashes };
}

/** The root of a log, from its edge. */
export function rootOfEdge(sha256: Sha256, edge: TileEdge): Uint8Array {
  return rootOfRange(sha256, rangeOfEdge(sha256, edge));
}

/** The file name of a tile, relative to the log's prefix. */
export function tilePath(level: number, n: number, width = TILE_WIDTH): string {
  return `tile/${level}/${numberPath(n)}${partialSuffix(width)}`;
}

/** The file name of an entry bundle, relative to the log's prefix. */
export function entryBundlePath(n: number, width = TILE_WIDTH): string {
  return `tile/entries/${numberPath(n)}${partialSuffix(width)}`;
}

/** Every tile a log of this size serves, level by level; the last of a level may be partial. */
export function* tilesOf(size: number): Generator<TilePlace> {
  checkSize(size);
  let hashes = size;
  for (let level = 0; hashes > 0; level++) {
    for (let n = 0; n * TILE_WIDTH < hashes; n++) {
      yield { level, n, width: Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH) };
    }
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
}

/**
 * Packs entries as the log serves them: for each a length of two bytes, then its bytes.
 *
 * @throws ProofError `malformed-tile` for an entry over 65,535 bytes or more than 256 entries.
 */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) malformed('it has more than 256 entries');
  return concat(...entries.flatMap((entry) => [entryLength(entry), entry]));
}

/**
 * Unpacks an entry bundle; the entries are views into it.
 *
 * @throws ProofError `malformed-tile`
 */
export function decodeEntryBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const start = at + 2;
    const end = start + bundle[at]! * 256 + (bundle[at + 1] ?? 0);
    if (end > bundle.length) malformed('its last entry is cut short');
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  if (entries.length > TILE_WIDTH) malformed('it has more than 256 entries');
  return entries;
}

/** Adds hashes, end to end, to a level; the root of each tile that becomes full goes to the level above. */
function fill(sha256: Sha256Into, open: OpenTile[], full: Tile[], level: number, hashes: Uint8Array): void {
  open[level] ??= { bytes: new Uint8Array(TILE_BYTES), width: 0, n: 0 };
  const tile = open[level];
  for (let at = 0; at < hashes.length; ) {
    const part = hashes.subarray(at, at + TILE_BYTES - tile.width * HASH_BYTES);
    tile.bytes.set(part, tile.width * HASH_BYTES);
    tile.width += part.length / HASH_BYTES;
    at += part.length;
    if (tile.width < TILE_WIDTH) return;
    const filled = tile.bytes.slice();
    full.push({ level, n: tile.n++, hashes: filled });
    tile.width = 0;
    fill(sha256, open, full, level + 1, subtreeRoot(sha256, filled));
  }
}

function widen(hashes: Uint8Array, n: number): OpenTile {
  if (hashes.length % HASH_BYTES !== 0 || hashes.length >= TILE_BYTES)
    malformed('an edge is not a partial tile');
  const bytes = new Uint8Array(TILE_BYTES);
  bytes.set(hashes);
  return { bytes, width: hashes.length / HASH_BYTES, n };
}

/** How many leaves lie below a full tile of this level. */
function leavesIn(level: number): number {
  return TILE_WIDTH ** (level + 1);
}

/** The root over a power of two of hashes that lie end to end. */
function subtreeRoot(sha256: Sha256Into, hashes: Uint8Array): Uint8Array {
  const work = hashes.slice();
  for (let bytes = work.length; bytes > HASH_BYTES; bytes /= 2) {
    for (let at = 0; at < bytes; at += 2 * HASH_BYTES) pairHash(sha256, work, at, work, at / 2);
  }
  return work.slice(0, HASH_BYTES);
}

function numberPath(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) malformed(`${n} is no tile number`);
  let path = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

function partialSuffix(width: number): string {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) malformed(`it cannot be ${width} wide`);
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}

function entryLength(entry: Uint8Array): Uint8Array {
  if (entry.length > 0xffff) malformed('an entry is longer than 65,535 bytes');
  return Uint8Array.of(entry.length >> 8, entry.length & 255);
}

function malformed(why: string): never {
  throw new ProofError('malformed-tile', `The tile cannot be used: ${why}.`);
}
