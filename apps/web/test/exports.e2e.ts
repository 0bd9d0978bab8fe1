import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropFiles, newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { US } from './support/mailbox.ts';
import { type Program, startProgram } from './support/program.ts';

const CHAT = [
  '03/04/2026, 09:14 - Ivan Orlov: Where is the login?',
  '03/04/2026, 09:20 - Alex Berg: It comes on Friday.',
  '05/06/2026, 18:02 - Ivan Orlov: IMG-1.png (file attached)',
];
const CALENDAR = [
  ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1@cal.example', 'SUMMARY:Stock taking'],
  ...['DTSTART:20260512T090000Z', 'END:VEVENT', 'END:VCALENDAR', ''],
];
/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-chats-'));
  await mkdir(join(files, 'chat'));
  await writeFile(join(files, 'WhatsApp Chat with Ivan Orlov.txt'), `${CHAT.join('\n')}\n`);
  await writeFile(join(files, 'IMG-1.png'), Buffer.from('\x89PNG\r\n\x1a\nthe login page', 'latin1'));
  await writeFile(join(files, 'own.ics'), CALENDAR.join('\r\n'));
  const card = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Pia Virtanen', 'EMAIL:pia@card.example', 'END:VCARD', ''];
  await writeFile(join(files, 'pia.vcf'), card.join('\r\n'));
  await writeFile(join(files, 'nobody-knows.bin'), Buffer.from([1, 2, 3, 4]));
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, new URL(program.startUrl).origin);
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: US });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

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
}

test('a chat that is dropped is named in words, with what it leaves open and what could not be read', async () => {
  const names = ['WhatsApp Chat with Ivan Orlov.txt', 'IMG-1.png', 'own.ics', 'pia.vcf', 'nobody-knows.bin'];
  await dropFiles(
    page,
    names.map((name) => join(files, name)),
  );
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  await page.getByText('WhatsApp chat: 3').waitFor();
  await page.getByText('1 file belongs to these entries').waitFor();
  await page.getByText('1 file could not be read').waitFor();
  await page.getByRole('heading', { name: 'Before it is kept' }).waitFor();
  await page.getByText(/WhatsApp chat: times of a clock/).waitFor();
  const nameless = page.getByRole('checkbox', { name: 'Keep 1 item that names nobody' });
  expect(await nameless.isChecked()).toBe(false);
  await page.locator('summary', { hasText: 'Calendar' }).click();
  await page.getByText('Stock taking').waitFor();
  await picture('survey');
  await nameless.check();
  await page.getByRole('checkbox', { name: 'Keep messages with Ivan Orlov' }).check();
  const whose = page.getByText('1 contact card: whose is it?');
  await whose.waitFor();
  await page.getByLabel('The client’s name').fill('Pia');
  await whose.waitFor({ state: 'hidden' });
  await page.getByLabel('The client’s name').fill('');
  await page.getByRole('button', { name: 'Import 1 correspondent' }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
});

test('the report adds up, says what was assumed, and an assumption is put right in its place', async () => {
  const totals = await page.locator('.totals dd').allTextContents();
  expect(totals.map(Number)).toEqual([6, 4, 0, 1, 1]);
  await page.getByRole('heading', { name: 'What was assumed to read it' }).waitFor();
  await page.getByText(/Dates: day, month, year \(a guess\)/).waitFor();
  await picture('report');
  await page.locator('summary', { hasText: 'Put it right' }).click();
  await page.getByLabel('Order of the dates').selectOption('mdy');
  await page.getByRole('button', { name: 'Put it right' }).click();
  await page.getByText(/Dates: month, day, year \(not a guess\)/).waitFor();
});

test('where it came from says how it stands in the export and what could not be read', async () => {
  await page.getByRole('link', { name: 'Open the clients' }).click();
  await page.getByRole('link', { name: /Ivan Orlov/ }).click();
  await page.locator('.timeline .message', { hasText: 'Where is the login?' }).click();
  await expect.poll(() => page.locator('.words').textContent()).toContain('Where is the login?');
  await page.getByRole('tab', { name: 'Provenance' }).click();
  await page.getByRole('heading', { name: 'What could not be read' }).waitFor();
  await page.getByRole('heading', { name: 'In the export' }).waitFor();
  await picture('provenance');
  expect(watched.errors).toEqual([]);
});
