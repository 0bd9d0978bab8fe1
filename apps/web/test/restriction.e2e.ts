import type { Browser, Locator, Page } from 'playwright-core';
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

/** What the page itself could ask, with its session. */
const ask: Ask = (...call) => asking(page)(...call);

const DAY_MS = 24 * 3_600_000;
const dayAhead = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Keeps words of one side as of some minutes ago. */
function said(direction: 'inbound' | 'outbound', text: string, minutesAgo: number): Promise<{ id: string }> {
  const from = direction === 'inbound' ? 'Orlov' : 'Alex';
  const at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  return ask('POST', '/api/interactions', { text, party: { id: party }, at, way: 'mail', direction, from });
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin);
  page = watched.page;
  await firstRun(page, program.startUrl);
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    name: 'Orlov',
    identifiers: ['orlov@baltika.example'],
  }));
  await said('inbound', 'I will call every ten minutes until you answer.', 90);
  await said('outbound', 'Please write instead of calling every ten minutes.', 60);
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

const open = async (path: string) => {
  await page.goto(`${new URL(program.startUrl).origin}/clients/${party}${path}`);
};
const pane = (): Locator => page.locator('.casefile-pane');

/** Opens one of the small forms, fills it and sends it. */
async function act(name: string, fill: (form: Locator) => Promise<unknown>): Promise<void> {
  const box = pane().locator('details.act').filter({ hasText: name }).first();
  await box.locator('> summary').click();
  await fill(box.locator('form'));
  await box.getByRole('button', { name }).click();
}

test('without a review date and an open route nothing is planned, and both are said', async () => {
  await open('/restrictions');
  await page.getByRole('button', { name: 'Plan a restriction' }).click();
  const form = pane().locator('form.do-form');
  await form.getByLabel('The words it is about').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Quote all of it' }).click();
  for (const name of [/^What it is for/, /^What milder/, /^What it does/, /^Was our own/, /^Do they need/])
    await form.getByLabel(name).fill('Talked over on Monday.');
  await form.getByLabel('Who of those concerned').fill('Mira');
  await form.getByLabel('What they say').fill('Forty calls in one day.');
  await form.getByRole('checkbox', { name: 'In writing only.' }).check();
  await form.getByRole('button', { name: 'Keep the plan' }).click();
  await form.getByRole('alert').filter({ hasText: 'One route to us always stays open' }).waitFor();
  await form.getByLabel('Address or number').fill('desk@firm.example');
  await form.getByRole('button', { name: 'Keep the plan' }).click();
  await form.getByRole('alert').filter({ hasText: 'Name the day on which it is looked at again' }).waitFor();
  await form.getByLabel('Looked at again on').fill(dayAhead(60));
  await form.getByLabel('Last day').fill(dayAhead(120));
  await form.getByRole('button', { name: 'Keep the plan' }).click();
  await pane().getByText('planned, nothing is restricted').waitFor();
});

test('it is decided with somebody outside who looked, told by a letter, and then stands on the head', async () => {
  const proof = await said('inbound', 'I looked at the plan. It is the mildest that works. Anna', 30);
  await act('Decide the plan', async (form) => {
    await form.getByLabel('Why (part of the record)').fill('He called forty times.');
    await form.locator('summary').click();
    await form.locator('[name=outsider]').fill('Anna');
    await form.locator('[name=proof]').fill(proof.id);
  });
  await pane().getByText('decided, they are not told yet').waitFor();
  await act('Put it into force', async () => {});
  await pane().getByRole('alert').filter({ hasText: 'older than the decision' }).waitFor();
  const notice = await said(
    'outbound',
    'From today we answer in writing only, until the last day we name.',
    0,
  );
  await page.reload();
  await act('Put it into force', (form) => form.locator('[name=letter]').selectOption(notice.id));
  await pane().getByText('in force', { exact: true }).waitFor();
  const head = page.locator('.restriction-head');
  await head.waitFor();
  expect(await head.textContent()).toContain('In writing only. Always open: mail, desk@firm.example.');
});

test('what repeats is read and filed, on the head as well', async () => {
  await page.getByRole('button', { name: 'File without reply' }).first().click();
  const form = pane().locator('form.do-form');
  await form.getByLabel('Their words that say the same').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Quote all of it' }).click();
  await form.getByLabel('Our words that answered it').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Quote all of it' }).click();
  await form.getByLabel('Why (part of the record)').fill('Answered twice.');
  await form.getByLabel('Last day').fill(dayAhead(30));
  await form.getByRole('button', { name: 'File without reply' }).click();
  await page.locator('.held').filter({ hasText: 'Read, not answered until' }).waitFor();
});

test('the sheet lays everything out without advice, and the end needs a day', async () => {
  await open('/ending');
  await pane().getByText('Everything as it is recorded. It recommends nothing; you decide.').waitFor();
  await act('Choose the day on which it ends', async () => {});
  await pane().getByRole('alert').filter({ hasText: 'Name the last day.' }).waitFor();
  await pane().locator('[name=on]').fill(dayAhead(40));
  await pane().locator('details.act[open]').getByRole('button').click();
  await pane().getByText('They are not told yet.').waitFor();
});

test('nothing was asked for from elsewhere, and nothing went wrong in the page', () => {
  expect(watched.remote).toEqual([]);
  expect(watched.errors.filter((error) => !/4(09|22)/.test(error))).toEqual([]);
});
