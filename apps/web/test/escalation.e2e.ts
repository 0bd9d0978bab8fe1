import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';
import { wordsIn } from './support/words.ts';

const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const en = wordsIn('en');
const DAY_MS = 24 * 3_600_000;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;

/** What the page itself could ask, with its session. */
function call<T = { id: string }>(method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where!, { method: how!, headers, ...(what ? { body: what } : {}) });
      return (await answer.json()) as T;
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  );
}

async function said(direction: 'inbound' | 'outbound', text: string, daysAgo: number) {
  const at = new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  const from = direction === 'inbound' ? 'Orlov' : 'Alex';
  const wish = { text, party: { id: party }, at, way: 'mail', direction, from };
  const { id } = await call('POST', '/api/interactions', wish);
  return { interactionId: id, start: 0, end: text.length, quote: text };
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  const { origin } = new URL(program.startUrl);
  watched = await newPage(browser, origin);
  page = watched.page;
  await firstRun(page, program.startUrl);
  party = (await call('POST', '/api/parties', { name: 'Orlov', identifiers: ['orlov@client.example'] })).id;
  const clause = {
    ...{ kind: 'escalation', says: 'Notice of 10 working days, then a mediator.' },
    steps: [
      { step: 'notice', says: 'We write what the matter is.', after: null },
      { step: 'mediator', says: 'We ask a mediator.', after: { count: 5, unit: 'working-days' } },
    ],
  };
  const opened = await call<{ id?: string }>('POST', `/api/parties/${party}/agreements`, {
    ...{ title: 'Website', clauses: [clause], decideBy: null, endsOn: null, cite: null },
  });
  expect(opened, JSON.stringify(opened)).toHaveProperty('id');
  const yes = await said('inbound', 'Agreed, all of it.', 20);
  await call('POST', `/api/agreements/${opened.id}/acceptance`, { proof: { kind: 'line', ...yes } });
  await said('outbound', 'This is our notice about invoice 118.', 1);
  await page.goto(`${origin}/clients/${party}/agreement`);
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('a dispute is begun by the agreed clause, its text is given, and its step is recorded with words that show it', async () => {
  await page.getByRole('button', { name: en('escalation.begin') }).click();
  const begin = page.getByRole('button', { name: en('escalation.begin') });
  expect(await begin.isDisabled(), en('escalation.aboutNeeded')).toBe(true);
  await page.getByLabel(en('escalation.about')).fill('Invoice 118');
  await begin.click();
  await page.getByText(en('escalation.head', { number: 1, says: 'Invoice 118' })).waitFor();
  await page.getByText(en('escalation.state-running', { now: 1, of: 2 })).waitFor();

  await page.getByRole('button', { name: en('escalation.words') }).click();
  await page.locator('.terms-text').filter({ hasText: 'Invoice 118' }).waitFor();
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/escalation.png`, fullPage: true });

  await page.getByRole('button', { name: en('escalation.take') }).click();
  const proof = page.getByLabel(en('escalation.proof'), { exact: true });
  await proof.locator('option', { hasText: 'our notice about invoice 118' }).waitFor({ state: 'attached' });
  const value = await proof
    .locator('option', { hasText: 'our notice about invoice 118' })
    .getAttribute('value');
  await proof.selectOption(value);
  await page.getByRole('button', { name: en('cite.all') }).click();
  await page
    .getByRole('button', { name: en('escalation.take') })
    .last()
    .click();
  await page.getByText(en('escalation.state-running', { now: 2, of: 2 })).waitFor();
});

test('it ends with a reason, and fits on a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/escalation-360.png`, fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide, 'nothing sticks out to the side').toBe(false);
  const dispute = page.getByRole('region', { name: en('escalation.title') });
  await dispute.getByRole('button', { name: en('escalation.end') }).click();
  await dispute.getByLabel(en('escalation.how-dropped')).check();
  await dispute.getByLabel(en('form.reason')).fill('They paid.');
  await dispute.getByRole('button', { name: en('escalation.end') }).click();
  await dispute.getByText(en('escalation.state-dropped')).waitFor();
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
});
