import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './support/browser.ts';
import { showPastePage } from './support/paste-page.ts';
import { BUILT_WEB } from './support/program.ts';

const RULES_ONLY = 'Judged by the rules alone';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser?.close());

async function pasted(text: string, hasWeights = true): Promise<{ page: Page; weights: () => number }> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const { page, asked } = await showPastePage(context, BUILT_WEB, hasWeights);
  page.setDefaultTimeout(30_000);
  await page.getByLabel('The message').fill(text);
  await page.getByRole('heading', { name: 'What they ask' }).waitFor();
  return { page, weights: () => asked.filter((path) => path.endsWith('.bin')).length };
}

test('the model of tone is fetched once, when English words are judged', async () => {
  const { page, weights } = await pasted('Where is the login? I have asked three times.');
  await expect.poll(weights, { timeout: 30_000 }).toBe(1);
  await page.getByLabel('Your reply').fill('The login is in my mail of 4 May, line 4.');
  await page.getByText('Nothing is marked in your reply.').waitFor();
  expect(weights()).toBe(1);
  expect(await page.getByText(RULES_ONLY).count()).toBe(0);
});

test('Russian and Finnish words are judged by rules alone, and fetch no model', async () => {
  const { page, weights } = await pasted('Когда будет логин? Увидимся в суде.');
  await page.locator('.marked', { hasText: 'Увидимся в суде' }).first().waitFor();
  await page.getByLabel('The message').fill('Missä kirjautumistiedot ovat? Nähdään oikeudessa.');
  await page.locator('.marked', { hasText: 'oikeudessa' }).first().waitFor();
  expect(weights()).toBe(0);
  expect(await page.getByText(RULES_ONLY).count()).toBe(0);
});

test('where the model cannot be had, the page says that the rules judged alone', async () => {
  const { page } = await pasted('Where is the login? I will see you in court.', false);
  await page.getByText(RULES_ONLY).first().waitFor();
  await page.locator('.marked', { hasText: 'see you in court' }).first().waitFor();
});
