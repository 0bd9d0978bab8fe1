import type { Follower } from '../ledger/follower.ts';

/** Looks for reports on what we sent when something new was recorded. */
export function reportFollower(look: () => Promise<void>): Follower {
  return {
    name: 'outbox.reports',
    role: 'reactor',
    needs: 'nothing',
    givesWay: 'for a while',
    caughtUp: look,
  };
}
