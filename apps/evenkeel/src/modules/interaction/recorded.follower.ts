import type { Db, Tx } from '../../kernel/db.ts';
import type { Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { factsOf } from '../ledger/ledger.ts';
import type { InteractionFact, InteractionId } from './interaction.ts';

type Recorded = Extract<InteractionFact, { kind: 'interaction.recorded' }>;

/** What a projector does with interactions as they are recorded. */
export type RecordedWork<Row> = Pick<Follower, 'name' | 'caughtUp'> & {
  readonly load: (
    tx: Db | Tx,
    workspaceId: Ledger['workspaceId'],
    ids: readonly InteractionId[],
  ) => Promise<readonly Row[]>;
  readonly project: (tx: Tx, rows: readonly Row[]) => Promise<void>;
};

/** A projector of every interaction, right behind its recording. */
export function recordedFollower<Row>(ledger: Ledger, work: RecordedWork<Row>): Follower {
  const { load, project, ...named } = work;
  return {
    ...named,
    role: 'projector',
    kinds: ['interaction.recorded'],
    batch: 1000,
    async handle(tx, entries) {
      const ids = factsOf<Recorded>(entries, 'interaction.recorded').map(({ fact }) => fact.id);
      if (ids.length > 0) await project(tx, await load(tx, ledger.workspaceId, ids));
    },
  };
}
