import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;

/** An answer of the API, asked by the page itself. */
function ask<T>(method: string, path: string, body: unknown): Promise<T> {
  return page.evaluate(
    async ([how, where, sent]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where!, { method: how!, headers, body: sent! });
      return (await answer.json()) as T;
    },
    [method, path, JSON.stringify(body)],
  );
}

/** Today where the page is: late in the evening it is another day than in Greenwich. */
const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' });

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, {});
  page = watched.page;
  await firstRun(page, program.startUrl);
  for (const [name, title] of [
    ['Orlov', 'The website of Orlov'],
    ['Virtanen', 'The shop of Virtanen'],
  ] as const) {
    const { id } = await ask<{ id: string }>('POST', '/api/parties', { name, identifiers: [] });
    const clauses = [{ kind: 'scope_in', says: 'Five pages.' }];
    await ask('POST', `/api/parties/${id}/agreements`, { title, clauses, endsOn: today });
  }
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('the key 5 opens the calendar, which shows what is due today of everybody', async () => {
  await page.keyboard.press('5');
  await page.waitForURL(/\/calendar/);
  const chosen = page.locator('.calendar-chosen');
  await chosen.getByText('The website of Orlov').waitFor();
  await chosen.getByText('The shop of Virtanen').waitFor();
  expect(watched.errors).toEqual([]);
});

test('a name leaves only that client, in the address too, and everybody comes back', async () => {
  await page.getByLabel('Only of this client:').fill('orlov');
  await page.getByText('Only what concerns Orlov.').waitFor();
  const chosen = page.locator('.calendar-chosen');
  await chosen.getByText('The shop of Virtanen').waitFor({ state: 'detached' });
  expect(await chosen.getByText('The website of Orlov').count()).toBe(1);
  expect(new URL(page.url()).searchParams.get('party')).toBeTruthy();
  await page.reload();
  await page.getByText('Only what concerns Orlov.').waitFor();
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await chosen.getByText('The shop of Virtanen').waitFor();
  expect(watched.errors).toEqual([]);
});

test('what is due of an agreement opens the agreement, and the register stands under Cases', async () => {
  await page.locator('.calendar-chosen').getByText('The website of Orlov').click();
  await page.waitForURL(/\/agreement$/);
  await page.goto(new URL('/complaints', page.url()).href);
  const cases = page.getByRole('navigation').getByRole('link', { name: 'Cases' }).first();
  await expect.poll(() => cases.getAttribute('aria-current')).toBe('page');
});
