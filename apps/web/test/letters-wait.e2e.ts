import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letterBeginner, letterWriter, type WrittenLetter } from '../../evenkeel/test/outbox/letters.ts';
import { mailboxAt, mailTaker } from '../../evenkeel/test/outbox/mail-taker.ts';
import type { WordKey } from '../src/words/t.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';
import { wordsIn } from './support/words.ts';

/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const LOOKS = [
  ['desk', 1280, 900],
  ['phone', 360, 740],
] as const;

const en = wordsIn('en');

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
  const on = of.page();
  for (const [look, width, height] of LOOKS) {
    await on.setViewportSize({ width, height });
    await of.scrollIntoViewIfNeeded();
    await on.screenshot({ path: join(PICTURES, `${name}-${look}.png`) });
  }
  await on.setViewportSize({ width: 1280, height: 900 });
}

/** The same page as those see it who read Russian and Finnish. */
async function picturesElsewhere(name: string, on: Page, says: WordKey): Promise<void> {
  if (!PICTURES) return;
  for (const [lang, locale] of [
    ['ru', 'ru-RU'],
    ['fi', 'fi-FI'],
  ] as const) {
    const storageState = await on.context().storageState();
    const { page: theirs } = await newPage(browser, origin, { locale, storageState });
    await theirs.goto(on.url());
    await picture(`${name}-${lang}`, theirs.getByRole('button', { name: wordsIn(lang)(says) }));
    await theirs.context().close();
  }
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
  // Who hurried it and why stays with the letter: in the procedure, and beside the message that it became.
  const hurried = page.getByText(/Alex sent it all the same, .*“They wait for the address at the airport\.”/);
  await hurried.waitFor();
  await picture('hurried', hurried);
  const { items } = await ask<{ items: { interactionId: string }[] }>(
    'GET',
    `/api/sendings?procedure=${letter.id}`,
  );
  await page.goto(`${origin}/clients/${letter.partyId}/interactions/${items[0]!.interactionId}`);
  await hurried.waitFor();
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

test('another member reads the very words, approves them, and is named on the letter from then on', async () => {
  await ask('PUT', '/api/sendings/rules', { undoSec: 0, coolingMin: 0, second: 'warnings' });
  const wish = { role: 'manager', name: 'Mira' };
  const { code } = await ask<{ code: string }>('POST', '/api/people/invitations', wish);
  const hers = await newPage(browser, origin);
  const mira = hers.page;
  await mira.goto(`${origin}/join#code=${code}`);
  await mira.getByLabel(en('join.name')).fill('Mira Salo');
  await mira.getByLabel(en('first.password')).fill('another calm and long sentence');
  await mira.getByRole('button', { name: en('join.enter') }).click();
  await mira.waitForURL(`${origin}/`);

  const third = await writeTo('ek@client.example', { 'what-was-agreed': 'You never listen, you idiot.' });
  await open(third);
  await page.getByRole('button', { name: en('gate.ask') }).click();
  await card().getByText(en('gate.waitsForOther')).waitFor();
  expect(
    await card()
      .getByRole('button', { name: en('gate.approve') })
      .count(),
  ).toBe(0);
  await picture('second-asked-en', card().getByRole('button', { name: en('gate.takeBack') }));
  await picturesElsewhere('second-asked', page, 'gate.takeBack');

  await mira.goto(page.url());
  const approve = mira.getByRole('button', { name: en('gate.approve') });
  await mira.getByText(en('gate.waitsForYou', { who: 'Alex' })).waitFor();
  await picture('second-hers-en', approve);
  await picturesElsewhere('second-hers', mira, 'gate.approve');
  const before = server.mails.length;
  await approve.click();
  await expect.poll(() => server.mails.length, { timeout: 30_000 }).toBe(before + 1);
  const approved = page.getByText(/Mira Salo approved these words/);
  await approved.waitFor();
  await picture('second-approved-en', approved);
  expect([hers.errors, hers.remote]).toEqual([[], []]);
}, 180_000);

test('what is pressed right after the last word waits until the words before are kept', async () => {
  const begin = await letterBeginner({ ask }, () => new Date().toISOString());
  const begun = await begin('laine@client.example');
  await open(begun);
  const isAsked = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const asked: string[] = [];
  let underWay = 0;
  let most = 0;
  const kept = `**${begun.path}{,/final}`;
  await page.route(kept, async (route) => {
    const request = route.request();
    if (request.method() === 'GET') return route.continue();
    asked.push(request.method());
    most = Math.max(most, ++underWay);
    isAsked.resolve();
    if (asked.length === 1) await may.promise;
    const response = await route.fetch();
    underWay -= 1;
    return route.fulfill({ response });
  });
  const boxes = page.locator('section.letter').getByRole('textbox');
  await boxes.first().waitFor();
  const wish = 'I look into it by Monday.';
  for (const box of await boxes.all()) await box.fill(wish);
  await isAsked.promise;
  await page.getByRole('button', { name: en('letter.finish') }).click();
  may.resolve();
  await page.getByRole('button', { name: en('letter.sent') }).waitFor();
  await page.locator('section.letter').getByText(wish).last().waitFor();
  expect(most).toBe(1);
  expect(asked.at(-1)).toBe('POST');
  await page.unroute(kept);
}, 60_000);

test('what letters wait for is set beside the mailboxes', async () => {
  await page.goto(`${origin}/mailboxes`);
  await page.getByLabel('A second person looks at').selectOption('grave');
  await expect
    .poll(async () => (await ask<{ second: string }>('GET', '/api/sendings/rules')).second, {
      timeout: 20_000,
    })
    .toBe('grave');
  await picture('rules', page.getByLabel('A second person looks at'));
  expect([watched.errors, watched.remote]).toEqual([[], []]);
}, 60_000);
