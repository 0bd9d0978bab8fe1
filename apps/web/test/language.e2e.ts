import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropFiles, newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { mailbox, US } from './support/mailbox.ts';
import { allRead } from './support/marked.ts';
import { type Program, startProgram } from './support/program.ts';

/** A paragraph without one swear word, and a word that nobody else writes. */
const ABUSE =
  'Where is the login? You people are a joke, Quizzlefrond, and everyone will hear what kind of firm you are. ' +
  'If the money is not back by tomorrow, I will see you in court.';
const MARKER = 'Quizzlefrond';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-mail-'));
  await writeFile(join(files, 'inbox.mbox'), mailbox());
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: US });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

test('a pasted message is answered with what it asks, numbered, and with its marked words', async () => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request.url());
  });
  await page.keyboard.press('v');
  await page.getByLabel('The message').fill(ABUSE);
  await page.getByRole('heading', { name: 'What they ask' }).waitFor();
  await page.locator('.finding-quote', { hasText: 'Where is the login?' }).first().waitFor();
  await page.getByText('Founded? not looked at').first().waitFor();
  await page.locator('.marked', { hasText: 'see you in court' }).first().waitFor();
  expect(await page.locator('.kind-counts').textContent()).toContain('Announces legal steps');
  expect(asked).toEqual([]);
});

test('a reply is checked while one types, and a calmer sentence is one press away', async () => {
  await page.getByLabel('Your reply').fill('This was entirely our fault.');
  await page.getByText('May admit fault').first().waitFor();
  await page.getByRole('button', { name: 'Use this' }).first().click();
  await expect.poll(() => page.getByLabel('Your reply').inputValue()).not.toContain('fault');
  await page.getByLabel('Your reply').fill('The login is in my mail of 4 May, line 4.');
  await page.getByRole('button', { name: 'Copy the reply' }).click();
  await page.getByText('The reply is copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'The login is in my mail of 4 May, line 4.',
  );
});

test('a calm sentence is found by its words and put into the reply', async () => {
  const field = page.getByLabel('Your reply');
  await field.fill('');
  await page.getByText('Sentences to begin from').click();
  await page.getByRole('searchbox', { name: 'Find a sentence' }).fill('mediator');
  const found = page.locator('.sentences li button');
  await expect.poll(() => found.count()).toBe(1);
  await found.click();
  expect(await field.inputValue()).toContain('a neutral mediator');
});

test('left without keeping, the pasted words are in no file of the data folder', async () => {
  await page.goto(new URL(program.startUrl).origin);
  // What is dropped before the page stands goes nowhere.
  await page.locator('#main h1').waitFor();
  const found: string[] = [];
  for (const entry of await readdir(program.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(MARKER)) found.push(path);
  }
  expect(found).toEqual([]);
});

test('an imported mailbox has its words marked in place on the timeline', async () => {
  await dropFiles(page, [join(files, 'inbox.mbox')]);
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  await page.getByRole('checkbox', { name: 'Keep messages with Dmitri Orlov' }).check();
  await page.getByRole('button', { name: 'Import 1 correspondent' }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
  await page.getByRole('link', { name: 'Open the clients' }).click();
  await page.getByRole('link', { name: /Orlov/ }).click();
  // Words are read behind the index: what was brought in is there before it is marked.
  await allRead(page);
  await page.reload();
  const marked = page.locator('.timeline .marked', { hasText: 'see you in court' });
  await marked.first().waitFor();
  expect(await marked.count()).toBe(1);
});

test('a mark is confirmed or dismissed, and says so when one comes back', async () => {
  await page.locator('.timeline .message', { hasText: 'see you in court' }).click();
  const mark = page.locator('.marks .finding', { hasText: 'see you in court' });
  await mark.getByRole('button', { name: 'So it is' }).click();
  await mark.getByRole('button', { name: 'Confirmed' }).waitFor();
  await page.reload();
  await mark.getByRole('button', { name: 'Confirmed' }).waitFor();
});

test('their words are folded to what they ask and how much is marked', async () => {
  await page.keyboard.press('h');
  await page.getByText('Their words are folded.').waitFor();
  expect(await page.locator('.readable').textContent()).toContain('Announces legal steps');
  await page.keyboard.press('h');
  await page.locator('.readable .words').waitFor();
});

test('a selection becomes a quote with its cite', async () => {
  await page.locator('.readable .words').first().selectText();
  await page.keyboard.press('q');
  await page.getByText('The quote is copied with its cite.').waitFor();
  const quote = await page.evaluate(() => navigator.clipboard.readText());
  expect(quote).toContain('see you in court');
  expect(quote).toContain('Dmitri Orlov');
});

test('a reply is held against the record, and the earlier line stands beside it with its link', async () => {
  await page.keyboard.press('r');
  const field = page.getByLabel('Your reply');
  await field.fill('You never asked for the second language.');
  const record = page.getByRole('region', { name: 'The record says otherwise' });
  await record.getByText('The record shows that they wrote of it').waitFor();
  await record.getByRole('link', { name: /second language by Friday/ }).waitFor();
  await record.getByRole('button', { name: 'Use this' }).click();
  await expect.poll(() => field.inputValue()).toContain('you wrote: “Could we also get the second language');
  await field.fill('Thank you for your message.');
  await page.getByText('nothing speaks against it').waitFor();
});

test('a calmer version of the whole draft is taken by a press, and taken back by one', async () => {
  const field = page.getByLabel('Your reply');
  await field.fill('Thank you. This was entirely our fault.');
  await page.getByRole('button', { name: 'A calmer version' }).click();
  await page.getByText('Neither version is kept by itself.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Take this version' }).click();
  await expect.poll(() => field.inputValue()).not.toContain('fault');
  await page.getByRole('button', { name: 'Back to my words' }).click();
  await expect.poll(() => field.inputValue()).toBe('Thank you. This was entirely our fault.');
});

test('a draft is kept on purpose, after what that means was said, and taken up again with both versions', async () => {
  const field = page.getByLabel('Your reply');
  await page.getByText('Keep this draft').first().click();
  await page.getByText('A kept draft can be asked for in a dispute', { exact: false }).waitFor();
  await page.getByLabel('7 days', { exact: true }).check();
  await page.getByLabel('Keep both versions', { exact: false }).check();
  await page.getByRole('button', { name: 'Keep this draft' }).click();
  await page.getByText('The draft is kept. Only you see it.').waitFor();
  await page.reload();
  await page.locator('.readable-choice .action-first').click();
  const kept = page.getByRole('list', { name: 'Kept drafts' });
  await kept.getByText(/until \d+\s\w+\s\d{4}/).waitFor();
  expect(await field.inputValue()).toBe('');
  await kept.getByRole('button', { name: 'Take it up again' }).click();
  expect(await field.inputValue()).toBe('Thank you. This was entirely our fault.');
  await page.getByRole('button', { name: 'A calmer version' }).click();
  await page.getByRole('button', { name: 'Take this version' }).click();
  await page.getByRole('button', { name: 'Back to my words' }).click();
  await expect.poll(() => field.inputValue()).toBe('Thank you. This was entirely our fault.');
});

test('the client names the kept draft, and deleted it is in no file of the data folder', async () => {
  const field = page.getByLabel('Your reply');
  await page.getByRole('link', { name: /Your kept draft of/ }).waitFor();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByText('The draft is deleted.').waitFor();
  await page.getByRole('link', { name: /Your kept draft of/ }).waitFor({ state: 'detached' });
  for (const entry of await readdir(program.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    expect(bytes.includes('This was entirely our fault.'), entry.name).toBe(false);
  }
  await page.locator('.readable-choice .action-first').click();
  await field.waitFor({ state: 'detached' });
});

test('what may be understood in two ways is said to be, and each of the two is one press away', async () => {
  await page.locator('.readable-choice .action-first').click();
  const field = page.getByLabel('Your reply');
  await field.fill('Shall we have a call biweekly?');
  await page.getByText('May be understood in two ways').first().waitFor();
  await page.locator('.finding-says', { hasText: 'twice a week' }).getByRole('button').last().click();
  await expect.poll(() => field.inputValue()).toBe('Shall we have a call twice a week?');
  await page.locator('.readable-choice .action-first').click();
  await field.waitFor({ state: 'detached' });
});

test('a word of the trade is marked, unless this client wrote it themselves', async () => {
  await page.locator('.readable-choice .action-first').click();
  const field = page.getByLabel('Your reply');
  const marked = page.locator('.reply .finding-quote', { hasText: /^SLA$/ });
  await field.fill('The SLA covers it.');
  await marked.waitFor();
  await page.locator('.reply summary', { hasText: 'Keep plain words for it' }).click();
  await page.getByLabel('“SLA” in plain words').fill('answer time of four hours');
  await page.locator('.reply').getByRole('button', { name: 'Keep plain words for it' }).click();
  await page.getByText('Kept for this client.').waitFor();
  await page.locator('.finding-says', { hasText: 'answer time of four hours' }).getByRole('button').click();
  await expect.poll(() => field.inputValue()).toBe('The answer time of four hours covers it.');
  await field.fill('The SLA covers it.');
  await marked.waitFor();
  const here = page.url();
  await page.goto(here.replace(/\/interactions\/.*/, '/our-name'));
  await page.getByText('answer time of four hours').waitFor();
  await page.getByRole('button', { name: 'Take “SLA” away' }).click();
  await page.getByText('answer time of four hours').waitFor({ state: 'detached' });
  await page.locator('summary', { hasText: 'Add a term' }).click();
  await page.getByLabel('Our term').fill('hot fix');
  await page.getByLabel('In plain words').fill('quick repair');
  await page.getByRole('button', { name: 'Add a term' }).click();
  await page.getByText('quick repair', { exact: true }).waitFor();
  await page.goto(here);
  await page.locator('.readable-choice .action-first').click();
  await field.fill('We made a hot fix.');
  await page.locator('.finding-says', { hasText: 'quick repair' }).waitFor();
  await page.evaluate(async () => {
    const party = { id: location.pathname.split('/')[2] };
    const wrote = [
      'What does the SLA say? I read it three times now and I still do not see it there.',
      'Please call me when it is up again. The shop is closed until then and we sell nothing.',
      'I do not know what to do. You said it would take a day and now it is a week.',
    ];
    for (const [hour, text] of wrote.entries())
      await fetch('/api/interactions/by-hand', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ kind: 'message', direction: 'inbound', parties: [party], text },
          at: `2026-05-11T1${hour}:14:00+03:00`,
        }),
      });
  });
  await field.fill('The SLA covers all of it.');
  await marked.waitFor({ state: 'detached' });
  const hard =
    'Notwithstanding previously communicated contractual obligations, responsibility for interruptions ';
  await field.fill(`${hard.repeat(4)}remains excluded.`);
  await page.getByText('Harder to read than anything they wrote to us', { exact: false }).waitFor();
  await page.locator('.readable-choice .action-first').click();
  await field.waitFor({ state: 'detached' });
});

test('over time shows our own side first, then both sides', async () => {
  await page.keyboard.press('g');
  await page.getByRole('heading', { name: 'Our own side first' }).waitFor();
  await page.getByRole('heading', { name: /Both sides, week by week/ }).waitFor();
  await page.getByRole('button', { name: 'From 11 May 2026' }).first().click();
  await page.getByRole('heading', { name: 'From 11 May 2026' }).waitFor();
  // Those of our own side stand before, folded.
  await page.locator('.course-quotes a:visible').first().waitFor();
});

test('each marked quote of a client can be listed by kind', async () => {
  await page.getByRole('link', { name: 'Marked words' }).click();
  await page.getByRole('button', { name: /Announces legal steps/ }).click();
  await expect.poll(() => page.locator('.marked-list li').count()).toBe(1);
});

test('a rule is turned off with a reason, and on again', async () => {
  await page.goto(`${new URL(program.startUrl).origin}/language`);
  await page.getByRole('heading', { name: 'How well this works' }).waitFor();
  await page.getByText('The models: data, licences, limits').click();
  await page.locator('.model-card', { hasText: 'Limits' }).waitFor();
  const rule = page.locator('.rule-line').first();
  await rule.getByRole('button', { name: 'Turn off' }).click();
  await rule.getByLabel('Why it does not fit here').fill('Our trade talks like this.');
  await rule.locator('form').getByRole('button', { name: 'Turn off' }).click();
  await rule.getByText('Off: Our trade talks like this.').waitFor();
  await rule.getByRole('button', { name: 'Turn on again' }).click();
  await rule.getByRole('button', { name: 'Turn off' }).waitFor();
});

test.each([
  ['русский', 'Клиенты', 'Сегодня'],
  ['suomi', 'Asiakkaat', 'Tänään'],
])('the whole program speaks %s', async (name, clients, today) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(name);
  await page.getByRole('option', { name }).first().click();
  await page.getByRole('link', { name: clients }).first().click();
  await page.getByRole('heading', { name: clients }).waitFor();
  await page.getByRole('link', { name: today }).first().waitFor();
});

test('in all of this nothing was asked for from elsewhere and nothing broke', () => {
  expect(watched.remote).toEqual([]);
  expect(watched.errors).toEqual([]);
});
