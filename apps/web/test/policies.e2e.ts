import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { keyboard } from './support/hand.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = watched.page;
  await firstRun(page, program.startUrl);
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

const question = (title: RegExp) => page.locator('.policy-question', { hasText: title });

test('an empty page says what to do, and a question without an answer is named and gets the focus', async () => {
  await page.goto(`${new URL(program.startUrl).origin}/policies`);
  await keyboard(page).press(page.getByRole('button', { name: 'Answer the twelve questions' }));
  await page.getByRole('form', { name: 'Twelve questions' }).waitFor();
  await expect.poll(() => page.locator('.policy-question').count()).toBe(12);
  await keyboard(page).press(page.getByRole('button', { name: 'Publish this version' }));
  await question(/Who are you/)
    .getByRole('alert')
    .waitFor();
  await expect
    .poll(() =>
      question(/Who are you/)
        .locator('textarea')
        .evaluate((one) => one === document.activeElement),
    )
    .toBe(true);
});

test('twelve answers make three texts, with the keyboard alone', async () => {
  const hand = keyboard(page);
  const fields = page.locator('.policy-question :is(textarea, input:not([type="date"], [type="number"]))');
  for (const field of await fields.all())
    await hand.write(field, (await field.getAttribute('placeholder')) ?? 'x');
  const days = page.locator('.policy-question input[type="number"]');
  await hand.write(days.nth(0), '3');
  await hand.write(days.nth(1), '10');
  const nextYear = `${new Date().getFullYear() + 1}-06-01`;
  await hand.writeDate(page.locator('.policy-question input[type="date"]'), nextYear);
  await hand.press(page.getByRole('button', { name: 'Show the texts' }));
  await page.getByRole('article', { name: 'How we work together' }).waitFor();
  await hand.press(page.getByRole('button', { name: 'Publish this version' }));
  await page.getByRole('region', { name: 'Version 1' }).waitFor();
  await expect.poll(() => page.locator('.policy-text').count()).toBe(3);
  expect(await page.locator('.policy-text').first().textContent()).toContain('within 3 working days');
  expect(await page.locator('.policy-text table tbody tr').count()).toBe(5);
});

test('it suggests where the procedure differs, and is marked as read', async () => {
  await page.getByText('3 instead of 2 working days').waitFor();
  await page.getByText('Not read yet: Alex').waitFor();
  await keyboard(page).press(page.getByRole('button', { name: 'I have read this version' }));
  await page.getByText(/^You read it on/).waitFor();
  await page.getByText('Everybody who works here has read it.').waitFor();
});

test('a text is copied, saved and printed to be handed out', async () => {
  const text = page.locator('.policy-text').first();
  await text.getByRole('button', { name: 'Copy' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^# If you are not satisfied\n\n/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    text.getByRole('button', { name: 'Save as Markdown' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('If you are not satisfied.md');
  await text.getByRole('button', { name: 'Print, or save as PDF' }).waitFor();
});

test('changed answers make a version that takes the place of the old one, which can still be read', async () => {
  await page.getByRole('button', { name: 'Change the answers' }).click();
  const days = page.locator('.policy-question input[type="number"]');
  await expect.poll(() => days.nth(0).inputValue()).toBe('3');
  await page.getByRole('button', { name: 'Publish this version' }).click();
  await page.getByText('These answers make the texts that hold already.').waitFor();
  await days.nth(0).fill('2');
  await page.getByRole('button', { name: 'Publish this version' }).click();
  await page.getByRole('region', { name: 'Version 2' }).waitFor();
  await page.getByRole('button', { name: 'I have read this version' }).waitFor();
  await page.getByText('2 versions').click();
  await page.getByRole('button', { name: /^Version 1 · / }).click();
  await page.getByText('Version 1 no longer holds.').waitFor();
});

test('on a narrow screen everything stands within it', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Change the answers' }).click();
  await page.getByRole('form', { name: 'Twelve questions' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
