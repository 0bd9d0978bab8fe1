/**
 * Types into the reply box of the built page and prints, as JSON, the milliseconds from each key until its finding is in
 * the page, and the processor time of the page's main thread for a key.
 *
 * Run: node apps/web/test/keystroke-times.ts
 */
import type { Page } from 'playwright-core';
import { startBrowser } from './support/browser.ts';
import { showPastePage } from './support/paste-page.ts';
import { BUILT_WEB, buildWeb } from './support/program.ts';

const LETTERS = 60;
/** What they wrote, and our answer of 2,000 characters, one letter short of an admission. */
const MESSAGE =
  'Where is the login? I have asked three times. If it is not here by Friday I will see you in court.';
const SENTENCE = 'I have noted your three points and will answer the first one by Friday at noon. ';
const LAST = 'This was our faul';
const DRAFT = `${SENTENCE.repeat(25).slice(0, 2_000 - LAST.length - 1)}\n${LAST}`;

await buildWeb();
const browser = await startBrowser();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page } = await showPastePage(context, BUILT_WEB);
  const worked = await taskTime(page);
  const before = await worked();
  const took = await typed(page);
  // Each letter is typed and taken back.
  const workMs = ((await worked()) - before) / (2 * LETTERS);
  process.stdout.write(`${JSON.stringify({ took, workMs })}\n`);
} finally {
  await browser.close();
}

/** The processor milliseconds that the page's main thread has spent in tasks. */
async function taskTime(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** Types the last letter of the admission again and again; milliseconds from the key until the finding is in the page. */
async function typed(page: Page): Promise<number[]> {
  await page.getByLabel('The message').fill(MESSAGE);
  const reply = page.getByLabel('Your reply');
  await reply.fill(DRAFT);
  await page.evaluate(watchFindings);
  const took: number[] = [];
  for (let letter = 0; letter < LETTERS; letter += 1) {
    await reply.press('End');
    await page.keyboard.press('t');
    await page.waitForFunction(() => Reflect.get(window, 'seenAfterMs') !== null);
    took.push(await page.evaluate(() => Reflect.get(window, 'seenAfterMs') as number));
    await page.keyboard.press('Backspace');
    await page.getByText('May admit fault').first().waitFor({ state: 'hidden' });
  }
  // The first letters are for the compiler.
  return took.slice(LETTERS / 4);
}

/** Runs in the page: notes how long after its key a finding of an admission was there. */
function watchFindings(): void {
  const field = document.querySelector('.reply-field textarea') as HTMLTextAreaElement;
  let keyAt = 0;
  field.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 't') return;
      keyAt = event.timeStamp;
      Reflect.set(window, 'seenAfterMs', null);
    },
    { capture: true },
  );
  new MutationObserver(() => {
    const isThere = document.querySelector('.reply')?.textContent?.includes('May admit fault') ?? false;
    if (isThere && Reflect.get(window, 'seenAfterMs') === null)
      Reflect.set(window, 'seenAfterMs', performance.now() - keyAt);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  Reflect.set(window, 'seenAfterMs', null);
}
