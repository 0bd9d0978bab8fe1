import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { newPage, startBrowser } from '../../apps/web/test/support/browser.ts';
import { firstRun } from '../../apps/web/test/support/first-run.ts';
import { buildWeb, startProgram } from '../../apps/web/test/support/program.ts';

const CORPORA = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));
const LONG_MS = 15 * 60_000;

/**
 * Gives the whole folder of corpora to the import page, chooses everyone and what names nobody, and adds up what its report
 * says: nothing may be left out that the command, which leaves nobody out, brings in.
 */
export async function checkCorpora(): Promise<boolean> {
  if (!existsSync(CORPORA)) {
    console.log('Skipped: the corpora by the import page, because they are not beside this checkout.');
    return true;
  }
  await buildWeb();
  const [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  try {
    const { page, errors } = await newPage(browser, new URL(program.startUrl).origin);
    page.setDefaultTimeout(LONG_MS);
    await firstRun(page, program.startUrl);
    const totals = await broughtIn(page);
    const [items = 0, ...became] = totals;
    const leftOut = became[2];
    const sum = became.reduce((all, one) => all + one, 0);
    console.log(`The corpora by the import page: ${items} items = ${became.join(' + ')}`);
    for (const error of errors) console.error(error);
    return items > 0 && items === sum && leftOut === 0 && errors.length === 0;
  } finally {
    await browser.close();
    await program.end();
  }
}

/** What the report counts: items, then what became of them. */
async function broughtIn(page: Page): Promise<readonly number[]> {
  await page.goto(new URL('/import', page.url()).href);
  await page.locator('input[webkitdirectory]').setInputFiles(CORPORA);
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  await page.getByRole('checkbox', { name: 'All that are shown' }).check();
  await page.getByRole('checkbox', { name: /that names? nobody$/ }).check();
  await page.getByLabel('Put them all under one client').fill('Everything there is');
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
  const told = await page.locator('.totals dd').allTextContents();
  return told.map((text) => Number(text.replace(/\D/g, '')));
}
