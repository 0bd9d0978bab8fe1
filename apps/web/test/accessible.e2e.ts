import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, BY_LIGHT, BY_SIZE } from './support/axe.ts';
import { startBrowser } from './support/browser.ts';
import { startProgram, startStory } from './support/program.ts';
import { open, screensOf, signIn } from './support/story-pages.ts';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
/** Those with the most choices and the most marks, in the languages whose words are longest. */
const ELSEWHERE = ['client', 'mailboxes', 'message', 'people', 'settings', 'us'];
/** What stands around and beside many pages is looked at once, on a client's. */
const BESIDE = ['.bar', '.bottom', '.client-head', '.timeline'];

let story: Awaited<ReturnType<typeof startStory>>;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  [story, browser] = await Promise.all([startStory(), startBrowser()]);
  origin = new URL(story.startUrl).origin;
});

afterAll(async () => {
  await browser?.close();
  await story?.stop();
});

/** A page for one who reads this language, before anybody has signed in. */
async function pageIn(locale: string): Promise<Page> {
  const options: BrowserContextOptions = { locale, timezoneId: 'Europe/Helsinki', viewport: DESK };
  // axe is put into the page, which a page of ours would refuse.
  const page = await (await browser.newContext({ ...options, bypassCSP: true })).newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** What is wrong on a screen, wide in the light; narrow in the dark, what may differ there. */
async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const looks = [
    { size: DESK, colorScheme: 'light', rules: null },
    {
      size: PHONE,
      colorScheme: 'dark',
      rules: ELSEWHERE.includes(name) ? [...BY_SIZE, ...BY_LIGHT] : BY_SIZE,
    },
  ] as const;
  const faults: string[] = [];
  for (const { size, colorScheme, rules } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const found = await axeFaults(page, name === 'client' ? [] : BESIDE, rules);
    faults.push(...found.map((fault) => `${name}, ${size.width} px, ${colorScheme}: ${fault}`));
  }
  return [...faults, ...(await cutChoices(page)).map((choice) => `${name}, cut: ${choice}`)];
}

/** Choices of one from many whose words do not fit into the closed field. */
function cutChoices(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const ARROW_PX = 16;
    // What is longer is no word of ours, but the beginning of a message.
    const LONGEST = 60;
    const pen = document.createElement('canvas').getContext('2d')!;
    const isCut = (field: HTMLSelectElement, at: number) => {
      field.selectedIndex = at;
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = font;
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return pen.measureText(field.options[at]!.label).width > room - ARROW_PX;
    };
    return [...document.querySelectorAll('select')]
      .filter((field) => field.checkVisibility())
      .flatMap((field) => {
        const chosen = field.selectedIndex;
        const cut = [...field.options].filter(({ label }, at) => label.length <= LONGEST && isCut(field, at));
        field.selectedIndex = chosen;
        return cut.map(({ label }) => label);
      });
  });
}

test('whoever hears the page, sees little or uses the keys alone meets nothing that stands in the way, on any screen', async () => {
  const page = await pageIn('en-GB');
  await page.goto(origin);
  await page.locator('input[type=password]').waitFor();
  const faults = [...(await faultsOf(page, 'sign in'))];
  await signIn(page, story);
  for (const screen of await screensOf(page)) {
    await page.setViewportSize(DESK);
    await open(page, screen, origin);
    faults.push(...(await faultsOf(page, screen.name)));
  }
  expect(faults).toEqual([]);
}, 600_000);

test.each([
  ['ru-RU', 'ru'],
  ['fi-FI', 'fi'],
])(
  'in %s a page says its language, and its longer words are in nobody’s way',
  async (locale, lang) => {
    const page = await pageIn(locale);
    await signIn(page, story);
    const faults: string[] = [];
    for (const screen of (await screensOf(page)).filter(({ name }) => ELSEWHERE.includes(name))) {
      await page.setViewportSize(DESK);
      await open(page, screen, origin);
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      faults.push(...(await faultsOf(page, screen.name)));
    }
    expect(faults).toEqual([]);
  },
  300_000,
);

/** Where there is nothing yet, a page says what to do instead. */
const EMPTY = [
  ...['/', '/clients', '/import', '/cases', '/complaints', '/record', '/calendar?view=agenda', '/screening'],
  ...['/policies', '/mailboxes', '/phones', '/bundles', '/kept'],
];

test('whoever begins meets nothing in the way either, from the first question to every list that is empty', async () => {
  const program = await startProgram();
  const begun = new URL(program.startUrl).origin;
  const faults: string[] = [];
  try {
    const pages = await Promise.all(['ru-RU', 'fi-FI', 'en-GB'].map(pageIn));
    for (const page of pages) {
      await page.goto(program.startUrl);
      const name = page.getByRole('textbox').first();
      const focused = () => name.evaluate((field) => field === document.activeElement);
      // Whoever begins writes their name at once, and is led to what is missing.
      await expect.poll(focused).toBe(true);
      await page.locator('input[type=password]').press('Enter');
      await expect.poll(focused).toBe(true);
      faults.push(...(await faultsOf(page, 'first run')));
    }
    const english = pages[2]!;
    await signIn(english, { ...program, password: 'a calm and long sentence' });
    faults.push(...(await faultsOf(english, 'welcome')));
    for (const path of EMPTY) {
      await open(english, { name: path, path }, begun);
      faults.push(...(await faultsOf(english, path)));
    }
  } finally {
    await program.end();
  }
  expect(faults).toEqual([]);
}, 300_000);
