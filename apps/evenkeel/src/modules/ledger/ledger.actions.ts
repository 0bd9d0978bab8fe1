import { encodeLeaf, LEAF_BYTES, tagMaker } from '@evenkeel/proof/leaf';
import { growTiles, type TileEdge } from '@evenkeel/proof/tile';
import { appendToRange, leafHash, type Range } from '@evenkeel/proof/tree';
import type { Actor, RecordId, WorkspaceId } from '../../kernel/brand.ts';
import type { Chance } from '../../kernel/chance.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Vault } from '../vault/vault.actions.ts';
import type { Slot } from '../vault/vault.ts';
import {
  type Growth,
  LEAVES_LEVEL,
  leavesBetween,
  loadStreams,
  lockHead,
  type StreamHead,
  type Tile,
  writeGrowth,
} from './ledger.store.ts';
import { type Entry, envelopeBytes, type Fact, type PendingEntry, type Stream } from './ledger.ts';
import { edgeAt, isAtHead, packHashes, rangeOf } from './tree.store.ts';

const LEAF_ROW_BYTES = 256 * LEAF_BYTES;

/** What a person records at once has no more entries than this. */
const FEW = 32;
const AT_WORK_MS = 2000;
/** Of so many streams it is remembered how long they are. */
const STREAMS_REMEMBERED = 20_000;

/** What the ledger remembers between appends; the database stays the truth and is compared each time. */
export type Ledger = {
  readonly db: Db;
  readonly vault: Vault;
  readonly chance: Chance;
  readonly newId: () => string;
  readonly workspaceId: WorkspaceId;
  /** Called after a commit, so that followers and the sealer need not wait for their clock. */
  readonly wake: () => void;
  readonly memory: {
    edge: TileEdge | null;
    range: Range | null;
    fresh: Map<Stream, Slot>;
    /** Streams as they stood at that range. */
    streams: Map<string, StreamHead>;
    tags: Map<number, (seq: number) => Uint8Array>;
    /** The recordings in bulk that are going on, each with how many entries followers that give way may be behind it. */
    bulk: Map<symbol, number>;
    /** When somebody last recorded a few things, while a recording in bulk may have been going on. */
    fewAt: Instant | null;
  };
};

export function makeLedger(parts: Omit<Ledger, 'memory' | 'workspaceId'>): Ledger {
  return {
    ...parts,
    workspaceId: parts.vault.workspaceId,
    memory: {
      ...{ edge: null, range: null, fresh: new Map(), streams: new Map(), tags: new Map() },
      ...{ bulk: new Map(), fewAt: null },
    },
  };
}

/**
 * Records in bulk: meanwhile followers that can wait leave the processor to it.
 *
 * @param mayWait so many entries they may be behind: with many all can be browsed sooner, with few all is found sooner
 */
export async function inBulk<T>(ledger: Ledger, mayWait: number, record: () => Promise<T>): Promise<T> {
  const recording = Symbol();
  ledger.memory.bulk.set(recording, mayWait);
  try {
    return await record();
  } finally {
    ledger.memory.bulk.delete(recording);
    ledger.wake();
  }
}

/** Whether somebody is recording this and that: whoever records in bulk then locks the head for shorter. */
export function isSomebodyAtWork({ memory: { fewAt }, chance }: Ledger): boolean {
  return fewAt !== null && Date.parse(chance.now()) - Date.parse(fewAt) < AT_WORK_MS;
}

/** A fact on its way into the ledger. */
export type NewFact = {
  readonly fact: Fact;
  readonly stream: Stream;
  readonly actor: Actor;
  /** Given when rows must name the entry before it is written. */
  readonly id?: RecordId;
  /** Commitments of the objects the fact speaks of, 32 bytes each. */
  readonly objects?: readonly Uint8Array[];
  readonly leafKind?: PendingEntry['leafKind'];
};

/** Hashes and seals facts, and makes their secrets durable: what comes back may be named by a commit. */
export async function sealFacts(ledger: Ledger, facts: readonly NewFact[]): Promise<readonly PendingEntry[]> {
  const pending = await prepareFacts(ledger, facts);
  const nameObjects = facts.some(({ objects = [] }) => objects.length > 0);
  await (nameObjects ? ledger.vault.flush() : ledger.vault.flushSlots());
  return pending;
}

/**
 * Hashes and seals facts. The vault must be flushed before a commit names them.
 *
 * @param db the caller's transaction when there is one: who waits in it must not wait for a second connection
 */
export async function prepareFacts(
  ledger: Ledger,
  facts: readonly NewFact[],
  db: Db | Tx = ledger.db,
): Promise<readonly PendingEntry[]> {
  const recordedAt = ledger.chance.now();
  const pending: PendingEntry[] = [];
  for (const fact of facts) {
    await giveWay();
    pending.push(pendingOf(ledger, fact, recordedAt));
  }
  await reserveStreams(ledger, pending, db);
  return pending;
}

function pendingOf(
  { vault, newId }: Ledger,
  { fact, stream, actor, id, objects = [], leafKind = 'record' }: NewFact,
  recordedAt: Instant,
): PendingEntry {
  const hex = objects.map((commitment) => Buffer.from(commitment).toString('hex'));
  const about = { id: id ?? (newId() as RecordId), kind: fact.kind, stream, actor, recordedAt };
  const sealed = vault.sealEnvelope(envelopeBytes({ ...about, fact, objects: hex }));
  return { ...about, ...sealed, leafKind };
}

async function reserveStreams(ledger: Ledger, pending: readonly PendingEntry[], db: Db | Tx): Promise<void> {
  const { fresh, streams } = ledger.memory;
  const unknown = [...new Set(pending.map((entry) => entry.stream))].filter(
    (stream) => !fresh.has(stream) && !streams.has(stream),
  );
  if (unknown.length === 0) return;
  const known = new Set((await loadStreams(db, ledger.workspaceId, unknown)).map((head) => head.stream));
  for (const stream of unknown) if (!known.has(stream)) fresh.set(stream, ledger.vault.reserve(1)[0]!);
}

/**
 * Gives entries their places, in the caller's transaction and as its last statement: the head is locked only until
 * the commit that follows.
 *
 * @throws BrokenPromise `ledger-gap` when the head and the tree contradict each other
 */
export async function append(
  tx: Tx,
  ledger: Ledger,
  pending: readonly PendingEntry[],
): Promise<readonly Entry[]> {
  if (pending.length === 0) return [];
  const { workspaceId, memory } = ledger;
  if (pending.length <= FEW) memory.fewAt = ledger.chance.now();
  const head = await lockHead(tx, workspaceId);
  const { edge, range } = await treeAt(tx, ledger, head);
  const streams = await streamHeads(tx, ledger, pending);
  const entries: Entry[] = [];
  for (const entry of pending) {
    entries.push({ ...entry, index: head.size + entries.length, leaf: await leafOf(ledger, streams, entry) });
  }
  const hashes = entries.map((entry) => leafHash(sha256, entry.leaf));
  const grown = growTiles(sha256, edge, hashes);
  const newRange = appendToRange(sha256, range, hashes);
  const tiles: Tile[] = grown.full.map(({ level, n, hashes: content }) => ({ level, n, content }));
  const growth: Growth = {
    entries,
    tiles: [...tiles, ...(await fullLeaves(tx, ledger, head.size, entries))],
    streams: [...streams.values()],
    head: { size: head.size + entries.length, range: packHashes(newRange.hashes) },
  };
  await writeGrowth(tx, workspaceId, growth);
  // If the commit fails after all, the next append sees that the head is not this one and reads the tree again.
  memory.edge = grown.edge;
  memory.range = newRange;
  if (memory.streams.size > STREAMS_REMEMBERED) memory.streams.clear();
  for (const [stream, grownStream] of streams) memory.streams.set(stream, grownStream);
  return entries;
}

async function treeAt(
  tx: Tx,
  ledger: Ledger,
  head: { size: number; range: Uint8Array },
): Promise<{ edge: TileEdge; range: Range }> {
  const { edge, range } = ledger.memory;
  if (edge && range && isAtHead(range, head)) return { edge, range };
  ledger.memory.streams.clear();
  return { edge: await edgeAt(tx, ledger.workspaceId, head.size), range: rangeOf(head) };
}

async function streamHeads(
  tx: Tx,
  ledger: Ledger,
  pending: readonly PendingEntry[],
): Promise<Map<string, StreamHead>> {
  const names = [...new Set(pending.map((entry) => entry.stream))];
  const remembered = names.flatMap((name) => ledger.memory.streams.get(name) ?? []);
  const heads = new Map<string, StreamHead>(remembered.map((head) => [head.stream, head]));
  const unknown = names.filter((name) => !heads.has(name));
  // Everybody else who records waits meanwhile: what is known is not asked for.
  if (unknown.length > 0)
    for (const head of await loadStreams(tx, ledger.workspaceId, unknown)) heads.set(head.stream, head);
  for (const stream of names) {
    const slot = ledger.memory.fresh.get(stream);
    if (!heads.has(stream) && slot) heads.set(stream, { stream, slot: slot.id, length: 0 });
  }
  return heads;
}

async function leafOf(
  ledger: Ledger,
  streams: Map<string, StreamHead>,
  entry: PendingEntry,
): Promise<Uint8Array> {
  const head = streams.get(entry.stream);
  if (!head) throw new BrokenPromise('ledger-gap', `The stream of a new ${entry.kind} has no secret.`);
  const seq = head.length + 1;
  streams.set(entry.stream, { ...head, length: seq });
  return encodeLeaf({
    kind: entry.leafKind,
    tag: (await tagsOf(ledger, head))(seq),
    commit: entry.commitment,
  });
}

async function tagsOf(ledger: Ledger, { slot, stream }: StreamHead): Promise<(seq: number) => Uint8Array> {
  const known = ledger.memory.tags.get(slot);
  if (known) return known;
  const secret = await ledger.vault.secretOf(slot);
  if (secret === 'erased')
    throw new BrokenPromise('slot-missing', `The stream ${stream} was erased and cannot grow.`);
  const made = tagMaker(sha256, secret);
  ledger.memory.tags.set(slot, made);
  return made;
}

/** The leaves of tiles that this append fills; the first of them may have begun in earlier appends. */
async function fullLeaves(
  tx: Tx,
  ledger: Ledger,
  size: number,
  entries: readonly Entry[],
): Promise<readonly Tile[]> {
  const first = Math.floor(size / 256);
  const until = Math.floor((size + entries.length) / 256);
  if (until === first) return [];
  const before = await leavesBetween(tx, ledger.workspaceId, first * 256, size);
  const leaves = Buffer.concat([...before.map((row) => row.leaves), ...entries.map((entry) => entry.leaf)]);
  return Array.from({ length: until - first }, (_, i) => ({
    level: LEAVES_LEVEL,
    n: first + i,
    content: leaves.subarray(i * LEAF_ROW_BYTES, (i + 1) * LEAF_ROW_BYTES),
  }));
}
