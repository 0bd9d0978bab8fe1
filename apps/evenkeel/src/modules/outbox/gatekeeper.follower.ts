import type { Follower } from '../ledger/follower.ts';
import type { Gatekeeper } from './gatekeeper.actions.ts';

/** Sets the clock of the gate when something new was recorded: a letter may wait. */
export function gatekeeperFollower({ arm }: Gatekeeper): Follower {
  return {
    name: 'outbox.gatekeeper',
    role: 'reactor',
    needs: 'nothing',
    givesWay: 'for a while',
    caughtUp: arm,
  };
}
