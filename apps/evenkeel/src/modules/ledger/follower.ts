import type { Tx } from '../../kernel/db.ts';
import type { ReadEntry } from './ledger.ts';

/**
 * Reads the ledger in order. A projector writes only its own projections and may be replayed; a reactor may record
 * facts, once per entry, and is never replayed.
 */
export type Follower = {
  readonly name: string;
  readonly role: 'projector' | 'reactor';
  /** How many entries it takes at once. */
  readonly batch: number;
  /** The kinds of fact it takes; entries of others pass it by unopened. Without it, all. */
  readonly kinds?: readonly string[];
  readonly handle: (tx: Tx, entries: readonly ReadEntry[]) => Promise<void>;
  /** Called when the follower has caught up after it had work. */
  readonly caughtUp?: () => Promise<void>;
};
