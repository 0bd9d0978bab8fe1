import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LEAF_BYTES } from '@evenkeel/proof/leaf';
import {
  emptyEdge,
  encodeEntryBundle,
  entryBundlePath,
  growTiles,
  TILE_WIDTH,
  tilePath,
} from '@evenkeel/proof/tile';
import { leafHash } from '@evenkeel/proof/tree';
import { sha256 } from '../kernel/sha256.ts';
import type { Client } from './client.ts';
import { notWritten } from './saving.ts';

/** Writes the ledger as a tlog-tiles folder: checkpoint, tiles and leaf bundles. @returns the number of files */
export async function exportTiles(client: Client, dir: string): Promise<number> {
  const head = (await (await client.call('GET', '/api/log/checkpoint')).json()) as {
    note: string;
    size: number;
  };
  const leaves = new Uint8Array(
    await (await client.call('GET', `/api/log/leaves?size=${head.size}`)).arrayBuffer(),
  );
  const files: [path: string, content: Uint8Array][] = [];
  const all = Array.from({ length: head.size }, (_, i) =>
    leaves.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES),
  );
  const grown = growTiles(
    sha256,
    emptyEdge,
    all.map((leaf) => leafHash(sha256, leaf)),
  );
  for (const { level, n, hashes } of grown.full) files.push([tilePath(level, n), hashes]);
  for (const [level, hashes] of grown.edge.edges.entries()) {
    const width = hashes.length / 32;
    if (width > 0)
      files.push([tilePath(level, Math.floor(head.size / TILE_WIDTH ** (level + 1)), width), hashes]);
  }
  for (let n = 0; n * TILE_WIDTH < head.size; n++) {
    const bundle = all.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH);
    files.push([entryBundlePath(n, bundle.length), encodeEntryBundle(bundle)]);
  }
  // Last, so that a checkpoint is never there before what it covers.
  files.push(['checkpoint', Buffer.from(head.note)]);
  for (const [path, content] of files) await writeUnder(dir, path, content).catch(notWritten(dir));
  return files.length;
}

async function writeUnder(dir: string, path: string, content: Uint8Array): Promise<void> {
  const target = join(dir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
}
