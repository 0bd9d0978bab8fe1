import { decodeLeaf, type LeafKind } from '@evenkeel/proof/leaf';
import type { Actor, Brand, RecordId } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenPromise } from '../../kernel/outcome.ts';
import type { SlotId } from '../vault/vault.ts';

/** What happened, in the words of the module that recorded it. A fact never changes shape: a new shape is a new kind. */
export type Fact = { readonly kind: string };

/** A name under which entries are counted: `workspace`, `source:<id>`, `party:<id>`. */
export type Stream = Brand<string, 'Stream'>;
export const WORKSPACE_STREAM = 'workspace' as Stream;
export function sourceStream(sourceId: string): Stream {
  return `source:${sourceId}` as Stream;
}
export function partyStream(partyId: string): Stream {
  return `party:${partyId}` as Stream;
}

export const LOCAL_OWNER = 'owner' as Actor;

/** What a caller hands over: hashed and sealed, but without a place in the log. */
export type PendingEntry = {
  readonly id: RecordId;
  readonly kind: string;
  readonly leafKind: LeafKind;
  readonly stream: Stream;
  readonly actor: Actor;
  readonly recordedAt: Instant;
  /** 32 bytes: binds the envelope without telling anything about it. */
  readonly commitment: Uint8Array;
  readonly sealed: Uint8Array;
  readonly slot: SlotId;
};

/** What the log hands back. Only `append` can make one. */
export type Entry = {
  readonly index: number;
  readonly id: RecordId;
  readonly kind: string;
  readonly actor: Actor;
  readonly recordedAt: Instant;
  /** 69 bytes. */
  readonly leaf: Uint8Array;
  readonly sealed: Uint8Array;
  readonly slot: SlotId;
};

/** What a reader gets: the fact, unless its slot was destroyed. */
export type ReadEntry = Entry & { readonly fact: Fact | 'erased'; readonly objects: readonly string[] };

export type Envelope = Pick<PendingEntry, 'id' | 'kind' | 'actor' | 'recordedAt' | 'stream'> & {
  readonly v: 1;
  readonly fact: Fact;
  /** Commitments of the objects the fact speaks of, in hex. */
  readonly objects: readonly string[];
};

/**
 * The bytes that are hashed and stored; they are never serialised again. They repeat the columns beside them, so that
 * who did it and when cannot be changed there without being noticed.
 */
export function envelopeBytes({
  id,
  kind,
  actor,
  recordedAt,
  stream,
  fact,
  objects,
}: Omit<Envelope, 'v'>): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 1, kind, id, actor, recordedAt, stream, fact, objects }));
}

/** An entry's envelope with what its leaf says of it. */
export function sealedEnvelopeOf({ slot, sealed, leaf }: Pick<Entry, 'slot' | 'sealed' | 'leaf'>) {
  return { slot, sealed, commitment: decodeLeaf(leaf).commit };
}

export function readEnvelope(bytes: Uint8Array): Envelope {
  const read = JSON.parse(Buffer.from(bytes).toString('utf8')) as Envelope;
  if (read.v !== 1) throw new BrokenPromise('unknown-fact', `An entry has an envelope of version ${read.v}.`);
  return read;
}

/** The entries that hold one of these kinds of fact, with the fact. */
export function factsOf<F extends Fact>(
  entries: readonly ReadEntry[],
  ...kinds: F['kind'][]
): (ReadEntry & { readonly fact: F })[] {
  return entries.filter(
    (entry): entry is ReadEntry & { fact: F } => entry.fact !== 'erased' && kinds.includes(entry.kind),
  );
}
