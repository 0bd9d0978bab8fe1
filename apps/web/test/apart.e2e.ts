import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party = '';
let letter = '';

type Kept = { readonly id: string };

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const open = (path: string) => page.goto(`${new URL(program.startUrl).origin}/clients/${party}${path}`);

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, { acceptDownloads: true });
  page = watched.page;
  await firstRun(page, program.startUrl);
  const ask = asking(page);
  const add = (name: string, identifiers: string[]) =>
    ask<Kept>('POST', '/api/parties', { name, identifiers });
  party = (await add('Dmitri Orlov', ['orlov@baltika.example'])).id;
  await add('Virtanen Rakennus', ['leena@virtanen.example']);
  const kept = await ask<Kept>('POST', '/api/interactions', {
    text: 'Where is the login? Call my daughter Lidia Orlova about it.',
    ...{ party: { id: party }, at: ago(90), way: 'mail', direction: 'inbound', from: 'Orlov' },
  });
  letter = kept.id;
  await ask('POST', '/api/interactions/by-hand', {
    ...{ kind: 'note', direction: 'internal', parties: [{ id: party }], at: ago(60) },
    text: 'Orlov says Virtanen Rakennus pays more.',
  });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('a letter is marked as words with counsel by one key, and what it rests on is said', async () => {
  await open(`/interactions/${letter}`);
  await page.getByRole('button', { name: 'Stays with us?' }).waitFor();
  await page.keyboard.press('y');
  await page.getByLabel('On what it rests').fill('Mira Salo, attorney');
  await page.getByRole('button', { name: 'Mark it' }).click();
  await page.getByText('Stays with us: Words with counsel. No bundle holds it.').waitFor();
});

test('the mark is waived with a reason, and lifted again', async () => {
  await page.getByRole('button', { name: 'Change the mark' }).click();
  await page.getByLabel('Why', { exact: true }).fill('the court asked for it');
  await page.getByRole('button', { name: 'Waive it' }).click();
  await page.getByText('Words with counsel, waived: bundles may hold it.').waitFor();
  await page.getByRole('button', { name: 'Change the mark' }).click();
  await page.getByLabel('Why', { exact: true }).fill('marked by mistake');
  await page.getByRole('button', { name: 'Lift the mark' }).click();
  await page.getByRole('button', { name: 'Stays with us?' }).waitFor();
});

/** Selects words as the mouse would. */
function select(words: string): Promise<void> {
  return page.locator('.copy-text .words').evaluate((box, wanted) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const at = node.data.indexOf(wanted);
      if (at >= 0) window.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
}

test('words are selected and taken out by a key; the copy is looked at, and then made', async () => {
  await page.getByRole('tab', { name: 'Take words out' }).click();
  await page.locator('.copy-text .words').waitFor();
  await select('daughter Lidia Orlova');
  await page.keyboard.press('X');
  await page.getByText('1 place', { exact: true }).waitFor();
  await page.getByLabel('Why', { exact: true }).fill('a child');
  await page.getByRole('button', { name: 'Show the copy' }).click();
  await expect.poll(() => page.locator('pre.copy-preview').textContent()).toContain('Call my ████ about it.');
  await page.getByRole('button', { name: 'Make the copy' }).click();
  await page.getByText(/A copy stands in its place in every bundle since .*: a child/).waitFor();
});

test('the record is read as its client would read it, and what names others is let through by whoever read it', async () => {
  await open('/bundle');
  await page.getByRole('link', { name: 'Read as the client' }).click();
  await page.getByRole('heading', { name: 'As Dmitri Orlov would read it' }).waitFor();
  await page.getByText('Kept back: it names Virtanen Rakennus. Take that out, or let it go.').waitFor();
  await page.getByText('Call my ████ about it.').waitFor();
  expect(await page.getByText('Orlov says Virtanen Rakennus pays more.').count()).toBe(
    await page.locator('.timeline').getByText('Orlov says Virtanen Rakennus pays more.').count(),
  );
  await page.getByLabel('I read it: let it go as it is').check();
  await page.locator('.as-client-words', { hasText: 'Virtanen Rakennus pays more' }).waitFor();
});

test("the client's own copy is made and comes down as a bundle", async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Make their copy' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^evenkeel-bundle-.*\.zip$/);
  await page.getByRole('heading', { name: /\.zip, \d/ }).waitFor();
});

test('a bundle that would say words taken out elsewhere waits until somebody decides', async () => {
  await asking(page)('POST', '/api/interactions', {
    text: 'You asked me to call my daughter Lidia Orlova: I did.',
    ...{ party: { id: party }, at: ago(30), way: 'mail', direction: 'outbound', from: 'Alex' },
  });
  await open('/bundle');
  await page.getByRole('button', { name: 'Make the bundle' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Make the bundle' }).isEnabled()).toBe(true);
  await page.getByRole('button', { name: 'Make the bundle' }).click();
  await page.getByText('Words that were taken out of one record stand in another one too.').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Keep them back' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('.zip');
});

test('the copy is taken back with a reason', async () => {
  await open(`/interactions/${letter}`);
  await page.getByRole('tab', { name: 'Take words out' }).click();
  await page.getByRole('button', { name: 'Take the copy back' }).click();
  await page.getByLabel('Why it is taken back').fill('she agreed');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect.poll(() => page.locator('.copies-made').count()).toBe(0);
});

test('the page asked nobody outside on the way', () => {
  expect(watched.remote).toEqual([]);
});
