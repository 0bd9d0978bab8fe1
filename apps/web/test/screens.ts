/**
 * Makes a picture of every screen, at desktop and phone size, light and dark, for looking at them.
 *
 * Run: node apps/web/test/screens.ts [folder] [looks, by comma]
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { dropFiles, startBrowser } from './support/browser.ts';
import { mailbox, manyMails, US } from './support/mailbox.ts';
import { buildWeb, startProgram } from './support/program.ts';

type Look = { name: string; width: number; height: number; scheme: 'light' | 'dark'; locale?: string };
type Screen = { name: string; path: string; steps?: (page: Page) => Promise<unknown> };

const LOOKS: readonly Look[] = [
  { name: 'desk-light', width: 1280, height: 900, scheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 900, scheme: 'dark' },
  { name: 'phone-light', width: 360, height: 740, scheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, scheme: 'dark' },
];
/** The other languages, on the screens that need no clicking through. */
const TONGUES: readonly Look[] = ['ru', 'fi'].flatMap((locale) => [
  { name: `desk-${locale}`, width: 1280, height: 900, scheme: 'light' as const, locale },
  { name: `phone-${locale}`, width: 360, height: 740, scheme: 'light' as const, locale },
]);
const PASTED =
  'Where is the login? I asked twice. You people are a joke and you lied to me about the price. ' +
  'If the 400 euro are not back by tomorrow, I will see you in court and everyone will read my review.';
const EMPTY: readonly Screen[] = [
  { name: '03-doors', path: '/welcome' },
  { name: '04-today-empty', path: '/' },
  { name: '05-clients-empty', path: '/clients' },
  { name: '06-import', path: '/import' },
  { name: '07-paste', path: '/paste' },
];
const PASSWORD = 'a calm and long sentence';

const wanted = process.argv[3]?.split(',');
const out = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'evenkeel-screens-')));
await mkdir(out, { recursive: true });
const mail = await mkdtemp(join(tmpdir(), 'evenkeel-mail-'));
await writeFile(join(mail, 'inbox.mbox'), mailbox());
await writeFile(join(mail, 'years.mbox'), manyMails(4000));

await buildWeb();
const [program, browser] = await Promise.all([startProgram(), startBrowser()]);
const { origin, hash } = new URL(program.startUrl);
try {
  await shoot(browser, [{ name: '01-first-run', path: `/${hash}` }]);
  const state = await signUp(browser);
  await shoot(browser, EMPTY, state);
  await shoot(browser, [{ name: '08-survey', path: '/import', steps: survey('inbox.mbox') }], state);
  await runImports(browser, state);
  const full = await fullScreens(browser, state);
  await shoot(browser, full, state);
  await shoot(
    browser,
    full.filter(({ steps }) => !steps),
    state,
    TONGUES,
  );
  await shoot(browser, [{ name: '02-sign-in', path: '/' }]);
} finally {
  await browser.close();
  await program.end();
  await rm(mail, { recursive: true, force: true });
}
process.stdout.write(`${out}\n`);

async function shoot(on: Browser, screens: readonly Screen[], state?: State, looks = LOOKS): Promise<void> {
  for (const look of looks.filter(({ name }) => !wanted || wanted.includes(name))) {
    const context = await contextFor(on, look, state);
    context.setDefaultTimeout(10_000);
    for (const { name, path, steps } of screens) {
      const page = await context.newPage();
      await page.goto(origin + path);
      await page.waitForLoadState('networkidle');
      await steps?.(page);
      await page.screenshot({ path: join(out, `${name}-${look.name}.png`) });
      await page.close();
    }
    await context.close();
  }
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

function contextFor(
  on: Browser,
  { width, height, scheme, locale = 'en-GB' }: Look,
  state?: State,
): Promise<BrowserContext> {
  return on.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    timezoneId: 'Europe/Helsinki',
    ...(state && { storageState: state }),
  });
}

async function signUp(on: Browser): Promise<State> {
  const context = await contextFor(on, LOOKS[0]!);
  const page = await context.newPage();
  await page.goto(program.startUrl);
  await page.getByLabel('What to call you here').fill('Alex');
  await page.getByLabel('Your own addresses or handles').fill(US);
  await page.getByLabel('A password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: /Welcome/ }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

function survey(file: string): (page: Page) => Promise<unknown> {
  return async (page) => {
    await page.getByRole('heading', { name: 'Bring a client' }).waitFor();
    await dropFiles(page, [join(mail, file)]);
    await page.getByRole('button', { name: 'See whose messages these are' }).click();
    await page.getByText('Whose messages do you want to keep?').waitFor();
    await page.getByRole('checkbox', { name: 'Keep messages with Dmitri Orlov' }).check();
  };
}

async function runImports(on: Browser, state: State): Promise<void> {
  const context = await contextFor(on, LOOKS[0]!, state);
  for (const file of ['inbox.mbox', 'years.mbox']) {
    const page = await context.newPage();
    await page.goto(`${origin}/import`);
    await survey(file)(page);
    await page.getByRole('button', { name: /^Import/ }).click();
    await page
      .getByRole('button', { name: 'Cancel' })
      .waitFor({ timeout: 2000 })
      .catch(() => undefined);
    await page.screenshot({ path: join(out, `09-running-${file}.png`) });
    await page.getByRole('heading', { name: 'Import finished' }).waitFor({ timeout: 120_000 });
    await page.close();
  }
  await context.close();
}

async function fullScreens(on: Browser, state: State): Promise<readonly Screen[]> {
  const context = await contextFor(on, LOOKS[0]!, state);
  const page = await context.newPage();
  await page.goto(`${origin}/clients`);
  await page.getByRole('link', { name: /Orlov/ }).click();
  await page.waitForURL(/clients\/./);
  const client = new URL(page.url()).pathname;
  const messageAt = async (words: string) =>
    new URL(
      (await page.locator('.timeline .message', { hasText: words }).first().getAttribute('href')) ?? '',
      origin,
    ).pathname;
  await page.locator('.timeline .message').first().waitFor();
  const [refund, formatted, sheet] = [
    await messageAt('see you in court'),
    await messageAt('ten minutes'),
    await messageAt('attached sheet'),
  ];
  await page.goto(`${origin}/record`);
  await page.locator('.run-line').first().click();
  await page.waitForURL(/runs/);
  const run = new URL(page.url()).pathname;
  await context.close();
  const press =
    (...keys: string[]) =>
    async (on: Page) => {
      for (const key of keys) await on.keyboard.press(key);
      await on.waitForLoadState('networkidle');
    };
  const dialog = (key: string) => async (on: Page) => {
    await on.keyboard.press(key);
    await on.getByRole('dialog').waitFor();
  };
  return [
    { name: '10-report', path: run },
    { name: '11-today', path: '/' },
    { name: '12-clients', path: '/clients' },
    { name: '13-client', path: client },
    { name: '14-walked', path: client, steps: press('j', 'j', 'j', 'x', 'j', 'x') },
    { name: '15-readable', path: refund },
    {
      name: '16-formatted',
      path: formatted,
      steps: async (on) => {
        await on.getByRole('button', { name: /^Show as formatted/ }).click();
        await on.frameLocator('.html-frame').getByRole('heading').waitFor();
      },
    },
    {
      name: '17-original',
      path: refund,
      steps: async (on) => {
        await on.locator('.tabs').waitFor();
        await on.keyboard.press('o');
        await on.locator('.bytes').waitFor();
      },
    },
    { name: '18-attachments', path: sheet, steps: (on) => on.getByRole('tab', { name: /Attach/ }).click() },
    {
      name: '19-provenance',
      path: refund,
      steps: async (on) => {
        await on.locator('.tabs').waitFor();
        await on.keyboard.press('p');
        await on.locator('.verdicts').waitFor();
      },
    },
    { name: '20-record', path: '/record' },
    { name: '21-search', path: '/record?q=refund' },
    { name: '22-bundle', path: `${client}/bundle` },
    {
      name: '23-bundle-made',
      path: `${client}/bundle`,
      steps: async (on) => {
        await on.getByRole('button', { name: 'Make the bundle' }).click();
        await on.getByText('How to check it').waitFor({ timeout: 60_000 });
      },
    },
    { name: '26-course', path: `${client}/course` },
    { name: '27-marked', path: `${client}/marked` },
    { name: '28-rules', path: '/language' },
    {
      name: '29-paste-answer',
      path: '/paste',
      steps: async (on) => {
        await on.locator('textarea').first().fill(PASTED);
        await on
          .locator('.reply-field textarea')
          .fill('This was entirely our fault, we will fix it at once.');
        await on.locator('.finding-says').first().waitFor();
      },
    },
    {
      name: '30-reply',
      path: refund,
      steps: async (on) => {
        await on.locator('.readable .words').waitFor();
        await on.keyboard.press('r');
        await on
          .locator('.reply-field textarea')
          .fill('You should have read my mail. As I said, it is in line 4.');
        await on.waitForTimeout(300);
      },
    },
    { name: '24-palette', path: '/', steps: dialog('Control+k') },
    { name: '25-keys', path: client, steps: dialog('?') },
    {
      name: '26-keep',
      path: '/paste',
      steps: async (on) => {
        await on.getByLabel('The message').fill('Call me back today, or else. This is the third time I ask.');
        await on.getByRole('button', { name: 'Keep it' }).click();
      },
    },
    { name: '27-nowhere', path: '/nowhere' },
    {
      name: '28-toast',
      path: client,
      steps: async (on) => {
        await on.getByLabel('What they are to us').selectOption('client');
        await on.locator('.toast').waitFor();
      },
    },
  ];
}
