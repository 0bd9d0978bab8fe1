import { LEAF_BYTES } from '@evenkeel/proof/leaf';
import type { TileReader } from '@evenkeel/proof/prover';
import type { TileEdge } from '@evenkeel/proof/tile';
import { appendToRange, emptyRange, leafHash, type Range, rootOfRange } from '@evenkeel/proof/tree';
import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { type Head, leavesBetween, tilesBetween } from './ledger.store.ts';

const HASH_BYTES = 32;
const TILE_WIDTH = 256;

export function packHashes(hashes: readonly Uint8Array[]): Buffer {
  return Buffer.concat(hashes);
}

export function rangeOf({ size, range }: Head): Range {
  return { size, hashes: piecesOf(range, HASH_BYTES) };
}

/** Whether a tree that is remembered or was grown is the one that the head tells. */
export function isAtHead({ size, hashes }: Range, head: Head): boolean {
  return size === head.size && packHashes(hashes).equals(head.range);
}

function piecesOf(bytes: Uint8Array, length: number): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / length }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
}

/** The partial tiles of a tree of this size, level by level, as the database has them. */
export async function edgeAt(db: Db | Tx, workspaceId: WorkspaceId, size: number): Promise<TileEdge> {
  const edges: Uint8Array[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) {
    const full = Math.floor(width / TILE_WIDTH);
    edges.push(await hashesBetween(db, workspaceId, level, full * TILE_WIDTH, width));
  }
  return { size, edges };
}

/** Reads tiles, also partial ones, for proofs. */
export function tileReader(db: Db | Tx, workspaceId: WorkspaceId): TileReader {
  return async (level, n, width) => {
    if (width === TILE_WIDTH) {
      const [tile] = await tilesBetween(db, workspaceId, level, n, n + 1);
      if (tile) return tile.content;
    }
    return hashesBetween(db, workspaceId, level, n * TILE_WIDTH, n * TILE_WIDTH + width);
  };
}

/** The hashes [from, until) of one level: leaf hashes at level 0, roots of full tiles above. */
async function hashesBetween(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  level: number,
  from: number,
  until: number,
): Promise<Uint8Array> {
  if (until === from) return new Uint8Array(0);
  const hashes =
    level === 0
      ? await leafHashes(db, workspaceId, from, until)
      : await tileRoots(db, workspaceId, level, from, until);
  if (hashes.length !== until - from)
    throw new BrokenPromise('ledger-gap', `The ledger lacks hashes ${from} to ${until} of level ${level}.`);
  return packHashes(hashes);
}

async function leafHashes(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  from: number,
  until: number,
): Promise<readonly Uint8Array[]> {
  const rows = await leavesBetween(db, workspaceId, from, until);
  return rows.flatMap((row) => piecesOf(row.leaves, LEAF_BYTES).map((leaf) => leafHash(sha256, leaf)));
}

/** So many leaves are read at once when a tree is grown. */
const LEAVES_AT_ONCE = 1024;

/** The range of the tree of this size, grown from an earlier one by the leaves between; shorter where some are missing. */
export async function rangeGrown(
  db: Db,
  workspaceId: WorkspaceId,
  range: Range,
  size: number,
): Promise<Range> {
  let grown = range;
  for (let from = range.size; from < size; from += LEAVES_AT_ONCE) {
    const hashes = await leafHashes(db, workspaceId, from, Math.min(from + LEAVES_AT_ONCE, size));
    grown = appendToRange(sha256, grown, hashes);
  }
  return grown;
}

async function tileRoots(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  level: number,
  from: number,
  until: number,
): Promise<readonly Uint8Array[]> {
  const tiles = await tilesBetween(db, workspaceId, level - 1, from, until);
  return tiles.map((tile) =>
    rootOfRange(sha256, appendToRange(sha256, emptyRange, piecesOf(tile.content, HASH_BYTES))),
  );
}
