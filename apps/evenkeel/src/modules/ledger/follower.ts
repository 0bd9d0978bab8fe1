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
  readonly handle: (tx: Tx, entries: readonly ReadEntry[]) => Promise<void>;
  /** Called when the follower has caught up after it had work. */
  readonly caughtUp?: () => Promise<void>;
};
