import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Db, sql } from '../../src/kernel/db.ts';
import { makeImporter, type RunEvent } from '../../src/modules/interaction/import.actions.ts';
import type { ImportWish } from '../../src/modules/interaction/import-batch.ts';
import type { Ledger } from '../../src/modules/ledger/ledger.actions.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import type { Vault } from '../../src/modules/vault/vault.actions.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

import { expectSound, openLedger, type TestLedger } from '../support/test-ledger.ts';

const MAILS = 1010;
const TOTALS = { items: MAILS, imported: MAILS, duplicates: 0, leftOut: 0, unreadable: 0 };

/** Where the write order is broken, and when: the first call counts as 1. */
type Fault = {
  readonly name: string;
  readonly at: number;
  readonly error: Error;
  /** Whether the thing was done all the same. */
  readonly isDone: boolean;
  calls: number;
};

function fault(name: string, at: number, isDone: boolean, code = 'EIO'): Fault {
  return { name, at, isDone, calls: 0, error: Object.assign(new Error(`${code} at ${name}`), { code }) };
}

/** Does something, and fails at the given call: before it, or after it was done. */
async function broken<T>(one: Fault, name: string, act: () => Promise<T>): Promise<T> {
  const isNow = one.name === name && ++one.calls === one.at;
  if (isNow && !one.isDone) throw one.error;
  const value = await act();
  if (isNow) throw one.error;
  return value;
}

function faultyVault(one: Fault): (vault: Vault) => Vault {
  return (vault) => ({
    ...vault,
    flush: () => broken(one, 'flush', vault.flush),
    sealObject: (bytes, digest) => broken(one, 'pack', () => vault.sealObject(bytes, digest)),
  });
}

/** A commit that is answered with an error: the connection broke before the server did it, or after. */
function faultyCommits(one: Fault, db: Db): Db {
  return new Proxy(db, {
    get: (target, key) => {
      const value = Reflect.get(target, key) as unknown;
      if (key !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return () => ({
        execute: <T>(act: (tx: never) => Promise<T>) =>
          broken({ ...one, isDone: true, calls: 0, at: 0 }, '', () =>
            one.isDone
              ? broken(one, 'commit', () => target.transaction().execute(act as never) as Promise<T>)
              : (target.transaction().execute(async (tx) => {
                  const done = await act(tx as never);
                  await broken(one, 'commit', async () => {});
                  return done;
                }) as Promise<T>),
          ),
      });
    },
  });
}

function wishFor(folder: string): ImportWish {
  return { paths: [folder], actor: LOCAL_OWNER, only: null, me: ['me@firm.example'], client: null };
}

function input(): string {
  const mails = Array.from({ length: MAILS }, (_, i) =>
    mail({ subject: `fault ${i}`, from: `p${i % 9}@fault.example` }),
  );
  return filesIn(temporaryFolder(), { 'box.mbox': mbox(mails) });
}

async function importWith(ledger: Ledger, opened: TestLedger, folder: string): Promise<readonly RunEvent[]> {
  const importer = makeImporter(ledger, opened.sealer, () => {});
  const id = await importer.start(wishFor(folder));
  await importer.idle();
  return importer.live(id)!.events;
}

const acknowledgedIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => ('acknowledged' in event ? event.acknowledged : []));

/** Nothing acknowledged is lost, nothing is there by half, and the same import goes on to the same report. */
async function expectRecovery(
  database: TestDatabase,
  dataDir: string,
  folder: string,
  acknowledged: readonly string[],
): Promise<void> {
  const again = await openLedger(database, dataDir);
  await expectSound(again);
  const { rows: half } = await database.pool.query(
    `SELECT (SELECT count(*) FROM interactions) AS interactions, (SELECT count(*) FROM originals) AS originals,
       (SELECT count(*) FROM entries WHERE kind = 'interaction.recorded') AS recorded`,
  );
  expect(new Set(Object.values(half[0] as object)).size, JSON.stringify(half)).toBe(1);
  const events = await importWith(again.ledger, again, folder);
  expect(events.at(-1)).toMatchObject({ report: { state: 'finished', totals: TOTALS } });
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM interactions');
  expect(rows).toHaveLength(MAILS);
  const there = new Set(rows.map(({ id }) => id));
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  await expectSound(again);
}

test.each([
  ['a flush of slots and packs', 'flush', 2],
  ['a later flush of slots and packs', 'flush', 3],
  ['writing an original', 'pack', 40],
  ['writing an original of a later batch', 'pack', 700],
  ['a commit', 'commit', 2],
  ['a later commit', 'commit', 3],
])(
  'when %s fails, done or not done, nothing acknowledged is lost and the import goes on',
  async (_what, name, at) => {
    for (const isDone of [false, true]) {
      const database = await freshDatabase();
      const folder = input();
      const one = fault(name, at, isDone);
      const opened = await openLedger(database, undefined, faultyVault({ ...one, name: 'none' }));
      const vault = faultyVault(one)(opened.vault);
      const ledger: Ledger = { ...opened.ledger, vault, db: faultyCommits(one, opened.ledger.db) };
      const events = await importWith(ledger, opened, folder);
      expect(one.calls, 'the fault happened').toBeGreaterThanOrEqual(at);
      expect(events.at(-1), `${name}, ${isDone ? 'done' : 'not done'}`).toMatchObject({
        failed: { code: 'import-stopped', message: expect.stringContaining('goes on where it stopped') },
      });
      await expectRecovery(database, opened.dataDir, folder, acknowledgedIn(events));
    }
  },
);

test('a full disk is said to be full, and the same process goes on when there is space', async () => {
  const database = await freshDatabase();
  const folder = input();
  const one = fault('flush', 3, false, 'ENOSPC');
  const opened = await openLedger(database);
  const ledger: Ledger = { ...opened.ledger, vault: faultyVault(one)(opened.vault) };
  const events = await importWith(ledger, opened, folder);
  expect(events.at(-1)).toMatchObject({ failed: { code: 'disk-full' } });
  expect(acknowledgedIn(events).length).toBeGreaterThan(0);
  const rest = await importWith(ledger, opened, folder);
  expect(rest.at(-1)).toMatchObject({ report: { totals: TOTALS } });
  expect(new Set([...acknowledgedIn(events), ...acknowledgedIn(rest)]).size).toBe(MAILS);
  await expectSound(opened);
});

test('a commit that the database itself refuses at the last moment leaves nothing behind', async () => {
  const database = await freshDatabase();
  const folder = input();
  const opened = await openLedger(database);
  await database.pool.query('CREATE TABLE refused (id int PRIMARY KEY)');
  await database.pool.query(
    'CREATE TABLE refusal (id int REFERENCES refused (id) DEFERRABLE INITIALLY DEFERRED)',
  );
  await database.pool.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF (SELECT count(*) FROM coverages) = 2 THEN INSERT INTO refusal VALUES (1); END IF; RETURN NULL; END $$`);
  await database.pool.query('CREATE TRIGGER refuse AFTER INSERT ON coverages EXECUTE FUNCTION refuse()');
  const events = await importWith(opened.ledger, opened, folder);
  expect(events.at(-1)).toMatchObject({ failed: { message: expect.stringContaining('refusal') } });
  await database.pool.query('DROP TABLE refusal, refused CASCADE');
  await database.pool.query('DROP TRIGGER refuse ON coverages');
  await expectRecovery(database, opened.dataDir, folder, acknowledgedIn(events));
});

test('a connection that is cut while rows are written leaves nothing behind', async () => {
  const database = await freshDatabase();
  const folder = input();
  const opened = await openLedger(database);
  await database.pool.query(`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF (SELECT count(*) FROM coverages) = 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$`);
  await database.pool.query('CREATE TRIGGER cut AFTER INSERT ON coverages EXECUTE FUNCTION cut()');
  const events = await importWith(opened.ledger, opened, folder);
  expect(events.at(-1)).toMatchObject({ failed: { code: 'import-stopped' } });
  await database.pool.query('DROP TRIGGER cut ON coverages');
  await expectRecovery(database, opened.dataDir, folder, acknowledgedIn(events));
});

test('a head that cannot be signed stops the report, loses nothing, and is signed at the next chance', async () => {
  const database = await freshDatabase();
  const folder = input();
  const opened = await openLedger(database);
  const log = join(opened.dataDir, 'log');
  await rename(join(log, 'checkpoint'), join(log, 'aside'));
  // A folder where the new head is to be written: the disk says no.
  await mkdir(join(log, 'checkpoint.new'));
  await rename(join(log, 'aside'), join(log, 'checkpoint'));
  const events = await importWith(opened.ledger, opened, folder);
  expect(events.at(-1)).toHaveProperty('failed');
  expect(acknowledgedIn(events)).toHaveLength(MAILS);
  await rm(join(log, 'checkpoint.new'), { recursive: true });
  const again = await openLedger(database, opened.dataDir);
  expect((await again.sealer.seal()).size).toBeGreaterThan(MAILS);
  await expectSound(again);
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM interactions`.execute(
    database.db,
  );
  expect(rows[0]?.count).toBe(MAILS);
});

test('a head that was signed though it looked as if not is the one to go on from', async () => {
  const database = await freshDatabase();
  const opened = await openLedger(database);
  await importWith(opened.ledger, opened, input());
  // Signed and written, and the process ended before anybody heard of it.
  await opened.sealer.seal();
  const again = await openLedger(database, opened.dataDir);
  await importWith(again.ledger, again, input());
  await expectSound(again);
});
