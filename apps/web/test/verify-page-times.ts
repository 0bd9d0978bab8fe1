/**
 * Hands a bundle to verify.html in Chromium and prints, as JSON, the milliseconds until its verdicts are on the page.
 *
 * Run: node apps/web/test/verify-page-times.ts BUNDLE.zip RUNS
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startBrowser } from './support/browser.ts';

const PAGE = fileURLToPath(new URL('../../../packages/proof/verify.html', import.meta.url));
const [file, runs] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the bundle.');

const browser = await startBrowser();
try {
  const took: number[] = [];
  for (let run = 0; run < Number(runs ?? 1); run += 1) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(PAGE).href);
    const startedAt = performance.now();
    await page.locator('#zip').setInputFiles(file);
    const says = page.locator('#result .says').first();
    await says.waitFor({ timeout: 300_000 });
    took.push(performance.now() - startedAt);
    const said = (await says.textContent()) ?? '';
    if (!said.startsWith('It agrees with itself.')) throw new Error(`It says: ${said}`);
    await page.close();
  }
  process.stdout.write(`${JSON.stringify({ took })}\n`);
} finally {
  await browser.close();
}
