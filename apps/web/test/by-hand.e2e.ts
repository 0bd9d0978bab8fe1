import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let folder: string;

const DAY_MS = 24 * 3_600_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-call-'));
  const sound = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(4000, 7)]);
  await writeFile(join(folder, 'call.wav'), sound);
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  // A phone, in one hand.
  watched = await newPage(browser, new URL(program.startUrl).origin, {
    viewport: { width: 360, height: 740 },
  });
  page = watched.page;
  await firstRun(page, program.startUrl);
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(folder, { recursive: true, force: true });
});

const keep = () => page.getByRole('button', { name: 'Keep it in the record' }).click();

async function openKept(): Promise<void> {
  await page.getByRole('heading', { name: 'It is in the record' }).waitFor();
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.locator('.noted-words').waitFor();
}

test('a call is recorded with one key: what is missing is said, and a judgement is shown and blocks nothing', async () => {
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'Record by hand' }).waitFor();
  await keep();
  await page.getByText('Say with whom it was.').waitFor();
  await page.getByLabel('With whom').fill('Viktor Orlov');
  await page.getByRole('radio', { name: '15' }).check();
  await page.getByLabel('What happened').fill('He asked for the login. He was lying.');
  await page.locator('.by-hand-neutral .finding-quote', { hasText: 'He was lying' }).waitFor();
  await page.getByLabel('Quote 1').fill('I will see you in court.');
});

test('what was typed is there after a reload', async () => {
  await page.reload();
  await expect
    .poll(() => page.getByLabel('What happened').inputValue())
    .toBe('He asked for the login. He was lying.');
  await expect.poll(() => page.getByLabel('Quote 1').inputValue()).toBe('I will see you in court.');
});

test('a recording waits for the agreement that the strictest place asks for', async () => {
  await page.setInputFiles('input[type=file]', join(folder, 'call.wav'));
  await page.getByLabel('Where person 1 was').selectOption('FI');
  await page.getByLabel('Where person 2 was').selectOption('DE');
  await keep();
  await page.getByRole('alert').getByText('Germany: everyone on the call must have agreed.').waitFor();
  await page.getByLabel('Where person 2 was').selectOption('FI');
  await keep();
  await openKept();
  expect(await page.locator('.noted-words blockquote').textContent()).toBe('I will see you in court.');
  await page.getByText('15 min').first().waitFor();
  await page.getByRole('tab', { name: 'Attachments 1' }).waitFor();
});

test('a note of three days ago says before it is kept, and ever after, that it was entered later', async () => {
  await page.keyboard.press('n');
  await expect.poll(() => page.getByLabel('With whom').inputValue()).toBe('Viktor Orlov');
  await page.getByRole('radio', { name: 'Earlier' }).check();
  const local = await page.evaluate((ms) => {
    const then = new Date(Date.now() - ms);
    return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, 3 * DAY_MS);
  await page.getByLabel('When it was').fill(local);
  await page.getByLabel('Note', { exact: true }).last().fill('The parcel came back.');
  await page.getByText('Entered later: 3 days after it happened.').waitFor();
  await keep();
  await openKept();
  await page.locator('.interaction-head').getByText('Entered later: 3 days').waitFor();
});

test('a correction is a record of its own, and each shows the other', async () => {
  await page.getByRole('link', { name: 'Correct it' }).click();
  await page.getByRole('heading', { name: 'Correct a record' }).waitFor();
  await page.getByLabel('Note', { exact: true }).last().fill('It was a letter.');
  await keep();
  await openKept();
  await page.locator('.interaction-head').getByText('The parcel came back.').click();
  await page.locator('.interaction-head').getByText('Corrected by').waitFor();
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
});

test('a draft does not outlive the session', async () => {
  await page.keyboard.press('n');
  await page.getByLabel('Note', { exact: true }).last().fill('Not kept yet.');
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
  expect(
    await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('by-hand'))),
  ).toEqual([]);
});
