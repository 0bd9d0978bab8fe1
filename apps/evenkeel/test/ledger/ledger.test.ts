import { openCheckpoint } from '@evenkeel/proof/checkpoint';
import { verifyConsistency } from '@evenkeel/proof/consistency';
import { verifyInclusion } from '@evenkeel/proof/inclusion';
import { LEAF_BYTES } from '@evenkeel/proof/leaf';
import { consistencyProof, inclusionProof } from '@evenkeel/proof/prover';
import { afterAll, expect, test } from 'vitest';
import { sql, type Tx } from '../../src/kernel/db.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { append, type NewFact, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { pageOfEntries, readHead, tilesBetween } from '../../src/modules/ledger/ledger.store.ts';
import { type Entry, LOCAL_OWNER, type Stream, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { openEntries } from '../../src/modules/ledger/read.actions.ts';
import { tileReader } from '../../src/modules/ledger/tree.store.ts';
import { testDatabase } from '../support/test-database.ts';
import { expectSound, openLedger } from '../support/test-ledger.ts';
import { leafHashOf, recursiveRoot } from './recursive-tree.ts';

const database = await testDatabase();
let opened = await openLedger(database);
const { dataDir, ledger } = opened;
afterAll(() => expectSound(opened));

/** One process at a time has a folder: what was open before is not used any more. */
async function restart(): Promise<void> {
  opened = await openLedger(database, dataDir);
}

function facts(count: number, stream: string = WORKSPACE_STREAM, kind = 'test.noted'): readonly NewFact[] {
  return Array.from({ length: count }, (_, i) => ({
    fact: { kind, text: `${kind} ${i}` },
    stream: stream as Stream,
    actor: LOCAL_OWNER,
  }));
}

async function note(
  count: number,
  before: (tx: Tx) => Promise<unknown> = async () => {},
  after: (tx: Tx) => Promise<unknown> = async () => {},
  stream: string = WORKSPACE_STREAM,
): Promise<readonly Entry[]> {
  const { ledger: into } = opened;
  const pending = await sealFacts(into, facts(count, stream));
  return into.db.transaction().execute(async (tx) => {
    await before(tx);
    const entries = await append(tx, into, pending);
    await after(tx);
    return entries;
  });
}

const sizeNow = async () => (await readHead(ledger.db, ledger.workspaceId)).size;
const allEntries = async () => pageOfEntries(ledger.db, ledger.workspaceId, 0, 1_000_000);

async function expectTree(): Promise<void> {
  const entries = await allEntries();
  const hashes = entries.map((entry) => leafHashOf(entry.leaf));
  const head = await opened.sealer.seal();
  expect(head.size).toBe(entries.length);
  expect(Buffer.from(head.root)).toEqual(recursiveRoot(hashes));
}

test('the first entry says which log this is, and its head is signed', async () => {
  const [entry, ...rest] = await allEntries();
  expect(rest).toEqual([]);
  const [read] = await openEntries(ledger.vault, [entry!]);
  expect(read).toMatchObject({
    index: 0,
    kind: 'log.opened',
    fact: { origin: ledger.vault.keys.origin, vkey: opened.sealer.key.vkey },
  });
  expect(await openCheckpoint((await opened.sealer.seal()).note, opened.sealer.key.vkey)).toMatchObject({
    size: 1,
  });
});

test('entries are numbered from zero without gaps, also when a transaction fails between them', async () => {
  const before = await sizeNow();
  const fails = () => Promise.reject(new Error('something else went wrong'));
  await note(3);
  await expect(note(2, async () => {}, fails)).rejects.toThrow('something else');
  await expect(note(2, fails)).rejects.toThrow('something else');
  const [next] = await note(1);
  expect(next!.index).toBe(before + 3);
  expect((await allEntries()).map((entry) => entry.index)).toEqual(
    Array.from({ length: before + 4 }, (_, i) => i),
  );
  await expectTree();
});

test('appends at the same time take their places one after the other, some of them failing', async () => {
  const before = await sizeNow();
  const results = await Promise.allSettled(
    Array.from({ length: 24 }, (_, i) =>
      note(
        1 + (i % 5),
        async () => {},
        async () => {
          if (i % 6 === 5) throw new Error('this one fails');
        },
        `test:${i % 4}`,
      ),
    ),
  );
  const done = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(4);
  const indexes = done.map((entry) => entry.index).sort((a, b) => a - b);
  expect(indexes).toEqual(Array.from({ length: done.length }, (_, i) => before + i));
  await expectTree();
});

test('each stream counts its own entries without gaps, also when the first of a stream failed', async () => {
  const stream = 'test:counted';
  const fails = () => Promise.reject(new Error('not yet'));
  await expect(note(2, async () => {}, fails, stream)).rejects.toThrow();
  await note(2, undefined, undefined, stream);
  await restart();
  await note(3, undefined, undefined, stream);
  const { rows } = await sql<{ length: number }>`SELECT length FROM streams WHERE stream = ${stream}`.execute(
    ledger.db,
  );
  expect(rows).toEqual([{ length: 5 }]);
});

test('the tree, its tiles and its head are those of a recursive tree, over the edges of tiles', async () => {
  for (const count of [1, 200, 56, 255, 1, 1, 511, 2, 300]) {
    await note(count);
    await expectTree();
  }
  const hashes = (await allEntries()).map((entry) => leafHashOf(entry.leaf));
  const tiles = await tilesBetween(ledger.db, ledger.workspaceId, 0, 0, 100);
  expect(tiles).toHaveLength(Math.floor(hashes.length / 256));
  for (const tile of tiles)
    expect(Buffer.from(tile.content)).toEqual(Buffer.concat(hashes.slice(tile.n * 256, tile.n * 256 + 256)));
  const leaves = await tilesBetween(ledger.db, ledger.workspaceId, -1, 0, 100);
  expect(leaves.map((tile) => tile.content.length)).toEqual(tiles.map(() => 256 * LEAF_BYTES));
});

test('every entry can be proved to be in the head, and every head to extend the one before', async () => {
  const entries = await allEntries();
  const head = await opened.sealer.seal();
  const tiles = tileReader(ledger.db, ledger.workspaceId);
  for (const index of [0, 1, 255, 256, 257, 511, 512, head.size - 1]) {
    const proof = await inclusionProof(sha256, tiles, index, head.size);
    const leafHash = leafHashOf(entries[index]!.leaf);
    verifyInclusion(sha256, { index, size: head.size, leafHash, proof, root: head.root });
  }
  const hashes = entries.map((entry) => leafHashOf(entry.leaf));
  for (const size of [1, 255, 256, 300, 512, head.size - 1]) {
    const proof = await consistencyProof(sha256, tiles, size, head.size);
    const root1 = recursiveRoot(hashes.slice(0, size));
    verifyConsistency(sha256, { size1: size, root1, size2: head.size, root2: head.root, proof });
  }
});

test('a ledger that is opened again goes on where it was', async () => {
  const before = await sizeNow();
  await restart();
  const [entry] = await note(1);
  expect(entry!.index).toBe(before);
  await expectTree();
});

test('a clock that goes backwards changes the times of entries and nothing else', async () => {
  const before = await sizeNow();
  opened.chance.setClock(Date.parse('2031-01-01T00:00:00Z'));
  await note(2);
  opened.chance.setClock(Date.parse('2019-01-01T00:00:00Z'));
  await note(2);
  const entries = (await allEntries()).slice(before);
  expect(entries.map((entry) => entry.recordedAt.slice(0, 4))).toEqual(['2031', '2031', '2019', '2019']);
  expect(entries.map((entry) => entry.index)).toEqual([0, 1, 2, 3].map((i) => before + i));
  const ids = entries.map((entry) => entry.id);
  expect(ids.toSorted()).toEqual(ids);
  await expectTree();
});
