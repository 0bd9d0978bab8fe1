import { afterEach } from 'vitest';
import { openPages } from './browser.ts';

const MOST_LINES = 250;

// A test that waited in vain says what stood there instead.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const page of openPages()) {
    const seen = await page
      .locator('body')
      .ariaSnapshot({ timeout: 5_000 })
      .catch((error: unknown) => String(error));
    console.error(`${page.url()}\n${seen.split('\n').slice(0, MOST_LINES).join('\n')}`);
  }
});
