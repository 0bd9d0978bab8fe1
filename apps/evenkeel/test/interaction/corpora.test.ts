import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const CORPORA = fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
const HAS_CORPORA = existsSync(CORPORA);
if (!HAS_CORPORA) console.log('skipped: the corpora are not beside this checkout (../shared/corpora)');
const MINUTES = 60_000;

const database = await testDatabase();
const app = await testApp(database);

type Totals = Readonly<Record<'items' | 'imported' | 'duplicates' | 'leftOut' | 'unreadable', number>>;

function sum({ imported, duplicates, leftOut, unreadable }: Totals): number {
  return imported + duplicates + leftOut + unreadable;
}

test.runIf(HAS_CORPORA)(
  'dropping the whole corpora folder and choosing everything ends with a report that adds up',
  async () => {
    type Survey = {
      items: number;
      unreadable: number;
      correspondents: { address: string }[];
      ownerless: number;
    };
    const survey = await app.ask<Survey>('POST', '/api/imports/survey', { paths: [CORPORA] });
    const { report } = await app.bringIn({ paths: [CORPORA], client: 'Everything there is' });
    const { totals } = report;
    console.log(`the corpora: ${JSON.stringify(totals)}, ${survey.correspondents.length} correspondents`);
    expect(totals.items).toBe(sum(totals));
    expect(totals.items).toBe(survey.items + survey.unreadable);
    expect(totals.imported).toBeGreaterThan(1500);
    const { rows } = await database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM interactions');
    expect(rows[0]!.n).toBe(totals.imported);
    const again = await app.bringIn({ paths: [CORPORA], client: 'Everything there is' });
    expect(again.report.totals).toEqual({
      ...totals,
      imported: 0,
      duplicates: totals.imported + totals.duplicates,
    });
  },
  15 * MINUTES,
);
