import { answer } from '../../kernel/thread.ts';
import { type GrownTree, newGrower } from './grower.ts';

const grow = newGrower();

/** Hashes leaves while the next ones are being read. */
answer<Uint8Array, GrownTree>(async (leaves) => ({ value: grow(leaves) }));
