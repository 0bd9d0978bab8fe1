import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './support/browser.ts';
import { showLongTimeline } from './support/long-timeline.ts';
import { BUILT_WEB } from './support/program.ts';

const ROWS = 10_000;
/** What a 900 px window holds, and the lines drawn beside it. */
const MOST_DRAWN = 60;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await showLongTimeline(
    await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' }),
    BUILT_WEB,
    ROWS,
  );
});

afterAll(() => browser?.close());

test('fourteen messages or more are in sight on 900 pixels, two lines each', async () => {
  const inSight = await page.locator('.timeline .message').evaluateAll(
    (lines) =>
      lines.filter((line) => {
        const { top, bottom } = line.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }).length,
  );
  expect(inSight).toBeGreaterThanOrEqual(14);
});

test('ten thousand messages are scrolled through to the first one, and only those in sight are drawn', async () => {
  let most = 0;
  const reachedEnd = page.getByText('The beginning. 10,000 messages in all.');
  while ((await reachedEnd.count()) === 0) {
    most = Math.max(most, await page.locator('.timeline .message').count());
    await page.locator('.timeline').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  }
  // The last page may have come behind the last of these steps.
  await page.locator('.timeline').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.getByText(`Message ${ROWS - 1} says`).waitFor();
  expect(most).toBeLessThanOrEqual(MOST_DRAWN);
});

test('the line that has the focus keeps it while it is scrolled out of sight', async () => {
  await page.locator('.timeline').evaluate((list) => list.scrollTo(0, 0));
  await page.getByText('Message 0 says').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.locator('.timeline').evaluate((list) => list.scrollTo(0, 200_000));
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row')))
    .toBe('row-1');
  await page.keyboard.press('k');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row')))
    .toBe('row-0');
});

test('every line says its place among all', async () => {
  const line = page.locator('.timeline li', { hasText: 'Message 0 says' });
  expect([await line.getAttribute('aria-posinset'), await line.getAttribute('aria-setsize')]).toEqual([
    '1',
    '10000',
  ]);
});
