import type { Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { factsOf } from '../ledger/ledger.ts';
import type { SourceFact } from '../source/source.ts';
import { insertSeen } from './seen-in-exports.store.ts';

type Covered = Extract<SourceFact, { kind: 'source.covered' }>;

/** Notes which entries an export showed, those too that an earlier one had brought: two exports of a talk can be compared. */
export function seenInExportsFollower({ workspaceId }: Pick<Ledger, 'workspaceId'>): Follower {
  return {
    name: 'interaction.seen-in-exports',
    role: 'projector',
    kinds: ['source.covered'],
    givesWay: 'for a while',
    batch: 20,
    async handle(tx, entries) {
      const seen = factsOf<Covered>(entries, 'source.covered').flatMap(({ fact: { run, items } }) =>
        items.flatMap(([container, , , , , interaction]) =>
          interaction === null ? [] : [{ run, container, interaction }],
        ),
      );
      if (seen.length > 0) await insertSeen(tx, workspaceId, seen);
    },
  };
}
