import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { US } from './support/mailbox.ts';
import { type Program, startProgram } from './support/program.ts';

const MAIN = fileURLToPath(new URL('../../evenkeel/src/main.ts', import.meta.url));
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const CLIENT = 'Ivan Orlov';
const INTRODUCED = 'On Mon, 4 May 2026 at 10:02, Alex Berg wrote:';
const MAIL = `From sender Tue May 12 09:14:00 2026
From: Ivan Orlov <orlov@client.example>
To: ${US}
Subject: Where is the login?
Date: Tue, 12 May 2026 09:14:00 +0300
Message-ID: <answer@client.example>
In-Reply-To: <the-login@bergworks.example>

You never told me about the login.

${INTRODUCED}
> The login is in line 4.
`;
const CHATS = [
  ['13.05.2026, 09:14 - Ivan Orlov: Hello?', '14.05.2026, 10:00 - Ivan Orlov: <Media omitted>'],
  ['20.05.2026, 09:14 - Ivan Orlov: Still nothing.', '21.05.2026, 10:00 - Alex Berg: It went on Friday.'],
];

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-missing-'));
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin);
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: US });
  await bringIn('orlov.mbox', MAIL);
  for (const [i, lines] of CHATS.entries())
    await bringIn(join(`chat ${i + 1}`, `WhatsApp Chat with ${CLIENT}.txt`), `${lines.join('\n')}\n`);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

/** As from the command line, beside the program that serves. */
async function bringIn(name: string, content: string): Promise<void> {
  const path = join(files, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  const words = ['import', path, '--client', CLIENT, '--data', program.dataDir];
  await promisify(execFile)(process.execPath, [MAIN, ...words]);
}

async function picture(name: string): Promise<void> {
  if (!PICTURES) return;
  for (const [look, width, colorScheme] of [
    ['desk', 1280, 'light'],
    ['phone-dark', 360, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(PICTURES, `${name}-${look}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function openClient(): Promise<void> {
  await page.getByRole('link', { name: 'Clients', exact: true }).first().click();
  await page
    .getByRole('link', { name: /Ivan Orlov/ })
    .first()
    .click();
  await page.locator('.timeline .message').first().waitFor();
}

test('the head of a client counts what is missing, and m opens it', async () => {
  await openClient();
  await page.getByRole('link', { name: /What is missing 3/ }).waitFor();
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'What is missing', level: 1 }).waitFor();
  await expect
    .poll(() => page.locator('.kind-chip').allTextContents())
    .toEqual(['All', 'Answered, but not here 1', 'Files not there 1', 'Gaps between exports 1']);
});

test('each line says what is missing in words, and where what is known comes from stands below', async () => {
  const pane = page.locator('.client-pane');
  await pane.getByText('Ivan Orlov answers a message that is not here').waitFor();
  await pane.getByText(INTRODUCED).waitFor();
  await pane.getByText('<the-login@bergworks.example>').waitFor();
  await pane.getByText(/no export covers .*14\sMay\s2026.* to .*20\sMay\s2026/).waitFor();
  await pane.getByText('A file without a name belongs here, but was not in the export.').waitFor();
  await pane.getByRole('heading', { name: 'Where it comes from' }).waitFor();
  await pane.getByText(/The earliest export starts on .*13\sMay\s2026/).waitFor();
  await picture('missing');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('one kind is shown alone, and a line opens the message it is about', async () => {
  await page.locator('.kind-chip', { hasText: 'Answered, but not here' }).click();
  await expect.poll(() => page.locator('.missing-lines').count()).toBe(1);
  await page.getByRole('link', { name: 'Ivan Orlov answers a message that is not here' }).click();
  await page.getByRole('heading', { name: 'Where is the login?' }).waitFor();
  await expect.poll(() => page.locator('.words').textContent()).toContain('You never told me');
});

test('a gap between exports opens the import that left it', async () => {
  await page.goBack();
  await page.getByRole('link', { name: /no export covers/ }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
  expect(watched.errors).toEqual([]);
});
