import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';
import { wordsIn } from './support/words.ts';

const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const en = wordsIn('en');

let program: Program;
let browser: Browser;
let alex: Watched;
let origin: string;
let party: string;

const picture = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};
const post = (page: Page, path: string, body: unknown): Promise<{ id: string }> =>
  page.evaluate(
    async ([to, text]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(to!, { method: 'POST', headers, body: text! })).json() as Promise<{ id: string }>;
    },
    [path, JSON.stringify(body)] as const,
  );

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  ({ origin } = new URL(program.startUrl));
  alex = await newPage(browser, origin);
  const { page } = alex;
  await firstRun(page, program.startUrl);
  ({ id: party } = await post(page, '/api/parties', {
    ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@client.example'] },
  }));
  await post(page, '/api/interactions', {
    ...{ text: 'You never told me about the login.', party: { id: party }, at: '2026-05-12T09:14:00+03:00' },
    ...{ way: 'mail', direction: 'inbound' },
  });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('what would go is seen before, a typed name is needed, and who works alone waits for a day', async () => {
  const { page } = alex;
  await page.goto(`${origin}/clients/${party}/holds`);
  await page.getByRole('link', { name: en('erasure.look') }).click();
  await page.getByText('1 record', { exact: false }).first().waitFor();
  await page.getByText(en('erasure.staysBackups')).waitFor();
  const act = page.getByRole('button', { name: en('erasure.do'), exact: true });
  await act.waitFor();
  expect(await act.isDisabled()).toBe(true);
  await page.getByLabel(en('erasure.why')).fill('Orlov asked for it.');
  await page.getByLabel('Orlov', { exact: false }).last().fill('orlov');
  await expect.poll(() => act.isEnabled(), { timeout: 20_000 }).toBe(true);
  await act.click();
  await page
    .getByRole('alert')
    .filter({ hasText: en('problem.reason-names-them') })
    .waitFor();
  await page.getByLabel(en('erasure.why')).fill('They asked for it.');
  await act.click();
  await page.getByRole('status').filter({ hasText: 'nobody else has looked' }).waitFor();
  await picture(page, 'erase');
  await page.goto(`${origin}/kept`);
  await page.getByText(en('erasure.state.waiting'), { exact: false }).first().waitFor();
});

test('a page that is opened while something is erased shows how far it is, and calls it off only before anything goes', async () => {
  const { page } = alex;
  const progress = { scope: 'party', subject: party, done: 3, of: 40 };
  let phase: object = { phase: 'looking', mayCancel: true };
  const asked = (route: Route) => route.fulfill({ json: { now: { ...progress, ...phase } } });
  await page.route('**/api/erasures/now', asked);
  await page.goto(`${origin}/erase?party=${party}`);
  await page.getByText(en('erasure.doneOf', { done: 3, of: 40 })).waitFor();
  await page.getByRole('button', { name: en('erasure.cancel') }).click();
  // Nothing is being erased in truth: the program says so.
  await page
    .getByRole('alert')
    .filter({ hasText: en('problem.erasing-none') })
    .waitFor();
  phase = { phase: 'files', mayCancel: false };
  await page.getByText(en('erasure.past')).waitFor();
  expect(await page.getByRole('button', { name: en('erasure.cancel') }).count()).toBe(0);
  await picture(page, 'erase-going');
  await page.unroute('**/api/erasures/now', asked);
  // What it was about may be gone: that is not asked for by itself.
  await page.getByRole('heading', { name: en('erasure.over') }).waitFor();
  await page.getByRole('button', { name: en('erasure.look') }).click();
  await page.getByText(en('erasure.staysBackups')).waitFor();
});

test('under a legal hold the refusal is written down instead', async () => {
  const { page } = alex;
  await post(page, '/api/holds', { scope: 'party', party, reason: 'A claim was announced.' });
  await page.goto(`${origin}/erase?party=${party}`);
  await page.getByText(en('erasure.held')).waitFor();
  await page.getByLabel(en('erasure.why')).fill('They asked for it.');
  await page.getByRole('button', { name: en('erasure.refuse') }).click();
  await page
    .getByRole('status')
    .filter({ hasText: en('erasure.refused') })
    .waitFor();
  await picture(page, 'erase-held');
});

test('periods are chosen, and whose time is over is proposed on the page and on Today', async () => {
  const { page } = alex;
  await post(page, '/api/parties', { name: 'Bank', state: 'contact', identifiers: [] });
  await page.goto(`${origin}/kept`);
  const contacts = page.getByRole('group', { name: en('state.contact') });
  await contacts.getByLabel(en('kept.months')).fill('24');
  await contacts.getByLabel(en('kept.from')).fill('2026-01-01');
  await contacts.getByLabel(en('kept.reason')).fill('Two years after the last word.');
  await page.getByRole('button', { name: en('kept.save') }).click();
  await page.getByText(en('kept.saved')).waitFor();
  await page.reload();
  await expect
    .poll(() => contacts.getByLabel(en('kept.months')).inputValue(), { timeout: 20_000 })
    .toBe('24');
  await page.getByText(en('kept.overNone')).waitFor();
  await picture(page, 'kept');
});

test('with somebody outside who has looked, a client goes at once, and the receipt stands in the list', async () => {
  const { page } = alex;
  const { id: other } = await post(page, '/api/parties', {
    ...{ name: 'Grebnokov', state: 'client', identifiers: ['grebnokov@client.example'] },
  });
  const letter = { at: '2026-05-12T09:14:00+03:00', way: 'mail', direction: 'inbound' };
  await post(page, '/api/interactions', { ...letter, text: 'Forget me, please.', party: { id: other } });
  const { id: bank } = await post(page, '/api/parties', {
    ...{ name: 'Counsel', state: 'contact', identifiers: ['counsel@law.example'] },
  });
  const proof = await post(page, '/api/interactions', {
    ...{ ...letter, text: 'I have looked at it.', party: { id: bank } },
  });
  await page.goto(`${origin}/erase?party=${other}`);
  await page.getByLabel(en('erasure.why')).fill('They asked for it.');
  await page.getByText(en('second.outsiderAsk')).click();
  await page.getByLabel(en('second.name')).fill('Counsel');
  await page.getByLabel(en('second.proof')).fill(proof.id);
  await page.getByLabel('Grebnokov', { exact: false }).last().fill('Grebnokov');
  const act = page.getByRole('button', { name: en('erasure.do'), exact: true });
  await expect.poll(() => act.isEnabled(), { timeout: 20_000 }).toBe(true);
  await act.click();
  await page.getByRole('heading', { name: en('erasure.done') }).waitFor({ timeout: 120_000 });
  await page.goto(`${origin}/kept`);
  await page.getByText(en('erasure.state.erased'), { exact: false }).first().waitFor();
});

test('what was done stands in Custody, can be compared with the log, and reading is noted in sight of all', async () => {
  const { page } = alex;
  await page.goto(`${origin}/custody`);
  await page
    .getByRole('listitem')
    .filter({ hasText: en('custody.act.erasure') })
    .first()
    .waitFor();
  await page.getByRole('button', { name: en('custody.check') }).click();
  await page.getByRole('status').filter({ hasText: 'by the log' }).waitFor();
  await page.getByLabel(en('custody.readingOn'), { exact: false }).click();
  await page.getByText(en('custody.noted')).waitFor();
  await page.getByLabel(en('custody.show')).selectOption('setting');
  await page
    .getByRole('listitem')
    .filter({ hasText: en('custody.act.setting') })
    .first()
    .waitFor();
  await picture(page, 'custody');
  await page.goto(origin);
  await page.getByText(en('custody.noted')).waitFor();
});

test('on a phone, in Finnish and Russian, nothing is cut off', async () => {
  for (const lang of ['fi', 'ru'] as const) {
    const { page } = await newPage(browser, origin, {
      ...{ viewport: { width: 360, height: 740 }, locale: lang },
    });
    await page.context().addCookies(await alex.page.context().cookies());
    for (const path of ['custody', 'kept', `erase?party=${party}`]) {
      await page.goto(`${origin}/${path}`);
      await page.locator('#main h1').waitFor();
      await page.locator('#main section').first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
      await picture(page, `${lang}-${path.slice(0, 7)}`);
    }
    await page.context().close();
  }
});
