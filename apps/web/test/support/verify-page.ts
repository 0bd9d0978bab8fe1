import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { newPage, type Watched } from './browser.ts';

export const VERIFY_HTML = fileURLToPath(new URL('../../../../packages/proof/verify.html', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../evenkeel/src/main.ts', import.meta.url));
export const VERIFY_ADDRESS = pathToFileURL(VERIFY_HTML).href;
/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;

/** The page as somebody opens it from their disk. */
export async function openedIn(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const watched = await newPage(browser, 'file://', { permissions: [], ...options });
  watched.page.setDefaultTimeout(30_000);
  await watched.page.goto(VERIFY_ADDRESS);
  return watched;
}

export type Given = {
  readonly logKey?: string;
  readonly roots?: string;
  readonly head?: string;
  readonly policy?: string;
};

/** Hands a zip to the page, as a hand would, and waits for the result. */
export async function give(page: Page, zip: Uint8Array, given: Given = {}): Promise<void> {
  const { logKey = '', roots = '', head = '', policy = '' } = given;
  await page.locator('#key').fill(logKey);
  for (const [id, text] of Object.entries({ roots, head, policy }))
    await page.locator(`#${id}`).evaluate((area, pasted) => {
      (area as HTMLTextAreaElement).value = pasted;
    }, text);
  const buffer = Buffer.from(zip);
  await page.locator('#zip').setInputFiles({ name: 'baltika.zip', mimeType: 'application/zip', buffer });
  await page.locator('#result > h2').waitFor();
}

/** What the page says for programs. */
export async function reportIn(page: Page): Promise<unknown> {
  const details = page.locator('#result details');
  if (!(await details.evaluate((one: HTMLDetailsElement) => one.open)))
    await details.locator('summary').click();
  const text = details.locator('pre');
  await expect.poll(() => text.textContent()).not.toBe('');
  return JSON.parse((await text.textContent())!);
}

export const saysOf = (page: Page) => page.locator('#result .says').allInnerTexts();

/** The real command, in a process of its own. */
export async function commandSays(zip: Uint8Array, { logKey, ...texts }: Given = {}): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-verify-'));
  const path = join(folder, 'command.zip');
  await writeFile(path, zip);
  const args = ['bundle', 'verify', path, '--json'];
  if (logKey) args.push('--log-key', logKey);
  const flags = { roots: '--tsa-roots', head: '--head', policy: '--policy' };
  for (const [name, flag] of Object.entries(flags)) {
    const text = texts[name as keyof typeof texts];
    if (!text) continue;
    await writeFile(join(folder, name), text);
    args.push(flag, join(folder, name));
  }
  const run = promisify(execFile)(process.execPath, [MAIN, ...args], { maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  await rm(folder, { recursive: true, force: true });
  return JSON.parse(stdout);
}

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `verify-${name}.png`), fullPage: true });
}
