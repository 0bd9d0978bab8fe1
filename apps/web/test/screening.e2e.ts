import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Hand, keyboard, touch } from './support/hand.ts';
import { type Program, startProgram } from './support/program.ts';
import { type Lang, wordsIn } from './support/words.ts';

/** What the client wrote and said, and what is typed. */
const TYPED = {
  en: {
    words: 'My last designer was useless. We only pay when everything is finished. Can you make five pages?',
    quote: 'My last designer was useless',
    result: 'Five pages and a form',
    reason: 'They ask for answers in the evening.',
    service: 'Answers in the evening',
  },
  ru: {
    words:
      'Предыдущий дизайнер все испортил. Заплатим только после того, как все будет готово. Нужно пять страниц.',
    quote: 'Предыдущий дизайнер все испортил',
    result: 'Пять страниц и форма',
    reason: 'Просят отвечать по вечерам.',
    service: 'Ответы по вечерам',
  },
} as const;
type Look = {
  readonly lang: keyof typeof TYPED & Lang;
  readonly how: string;
  readonly options: BrowserContextOptions;
  readonly handOn: (page: Page) => Hand;
};
const LOOKS: readonly Look[] = [
  { lang: 'en', how: 'with the keyboard alone', options: { locale: 'en-GB' }, handOn: keyboard },
  {
    lang: 'ru',
    how: 'on a phone screen by touch',
    options: { locale: 'ru-RU', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    handOn: touch,
  },
];

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

test.each(LOOKS)(
  'an inquiry goes from its words to the first offer, in $lang, $how',
  async (look) => {
    const says = wordsIn(look.lang);
    const typed = TYPED[look.lang];
    program = await startProgram();
    const { origin } = new URL(program.startUrl);
    const { page, errors, remote } = await newPage(browser, origin, look.options);
    const hand = look.handOn(page);
    const button = (name: string, inside: Page | Locator = page) =>
      inside.getByRole('button', { name, exact: true });
    const field = (name: string, inside: Page | Locator = page) => inside.getByLabel(name, { exact: true });

    await firstRun(page, program.startUrl, { lang: look.lang });

    await page.goto(`${origin}/screening/prices`);
    await hand.press(button(says('price.add')));
    await hand.write(field(says('price.service')), typed.service);
    await hand.write(field(says('price.onTop')), '15');
    await hand.press(button(says('price.keep')));
    await page.locator('.line-block', { hasText: typed.service }).waitFor();

    await page.goto(`${origin}/clients`);
    await hand.press(page.getByRole('link', { name: says('screening.before') }));
    const ask = async (name: string, reach: string) => {
      await hand.write(field(says('screening.who')), name);
      await hand.write(field(says('screening.reach')), reach);
      await hand.write(field(says('screening.words')), typed.words);
      await hand.press(button(says('screening.keep')));
      await page.getByRole('heading', { level: 1, name: says('screening.from', { name }) }).waitFor();
    };
    await ask('Ilta', '+358 40 123 4567\n@ilta_77');
    await page.locator('.finding-quote', { hasText: typed.quote }).waitFor();
    await expect.poll(() => page.locator('.finding').count()).toBe(2);
    await page.getByText(says('screening.nobodyElse')).waitFor();

    await hand.press(page.getByRole('link', { name: says('screening.title'), exact: true }));
    await hand.press(button(says('screening.new')));
    await ask('I. Salo', '00358401234567\nhttps://t.me/ilta_77');
    await page.getByText(says('matchlevel.two-identifiers')).waitFor();

    const question = page.locator('.line-block', { has: page.locator('details') }).filter({
      has: page.locator(`text=${says('screening.answer')}`),
    });
    const first = question.first();
    await hand.press(first.locator('summary'));
    await hand.write(first.locator('textarea'), typed.result);
    await hand.press(button(says('screening.answer'), first));
    await page.locator('strong', { hasText: typed.result }).waitFor();

    await hand.check(page.getByRole('radio', { name: says('decision.priced') }));
    await hand.check(page.getByRole('checkbox', { name: typed.service }));
    await hand.write(field(says('screening.depositPercent')), '30');
    await hand.write(field(says('screening.reason')), typed.reason);
    await hand.press(button(says('screening.decide')));
    await page.locator('.line-block', { hasText: typed.reason }).waitFor();

    await page.getByText(typed.result).last().waitFor();
    await hand.press(button(says('offer0.open')));
    await hand.press(page.getByRole('link', { name: says('offer0.opened') }));
    await page.locator('.clause, li', { hasText: typed.result }).first().waitFor();
    await page.getByText('30').first().waitFor();
    expect([...errors, ...remote]).toEqual([]);
  },
  180_000,
);
