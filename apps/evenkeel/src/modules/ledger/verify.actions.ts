import { rootAt } from '@evenkeel/proof/prover';
import { emptyEdge, rangeOfEdge } from '@evenkeel/proof/tile';
import { type Range, rootOfRange } from '@evenkeel/proof/tree';
import { ahead } from '../../kernel/ahead.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { startThread, type Thread } from '../../kernel/workers.ts';
import { pageOfObjects } from '../vault/vault.store.ts';
import { nameOf } from '../vault/vault.ts';
import { type GrownTree, newGrower, type TileDigest } from './grower.ts';
import type { Ledger } from './ledger.actions.ts';
import {
  erasedBetween,
  LEAVES_LEVEL,
  leavesBetween,
  pageOfEntries,
  readHead,
  tileDigests,
  tilesBetween,
} from './ledger.store.ts';
import { type Entry, readEnvelope, sealedEnvelopeOf } from './ledger.ts';
import { openGuard, type SealedHead, type Sealer } from './sealer.actions.ts';
import { packHashes, rangeOf, tileReader } from './tree.store.ts';
import { compareStreams } from './verify-streams.actions.ts';

export type Failure = { readonly where: string; readonly code: string; readonly message: string };
export type Verdict = {
  readonly ok: boolean;
  readonly size: number;
  readonly isDeep: boolean;
  readonly failures: readonly Failure[];
};

const LEAVES_AT_ONCE = 1 << 15;
const PAGE = 500;
const FAILURES_SHOWN = 100;

/**
 * Reads the whole ledger again and compares it with what it claims: every leaf with the tree, the tree with the tiles,
 * the head with the last one signed. Deep: also opens every envelope and every object, compares each with what the leaf
 * commits to, and accounts for every object and every erasure.
 */
export async function verifyLog(
  ledger: Ledger,
  sealer: Sealer,
  dataDir: string,
  isDeep: boolean,
  progress: (done: number, of: number) => void = () => {},
): Promise<Verdict> {
  const failures: Failure[] = [];
  const fail = (where: string, code: string, message: string) => {
    if (failures.length < FAILURES_SHOWN) failures.push({ where, code, message });
  };
  // The signed head first: what is recorded and signed while we read is no head that ran ahead of its entries.
  const guard = await openGuard(sealer.keys, dataDir).catch(() => null);
  const head = await readHead(ledger.db, ledger.workspaceId);
  const range = await rebuild(ledger, head.size, fail, progress);
  if (!Buffer.from(packHashes(range.hashes)).equals(head.range))
    fail('log_heads', 'head-differs', 'The head of the ledger does not sum up its entries.');
  await compareGuard(ledger, guard, head, fail);
  if (isDeep) {
    await compareLeafTiles(ledger, head.size, fail);
    await compareStreams(ledger, head.size, fail);
    const named = await openEntriesOf(ledger, { from: 0, until: head.size }, fail, progress);
    await openAllObjects(ledger, named, head.size, fail);
  }
  return { ok: failures.length === 0, size: head.size, isDeep, failures };
}

type Fail = (where: string, code: string, message: string) => void;

/** Hashes all leaves into a tree of their own, comparing each full tile on the way. */
async function rebuild(
  ledger: Ledger,
  size: number,
  fail: Fail,
  progress: (done: number, of: number) => void,
): Promise<Range> {
  const grower = growerFor(size);
  let edge = emptyEdge;
  try {
    // Three at once: PostgreSQL reads leaves, a thread hashes those before, and here those before are compared.
    const read = ahead(spansOf(size), (span) => readLeaves(ledger, span));
    const grown = ahead(read, async (read) => ({ ...read, ...(await grower.ask(read.leaves)) }));
    for await (const { from, until, missing, full, edge: grownEdge } of grown) {
      if (missing > 0)
        fail(`entries ${from} to ${until}`, 'entries-missing', `${missing} of these entries are not there.`);
      await compareTiles(ledger, full, fail);
      edge = grownEdge;
      progress(until, size);
    }
  } finally {
    await grower.close();
  }
  return rangeOfEdge(sha256, edge);
}

type Span = { readonly from: number; readonly until: number };

function spansOf(size: number): readonly Span[] {
  return Array.from({ length: Math.ceil(size / LEAVES_AT_ONCE) }, (_, i) => ({
    from: i * LEAVES_AT_ONCE,
    until: Math.min(size, (i + 1) * LEAVES_AT_ONCE),
  }));
}

async function readLeaves({ db, workspaceId }: Ledger, { from, until }: Span) {
  const rows = await leavesBetween(db, workspaceId, from, until);
  const found = rows.reduce((sum, row) => sum + row.count, 0);
  return { from, until, missing: until - from - found, leaves: Buffer.concat(rows.map((row) => row.leaves)) };
}

/** A short log is not worth a thread. */
function growerFor(size: number): Pick<Thread<Uint8Array, GrownTree>, 'ask' | 'close'> {
  if (size > LEAVES_AT_ONCE) return startThread(new URL('./grower.worker.ts', import.meta.url));
  const grow = newGrower();
  return { ask: async (leaves) => grow(leaves), close: async () => {} };
}

async function compareTiles(ledger: Ledger, full: readonly TileDigest[], fail: Fail): Promise<void> {
  for (const level of new Set(full.map((tile) => tile.level))) {
    const expected = full.filter((tile) => tile.level === level);
    const from = expected[0]!.n;
    const stored = await tileDigests(ledger.db, ledger.workspaceId, level, from, from + expected.length);
    const byNumber = new Map(stored.map((tile) => [tile.n, tile.digest]));
    for (const tile of expected) {
      const digest = byNumber.get(tile.n);
      if (digest && Buffer.from(digest).equals(tile.digest)) continue;
      fail(
        `entries ${tile.n * 256 ** (level + 1)} to ${(tile.n + 1) * 256 ** (level + 1) - 1}`,
        'tile-differs',
        'These entries are not the ones the tree was made of.',
      );
    }
  }
}

async function compareGuard(
  ledger: Ledger,
  guard: SealedHead | null,
  head: { size: number; range: Uint8Array },
  fail: Fail,
): Promise<void> {
  if (!guard) return fail('log/checkpoint', 'guard-damaged', 'The signed head is missing or not ours.');
  if (guard.size > head.size)
    return fail(
      'log/checkpoint',
      'head-behind-guard',
      `The ledger ends at ${head.size}, but ${guard.size} entries were signed.`,
    );
  const root =
    guard.size === head.size
      ? rootOfRange(sha256, rangeOf(head))
      : // Missing entries are a failure of their own, found above.
        await rootAt(sha256, tileReader(ledger.db, ledger.workspaceId), guard.size).catch(() => null);
  if (root && !Buffer.from(root).equals(guard.root))
    fail(
      'log/checkpoint',
      'head-not-extending',
      `The first ${guard.size} entries are not the ones that were signed.`,
    );
}

/** The rows of leaves that proofs are cut from hold the same leaves as the entries. */
async function compareLeafTiles(ledger: Ledger, size: number, fail: Fail): Promise<void> {
  for (let n = 0; n < Math.floor(size / 256); n += PAGE) {
    const until = Math.min(n + PAGE, Math.floor(size / 256));
    const rows = await leavesBetween(ledger.db, ledger.workspaceId, n * 256, until * 256);
    const tiles = await tilesBetween(ledger.db, ledger.workspaceId, LEAVES_LEVEL, n, until);
    const stored = new Map(tiles.map((tile) => [tile.n, tile.content]));
    for (const row of rows) {
      const content = stored.get(row.n);
      if (content && Buffer.from(content).equals(row.leaves)) continue;
      fail(
        `entries ${row.n * 256} to ${row.n * 256 + 255}`,
        'leaves-differ',
        'The stored row of their leaves is not made of these entries.',
      );
    }
  }
}

/** @returns commitments of the objects that entries name, in hex */
async function openEntriesOf(
  ledger: Ledger,
  { from: first, until }: Span,
  fail: Fail,
  progress: (done: number, of: number) => void = () => {},
): Promise<Set<string>> {
  const named = new Set<string>();
  for (let from = first; from < until; from += PAGE) {
    const entries = await pageOfEntries(ledger.db, ledger.workspaceId, from, PAGE);
    const erased = await erasedBetween(ledger.db, ledger.workspaceId, from, from + PAGE);
    for (const entry of entries) await checkEnvelope(ledger, entry, erased.has(entry.index), named, fail);
    progress(Math.min(until, from + PAGE), until);
  }
  return named;
}

async function checkEnvelope(
  ledger: Ledger,
  entry: Entry,
  isErased: boolean,
  named: Set<string>,
  fail: Fail,
): Promise<void> {
  const where = `entry ${entry.index} (${entry.kind})`;
  try {
    const bytes = await ledger.vault.openEnvelope(sealedEnvelopeOf(entry));
    if (bytes === 'erased') {
      if (!isErased) fail(where, 'key-missing', 'Its key was overwritten, but no erasure was recorded.');
      return;
    }
    const envelope = readEnvelope(bytes);
    for (const commitment of envelope.objects) named.add(commitment);
    for (const column of ['id', 'kind', 'actor', 'recordedAt'] as const)
      if (envelope[column] !== entry[column])
        fail(where, 'row-differs', `The ${column} of its row is not the one that was recorded.`);
  } catch (error) {
    fail(where, 'envelope-damaged', error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param named what the entries commit to: an object beside it was put there, one that lacks was taken away
 * @param size of the ledger when its entries were read
 */
async function openAllObjects(ledger: Ledger, named: Set<string>, size: number, fail: Fail): Promise<void> {
  const unnamed = new Map<string, string>();
  for (let after = -1; ; ) {
    const objects = await pageOfObjects(ledger.db, ledger.workspaceId, after, PAGE);
    for (const object of objects) {
      const where = `objects/${nameOf(object.pack)}, bytes ${object.start} to ${object.start + object.length}`;
      const commitment = Buffer.from(object.commitment).toString('hex');
      const isNamed = named.delete(commitment);
      await ledger.vault.openObject(object).then(
        (bytes) => {
          if (bytes === 'erased' && isNamed)
            fail(where, 'key-missing', 'Its key was overwritten, but no erasure was recorded.');
          if (bytes !== 'erased' && !isNamed) unnamed.set(commitment, where);
        },
        (error: unknown) =>
          fail(where, 'object-damaged', error instanceof Error ? error.message : String(error)),
      );
    }
    if (objects.length < PAGE) break;
    after = objects.at(-1)!.slot;
  }
  await forgiveNewer(ledger, unnamed, size, fail);
  for (const commitment of named)
    fail('objects', 'object-missing', `The original with commitment ${commitment} is not there.`);
}

/** What was recorded while we read has its entry behind those that we read. */
async function forgiveNewer(
  ledger: Ledger,
  unnamed: ReadonlyMap<string, string>,
  size: number,
  fail: Fail,
): Promise<void> {
  if (unnamed.size === 0) return;
  const { size: until } = await readHead(ledger.db, ledger.workspaceId);
  const since = await openEntriesOf(ledger, { from: size, until }, fail);
  for (const [commitment, where] of unnamed)
    if (!since.has(commitment)) fail(where, 'object-unknown', 'No entry commits to these bytes.');
}
