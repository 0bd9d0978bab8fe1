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

/** `tone` and `acts` count the weights of either kind that were fetched. */
async function pasted(
  text: string,
  hasWeights = true,
): Promise<{ page: Page; tone: () => number; acts: () => number }> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const { page, asked } = await showPastePage(context, BUILT_WEB, hasWeights);
  page.setDefaultTimeout(30_000);
  await page.getByLabel('The message').fill(text);
  await page.getByRole('heading', { name: 'What they ask' }).waitFor();
  const fetched = (end: string) => () => asked.filter((path) => path.endsWith(end)).length;
  return { page, tone: fetched('.bin'), acts: fetched('.acts') };
}

test('what was learnt for English is fetched once, when English words are judged', async () => {
  const { page, tone, acts } = await pasted('Where is the login? I have asked three times.');
  await expect.poll(() => [tone(), acts()], { timeout: 30_000 }).toEqual([1, 2]);
  await page.getByLabel('Your reply').fill('The login is in my mail of 4 May, line 4.');
  await page.getByText('Nothing is marked in your reply.').waitFor();
  expect([tone(), acts()]).toEqual([1, 2]);
  expect(await page.getByText(RULES_ONLY).count()).toBe(0);
});

test('Russian and Finnish words fetch what was learnt for them, and no model of tone', async () => {
  const { page, tone, acts } = await pasted('Когда будет логин? Увидимся в суде.');
  await page.locator('.marked', { hasText: 'Увидимся в суде' }).first().waitFor();
  await page.getByLabel('The message').fill('Missä kirjautumistiedot ovat? Nähdään oikeudessa.');
  await page.locator('.marked', { hasText: 'oikeudessa' }).first().waitFor();
  await expect.poll(acts, { timeout: 30_000 }).toBe(4);
  expect(tone()).toBe(0);
  expect(await page.getByText(RULES_ONLY).count()).toBe(0);
});

test('where what was learnt cannot be had, the page says that the rules judged alone', async () => {
  const { page } = await pasted('Where is the login? I will see you in court.', false);
  await page.getByText(RULES_ONLY).first().waitFor();
  await page.locator('.marked', { hasText: 'see you in court' }).first().waitFor();
});
