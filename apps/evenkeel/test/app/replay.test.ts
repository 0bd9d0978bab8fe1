import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { threadFollower } from '../../src/modules/interaction/thread.follower.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { madeAnew, type Rows, rowsOf } from '../support/made-anew.ts';
import { writeFiles } from '../support/story-teller.ts';
import type { TestApp } from '../support/test-app.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { toldStory } from '../support/told-story.ts';

let database: TestDatabase;
let app: TestApp;

/** Every row of every projection, as text, in an order that does not depend on when it was written. */
async function snapshot(): Promise<Rows> {
  return rowsOf(database.pool, await projectionTables(database.db));
}

beforeAll(async () => {
  ({ app, database } = await toldStory('replay'));
  const { me } = story.workspace;
  const everything = writeFiles(storyMails());
  const { report } = await app.bringIn({
    ...{ paths: [join(everything, 'baltika.mbox')], me, client: 'Baltika once more' },
  });
  expect(report.totals.duplicates).toBeGreaterThan(50);
}, 300_000);

test('projections made again from the ledger are, row by row, what they were', async () => {
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
  await madeAnew(app);
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
