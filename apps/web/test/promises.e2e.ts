import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { type Ask, asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;

/** What the page itself could ask, with its session. */
const ask: Ask = (...call) => asking(page)(...call);

const DAY_MS = 24 * 3_600_000;

/** Keeps words of one side as of some days ago. */
function said(direction: 'inbound' | 'outbound', text: string, daysAgo: number): Promise<{ id: string }> {
  const from = direction === 'inbound' ? 'Orlov' : 'Alex';
  const at = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  return ask('POST', '/api/interactions', { text, party: { id: party }, at, way: 'mail', direction, from });
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = watched.page;
  await firstRun(page, program.startUrl);
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    name: 'Orlov',
    identifiers: ['orlov@baltika.example'],
  }));
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('a promise is proposed beside the message, confirmed with the keyboard, and stands in the client’s head', async () => {
  const { id } = await said('inbound', 'You will have the server logs tomorrow. Where is the login?', 0);
  await page.goto(`${new URL(program.startUrl).origin}/clients/${party}/interactions/${id}`);
  const keep = page.locator('.proposals').getByRole('button', { name: 'Keep as a promise' });
  await keep.focus();
  await page.keyboard.press('Enter');
  const what = page.getByLabel('What is promised');
  await expect.poll(() => what.inputValue()).toBe('You will have the server logs tomorrow.');
  await expect.poll(() => page.getByLabel('Day', { exact: true }).inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
  await what.fill('the server logs');
  await page.keyboard.press('Enter');
  await page.getByText('The promise is written down.').waitFor();
  await page.locator('.promises-line', { hasText: 'they owe: the server logs' }).waitFor();
  await expect.poll(() => page.locator('.proposals').count()).toBe(0);
});

test('what is said of a promise is kept with its reason, and a reason is asked for', async () => {
  await page.locator('.promises-line').click();
  const promise = page.locator('.promise-theirs', { hasText: 'the server logs' });
  await promise.getByRole('button', { name: 'Kept', exact: true }).click();
  await promise.getByRole('button', { name: 'Kept', exact: true }).click();
  await promise.getByRole('alert').waitFor();
  await promise.getByLabel('Why, or how we know').fill('They came on Monday.');
  await promise.getByRole('button', { name: 'Kept', exact: true }).click();
  await promise.getByText('2 entries').click();
  await promise.getByText('They came on Monday.').waitFor();
});

test('two solutions are prepared with a private limit, told in our words, and one is accepted in theirs', async () => {
  await said('outbound', 'We offer you one of two ways.', 2);
  await said('inbound', 'The second one is fine with us.', 1);
  await page.reload();
  await page.getByRole('button', { name: 'Write down an offer' }).click();
  const form = page.getByRole('form', { name: 'Write down an offer' });
  await form.getByLabel('What', { exact: true }).nth(0).fill('Half of the fee back');
  await form.getByLabel('Sum', { exact: true }).nth(0).fill('a lot');
  await form.getByLabel('What', { exact: true }).nth(1).fill('The form made again');
  await form.getByLabel('Day', { exact: true }).fill('2099-12-31');
  await form.getByLabel('At most, in EUR').fill('150');
  await form.getByRole('button', { name: 'Prepare' }).click();
  await form.getByText('This is no sum').waitFor();
  await form.getByLabel('Sum', { exact: true }).nth(0).fill('200');
  await form.getByRole('button', { name: 'Prepare' }).click();
  const offer = page.locator('.promise', { hasText: 'Offer 1, by us' });
  await offer.getByText('a solution goes beyond it').waitFor();
  await offer.getByRole('button', { name: 'It was told to them' }).click();
  await offer.getByLabel('Our words').selectOption({ index: 1 });
  await offer.locator('.words-marked').waitFor();
  await offer.getByRole('button', { name: 'It was told to them' }).click();
  await offer.getByRole('button', { name: 'Accepted' }).click();
  await offer.getByRole('radio', { name: /The form made again/ }).check();
  const theirs = offer.getByLabel('Their words').locator('option', { hasText: 'The second one' });
  await offer.getByLabel('Their words').selectOption((await theirs.getAttribute('value'))!);
  await offer.locator('.words-marked').waitFor();
  await offer.getByRole('button', { name: 'Accepted' }).click();
  await offer.getByText('· chosen').waitFor();
});

test('efforts made are listed with numbers, open their record, and are copied as text without the private limit', async () => {
  await page.getByRole('link', { name: 'Efforts made' }).click();
  await page.locator('.effort').first().waitFor();
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await page.getByText('The list is copied.').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('Offer 1 accepted, by them');
  expect(text).toContain('“The second one is fine with us.”');
  expect(text).not.toContain('150');
  await page.locator('.effort').getByRole('link', { name: 'The second one is fine with us.' }).press('Enter');
  await page.locator('.interaction .words', { hasText: 'The second one is fine with us.' }).waitFor();
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
});
