import type { Follower } from '../ledger/follower.ts';
import type { ProcedurePorts } from './loading.actions.ts';
import { lookWhileQuiet } from './silence/silence.actions.ts';
import { type Seen, tick } from './tick.actions.ts';

/** Looks at all that goes on by itself. */
export type LookAgain = () => Promise<void>;

/**
 * What goes on by itself: procedures that a reply or a day takes on, and messages that are read while nothing is answered.
 *
 * One look at a time, whoever asks for it. What a look saw is remembered while the program runs, so the first sees all.
 */
export function lookAgain(ports: ProcedurePorts): LookAgain {
  const seen: Seen = new Map();
  let last: Promise<unknown> = Promise.resolve();
  const look = async () => {
    await tick(ports, seen);
    await lookWhileQuiet(ports.ledger, ports.reader);
  };
  return () => {
    const next = last.then(look);
    last = next.catch(() => {});
    return next;
  };
}

/** Looks when something new was recorded. What it would miss, the regular look finds. */
export function procedureFollower(look: LookAgain): Follower {
  return {
    name: 'procedure.look',
    role: 'reactor',
    needs: 'nothing',
    givesWay: 'for a while',
    caughtUp: look,
  };
}
