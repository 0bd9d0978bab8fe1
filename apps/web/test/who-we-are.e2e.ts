import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

const PASSWORD = 'a calm and long sentence';
const LEGAL = 'Alexandra Karhu';
const MARK = 'marker-words-of-the-record';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;
let origin: string;

/** An answer of the API, asked by the page itself. */
function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([how, where, sent]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where!, { method: how!, headers, ...(sent ? { body: sent } : {}) });
      return (await answer.json()) as T;
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)],
  );
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  ({ origin } = new URL(program.startUrl));
  watched = await newPage(browser, origin, { permissions: ['notifications'] });
  page = watched.page;
  await firstRun(page, program.startUrl, { name: 'Studio Kivi' });
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: 'rex_fan', identifiers: ['fan@mail.example'] },
  }));
  const wish = { text: `Hello. ${MARK}`, party: { id: party }, at: '2026-05-12T10:00:00+03:00', way: 'mail' };
  await ask('POST', '/api/interactions', { ...wish, direction: 'inbound', from: 'Fan' });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('a stage name and a legal one are kept apart, and a client is told to know the first', async () => {
  await page.goto(`${origin}/us`);
  for (const [name, kind] of [
    [LEGAL, 'legal'],
    ['Rex', 'stage'],
  ] as const) {
    await page.getByLabel('Another name').fill(name);
    await page.getByLabel('What it is').selectOption(kind);
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('listitem').filter({ hasText: name }).waitFor();
  }
  await page.goto(`${origin}/clients/${party}`);
  await page.getByRole('link', { name: 'knows us as Studio Kivi' }).click();
  const choice = page.getByLabel('They know us as');
  await choice.locator('option', { hasText: 'Rex · stage name' }).waitFor({ state: 'attached' });
  await choice.selectOption({ label: 'Rex · stage name' });
  await page.getByRole('link', { name: 'knows us as Rex' }).waitFor();
});

test('a letter says which name it carries, and another only when that is allowed with both in sight', async () => {
  const call = await ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'call', direction: 'inbound', parties: [{ id: party }], at: new Date().toISOString() },
    ...{
      durationMin: 2,
      channel: 'phone',
      people: [],
      subject: null,
      quotes: [],
      outcome: null,
      text: 'They asked.',
    },
  });
  const { packs } = await ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call');
  const subject = { kind: 'call', id: call.id };
  const { id } = await ask<{ id: string }>('POST', '/api/procedures', {
    pack: packs[0]!.id,
    partyId: party,
    subject,
  });
  const { now } = await ask<{ now: { step: string } }>('GET', `/api/procedures/${id}`);
  await ask('POST', `/api/procedures/${id}/steps/${now.step}/done`, {});
  await page.goto(`${origin}/clients/${party}/procedures/${id}`);
  const letter = page.locator('section.letter');
  await letter.getByText('From Rex', { exact: true }).waitFor();
  const fields = letter.locator('textarea:not([readonly]), input[type=text]');
  for (const label of ['What was agreed', 'Next step'])
    await letter.getByLabel(label, { exact: false }).first().fill(`Nothing yet. ${LEGAL}`);
  await fields.first().blur();
  await letter.getByText(`They know you as Rex. This letter also says: ${LEGAL}.`).waitFor();
  await letter.getByRole('button', { name: 'Finish' }).first().click();
  await letter.getByText('They know us as Rex; this says another name of ours.').waitFor();
  await letter.getByRole('checkbox', { name: `They may see ${LEGAL}` }).check();
  await letter.getByRole('button', { name: 'Finish' }).first().click();
  await letter.getByRole('link', { name: 'Open as mail (.eml)' }).waitFor();
});

test('a bundle says which name it carries, and waits until each file that gives us away is sent or withheld', async () => {
  await page.goto(`${origin}/clients/${party}/bundle`);
  await expect.poll(() => page.getByLabel('Name of ours that stands on it').inputValue()).toBe('Rex');
  await expect.poll(() => page.getByLabel('Times in the chronology').inputValue()).toBe('UTC');
  await page.locator('.disclose').waitFor();
  const make = page.getByRole('button', { name: 'Make the bundle' });
  await expect.poll(() => make.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Withhold all' }).click();
  await expect.poll(() => make.isEnabled()).toBe(true);
  await page.getByLabel('Name of ours that stands on it').selectOption(LEGAL);
  await expect.poll(() => make.isDisabled()).toBe(true);
  await page.getByText(`Put ${LEGAL} on it all the same.`).waitFor();
  await page.getByLabel('Name of ours that stands on it').selectOption('Rex');
  await make.click();
  await page.locator('.bundle-made').waitFor({ timeout: 60_000 });
  const { items } = await ask<{ items: { carries: string; keptApart: number }[] }>(
    'GET',
    `/api/bundles?party=${party}`,
  );
  expect(items[0]!.carries).toBe('Rex');
  expect(items[0]!.keptApart).toBeGreaterThan(0);
});

test('Escape twice shows a page that says nothing, also from a field, and brings what was typed back', async () => {
  await page.goto(`${origin}/clients/${party}`);
  await page.getByText(MARK).first().waitFor();
  await page.keyboard.press('n');
  const note = page.getByLabel('Note', { exact: true }).last();
  await note.fill('half a sentence');
  // With another key between them they are two presses, and not one of two.
  for (const key of ['Escape', 'Shift', 'Escape', 'Shift']) await page.keyboard.press(key);
  expect(await page.title()).not.toBe('Shopping');
  await escapeTwice(true);
  expect(await page.locator('#cover').textContent()).not.toMatch(/rex|Evenkeel|half a sentence/i);
  await escapeTwice(false);
  await expect.poll(() => note.inputValue()).toBe('half a sentence');
});

/** On a machine that is busy with much else, two presses may lie too far apart to be one. */
async function escapeTwice(isCovered: boolean): Promise<void> {
  const isTurned = async () => ((await page.title()) === 'Shopping') === isCovered;
  const turn = async () => {
    if (await isTurned()) return true;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    return isTurned();
  };
  await expect.poll(turn).toBe(true);
}

test('the chosen key covers too, and nothing can be reached behind it', async () => {
  await page.goto(`${origin}/us`);
  await page.getByLabel('Key that covers the page').selectOption('F9');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('evenkeel.cover'))).toBe('F9');
  await page.keyboard.press('F9');
  await page.locator('#cover').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: 'This screen', exact: true }).waitFor();
});

test('a key locks: nothing of the page stays, every answer is refused, the password brings it back', async () => {
  await page.goto(`${origin}/clients/${party}`);
  await page.getByText(MARK).first().waitFor();
  await page.keyboard.press('L');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  const left = await page.evaluate(() => document.documentElement.outerHTML + document.title);
  for (const word of [MARK, 'rex_fan', 'Studio Kivi', LEGAL, 'Rex']) expect(left, word).not.toContain(word);
  await expect
    .poll(async () => (await ask<{ code?: string }>('GET', `/api/parties/${party}`)).code)
    .toBe('locked');
  await page.reload();
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('The password is not right.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText(MARK).first().waitFor();
});

test('another window of the same browser is locked with it', async () => {
  const other = await page.context().newPage();
  await other.goto(`${origin}/clients/${party}`);
  await other.getByText(MARK).first().waitFor();
  await page.getByRole('button', { name: 'Lock' }).click();
  await other.getByRole('heading', { name: 'Locked' }).waitFor();
  await other.close();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText(MARK).first().waitFor();
});

test('nothing came from elsewhere', () => {
  expect(watched.remote).toEqual([]);
});
