import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { type Ask, asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;
let origin: string;

/** What the page itself could ask, with its session. */
const ask: Ask = (...call) => asking(page)(...call);

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  origin = new URL(program.startUrl).origin;
  watched = await newPage(browser, origin);
  page = watched.page;
  await firstRun(page, program.startUrl);
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    name: 'Orlov',
    identifiers: ['orlov@baltika.example'],
  }));
  const said = { party: { id: party }, way: 'mail', direction: 'inbound', from: 'Orlov' };
  await ask('POST', '/api/interactions', {
    ...said,
    text: 'Where is my refund of 400?',
    at: '2026-05-12T08:00:00.000Z',
  });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

const facts = () => page.locator('.chronology .effort-list');

test('a dated event of the record is proposed, put in words of our own, and stands as a fact', async () => {
  await page.goto(`${origin}/clients/${party}/bundle`);
  await page.getByRole('link', { name: 'Look at the facts' }).click();
  const proposal = page.locator('.promise', { hasText: 'The first recorded message from Orlov.' });
  await proposal.getByRole('button', { name: 'Look and state' }).click();
  const words = page.getByLabel('What happened, in one sentence');
  await expect.poll(() => words.inputValue()).toBe('The first recorded message from Orlov.');
  await words.fill('Orlov wrote for the first time.');
  await page.getByLabel('The other side disputes it').check();
  await page.getByRole('button', { name: 'State it' }).click();
  const fact = facts().locator('li', { hasText: 'Orlov wrote for the first time.' });
  await fact.waitFor();
  await fact.getByText('disputed').waitFor();
  await fact.getByText('08:00 UTC').waitFor();
  await page.getByRole('heading', { name: 'Nothing more is proposed' }).waitFor();
});

test('words that judge are marked as they are typed, and a fact is stated with the keyboard', async () => {
  await page.keyboard.press('a');
  const words = page.getByLabel('What happened, in one sentence');
  await words.fill('Orlov was aggressive and obviously lied.');
  await page.getByRole('status').first().waitFor();
  await words.fill('Orlov asked for 400 back.');
  await page.getByLabel('Day', { exact: true }).fill('2026-05-12');
  const form = page.getByRole('form', { name: 'State it' });
  await form.getByRole('combobox').first().waitFor();
  const choice = form.getByRole('combobox').first();
  await expect.poll(() => choice.locator('option').count()).toBeGreaterThan(1);
  await choice.selectOption({ index: 1 });
  await form.locator('.words-marked').waitFor();
  await form.getByRole('button', { name: 'State it' }).click();
  await facts().locator('li', { hasText: 'Orlov asked for 400 back.' }).waitFor();
});

test('a fact is taken out with a reason, on a phone too', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const fact = facts().locator('li', { hasText: 'Orlov asked for 400 back.' });
  await fact.getByRole('button', { name: 'Take it out' }).click();
  await fact.getByRole('textbox').fill('said twice');
  await fact.getByRole('button', { name: 'Take it out' }).click();
  await expect.poll(() => facts().locator('li').count()).toBe(1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
});
