import type { Log } from '../../kernel/log.ts';
import { memberNames } from '../casefile/second.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { GatePorts } from './gate.actions.ts';
import { letLeave } from './waits.actions.ts';
import { dueWaits, listWaits, nextWait } from './waits.store.ts';
import { coolingUntil, mayApprove } from './waits.ts';

/** A clock that was set meanwhile, or a machine that slept, is noticed within a minute. */
const LONGEST_MS = 60_000;
const SHORTEST_MS = 250;

/** Lets letters out whose time has come. It carries no state: what is due is looked up. */
export type Gatekeeper = {
  /** Lets out what is due now. */
  readonly look: () => Promise<void>;
  /** Sets its clock by what waits now. */
  readonly arm: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function makeGatekeeper(ports: GatePorts, log: Log): Gatekeeper {
  const { db, workspaceId, chance } = ports.ledger;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  const letOut = async () => {
    for (const id of await dueWaits(db, workspaceId, chance.now())) {
      if (isStopped) return;
      const left = await letLeave(ports, id);
      if (!left.ok) log('letter.stopped', { wait: id, reason: left.reason });
    }
  };
  const arm = async () => {
    const until = await nextWait(db, workspaceId);
    clearTimeout(timer);
    if (until === null || isStopped) return;
    const ms = Date.parse(until) - Date.parse(chance.now());
    timer = setTimeout(() => void look(), Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms)));
    timer.unref();
  };
  const look = () => {
    const next = looking.then(letOut).then(arm);
    looking = next.catch((error: unknown) =>
      log('letters.stopped', { reason: error instanceof Error ? error.message : String(error) }),
    );
    return next;
  };
  return {
    look,
    arm,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Letters that wait, as a member sees them; of one procedure also those that waited. */
export async function waitsView(ledger: Ledger, actor: string, procedure: string | null) {
  const [waits, names] = await Promise.all([
    listWaits(ledger.db, ledger.workspaceId, procedure),
    memberNames(ledger),
  ]);
  const named = (by: string | null) => (by === null ? null : (names.get(by) ?? by));
  return waits.map(({ askedRole: _, wish, ...wait }) => ({
    ...wait,
    ...{ askedBy: named(wait.askedBy)!, approvedBy: named(wait.approvedBy), lookedBy: named(wait.lookedBy) },
    ...{
      hurriedBy: named(wait.hurriedBy),
      atOpening: wish.atOpening,
      coolsUntil: coolingUntil(wait.standing),
    },
    isMine: wait.askedBy === actor,
    mayApprove: wait.verdict === 'second-person' && mayApprove(wait, actor),
  }));
}
