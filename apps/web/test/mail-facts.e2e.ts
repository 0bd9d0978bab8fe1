import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { koi8 } from '../../evenkeel/test/interaction/koi8.ts';
import { tellDatabase } from '../../evenkeel/test/support/running-database.ts';
import { dropFiles, newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

const FIXTURES = fileURLToPath(new URL('../../../packages/records/test/fixtures/', import.meta.url));
const NAMES = ['smime-beside', 'calendar-zone-by-name', 'bounce-two-recipients', 'protected-subject'];
/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;

const OUR_LETTER =
  'From: me@firm.example\nTo: mira@studio.example\nSubject: Kestrel\nDate: Mon, 11 May 2026 09:14:00 +0300\nMessage-ID: <sent-2@studio.example>\n\nThe figures you asked for.\n';
const RECEIPT = [
  ...['From: mira@studio.example', 'To: me@firm.example', 'Subject: Read: Kestrel'],
  ...['Date: Tue, 12 May 2026 10:00:00 +0300', 'Message-ID: <r2@studio.example>', 'MIME-Version: 1.0'],
  ...['Content-Type: multipart/report; report-type=disposition-notification; boundary=rr', ''],
  ...['--rr', 'Content-Type: text/plain', '', 'It was displayed.', '--rr'],
  ...['Content-Type: message/disposition-notification', '', 'Final-Recipient: rfc822; mira@studio.example'],
  ...['Original-Message-ID: <sent-2@studio.example>'],
  ...['Disposition: manual-action/MDN-sent-manually; displayed', '', '--rr--', ''],
].join('\n');
const OSPREY =
  'From: apple@client.example\nTo: me@firm.example\nSubject: Osprey\nDate: Tue, 12 May 2026 09:14:00 +0300\n\nFrom Apple Mail.\n';
const HEADER =
  'From: Mira Salo <mira@third.example>\nDate: Mon, 11 May 2026 09:14:00 +0300\nMIME-Version: 1.0\n';
const INNERMOST = `${HEADER}Subject: Quagga\n\nThe apple tree is in bloom.`;
const MIDDLE = `${HEADER}Subject: Okapi\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nWe settled for the pangolin clause.\n--m\nContent-Type: application/pdf; name=tapir.pdf\n\n%PDF-\n--m\nContent-Type: message/rfc822\n\n${INNERMOST}\n--m--`;
/** A letter in a letter in a letter. */
const FORWARDED = `From: fwd@client.example\nTo: me@firm.example\nDate: Tue, 12 May 2026 09:14:00 +0300\nSubject: As I said\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nSee the letter below.\n--o\nContent-Type: message/rfc822\n\n${MIDDLE}\n--o--\n`;
/** Read, answered and flagged. */
const NOTED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>date-received</key><integer>1778566440</integer><key>flags</key><integer>21</integer></dict></plist>\n';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let files: string;
let origin: string;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'evenkeel-facts-'));
  for (const name of NAMES) await copyFile(join(FIXTURES, `${name}.eml`), join(files, `${name}.eml`));
  const head =
    'From: Ivan Orlov <orlov@koi.example>\nTo: me@firm.example\nSubject: Where is it\nDate: Tue, 12 May 2026 09:14:00 +0300\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n';
  const letter = Buffer.concat([Buffer.from(head), koi8('Верните деньги до пятницы.\n')]);
  await writeFile(join(files, 'koi.eml'), letter);
  await writeFile(join(files, 'letter.eml'), OUR_LETTER);
  const bounce = await readFile(join(FIXTURES, 'bounce-two-recipients.eml'), 'latin1');
  const second = bounce
    .replace('<sent-1@', '<sent-2@')
    .replace('<a1@', '<a2@')
    .replace('Undeliverable: Refund', 'Returned to sender');
  await writeFile(join(files, 'second.eml'), second, 'latin1');
  await writeFile(join(files, 'receipt.eml'), RECEIPT);
  await writeFile(join(files, 'forwarded.eml'), FORWARDED);
  await writeFile(join(files, '1.emlx'), `${OSPREY.length}\n${OSPREY}${NOTED}`);
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  ({ origin } = new URL(program.startUrl));
  watched = await newPage(browser, origin);
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: 'me@firm.example' });
  await dropFiles(
    page,
    [
      ...[...NAMES, 'koi', 'letter', 'second', 'receipt', 'forwarded'].map((name) => `${name}.eml`),
      '1.emlx',
    ].map((name) => join(files, name)),
  );
  await page.getByRole('button', { name: 'See whose messages these are' }).click();
  const all = page.getByRole('checkbox', { name: /^Keep messages with/ });
  await all.first().waitFor();
  // Our own address is shown and cannot be chosen.
  for (const one of await all.all()) if (await one.isEnabled()) await one.check();
  await page.getByRole('button', { name: /^Import \d+ correspondent/ }).click();
  await page.getByRole('heading', { name: 'Import finished' }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
  await rm(files, { recursive: true, force: true });
});

/** Opens the message that these words are found in. */
async function open(words: string): Promise<void> {
  const found = () =>
    page.evaluate(async (q) => {
      const answer = await fetch(`/api/search?q=${encodeURIComponent(q)}`);
      return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
    }, words);
  await expect.poll(found, { timeout: 25_000 }).not.toBe('');
  await page.goto(`${origin}/interactions/${await found()}`);
  await page.getByRole('tab', { name: 'Readable' }).waitFor();
}

async function picture(name: string): Promise<void> {
  if (!PICTURES) return;
  for (const [look, width, colorScheme] of [
    ['desk', 1280, 'light'],
    ['phone-dark', 360, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(PICTURES, `mail-${name}-${look}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const beside = () => page.getByRole('region', { name: 'In this mail beside its words' });

test('a signed mail says what is signed, whose certificate did it, that it fits, and that no authority was asked', async () => {
  await open('Signed beside');
  await beside().getByText('Signed (S/MIME).').waitFor();
  await beside()
    .getByText(/names Ivan Orlov <orlov@baltika.example>/)
    .waitFor();
  await beside()
    .getByText(/^The signature fits/)
    .waitFor();
  await beside()
    .getByText(/^Not checked against an authority/)
    .waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    beside().getByRole('link', { name: 'Download the signed bytes' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('signed.bin');
  await picture('signed');
});

test('an invitation says what, when and where; a bounce says which letter, or that it is not here', async () => {
  await open('Please come');
  await beside().getByText('Invitation').waitFor();
  await beside()
    .getByText(/Handover, second try/)
    .waitFor();
  await beside()
    .getByText(/14\sJul\s2026, 10:00/)
    .waitFor();
  await beside()
    .getByText(/mira@studio.example: declined/)
    .waitFor();
  await picture('invitation');
  await open('Undeliverable');
  await beside()
    .getByText(/mira@studio.example: could not be delivered/)
    .waitFor();
  await beside()
    .getByText(/a letter that is not in this record/)
    .waitFor();
  await picture('bounce');
});

test('a letter of ours says what came back of it, each opens, and leads back to the letter', async () => {
  await open('figures');
  await beside()
    .getByText(/mira@studio.example: could not be delivered/)
    .waitFor();
  await beside()
    .getByText(/mira@studio.example: opened, says/)
    .waitFor();
  expect(await beside().getByText('What came back:').count()).toBe(2);
  await picture('came-back');
  await beside().getByRole('link', { name: 'Report on delivery.' }).click();
  await beside()
    .getByRole('link', { name: /^Kestrel/ })
    .click();
  await beside().getByText('What came back:').first().waitFor();
});

test('of a letter out of Apple Mail it says when it came in and what was noted of it', async () => {
  await open('Osprey');
  await beside().getByText('Apple Mail noted:').waitFor();
  await beside()
    .getByText(/12\sMay\s2026.* · read · answered · flagged/)
    .waitFor();
});

test('a subject changed on the way stands beside the signed one', async () => {
  await open('invoice 7');
  await beside()
    .getByText(/The outer header names another subject: “...”/)
    .waitFor();
});

test('a letter that states the wrong charset is read otherwise in its place, and back', async () => {
  await open('orlov@koi.example');
  await page.getByRole('tab', { name: 'Provenance' }).click();
  const section = page.getByRole('region', { name: 'In which charset it was read' });
  await section.getByText(/Read as windows-1251, as the mail states/).waitFor();
  await section.locator('summary').click();
  const koi = section.getByRole('listitem').filter({ hasText: 'koi8-r' });
  await koi.getByText('Верните деньги до пятницы.').waitFor();
  await picture('charset');
  await koi.getByRole('button', { name: 'Read it so' }).click();
  await section.getByText('Read as koi8-r, as a person said.').waitFor();
  await page.getByRole('tab', { name: 'Readable' }).click();
  await expect.poll(() => page.locator('.words').textContent()).toContain('Верните деньги до пятницы.');
  await page.getByRole('button', { name: 'Read it as at first' }).click();
  await expect.poll(() => page.locator('.words').textContent()).not.toContain('Верните');
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
});

test('a letter inside a letter is found by its words and listed with what it holds', async () => {
  await open('apple tree');
  await page.getByRole('heading', { name: 'As I said' }).waitFor();
  await page.getByRole('button', { name: /^A message inside: Mira Salo · .* · Okapi$/ }).click();
  const [outer, inner] = [0, 1].map((at) => page.getByRole('list', { name: 'Inside this message' }).nth(at));
  await outer!.getByText('The apple tree is in bloom.').waitFor();
  expect(await inner!.count()).toBe(0);
  await picture('letters-inside');
  for (const name of ['tapir.pdf', 'Quagga.eml']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      outer!.getByRole('link', { name }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
  }
  await page.goto(`${origin}/record?q=quagga`);
  await page.getByRole('link', { name: /in a message inside/ }).waitFor();
  await picture('letters-found');
  expect(watched.errors).toEqual([]);
});

/** As if an older reader had read a mail: no act does such a thing. */
function readByAnOlderOne(subject: string, readAs: string): Promise<void> {
  const older = 'UPDATE interactions SET reader_version = 1, subject = $2 WHERE subject = $1';
  return tellDatabase(program.dataDir, older, [subject, readAs]);
}

test('of what an older reader read it is shown what would change, and then it is read anew', async () => {
  await readByAnOlderOne('Osprey', 'Osp?ey');
  await page.goto(`${origin}/import`);
  const section = page.locator('section', { hasText: '1 message was read by an older reader' });
  await section.getByText('Osprey', { exact: true }).waitFor();
  await picture('anew');
  await section.getByRole('button', { name: 'Read this 1 anew' }).click();
  await section.waitFor({ state: 'detached' });
  await open('Osprey');
  await page.getByRole('heading', { name: 'Osprey' }).waitFor();
});
