import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { startThread } from '../../src/kernel/workers.ts';
import { type Analyst, indexFollower } from '../../src/modules/interaction/index.follower.ts';
import { seenInExportsFollower } from '../../src/modules/interaction/seen-in-exports.follower.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { signalFollower } from '../../src/modules/signal/signal.follower.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { tellStoryTo, writeFiles } from '../support/story-teller.ts';
import { type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
let app: TestApp;

type Rows = Readonly<Record<string, readonly string[]>>;

/** Every row of every projection, as text, in an order that does not depend on when it was written. */
async function snapshot(): Promise<Rows> {
  const tables: Record<string, readonly string[]> = {};
  for (const name of await projectionTables(database.db)) {
    const { rows } = await database.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    tables[name] = rows.map(({ row }) => row).sort();
  }
  return tables;
}

beforeAll(async () => {
  const chance = seededChance('replay');
  app = await testApp(database, { chance });
  await tellStoryTo(app, chance);
  const { me } = story.workspace;
  const everything = writeFiles(storyMails());
  const { report } = await app.bringIn({
    ...{ paths: [join(everything, 'baltika.mbox')], me, client: 'Baltika once more' },
  });
  expect(report.totals.duplicates).toBeGreaterThan(50);
}, 300_000);

test('projections made again from the ledger are, row by row, what they were', async () => {
  const analyst: Analyst = startThread(
    new URL('../../src/modules/interaction/analyse.worker.ts', import.meta.url),
  );
  atEnd(() => analyst.close());
  const reader = openReader(join(app.dataDir, 'packs'));
  atEnd(() => reader.close());
  const before = await snapshot();
  for (const table of [
    'interactions',
    'originals',
    'filings',
    'search_rows',
    'thread_members',
    'runs',
    'signals',
    'points',
    'commitments',
    'offers',
    'agreements',
    'boundaries',
    'breaches',
    'screenings',
    'screening_answers',
    'procedures',
    'procedure_visits',
    'policies',
    'policy_reads',
    'restrictions',
    'silences',
    'silence_looks',
    'endings',
    'noted',
    'statements',
  ])
    expect(before[table], table).not.toEqual([]);
  await replay(app.ledger, [
    indexFollower(app.ledger, () => analyst),
    threadFollower(app.ledger),
    seenInExportsFollower(app.ledger),
    signalFollower(app.ledger, reader),
  ]);
  const after = await snapshot();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const table of Object.keys(before)) expect(after[table], table).toEqual(before[table]);
});

test('a replay that fails leaves every row as it was', async () => {
  const before = await snapshot();
  const broken = { ...threadFollower(app.ledger), handle: () => Promise.reject(new Error('no disk')) };
  await expect(replay(app.ledger, [broken])).rejects.toThrow('no disk');
  expect(await snapshot()).toEqual(before);
});
