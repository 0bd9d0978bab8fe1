import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWitness, type TestWitness } from '../../evenkeel/test/support/witness.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let witness: TestWitness;
let origin = '';

type Head = { note: string; vkey: string; size: number };
const headNow = () => page.evaluate(async () => (await (await fetch('/api/log/checkpoint')).json()) as Head);

beforeAll(async () => {
  [program, browser, witness] = await Promise.all([
    startProgram(),
    startBrowser(),
    startWitness('office.example'),
  ]);
  ({ origin } = new URL(program.startUrl));
  watched = await newPage(browser, origin);
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: 'me@firm.example' });
  await page.goto(`${origin}/record`);
  // What comes above a link moves it, and a press that begins on it then ends beside it.
  await page.getByText('Nothing was imported yet').waitFor();
  await page.getByRole('link', { name: 'What this proves' }).click();
  await page.getByRole('heading', { name: 'Held outside' }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await witness?.close();
});

async function picture(name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

test('while nobody outside holds a head, the page says plainly that nothing here would show a rewriting', async () => {
  await page.getByText('Nobody outside holds a head of this log yet.').waitFor();
  await page.getByText('Whoever has the disk has the database and the keys').waitFor();
  await picture('trust-nobody');
});

test('a witness is named, is shown the head, and holds it from then on', async () => {
  witness.trust((await headNow()).vkey);
  await page.locator('summary', { hasText: 'Name a witness' }).click();
  const form = page.locator('form', { hasText: 'Verifier key' });
  await form.getByLabel('Verifier key').fill('no key');
  await form.getByLabel('Address').fill(witness.url);
  await form.getByRole('button', { name: 'Name a witness' }).click();
  await page.getByText('This is no key of a witness').waitFor();
  await form.getByLabel('Verifier key').fill(witness.vkey);
  await form.getByRole('button', { name: 'Name a witness' }).click();
  await page.getByRole('button', { name: 'Show office.example no more heads' }).waitFor();
  const shown = await page.evaluate(async () => (await fetch('/api/log/anchor', { method: 'POST' })).status);
  expect(shown).toBe(200);
  await page.reload();
  await page.getByText(/office\.example holds the head of/).waitFor();
  expect(witness.seen()).toBeGreaterThan(0);
});

test('a head that was kept is compared: one of this log, and one that was changed', async () => {
  const { note } = await headNow();
  const kept = (text: string) => ({ name: 'head', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const choose = async (text: string) => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'File with the signed head' }).click();
    await (await choosing).setFiles(kept(text));
  };
  await choose(note);
  await page.getByText('nothing before it was rewritten').waitFor();
  await choose(note.replace(/\n([0-9]+)\n/, '\n1$1\n'));
  await page.getByText('This is no head that a key of this log has signed').waitFor();
});

test('the key changes with a reason, and the page shows both', async () => {
  const { vkey } = await headNow();
  await page.locator('summary', { hasText: 'Change the key' }).click();
  await page.getByLabel('Why').fill('The laptop was stolen.');
  await page.getByRole('button', { name: 'Change the key' }).click();
  await page.getByText('this key handed the log over').waitFor();
  await page.getByText(vkey, { exact: true }).waitFor();
  await expect.poll(async () => (await headNow()).vkey).not.toBe(vkey);
  await picture('trust-held');
});

test('on a phone nothing is cut off', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('heading', { name: 'The key of the log' }).waitFor();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await picture('trust-phone');
});

test('letters to a client carry the hash of the head only when the owner says so', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  const id = await page.evaluate(async () => {
    const made = await fetch('/api/parties', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Orlov', state: 'client', identifiers: ['orlov@client.example'] }),
    });
    return ((await made.json()) as { id: string }).id;
  });
  await page.goto(`${origin}/clients/${id}/our-name`);
  const choice = page.getByLabel('Letters to them carry the hash of our signed head');
  await choice.waitFor();
  expect(await choice.isChecked()).toBe(false);
  await choice.click();
  await expect.poll(() => choice.isChecked(), { timeout: 20_000 }).toBe(true);
});

test('a button that waits keeps the focus, and pressing it again asks nothing twice', async () => {
  await page.goto(`${origin}/record`);
  await page.getByText('Nothing was imported yet').waitFor();
  const answer = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/api/log/verify', async (route) => {
    asked += 1;
    await answer.promise;
    await route.continue();
  });
  const check = page.getByRole('button', { name: 'Check the log now' });
  const hasFocus = () => check.evaluate((button) => button === document.activeElement);
  await check.press('Enter');
  await expect.poll(() => check.getAttribute('aria-disabled'), { timeout: 20_000 }).toBe('true');
  expect(await hasFocus()).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  answer.resolve();
  await page.getByText(/entries hold: each is where it was put/).waitFor();
  await expect.poll(() => check.getAttribute('aria-disabled'), { timeout: 20_000 }).toBeNull();
  expect(await hasFocus()).toBe(true);
  expect(asked).toBe(1);
});
