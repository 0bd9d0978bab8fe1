import { runStatement, type Tx } from '../../kernel/db.ts';
import type { Log } from '../../kernel/log.ts';
import type { Follower } from './follower.ts';
import type { Ledger } from './ledger.actions.ts';
import { cursorOf, pageOfEntries, park, readHead, saveCursor } from './ledger.store.ts';
import type { Entry } from './ledger.ts';
import { openEntries } from './read.actions.ts';

const POLL_MS = 1000;
const TRIES = 3;

export type Runner = {
  readonly wake: () => void;
  /** Entries not yet handled, per follower. */
  readonly lag: () => Promise<Readonly<Record<string, number>>>;
  /** Resolves when every follower has handled all that was in the ledger at the call. */
  readonly caughtUp: () => Promise<void>;
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
    caughtUp: async () => {
      const { size } = await readHead(ledger.db, ledger.workspaceId);
      await Promise.all(loops.map((loop) => loop.reached(size)));
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
  let wakeUp: () => void = () => {};
  let position = 0;
  let waiting: { index: number; done: () => void }[] = [];
  const settle = () => {
    for (const waiter of waiting.filter((w) => w.index <= position)) waiter.done();
    waiting = waiting.filter((w) => w.index > position);
  };
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, nudged ? 0 : POLL_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      nudged = false;
    });
  const run = async () => {
    while (!stopped) {
      const before = position;
      position = await step(ledger, follower).catch((error: unknown) => {
        log('follower.failed', {
          follower: follower.name,
          reason: error instanceof Error ? error.message : String(error),
        });
        return position;
      });
      settle();
      if (position > before) continue;
      await idle();
    }
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

/** Handles one batch; returns the index to read next. */
async function step(ledger: Ledger, follower: Follower): Promise<number> {
  const { db, workspaceId } = ledger;
  const next = await cursorOf(db, workspaceId, follower.name);
  const entries = await pageOfEntries(db, workspaceId, next, follower.batch);
  if (entries.length === 0) return next;
  const until = next + entries.length;
  try {
    await db.transaction().execute(async (tx) => {
      await handleEntries(tx, ledger, follower, entries);
      await saveCursor(tx, workspaceId, follower.name, until);
    });
  } catch {
    await oneByOne(ledger, follower, entries);
  }
  if (entries.length < follower.batch) await follower.caughtUp?.();
  return until;
}

async function handleEntries(
  tx: Tx,
  ledger: Ledger,
  { kinds, handle }: Follower,
  entries: readonly Entry[],
): Promise<void> {
  const taken = kinds ? entries.filter((entry) => kinds.includes(entry.kind)) : entries;
  if (taken.length > 0) await handle(tx, await openEntries(ledger.vault, taken));
}

/** A batch that failed is tried entry by entry under savepoints, so that one bad entry stops nobody else. */
async function oneByOne(ledger: Ledger, follower: Follower, entries: readonly Entry[]): Promise<void> {
  await ledger.db.transaction().execute(async (tx) => {
    for (const entry of entries) await tryEntry(tx, ledger, follower, entry);
    await saveCursor(tx, ledger.workspaceId, follower.name, entries.at(-1)!.index + 1);
  });
}

async function tryEntry(tx: Tx, ledger: Ledger, follower: Follower, entry: Entry): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const point = await savepoint(tx);
    try {
      await handleEntries(tx, ledger, follower, [entry]);
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
