import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropFiles, newPage, startBrowser, type Watched } from './support/browser.ts';
import { CLIENT, mailbox, NOT_PICKED_WORDS, US } from './support/mailbox.ts';
import { type Program, startProgram } from './support/program.ts';

const PASSWORD = 'a calm and long sentence';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-mail-'));
  await writeFile(join(files, 'inbox.mbox'), mailbox());
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, { acceptDownloads: true });
  page = watched.page;
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

const focusedWords = () => page.evaluate(() => document.activeElement?.textContent);

test('the address that was printed leads to two fields and a password, and these to three doors', async () => {
  await page.goto(program.startUrl);
  await page.getByLabel('What to call you here').fill('Alex');
  await page.getByLabel('Your own addresses or handles').fill(US);
  await page.getByLabel('A password').fill('short');
  await page.getByRole('button', { name: 'Show what is typed', pressed: false }).press('Enter');
  expect(await page.getByLabel('A password').getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('This is too short').waitFor();
  await page.getByLabel('A password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: 'Welcome, Alex. Where do you want to begin?' }).waitFor();
  for (const door of ['Paste a message', 'Bring a client', 'Look around a story'])
    await page.getByRole('main').getByRole('heading', { name: door }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
});

test('a mailbox is dropped, its correspondents are listed, and one of them is picked', async () => {
  await dropFiles(page, [join(files, 'inbox.mbox')]);
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  await page.getByText('Whose messages do you want to keep?').waitFor();
  // What took the place of the pressed button is where the reading goes on.
  await expect.poll(() => focusedWords()).toContain('Whose messages do you want to keep?');
  await page.getByRole('button', { name: 'Alex Berg is me', pressed: true }).waitFor();
  await page.getByText('The messages of everyone else are counted, left out and not kept.').waitFor();
  await page.getByRole('checkbox', { name: 'Keep messages with Dmitri Orlov' }).check();
  await page.getByRole('button', { name: 'Import 1 correspondent' }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
});

test('the report adds up, and says what was left out by choice', async () => {
  const totals = await page.locator('.totals dd').allTextContents();
  const [read, imported, duplicates, leftOut, unreadable] = totals.map(Number);
  expect([read, imported, duplicates, leftOut, unreadable]).toEqual([10, 9, 0, 1, 0]);
  expect(read).toBe(imported! + duplicates! + leftOut! + unreadable!);
});

test('the timeline shows both sides, newest first, and is walked by keys', async () => {
  await page.getByRole('link', { name: 'Open the clients' }).click();
  await page.getByRole('link', { name: /Orlov/ }).click();
  await page.getByRole('heading', { name: /Orlov/ }).waitFor();
  const lines = page.locator('.timeline .message');
  await expect.poll(() => lines.count()).toBe(9);
  await lines.first().getByText('I will see you in court.').waitFor();
  expect(await page.locator('.timeline .message-ours').count()).toBe(4);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Где логин');
  await page.getByRole('link', { name: 'From us 4' }).click();
  await expect.poll(() => lines.count()).toBe(4);
  await page.getByRole('link', { name: 'All 9' }).click();
  await expect.poll(() => lines.count()).toBe(9);
});

test('a message is read with its history folded, as original, with its attachments and its proof', async () => {
  await page.locator('.timeline .message').first().click();
  await page.getByRole('heading', { name: 'refund' }).waitFor();
  expect(await page.locator('.words').textContent()).toContain('I will see you in court.');
  await page.getByText(/Quoted from before, \d+ lines/).waitFor();
  await page.keyboard.press('o');
  await expect
    .poll(() => page.locator('.bytes').textContent())
    .toContain('Message-ID: <story-8@bergworks.example>');
  await page.keyboard.press('p');
  for (const verdict of [
    'These bytes have the recorded hash.',
    /Entry \d+ is in the log of \d+\./,
    /The head is signed by key [0-9a-f]{8}\./,
    /No outside anchor yet/,
  ])
    await page.getByText(verdict).waitFor();
  expect(await page.locator('.verdict-false').count()).toBe(0);
  expect(await page.getByText('unknown').count()).toBeGreaterThan(0);
  await page.getByRole('tab', { name: 'Readable' }).click();
  await page.keyboard.press('r');
  // Who opens the reply writes next.
  const isReplying = () =>
    page.getByLabel('Your reply').evaluate((field) => field === document.activeElement);
  await expect.poll(isReplying).toBe(true);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await page.keyboard.press('Escape');
});

test('an attached picture is shown from memory, and its bytes can be saved', async () => {
  await page.locator('.timeline .message', { hasText: 'line 4 of the attached sheet' }).click();
  await page.getByRole('tab', { name: 'Attachments 1' }).click();
  await page.getByText('login.png').waitFor();
  await page.getByAltText('Attached picture login.png').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect((await readFile(await download.path())).subarray(1, 4).toString()).toBe('PNG');
  await page.getByRole('tab', { name: 'Readable' }).click();
});

test('formatted mail is shown, and nothing in it runs, loads or leads away', async () => {
  await page.locator('.timeline .message', { hasText: 'second language' }).first().click();
  await page.locator('.timeline .message', { hasText: 'ten minutes' }).click();
  await page.getByRole('button', { name: 'Show as formatted by the sender' }).click();
  await page.getByText('3 things that would load from elsewhere (tracker.invalid) were blocked.').waitFor();
  const frame = page.frameLocator('.html-frame');
  await frame.getByRole('heading', { name: 'Second language' }).waitFor();
  // No script may run in it; our own page reads which words are selected.
  expect(await page.locator('.html-frame').getAttribute('sandbox')).toBe('allow-same-origin');
  expect(await frame.locator('a[href]').count()).toBe(0);
  expect(await frame.locator('script').count()).toBe(0);
  expect(watched.remote).toEqual([]);
});

test('search finds as one types, marks the words, and finds nothing that was left out', async () => {
  await page.goto(`${new URL(page.url()).origin}/record`);
  await page.getByLabel('Search the record').pressSequentially('refund');
  await page.getByText('1 message, newest first').waitFor();
  expect(await page.locator('.hit mark').first().textContent()).toBe('refund');
  await page.getByLabel('Search the record').fill('Zyzzyva');
  await page.getByText('Nothing found').waitFor();
  expect(NOT_PICKED_WORDS).toContain('Zyzzyva');
});

test('everything can be reached by keys, and the keys that work are listed', async () => {
  await page.getByLabel('Search the record').press('Escape');
  await page.keyboard.press('2');
  await page.getByRole('heading', { name: 'Clients' }).waitFor();
  // A page that was gone to has the focus, and is named once to whoever hears it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  await page.getByRole('status').filter({ hasText: 'Clients' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('orl');
  await page.getByRole('option', { name: 'Dmitri Orlov' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.timeline .message').first().waitFor();
  await expect.poll(() => page.title()).toBe('Dmitri Orlov · Evenkeel');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog');
  expect(await help.textContent()).toContain('Search this client');
  await page.keyboard.press('Escape');
  // A dialog is gone a moment before it is off the page: opened in that moment it would close again.
  await expect.poll(() => page.locator('dialog').count()).toBe(0);
  await page.keyboard.press('?');
  await help.waitFor();
  // A key of that moment is the page's.
  await page.evaluate(() => {
    document.querySelector('dialog')?.close();
    const slash = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(slash);
  });
  await page.getByRole('link', { name: 'Only Dmitri Orlov; search all clients again' }).waitFor();
});

test('a client’s state can be changed, and the change undone', async () => {
  await page.goBack();
  const state = page.getByLabel('What they are to us');
  await state.selectOption('client');
  await page.getByText('Dmitri Orlov: Client.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => state.inputValue()).toBe('contact');
});

test('a bundle of two picked messages is made and saved, and says how to check it', async () => {
  await page.goto(`${new URL(page.url()).origin}/clients`);
  await page.getByRole('link', { name: /Orlov/ }).click();
  await page.locator('.timeline .message').first().waitFor();
  for (const key of ['j', 'x', 'j', 'x', 'b']) await page.keyboard.press(key);
  await page.getByLabel('The messages I pick: 2 picked').waitFor();
  // What is opened beside the timeline is the title of the page while it is open, and is where one is.
  const title = 'A bundle: Dmitri Orlov';
  await expect.poll(() => page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([title]);
  expect(await focusedWords()).toBe(title);
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('button', { name: 'Make the bundle' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
  await page.getByText(/npx evenkeel bundle verify \S+\.zip --log-key/).waitFor();
  await expect.poll(() => focusedWords()).toMatch(/\.zip, \d/);
});

test('pasted words are kept only when asked, and as what they are', async () => {
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.matches('.message'))).toBe(true);
  await page.goto(`${new URL(page.url()).origin}/paste`);
  await page.getByLabel('The message').fill('Call me back today, or else.');
  await page.getByText('Nothing is kept until you say so.').waitFor();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByLabel('With whom').fill('Virtanen');
  await page.getByRole('radio', { name: 'Chat' }).check();
  await page.getByRole('button', { name: 'Keep it in the record' }).click();
  await page.getByText('Kept: pasted, not an original.').waitFor();
  await page.locator('.words', { hasText: 'Call me back today' }).waitFor();
});

test('after locking, the password is asked for; whoever signs out instead gives a name too', async () => {
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('button', { name: 'Sign out instead' }).click();
  await page.getByLabel('Name').fill('Alex');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Name or password are not right.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.words', { hasText: 'Call me back today' }).waitFor();
});

test('a program that stops is said so, with what was kept', async () => {
  await program.stop();
  await page.getByRole('link', { name: 'Clients' }).first().click();
  await page.getByText('The program does not answer.').waitFor();
});

test('in all of this nothing was asked for from elsewhere and nothing broke', () => {
  expect(watched.remote).toEqual([]);
  expect(watched.errors).toEqual([]);
  expect(CLIENT).toContain('@');
});
