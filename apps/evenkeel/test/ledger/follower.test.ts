import { afterEach, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { type Runner, runFollowers } from '../../src/modules/ledger/follower.actions.ts';
import { parkedCount, parkedOf } from '../../src/modules/ledger/follower.store.ts';
import type { EntryLine, Follower, LineFollower } from '../../src/modules/ledger/follower.ts';
import { append, inBulk, type Ledger, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { type Fact, LOCAL_OWNER, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { testDatabase } from '../support/test-database.ts';
import { openLedger } from '../support/test-ledger.ts';

const database = await testDatabase();
const { ledger } = await openLedger(database);
let runner: Runner | null = null;

afterEach(async () => {
  await runner?.stop();
  runner = null;
});

function follow(...followers: Follower[]): Runner {
  runner = runFollowers(ledger, followers, () => {});
  return runner;
}

type Noted = Fact & { readonly word: string };

async function record(on: Ledger, ...words: string[]): Promise<void> {
  const facts = words.map((word) => ({
    fact: { kind: 'test.noted', word } as Noted,
    stream: WORKSPACE_STREAM,
    actor: LOCAL_OWNER,
  }));
  const sealed = await sealFacts(on, facts);
  await on.db.transaction().execute((tx) => append(tx, on, sealed));
}

/** Takes entries unopened, as far as they are of this test. */
function lines(
  name: string,
  take: (line: EntryLine) => void,
  more: Partial<Pick<Follower, 'givesWay'>> = {},
): LineFollower {
  return {
    name,
    role: 'projector',
    kinds: ['test.noted'],
    needs: 'lines',
    ...more,
    batch: 10,
    handle: async (_tx, entries) => {
      for (const entry of entries) take(entry);
    },
  };
}

test('a follower that needs no facts gets lines in order, without opening anything', async () => {
  await record(ledger, 'one', 'two');
  const seen: EntryLine[] = [];
  await follow(lines('test.lines', (line) => seen.push(line))).caughtUp();
  expect(seen.map(({ kind }) => kind)).toEqual(['test.noted', 'test.noted']);
  expect(seen[0]!.index).toBeLessThan(seen[1]!.index);
  expect(Object.keys(seen[0]!).sort()).toEqual(['id', 'index', 'kind']);
});

test('entries of other kinds are passed by at once, however few it takes of its own', async () => {
  await record(ledger, ...Array.from({ length: 30 }, (_, i) => `word ${i}`));
  const asked = { rare: 0, common: 0 };
  const lengths: number[] = [];
  const rare: LineFollower = {
    ...lines('test.rare', () => {}),
    kinds: ['test.rare'],
    isTurn: async () => void asked.rare++,
  };
  const common: LineFollower = {
    ...lines('test.common', () => {}),
    isTurn: async () => void asked.common++,
    handle: async (_tx, entries) => void lengths.push(entries.length),
  };
  await follow(rare, common).caughtUp();
  expect(asked.rare).toBe(1);
  expect(asked.common).toBeGreaterThan(3);
  expect(Math.max(...lengths)).toBe(10);
});

test.each(['for a while', 'to the end'] as const)(
  'one that gives way %s waits while a recording in bulk goes on, unless somebody waits for it',
  async (givesWay) => {
    const seen: number[] = [];
    const polite = lines(`test.polite ${givesWay}`, ({ index }) => seen.push(index), { givesWay });
    const eager = lines('test.eager', () => {});
    const running = follow(polite, eager);
    await running.caughtUp();
    const before = seen.length;
    await inBulk(ledger, 1_000, async () => {
      await record(ledger, 'three');
      running.wake();
      // The eager one has seen it, so that the polite one could have too.
      for (let lag = 1; lag > 0; lag = (await running.lag())['test.eager']!) running.wake();
      expect(seen.length).toBe(before);
      await running.caughtUp();
      expect(seen.length).toBe(before + 1);
    });
  },
);

test('one that gives way for a while goes on when it is as far behind as the recording lets it be', async () => {
  const seen: number[] = [];
  const running = follow(lines('test.near', ({ index }) => seen.push(index), { givesWay: 'for a while' }));
  await running.caughtUp();
  const before = seen.length;
  await inBulk(ledger, 1_000, () =>
    inBulk(ledger, 2, async () => {
      await record(ledger, 'near');
      running.wake();
      expect((await running.lag())['test.near']).toBe(1);
      await record(ledger, 'nearer');
      await expect
        .poll(async () => {
          running.wake();
          return (await running.lag())['test.near'];
        })
        .toBe(0);
    }),
  );
  expect(seen.length).toBe(before + 2);
});

test('what was set aside is tried again at the next start, and stays aside while it fails', async () => {
  let isBroken = true;
  const seen: number[] = [];
  const frail = lines('test.frail', ({ index }) => {
    if (isBroken) throw new Error('no words for it');
    seen.push(index);
  });
  await record(ledger, 'four');
  await follow(frail).caughtUp();
  const parked = await parkedOf(ledger.db, ledger.workspaceId, frail.name);
  expect(parked.length).toBeGreaterThan(0);
  await runner!.stop();

  await follow(frail).caughtUp();
  await runner!.stop();
  expect(await parkedOf(ledger.db, ledger.workspaceId, frail.name)).toEqual(parked);
  const { rows } = await sql<{ reason: string }>`SELECT DISTINCT reason FROM parked`.execute(ledger.db);
  expect(rows).toEqual([{ reason: 'no words for it' }]);

  isBroken = false;
  await follow(frail).caughtUp();
  await runner!.stop();
  expect(seen).toEqual(parked);
  expect(await parkedCount(ledger.db, ledger.workspaceId)).toBe(0);
});
