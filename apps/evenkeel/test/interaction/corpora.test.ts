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

type Gap = {
  readonly id: string;
  readonly name: string | null;
  readonly codes: readonly { readonly code: string }[];
};
type Page = { readonly items: readonly Gap[]; readonly next: string | null };

async function allLines(party: string, kind: string): Promise<readonly Gap[]> {
  const found: Gap[] = [];
  for (let after = ''; ; ) {
    const path = `/api/parties/${party}/missing/lines?kind=${kind}&limit=200${after}`;
    const page = await app.ask<Page>('GET', path);
    found.push(...page.items);
    if (page.next === null) return found;
    after = `&after=${page.next}`;
  }
}

test.runIf(HAS_CORPORA)(
  'what is missing of them is counted as it is listed, and no message that is called missing is here',
  async () => {
    const [party] = (await app.ask<{ items: { id: string }[] }>('GET', '/api/parties?query=Everything'))
      .items;
    const path = `/api/parties/${party!.id}/missing`;
    const { counts } = await app.ask<{ counts: Readonly<Record<string, number>> }>('GET', path);
    console.log(`missing of the corpora: ${JSON.stringify(counts)}`);
    expect(counts.answered).toBeGreaterThan(20);
    const { rows } = await database.pool.query<{ id: string }>(
      'SELECT message_id AS id FROM interactions WHERE message_id IS NOT NULL',
    );
    const here = new Set(rows.map(({ id }) => id));
    for (const [kind, count] of Object.entries(counts)) {
      const listed = await allLines(party!.id, kind);
      expect(listed.length, kind).toBe(count);
      expect(new Set(listed.map(({ id }) => id)).size, kind).toBe(count);
      if (kind === 'answered')
        for (const { name } of listed) expect(name !== null && here.has(name), name ?? '').toBe(false);
      if (kind === 'file' || kind === 'words')
        for (const { codes } of listed) expect(codes.length, kind).toBeGreaterThan(0);
    }
  },
  15 * MINUTES,
);
