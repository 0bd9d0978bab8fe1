import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mail } from '../../evenkeel/test/support/mails.ts';
import { dropFiles, newPage, startBrowser, type Watched } from './support/browser.ts';
import { asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

const [THEM, US] = ['Dmitri Orlov <orlov@baltika.example>', 'alex@firm.example'];
const QUOTED = ['> one', '> two', '> three', '> Where is the login?'].join('\n');
const LETTERS = [
  mail({ from: THEM, to: US, subject: 'Login', id: '<1@x>', body: 'Where is the login?' }),
  mail({
    ...{ from: US, to: 'orlov@baltika.example', subject: 'Re: Login', id: '<2@x>', inReplyTo: '<1@x>' },
    ...{ date: 'Tue, 12 May 2026 10:00:00 +0300', body: `It is in line 4.\n\n${QUOTED}` },
  }),
  mail({
    ...{ from: THEM, to: US, subject: 'Re: Login', id: '<3@x>', inReplyTo: '<2@x>' },
    ...{ date: 'Tue, 12 May 2026 11:00:00 +0300', body: 'Third time I ask.' },
  }),
];

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let folder: string;
let origin: string;
let party: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-threads-'));
  const paths = LETTERS.map((_, at) => join(folder, `${at}.eml`));
  await Promise.all(paths.map((path, at) => writeFile(path, LETTERS[at]!)));
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  ({ origin } = new URL(program.startUrl));
  watched = await newPage(browser, origin, { acceptDownloads: true });
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: US });
  await dropFiles(page, paths);
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  await page.getByRole('checkbox', { name: 'Keep messages with Dmitri Orlov' }).check();
  await page.getByRole('button', { name: /^Import \d+ correspondent/ }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
  const meant = `/api/parties/meant?word=orlov%40baltika.example`;
  ({ id: party } = await asking(page)<{ id: string }>('GET', meant));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(folder, { recursive: true, force: true });
});

test('one key leads from a line of the timeline to the whole conversation: both sides, in order, quotes folded', async () => {
  // A conversation is put together right behind the rows.
  const inThread = async () => {
    const ask = asking(page);
    const { items } = await ask<{ items: { id: string }[] }>('GET', `/api/parties/${party}/timeline`);
    return (await ask<{ total: number }>('GET', `/api/interactions/${items[0]!.id}/thread`)).total;
  };
  await expect.poll(inThread, { timeout: 30_000 }).toBe(3);
  await page.goto(`${origin}/clients/${party}`);
  await page.locator('.timeline-line').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('T');
  await page.getByRole('heading', { name: 'Login' }).waitFor();
  const messages = page.locator('.thread-message');
  await expect.poll(() => messages.count()).toBe(3);
  const own = await messages.locator('.words > div').allTextContents();
  expect(own.map((text) => text.trim())).toEqual([
    'Where is the login?',
    'It is in line 4.',
    'Third time I ask.',
  ]);
  expect(await page.locator('.thread-ours').count()).toBe(1);
  expect(await messages.nth(1).locator('details').getAttribute('open')).toBeNull();
  expect(await messages.nth(1).locator('details').textContent()).toContain('> three');
  await expect.poll(() => page.locator('.thread-who:focus').textContent()).toContain('Orlov');
});

test('from the conversation to a message, and from the message back by its link', async () => {
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/clients\/.+\/interactions\//);
  await page.getByRole('link', { name: 'The conversation (3)' }).press('Enter');
  await expect.poll(() => page.locator('.thread-who[aria-current=true]').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/clients\/.+\/interactions\//);
});

test('a page comes together, when what it asked for is there; what takes too long is waited for no more', async () => {
  const asked = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const held = `**/api/parties/${party}/boundaries`;
  await page.route(held, async (route) => {
    asked.resolve();
    await may.promise;
    await route.continue();
  });
  const main = page.locator('main');
  const waits = () => main.evaluate((one) => one.hasAttribute('data-waits'));
  await page.goto(`${origin}/clients/${party}`);
  await asked.promise;
  await page.getByRole('heading', { level: 1, name: 'Dmitri Orlov' }).waitFor();
  expect(await waits()).toBe(true);
  // After a second the rest can be seen and pressed, late answer or not.
  const seen = () =>
    main.evaluate((one) => [getComputedStyle(one).opacity, getComputedStyle(one).pointerEvents]);
  await expect.poll(seen, { timeout: 20_000 }).toEqual(['1', 'auto']);
  expect(await waits()).toBe(true);
  may.resolve();
  await expect.poll(waits, { timeout: 20_000 }).toBe(false);
  await page.unroute(held);
});

test('the bundles that were made are listed: when, by whom, of what, under which numbers, with their custody', async () => {
  await page.goto(`${origin}/bundles`);
  await page.getByText('No bundle was made yet.').waitFor();
  await page.goto(`${origin}/clients/${party}/bundle`);
  const make = page.getByRole('button', { name: 'Make the bundle' });
  await expect.poll(() => make.isEnabled(), { timeout: 30_000 }).toBe(true);
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), make.click()]);
  await download.saveAs(join(folder, 'bundle.zip'));
  await page.getByRole('link', { name: 'Bundles made' }).click();
  const line = page.locator('.line-block');
  await line.waitFor();
  const says = (await line.textContent()) ?? '';
  for (const part of ['Dmitri Orlov', '3 exhibits', 'EVK0000001–EVK0000003', 'Alex', 'all that was filed'])
    expect(says).toContain(part);
  await line.getByText('Hash and custody').click();
  await line.getByText(/· Alex · bundle$/).waitFor();
});

test('a bundle that was handed out is known again and holds; one with a changed byte does not', async () => {
  const choose = page.getByRole('button', { name: 'Check a bundle' });
  const verdict = page.locator('.bundles-verdict');
  await choose.setInputFiles(join(folder, 'bundle.zip'));
  await verdict.getByText('Every file is as it was made').waitFor();
  await verdict.getByText('Made here on').waitFor();
  await verdict.getByText(/^Nothing is missing: 3 shown/).waitFor();
  const bytes = await readFile(join(folder, 'bundle.zip'));
  const at = bytes.indexOf('Third time I ask.');
  expect(at).toBeGreaterThan(0);
  bytes[at] = 0x74;
  await writeFile(join(folder, 'changed.zip'), bytes);
  await choose.setInputFiles(join(folder, 'changed.zip'));
  await verdict.getByText(/^No: /).waitFor();
  await writeFile(join(folder, 'none.zip'), 'no zip at all');
  await choose.setInputFiles(join(folder, 'none.zip'));
  await verdict.getByText('This file cannot be looked at as a bundle').waitFor();
});

test('nothing came from elsewhere, and nothing went wrong', () => {
  expect(watched.remote).toEqual([]);
  expect(watched.errors).toEqual([]);
});
