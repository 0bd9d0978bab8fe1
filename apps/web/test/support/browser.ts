import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A machine that is busy with much else is slow. */
export const PATIENCE_MS = 60_000;

const browsers = new Set<Browser>();

export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env.EVENKEEL_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
    // Without it Chromium takes the names of files for ASCII, and cannot read the others.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  browsers.add(browser);
  return browser;
}

/** Every page that is open now. */
export function openPages(): readonly Page[] {
  return [...browsers].flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
}

/** A page that keeps what it asked for from elsewhere, and what went wrong in it. */
export type Watched = { readonly page: Page; readonly remote: string[]; readonly errors: string[] };

export async function newPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Helsinki',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const remote: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) remote.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // A refusal that the page puts into words is no error of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { page, remote, errors };
}

/** Lets files or folders of this machine go over the page, as a hand would. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', { type, x: 180, y: 500, data });
  await drag('dragEnter');
  // A hand lets go when the page has shown that it takes the files.
  const isOver = async () => {
    await drag('dragOver');
    return page.locator('.drop-over').isVisible();
  };
  const until = Date.now() + PATIENCE_MS;
  while (!(await isOver())) if (Date.now() > until) throw new Error('The page takes no files.');
  await drag('drop');
  await devtools.detach();
}
