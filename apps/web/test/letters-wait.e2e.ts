import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterWriter, type WrittenLetter } from '../../evenkeel/test/outbox/letters.ts';
import { mailboxAt, mailTaker } from '../../evenkeel/test/outbox/mail-taker.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';

/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const LOOKS = [
  ['desk', 1280, 900],
  ['phone', 360, 740],
] as const;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let origin: string;
let server: Awaited<ReturnType<typeof mailTaker>>;
let letter: WrittenLetter;
let writeTo: Awaited<ReturnType<typeof letterWriter>>;

beforeAll(async () => {
  [program, browser, server] = await Promise.all([startProgram(), startBrowser(), mailTaker()]);
  origin = new URL(program.startUrl).origin;
  watched = await newPage(browser, origin);
  page = watched.page;
  await firstRun(page, program.startUrl, { addresses: 'me@firm.example' });
  await ask('POST', '/api/mailboxes', mailboxAt(server.port));
  await ask('PUT', '/api/sendings/rules', { undoSec: 120, coolingMin: 30, second: 'never' });
  writeTo = await letterWriter({ ask }, () => new Date().toISOString());
  letter = await writeTo('orlov@client.example');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

/** A call as the page itself makes it. */
async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const [status, text] = await page.evaluate(
    async ([how, where, what]) => {
      const init = what === null ? {} : { body: what, headers: { 'content-type': 'application/json' } };
      const answer = await fetch(where!, { method: how!, ...init });
      return [answer.status, await answer.text()] as const;
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function picture(name: string, of: Locator): Promise<void> {
  if (!PICTURES) return;
  for (const [look, width, height] of LOOKS) {
    await page.setViewportSize({ width, height });
    await of.scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(PICTURES, `${name}-${look}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const card = () => page.getByRole('region', { name: 'Before it leaves' });
const byHand = () => page.getByRole('button', { name: 'I have sent it' });
const open = (one = letter) => page.goto(`${origin}/clients/${one.partyId}/procedures/${one.id}`);

test('a letter that was sent says how long it waits, and is taken back', async () => {
  await open();
  await page.getByText('If you send it now, it waits').waitFor();
  await picture('before', page.getByRole('button', { name: 'Send it now', exact: true }));
  await page.getByRole('button', { name: 'Send it now', exact: true }).click();
  await card()
    .getByText(/It leaves in \d+ seconds\./)
    .waitFor();
  // It is on its way: that somebody sent it otherwise is not asked.
  expect(await byHand().count()).toBe(0);
  await picture('waits', card().getByRole('button', { name: 'Take it back' }));
  await page.goto(origin);
  await page.getByRole('region', { name: 'WAITING' }).getByText('leaves by itself').waitFor();
  await picture('today', page.locator('h1'));
  await open();
  await card().getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Nothing was sent.', { exact: false }).waitFor();
  await byHand().waitFor();
  expect(server.mails).toEqual([]);
}, 120_000);

test('after hostile words it waits for another look, and a reason sends it all the same', async () => {
  await ask('POST', '/api/interactions', {
    ...{ text: 'You are a bunch of stupid idiots. Nobody can work with such morons.' },
    ...{ party: { id: letter.partyId }, direction: 'inbound', way: 'mail', at: new Date().toISOString() },
    from: 'orlov@client.example',
  });
  await expect
    .poll(async () => (await ask<{ verdict: string }>('GET', `${letter.path}/gate`)).verdict, {
      timeout: 30_000,
    })
    .toBe('look');
  await open();
  await page.getByText('Their newest message:', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await card().getByText('It waits. Look at it again from', { exact: false }).waitFor();
  expect(await card().getByRole('button', { name: 'I looked again: send it' }).isDisabled()).toBe(true);
  await card().getByText('Send it now all the same').first().click();
  await card().getByLabel('Why', { exact: false }).fill('They wait for the address at the airport.');
  await picture('look', card().getByLabel('Why', { exact: false }));
  await card().getByRole('button', { name: 'Send it now all the same' }).click();
  await expect.poll(() => server.mails.length, { timeout: 30_000 }).toBe(1);
  await card().waitFor({ state: 'detached' });
  expect(server.mails[0]).toContain('orlov@client.example');
}, 120_000);

test('words that the record speaks against wait for another look, with the line that they met', async () => {
  const other = await writeTo('salo@client.example', {
    'what-was-agreed': 'Our refund for the photographs is 100 €.',
  });
  const quote = 'We will pay back 150 € for the photographs.';
  const { id: interactionId } = await ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: quote, party: { id: other.partyId }, direction: 'outbound', way: 'mail' },
    at: new Date().toISOString(),
  });
  await ask('POST', `/api/parties/${other.partyId}/commitments`, {
    ...{ side: 'ours', who: 'Alex', what: 'Refund for the photographs', due: null },
    cites: [{ interactionId, start: 0, end: quote.length, quote }],
  });
  await open(other);
  const ahead = page.locator('.letter-gate-ahead');
  await ahead.getByText('The record says otherwise: The record has another sum').waitFor();
  await ahead.getByRole('link', { name: quote }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await card().getByText('It waits. Look at it again from', { exact: false }).waitFor();
  const link = card().getByRole('link', { name: quote });
  await picture('record', link);
  expect(await link.getAttribute('href')).toContain(`/interactions/${interactionId}`);
}, 120_000);

test('what letters wait for is set beside the mailboxes', async () => {
  await page.goto(`${origin}/mailboxes`);
  await page.getByLabel('A second person looks at').selectOption('warnings');
  await expect
    .poll(async () => (await ask<{ second: string }>('GET', '/api/sendings/rules')).second, {
      timeout: 20_000,
    })
    .toBe('warnings');
  await picture('rules', page.getByLabel('A second person looks at'));
  expect([watched.errors, watched.remote]).toEqual([[], []]);
}, 60_000);
