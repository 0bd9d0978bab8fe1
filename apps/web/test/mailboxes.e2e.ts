import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_DOVECOT } from '../../evenkeel/test/support/mail-programs.ts';
import {
  type Dovecot,
  freePort,
  IMAP_PASSWORD,
  startDovecot,
} from '../../evenkeel/test/support/mail-servers.ts';
import { mail } from '../../evenkeel/test/support/mails.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

if (!HAS_DOVECOT) console.log('skipped: mailboxes in the browser need Dovecot, and to be root');

/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const ME = 'me@firm.example';

describe.skipIf(!HAS_DOVECOT)('the page of mailboxes, on a real Dovecot', () => {
  let program: Program;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  let dovecot: Dovecot;

  beforeAll(async () => {
    [program, browser, dovecot] = await Promise.all([startProgram(), startBrowser(), startDovecot(ME)]);
    dovecot.deliver('INBOX', [
      mail({ subject: 'The login', from: 'Orlov <orlov@client.example>' }),
      mail({ subject: 'Dinner', from: 'mother@home.example' }),
    ]);
    const { origin } = new URL(program.startUrl);
    watched = await newPage(browser, origin);
    page = watched.page;
    await firstRun(page, program.startUrl, { addresses: ME });
    await page.evaluate(() =>
      fetch('/api/parties', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Orlov', state: 'client', identifiers: ['orlov@client.example'] }),
      }),
    );
    await page.goto(`${origin}/mailboxes`);
    await page.getByRole('heading', { name: 'A new mailbox' }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await program?.end();
  });

  const imap = () => page.getByRole('group', { name: 'Where mail is read (IMAP)' });

  async function fill(port: number, password: string): Promise<void> {
    await page.getByLabel('Our address').fill(ME);
    await imap().getByLabel('Server').fill('127.0.0.1');
    await imap().getByLabel('Port').fill(String(port));
    await imap().getByLabel('Encryption').selectOption('none');
    await page.getByRole('textbox', { name: 'User' }).fill(ME);
    await page.locator('input[type=password]').fill(password);
  }

  async function picture(name: string): Promise<void> {
    if (!PICTURES) return;
    for (const [look, width, colorScheme] of [
      ['desk', 1280, 'light'],
      ['phone-dark', 360, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(PICTURES, `mailbox-${name}-${look}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  test('what goes wrong is one sentence that says what to do, and nothing is kept', async () => {
    await fill(await freePort(), IMAP_PASSWORD);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The server does not answer there. Check its name and port.').waitFor();
    await fill(dovecot.port, 'wrong');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await alert.getByText(/does not take this user and password/).waitFor();
    await imap().getByLabel('Encryption').selectOption('starttls');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await alert.getByText(/does not encrypt in this way/).waitFor();
    await picture('refused');
    await imap().getByLabel('Server').fill('imap.firm.example');
    await imap().getByLabel('Encryption').selectOption('none');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await alert.getByText(/Without encryption the password would be readable/).waitFor();
  });

  test('the connection is tested without keeping anything, and then kept', async () => {
    await fill(dovecot.port, IMAP_PASSWORD);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText(/Signed in. These folders are read: INBOX, Sent/).waitFor();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('heading', { name: ME }).waitFor();
    await page.getByText('2 messages seen: 1 new, 0 here already, 1 left out by choice').waitFor();
    await picture('kept');
  });

  test('it is paused and goes on with one press, and its password is never asked for again', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is off: nothing is read by itself.').waitFor();
    dovecot.deliver('INBOX', [mail({ subject: 'While paused', from: 'orlov@client.example' })]);
    await page.getByRole('button', { name: 'Go on reading' }).click();
    await page.getByText('It is off: nothing is read by itself.').waitFor({ state: 'hidden' });
    await page.getByText(/3 messages seen: 2 new/).waitFor();
  });

  test('it fits a phone, in light and dark', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Change' }).click();
    await imap().getByLabel('Server').waitFor();
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await picture('change');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Read now' }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('its settings are removed only when asked twice; what was read stays', async () => {
    await page.getByRole('button', { name: 'Remove its settings' }).click();
    await page.getByText(/What was read stays/).waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'A new mailbox' }).waitFor();
    await page.goto(`${new URL(program.startUrl).origin}/clients`);
    await page.getByRole('link', { name: /Orlov/ }).first().click();
    await page.locator('.timeline .message', { hasText: 'The login' }).waitFor();
    expect(watched.errors).toEqual([]);
    expect(watched.remote).toEqual([]);
  });
});
