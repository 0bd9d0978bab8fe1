import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser } from './support/browser.ts';
import { type Ask, asking } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { allRead, marksDrawn } from './support/marked.ts';
import { type Program, startProgram } from './support/program.ts';
import { type Lang, wordsIn } from './support/words.ts';

const PATIENCE_MS = 60_000;
const WORDS = 'I will see you in court.';
const TEXT = `Hello,\n\nthis is the third time. ${WORDS}\n\nOrlov`;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let browser: Browser;
let program: Program | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});

afterEach(async () => {
  await program?.end();
  program = undefined;
});

afterAll(() => browser?.close());

async function begin(lang: Lang, options: object) {
  program = await startProgram();
  const { startUrl } = program;
  const { origin } = new URL(startUrl);
  const watched = await newPage(browser, origin, {
    locale: lang,
    permissions: ['clipboard-write'],
    ...options,
  });
  const { page } = watched;
  const says = wordsIn(lang);
  await firstRun(page, startUrl, { lang });
  const ask = asking(page);
  const { id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@baltika.example'] },
  });
  return { page, watched, says, ask, party, origin };
}

/** Selects words of the message that is open, as a hand would. */
function select(page: Page, words: string): Promise<void> {
  return page.evaluate((wanted) => {
    const text = document.querySelector('.words')!;
    const start = text.textContent.indexOf(wanted);
    if (start < 0) throw new Error(`${wanted} stands nowhere.`);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    // Marked words stand in elements of their own, and come a moment later than the text.
    for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode()) {
      const length = node.textContent!.length;
      if (start >= at && start < at + length) range.setStart(node, start - at);
      const end = start + wanted.length;
      if (end > at && end <= at + length) range.setEnd(node, end - at);
      at += length;
    }
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
  }, words);
}

type Packs = { packs: { id: string; title: Record<Lang, string> }[] };
async function titleOf(ask: Ask, subject: string, starts: string, nth: (id: string) => boolean, lang: Lang) {
  const { packs } = await ask<Packs>('GET', `/api/procedures/packs?subject=${subject}&starts=${starts}`);
  return packs.find(({ id }) => nth(id))!.title[lang];
}

test('selected words begin a procedure with one key, and stand above it with the way back', async () => {
  const { page, watched, says, ask, party, origin } = await begin('en', {});
  const { id } = await ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: TEXT, party: { id: party }, direction: 'inbound', way: 'mail' },
    ...{ at: '2026-05-12T09:00:00+03:00', from: 'orlov@baltika.example' },
  });
  await allRead(page);
  await page.goto(`${origin}/clients/${party}/interactions/${id}`);
  await marksDrawn(page, id, party);
  await page.keyboard.press('t');
  await page.getByText(says('quote.selectFirst')).waitFor();
  await select(page, WORDS);
  await page.keyboard.press('t');
  await page.locator('.cite-picked q', { hasText: WORDS }).waitFor();
  const title = await titleOf(ask, 'message', 'quote', (one) => one.startsWith('legal'), 'en');
  await page.getByRole('button', { name: title, exact: true }).click();
  await page.locator('#procedure-now').waitFor();
  expect(await page.locator('.procedure-quote blockquote').textContent()).toBe(WORDS);
  await page.locator('.procedure-choices input').first().check();
  await page.getByRole('button', { name: says('procedure.done') }).click();
  await page.getByRole('heading', { name: says('standing.ours'), exact: true }).waitFor();
  await page.locator('.procedure-quote a').click();
  await page.waitForURL(`**/interactions/${id}`);
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
}, 300_000);

test('a meeting goes with one thumb from the card to the summary, on a screen of 360 pixels', async () => {
  const { page, watched, says, ask, party, origin } = await begin('ru', PHONE);
  const title = await titleOf(ask, 'party', 'thing', (one) => one.startsWith('meeting'), 'ru');
  await page.goto(`${origin}/clients/${party}`);
  await page.getByText(says('client.standing'), { exact: true }).tap();
  await page.getByText(says('procedure.start'), { exact: true }).tap();
  await page.getByRole('button', { name: says('procedure.startThis', { what: title }) }).tap();
  await page.getByRole('link', { name: says('meeting.open') }).tap();
  await page.getByLabel(says('meeting.endingWords')).fill('Спасибо, на этом закончим.');
  await page.getByText(says('meeting.kept')).waitFor();
  await expect
    .poll(() => ask<{ endingWords: string }>('GET', cardOf(page)), { timeout: PATIENCE_MS })
    .toMatchObject({
      endingWords: 'Спасибо, на этом закончим.',
    });
  const size = await ask<{ size: number }>('GET', '/api/log/checkpoint');
  await page.locator('.meeting-leaving button').first().tap();
  const buttons = page.locator('.meeting-button');
  await buttons.first().waitFor();
  await page.getByText('Спасибо, на этом закончим.').waitFor();
  for (const box of await buttons.all()) {
    const place = (await box.boundingBox())!;
    expect(place.height).toBeGreaterThanOrEqual(44);
    expect(place.x + place.width).toBeLessThanOrEqual(360);
  }
  await press(page, 'Дать договорить', 1);
  await press(page, 'Записать слова', null);
  await page.locator('.meeting-field textarea').fill('Вы ничего не умеете.');
  await page.getByRole('button', { name: says('meeting.note') }).tap();
  await taps(page, 2);
  await press(page, 'Предупредить один раз', 3);
  await press(page, 'Повторилось; завершаю', 4);
  await press(page, 'Поблагодарить и завершить', null);
  const text = page.getByLabel(says('meeting.text'));
  await text.waitFor();
  await expect.poll(() => text.inputValue()).toContain('Записать слова: "Вы ничего не умеете."');
  expect(await text.inputValue()).not.toContain('на этом закончим');
  await page.getByRole('button', { name: says('meeting.record'), exact: true }).tap();
  await page.getByText(says('meeting.recorded')).waitFor();
  await page.locator('.procedure-start button').first().tap();
  await page.locator('#procedure-now').waitFor();
  const { items } = await ask<{ items: { kind: string }[] }>('GET', `/api/parties/${party}/timeline`);
  expect(items.map(({ kind }) => kind)).toContain('meeting');
  expect((await ask<{ size: number }>('GET', '/api/log/checkpoint')).size).toBeGreaterThan(size.size);
  expect(watched.errors).toEqual([]);
  expect(watched.remote).toEqual([]);
}, 300_000);

function cardOf(page: Page): string {
  return `/api/procedures/${page.url().split('/').at(-1)}/card`;
}

async function press(page: Page, name: string, count: number | null): Promise<void> {
  await page.locator('.meeting-button', { hasText: name }).tap();
  if (count !== null) await taps(page, count);
}

async function taps(page: Page, count: number): Promise<void> {
  await page
    .locator('.meeting-taps li')
    .nth(count - 1)
    .waitFor();
}
