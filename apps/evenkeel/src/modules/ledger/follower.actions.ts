import { runStatement, type Tx } from '../../kernel/db.ts';
import type { Log } from '../../kernel/log.ts';
import { cursorOf, park, parkedOf, placeOf, saveCursor, unpark } from './follower.store.ts';
import type { EntryLine, Follower } from './follower.ts';
import type { Ledger } from './ledger.actions.ts';
import { entriesBetween, linesBetween, readHead } from './ledger.store.ts';
import { openEntries } from './read.actions.ts';

const POLL_MS = 1000;
/** So long nothing new must have come before a follower tidies up: in an import it would all the time. */
const SETTLE_MS = 200;
const TRIES = 3;

export type Runner = {
  readonly wake: () => void;
  /** Entries not yet handled, per follower. */
  readonly lag: () => Promise<Readonly<Record<string, number>>>;
  /** Resolves when these followers, by default every one, have handled all that was in the ledger at the call. */
  readonly caughtUp: (names?: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Runs followers side by side, each alone with its own cursor. */
export function runFollowers(ledger: Ledger, followers: readonly Follower[], log: Log): Runner {
  const loops = followers.map((follower) => runLoop(ledger, follower, log));
  const lag = async () => {
    const { size } = await readHead(ledger.db, ledger.workspaceId);
    const cursors = await Promise.all(followers.map((f) => cursorOf(ledger.db, ledger.workspaceId, f.name)));
    return Object.fromEntries(followers.map((f, i) => [f.name, size - (cursors[i] ?? 0)]));
  };
  return {
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    lag,
    caughtUp: async (names = followers.map(({ name }) => name)) => {
      const { size } = await readHead(ledger.db, ledger.workspaceId);
      const awaited = loops.filter((_, i) => names.includes(followers[i]!.name));
      await Promise.all(awaited.map((loop) => loop.reached(size)));
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

type Loop = { wake: () => void; reached: (index: number) => Promise<void>; stop: () => Promise<void> };

function runLoop(ledger: Ledger, follower: Follower, log: Log): Loop {
  let stopped = false;
  let nudged = false;
  let isSettled = true;
  let wakeUp: () => void = () => {};
  let position = 0;
  let waiting: { index: number; done: () => void }[] = [];
  const settle = () => {
    for (const waiter of waiting.filter((w) => w.index <= position)) waiter.done();
    waiting = waiting.filter((w) => w.index > position);
  };
  /** Whether something came before the time was over. */
  const woken = (waitMs: number) =>
    new Promise<boolean>((resolve) => {
      if (nudged) resolve(true);
      const timer = setTimeout(() => resolve(false), nudged ? 0 : waitMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve(true);
      };
      nudged = false;
    });
  const settleDown = async () => {
    isSettled = true;
    await follower.caughtUp?.().catch(complain);
  };
  const complain = (error: unknown) =>
    log('follower.failed', {
      follower: follower.name,
      reason: error instanceof Error ? error.message : String(error),
    });
  const run = async () => {
    await retryParked(ledger, follower).catch(complain);
    while (!stopped) {
      const before = position;
      position = await step(ledger, follower, waiting.length > 0, position).catch((error: unknown) => {
        complain(error);
        return position;
      });
      settle();
      if (position > before) isSettled = false;
      else if (!(await woken(isSettled ? POLL_MS : SETTLE_MS)) && !isSettled) await settleDown();
    }
    if (!isSettled) await settleDown();
  };
  const running = run();
  const wake = () => {
    nudged = true;
    wakeUp();
  };
  return {
    wake,
    reached: (index) =>
      new Promise((done) => {
        waiting.push({ index, done });
        settle();
        wake();
      }),
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** What was set aside is tried once more at each start: the reason may have gone, with a new version for instance. */
async function retryParked(ledger: Ledger, follower: Follower): Promise<void> {
  const { db, workspaceId } = ledger;
  for (const index of await parkedOf(db, workspaceId, follower.name)) {
    const batch = await readBatch(ledger, follower, index, index + 1);
    const retry = db.transaction().execute(async (tx) => {
      if (batch.length > 0) await batch.handle(tx);
      await unpark(tx, workspaceId, follower.name, index);
    });
    // It stays set aside, with the reason it was set aside for.
    await retry.catch(() => {});
  }
}

/** How many entries it may be behind what is being recorded. */
function mayWait({ memory: { bulk } }: Ledger, { givesWay }: Follower): number {
  if (bulk.size === 0 || !givesWay) return 0;
  return givesWay === 'to the end' ? Number.POSITIVE_INFINITY : Math.min(...bulk.values());
}

/** @param position the index that the last step returned; handles one batch and returns the index to read next */
async function step(
  ledger: Ledger,
  follower: Follower,
  isAwaited: boolean,
  position: number,
): Promise<number> {
  const { db, workspaceId } = ledger;
  // Asked anew after each wait: a recording in bulk may have begun meanwhile.
  const canWait = (behind: number) => !isAwaited && behind < mayWait(ledger, follower);
  // Each batch of an import wakes everybody: whoever waits for its end does not ask how far it is.
  if (position > 0 && canWait(sizeRemembered(ledger) - position)) return position;
  const { next, size } = await placeOf(db, workspaceId, follower.name);
  if (next >= size || canWait(size - next)) return next;
  await follower.isTurn?.();
  const batch = await readBatch(ledger, follower, next, size);
  try {
    await db.transaction().execute(async (tx) => {
      if (batch.length > 0) await batch.handle(tx);
      await saveCursor(tx, workspaceId, follower.name, batch.until);
    });
  } catch {
    await oneByOne(ledger, follower, batch.each(), batch.until);
  }
  return batch.until;
}

/** Without a look into the database; unknown, and so too large to be waited for, before anything was recorded. */
function sizeRemembered({ memory }: Ledger): number {
  return memory.range?.size ?? Number.POSITIVE_INFINITY;
}

/** Entries that were read for a follower, and how it is given them: all at once, or each alone. */
type Batch = {
  readonly length: number;
  /** The index to read next: what lies between is of kinds that the follower does not take. */
  readonly until: number;
  readonly handle: (tx: Tx) => Promise<void>;
  readonly each: () => readonly (Pick<Batch, 'handle'> & { readonly index: number })[];
};

async function readBatch(
  { db, workspaceId, vault }: Ledger,
  follower: Follower,
  from: number,
  until: number,
): Promise<Batch> {
  if (follower.needs === 'nothing') return { length: 0, until, handle: async () => {}, each: () => [] };
  const batchOf = <E extends EntryLine>(
    entries: readonly E[],
    handle: (tx: Tx, entries: readonly E[]) => Promise<void>,
  ): Batch => ({
    length: entries.length,
    until: entries.length < follower.batch ? until : entries.at(-1)!.index + 1,
    handle: (tx) => handle(tx, entries),
    each: () => entries.map((entry) => ({ index: entry.index, handle: (tx) => handle(tx, [entry]) })),
  });
  if (follower.needs === 'lines')
    return batchOf(await linesBetween(db, workspaceId, from, until, follower), follower.handle);
  return batchOf(await entriesBetween(db, workspaceId, from, until, follower), async (tx, entries) =>
    follower.handle(tx, await openEntries(vault, entries)),
  );
}

type Alone = ReturnType<Batch['each']>[number];

/** A batch that failed is tried entry by entry under savepoints, so that one bad entry stops nobody else. */
async function oneByOne(
  ledger: Ledger,
  follower: Follower,
  entries: readonly Alone[],
  until: number,
): Promise<void> {
  await ledger.db.transaction().execute(async (tx) => {
    for (const entry of entries) await tryEntry(tx, ledger, follower, entry);
    await saveCursor(tx, ledger.workspaceId, follower.name, until);
  });
}

async function tryEntry(tx: Tx, ledger: Ledger, follower: Follower, entry: Alone): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const point = await savepoint(tx);
    try {
      await entry.handle(tx);
      await point.release();
      return;
    } catch (error) {
      await point.rollback();
      if (attempt < TRIES) continue;
      await park(
        tx,
        ledger.workspaceId,
        follower.name,
        entry.index,
        error instanceof Error ? error.message : String(error),
      );
      return;
    }
  }
}

async function savepoint(tx: Tx): Promise<{ release: () => Promise<void>; rollback: () => Promise<void> }> {
  await runStatement(tx, 'SAVEPOINT entry');
  return {
    release: () => runStatement(tx, 'RELEASE SAVEPOINT entry'),
    rollback: () => runStatement(tx, 'ROLLBACK TO SAVEPOINT entry'),
  };
}
