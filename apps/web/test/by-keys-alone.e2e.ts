import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { mailbox, US } from './support/mailbox.ts';
import { type Program, startProgram } from './support/program.ts';

const MOST_STOPS = 60;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-keys-'));
  await writeFile(join(files, 'inbox.mbox'), mailbox());
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, { acceptDownloads: true });
  page = watched.page;
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

const hasFocus = (one: Locator) => one.evaluate((element) => element === document.activeElement);
const role = (kind: 'link' | 'button' | 'checkbox' | 'heading', name: string | RegExp) =>
  page.getByRole(kind, { name }).first();

/** Goes on by Tab until the focus is there: what is never reached that way cannot be used by keys. */
async function tabTo(one: Locator): Promise<void> {
  await expect.poll(() => one.isEnabled()).toBe(true);
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await hasFocus(one)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_STOPS} stops, and not there: ${String(one)}`);
}

async function press(one: Locator, key = 'Enter'): Promise<void> {
  await tabTo(one);
  await page.keyboard.press(key);
}

async function type(field: string, words: string): Promise<void> {
  await tabTo(page.getByLabel(field, { exact: true }));
  await page.keyboard.type(words);
}

test('the first run is filled in and begun', async () => {
  await page.goto(program.startUrl);
  await type('What to call you here', 'Alex');
  await type('Your own addresses or handles', US);
  await type('A password', 'a calm and long sentence');
  await page.keyboard.press('Enter');
  await role('heading', 'Welcome, Alex. Where do you want to begin?').waitFor();
});

test('a message is pasted, kept, and read', async () => {
  await press(page.getByRole('main').getByRole('link', { name: /Paste a message/ }));
  await type('The message', 'Call me back today, or else.');
  await press(role('button', 'Keep it'));
  await type('With whom', 'Virtanen');
  await page.keyboard.press('Enter');
  await page.locator('.words', { hasText: 'Call me back today' }).waitFor();
  // Whoever goes on by keys goes on in the page, and not from the top of the window.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
});

test('a client is brought: files chosen, one correspondent picked, the import watched to its end', async () => {
  await page.keyboard.press('6');
  await role('heading', 'Bring a client').waitFor();
  const chooser = page.waitForEvent('filechooser');
  await press(role('button', /^Choose files/));
  await (await chooser).setFiles(join(files, 'inbox.mbox'));
  await press(role('button', 'See whose messages these are'));
  await press(role('checkbox', 'Keep messages with Dmitri Orlov'), 'Space');
  await press(role('button', 'Import 1 correspondent'));
  await role('heading', 'Import finished').waitFor();
  await press(role('link', 'Open the clients'));
  await press(role('link', /Orlov/));
  await role('heading', /Orlov/).waitFor();
});

test('the timeline is walked, a message opened, looked at from all sides and left where one was', async () => {
  await page.locator('.timeline .message').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = page.locator('.timeline .message').nth(1);
  await expect.poll(() => hasFocus(second)).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.words', { hasText: 'логин' }).waitFor();
  await page.keyboard.press('o');
  await expect.poll(() => page.locator('.bytes').textContent()).toContain('Message-ID:');
  await page.keyboard.press('p');
  await page.getByText('These bytes have the recorded hash.').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => hasFocus(second)).toBe(true);
});

test('a search is begun anywhere, its hits are walked, and one is opened', async () => {
  await page.keyboard.press('/');
  const field = page.getByLabel('Search the record');
  await expect.poll(() => hasFocus(field)).toBe(true);
  await page.keyboard.type('refund');
  // What half of the word finds is not what is walked.
  await page.waitForURL(/q=refund/);
  await page.getByText('1 message, newest first').waitFor();
  await page.locator('.hit').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.hit') !== null)).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.words', { hasText: 'refund' }).waitFor();
});

test('a bundle is made and saved, and the focus is on what came out', async () => {
  await page.keyboard.press('2');
  await press(role('link', /Orlov/));
  await page.locator('.timeline .message').first().waitFor();
  await page.keyboard.press('b');
  const make = role('button', 'Make the bundle');
  const saved = page.waitForEvent('download', { timeout: 60_000 });
  await press(make);
  const download = await saved;
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/\.zip, \d/);
});

test('what waits for its answer keeps the focus, and is pressed only once', async () => {
  await page.keyboard.press('5');
  await press(role('link', 'Days off and calendars'));
  const make = role('button', 'Make an address');
  const asked: string[] = [];
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/calendar/feeds', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    asked.push(route.request().url());
    await held;
    await route.continue();
  });
  await press(make);
  await expect.poll(() => make.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  expect(await hasFocus(make)).toBe(true);
  answer();
  await expect.poll(() => make.getAttribute('aria-disabled')).toBeNull();
  expect(await hasFocus(make)).toBe(true);
  expect(asked).toHaveLength(1);
});

test('in all of this nothing broke, and nothing was asked for from elsewhere', () => {
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
});
