import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { allRead, marksDrawn } from './support/marked.ts';
import { type Program, startProgram } from './support/program.ts';

const ANSWER = 'The login is in line 4 of the list.';
const MESSAGES = [
  ['inbound', '2026-04-30T15:31:00+03:00', 'Where is the login for the shop? Pavel needs it.'],
  ['outbound', '2026-05-04T10:02:00+03:00', `Good morning Dmitri, ${ANSWER}`],
  ['inbound', '2026-07-09T21:40:00+03:00', 'Где логин от магазина? Заплачу 90 € за помощь.'],
] as const;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;
const ids: string[] = [];

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = watched.page;
  await firstRun(page, program.startUrl);
  const ask = asking(page);
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    name: 'Orlov',
    identifiers: ['orlov@baltika.example'],
  }));
  for (const [direction, at, text] of MESSAGES) {
    const from = direction === 'inbound' ? 'Orlov' : 'Alex';
    const wish = { text, party: { id: party }, at, way: 'mail', direction, from };
    ids.push((await ask<{ id: string }>('POST', '/api/interactions', wish)).id);
  }
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

async function open(at: number): Promise<void> {
  await allRead(page);
  await page.goto(`${new URL(program.startUrl).origin}/clients/${party}/interactions/${ids[at]}`);
  await marksDrawn(page, ids[at]!, party);
}

/** Selects words of the message that is open, as somebody does with the mouse. */
async function select(words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.words')!, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent!.indexOf(wanted);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      getSelection()!.removeAllRanges();
      getSelection()!.addRange(range);
    }
  }, words);
}

const strip = () => page.locator('.points-strip').textContent();

test('selected words become point 1 with one key and a name', async () => {
  await open(0);
  await select('Where is the login');
  await page.keyboard.press('#');
  await page.getByLabel('Short name').fill('login');
  await page.keyboard.press('Enter');
  await page.getByText('This is point #1 now.').waitFor();
  await expect.poll(strip).toContain('#1 login');
});

test('words of ours, selected, become its answer', async () => {
  await open(1);
  await select(ANSWER);
  await page.keyboard.press('#');
  await page.getByLabel('Which point').waitFor();
  await page.getByRole('button', { name: 'Write it down' }).press('Enter');
  await page.getByText('Point #1: written down.').waitFor();
  await expect.poll(strip).toMatch(/answered 4\sMay/);
});

test('raised again in Russian, it is found with both lines; what is new is said, and the answering line is one key away', async () => {
  await open(2);
  const novelty = page.locator('.novelty');
  await novelty.getByRole('heading', { name: 'Raised again' }).waitFor();
  for (const words of ['90 €', 'Где логин от магазина?', 'Where is the login', ANSWER])
    await expect.poll(() => novelty.textContent()).toContain(words);
  await page.keyboard.press('a');
  await page.getByText('Copied:').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `Мы ответили на это 4 мая: «${ANSWER}»`,
  );
  await novelty.getByRole('button', { name: 'count it as raised again' }).press('Enter');
  await novelty.getByText('counted', { exact: true }).waitFor();
  await expect.poll(strip).toContain('again 1×');
});

test('its page shows who, when and in whose words; ground is set with a reason, and refused without', async () => {
  await page.keyboard.press('Escape');
  await page.locator('.points-strip-one').press('Enter');
  await page.getByRole('heading', { name: '#1 login' }).waitFor();
  await page.getByRole('button', { name: 'Founded?' }).press('Enter');
  await page.getByLabel('Is it founded?').selectOption('partly');
  await page.getByRole('button', { name: 'Write it down' }).press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Why').fill('It stood in an attachment only.');
  await page.keyboard.press('Enter');
  await page.getByText('It stood in an attachment only.').waitFor();
  const steps = page.getByRole('region', { name: 'What was done' }).locator('strong');
  await expect
    .poll(() => steps.allTextContents())
    .toEqual(['Looked at', 'Raised again', 'Answered', 'Opened']);
});

test('two decisions on one question stand beside each other, each with its day and its words, which open their message', async () => {
  const ask = asking(page);
  const told = async (at: string, text: string) => {
    const wish = { text, party: { id: party }, at, way: 'mail', direction: 'inbound', from: 'Orlov' };
    const { id } = await ask<{ id: string }>('POST', '/api/interactions', wish);
    return { interactionId: id, start: 0, end: text.length, quote: text };
  };
  const asked = await told('2026-05-02T09:00:00+03:00', 'Which colour will the header have?');
  const blue = await told('2026-05-03T09:00:00+03:00', 'Blue, that is decided.');
  const green = await told('2026-05-09T09:00:00+03:00', 'Green after all.');
  const wish = { kind: 'question', title: 'header', cite: asked };
  const { id } = await ask<{ id: string }>('POST', `/api/parties/${party}/points`, wish);
  await ask('POST', `/api/points/${id}/agree`, { cite: blue });
  await ask('POST', `/api/points/${id}/reopen`, { newFact: 'He wrote once more.', cite: null });
  await ask('POST', `/api/points/${id}/agree`, { cite: green });
  await page.goto(`${new URL(program.startUrl).origin}/clients/${party}/points`);
  await page.getByRole('link', { name: 'What they decided, with dates' }).press('Enter');
  const header = page.getByRole('region', { name: 'header' });
  await header.getByText('decided 2 times').waitFor();
  const decided = header.locator('.decided-one');
  await expect.poll(() => decided.count()).toBe(2);
  expect(await decided.nth(0).textContent()).toMatch(/3\sMay\s2026.*Blue, that is decided\./);
  expect(await decided.nth(1).textContent()).toMatch(/9\sMay\s2026.*Green after all\./);
  await decided.nth(0).getByRole('link').press('Enter');
  await page.waitForURL(`**/interactions/${blue.interactionId}*`);
});

test('nothing came from elsewhere', () => {
  expect(watched.remote).toEqual([]);
});
