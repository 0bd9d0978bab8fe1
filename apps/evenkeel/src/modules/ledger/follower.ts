import type { Tx } from '../../kernel/db.ts';
import type { ReadEntry } from './ledger.ts';

/** An entry as a follower sees it that takes entries unopened. */
export type EntryLine = Pick<ReadEntry, 'index' | 'id' | 'kind'>;

/**
 * Reads the ledger in order. A projector writes only its own projections and may be replayed; a reactor may record
 * facts, once per entry, and is never replayed.
 */
export type Follower = Common & (TakesFacts | TakesLines | TakesNothing);

type Common = {
  readonly name: string;
  readonly role: 'projector' | 'reactor';
  /** Lets a recording in bulk go first, until it has fallen far behind or until that is over; whoever waits for it is not kept. */
  readonly givesWay?: 'for a while' | 'to the end';
  /** Resolves when nobody who goes before is behind; awaited before a batch is begun, while no connection is held. */
  readonly isTurn?: () => Promise<void>;
  /** Called when the follower has caught up after it had work. */
  readonly caughtUp?: () => Promise<void>;
};

/** What it takes of the ledger. */
export type Taken = {
  /** How many entries of its kinds it takes at once. */
  readonly batch: number;
  /** The kinds of fact it takes; entries of others pass it by unopened. Without it, all. */
  readonly kinds?: readonly string[];
};

/** The usual one: it is given the facts. */
type TakesFacts = Taken & {
  readonly needs?: 'facts';
  readonly handle: (tx: Tx, entries: readonly ReadEntry[]) => Promise<void>;
};

/** One that follows what an entry left in the projections: opening envelopes would be in vain. */
type TakesLines = Taken & {
  readonly needs: 'lines';
  readonly handle: (tx: Tx, entries: readonly EntryLine[]) => Promise<void>;
};

/** One that is told only that something came, when it has come to an end. */
type TakesNothing = {
  readonly needs: 'nothing';
  readonly caughtUp: () => Promise<void>;
};

export type LineFollower = Extract<Follower, TakesLines>;
