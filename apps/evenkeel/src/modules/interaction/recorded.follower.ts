import type { RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Follower, LineFollower } from '../ledger/follower.ts';
import { READ_AGAIN, RECORDED_KINDS } from './interaction.ts';

/** So many records at most are projected at once. */
export const RECORDED_BATCH = 1000;

/** What a projector does with interactions as they are recorded. */
export type RecordedWork = Pick<Follower, 'name' | 'caughtUp'> & {
  /** @param records At least one, in the order of the ledger; an erased one has no interaction any more. */
  readonly project: (tx: Tx, records: readonly RecordId[]) => Promise<void>;
  /** What it does when words that it saw read differently. @param entries by which a person had them read again */
  readonly readAgain?: (tx: Tx, entries: readonly RecordId[]) => Promise<void>;
};

/** A projector of every interaction, right behind its recording; behind a whole import while that goes on. */
export function recordedFollower({ project, readAgain, ...named }: RecordedWork): LineFollower {
  return {
    ...named,
    role: 'projector',
    kinds: readAgain ? [...RECORDED_KINDS, ...READ_AGAIN] : RECORDED_KINDS,
    needs: 'lines',
    givesWay: 'for a while',
    batch: RECORDED_BATCH,
    async handle(tx, entries) {
      const records = entries.filter(({ kind }) => RECORDED_KINDS.includes(kind)).map(({ id }) => id);
      if (records.length > 0) await project(tx, records);
      const again = entries.filter(({ kind }) => READ_AGAIN.includes(kind)).map(({ id }) => id);
      if (again.length > 0) await readAgain?.(tx, again);
    },
  };
}
