import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser } from './support/browser.ts';
import { type Hand, mouse, touch } from './support/hand.ts';
import { type Program, startProgram } from './support/program.ts';
import { beginWalk, type Scene, type WalkTyped, welcome } from './support/story-walk.ts';
import type { Lang } from './support/words.ts';

/** What the two of them write and type, from the first inquiry to after the end. */
const TYPED = {
  en: {
    inquiry: 'My last designer was useless. Can you make a site with five pages until the fair?',
    flag: 'My last designer was useless',
    result: 'Five pages and a form',
    conditions: 'Each change gets a price and a written yes first',
    reason: 'The day of the fair is fixed.',
    threat: 'I will see you in court.',
    position: 'The login was sent on 4 May; it is in line 4.',
    calls: 'I will call every ten minutes until you answer.',
    saw: 'The telephone rang forty times on Monday.',
    goesOn: 'I will go on calling, also at night.',
    looked: 'I looked at the plan. It is the mildest that can work. Anna',
    short: 'All files are in the folder that you got today.',
    after: 'Where is the file of the header?',
  },
  ru: {
    inquiry: 'Предыдущий дизайнер всё испортил. Сделаете сайт на пять страниц к ярмарке?',
    flag: 'Предыдущий дизайнер всё испортил',
    result: 'Пять страниц и форма',
    conditions: 'Каждое изменение: сначала цена и письменное согласие',
    reason: 'День ярмарки не перенести.',
    threat: 'Увидимся в суде.',
    position: 'Вход отправлен 4 мая, он в четвёртой строке.',
    calls: 'Буду звонить каждые десять минут, пока не ответите.',
    saw: 'В понедельник телефон звонил сорок раз.',
    goesOn: 'Буду звонить и дальше, хоть ночью.',
    looked: 'План посмотрела. Это самая мягкая мера из тех, что могут помочь. Анна',
    short: 'Все файлы в папке, которую Вы сегодня получили.',
    after: 'Где файл с шапкой?',
  },
} as const satisfies Partial<Record<Lang, WalkTyped>>;

type Look = {
  readonly lang: keyof typeof TYPED;
  readonly how: string;
  readonly options: BrowserContextOptions;
  readonly hand: () => Hand;
};
const LOOKS: readonly Look[] = [
  { lang: 'en', how: 'on a desk', options: { locale: 'en-GB' }, hand: mouse },
  {
    lang: 'ru',
    how: 'on a phone of 360 pixels',
    options: { locale: 'ru-RU', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    hand: touch,
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
  'a client is walked from the first inquiry to after the end, in $lang, $how',
  async ({ lang, options, hand }) => {
    program = await startProgram();
    const { origin } = new URL(program.startUrl);
    const { page, errors, remote } = await newPage(browser, origin, options);
    const scene = await welcome(page, program.startUrl, { lang, hand: hand(), typed: TYPED[lang] });
    await screened(scene);
    await threatened(scene);
    await restricted(scene);
    await ended(scene);
    expect(await scene.ask('POST', '/api/log/verify', { deep: true })).toMatchObject({ ok: true });
    expect(errors).toEqual([]);
    expect(remote).toEqual([]);
  },
  900_000,
);

async function screened(scene: Scene): Promise<void> {
  const { page, hand, says, typed, ask, origin, button, field } = scene;
  await page.goto(`${origin}/screening`);
  await hand.write(field(says('screening.who')), 'Orlov');
  await hand.write(field(says('screening.reach')), 'orlov@baltika.example');
  await hand.write(field(says('screening.words')), typed.inquiry);
  await hand.press(button(says('screening.keep')));
  await page.waitForURL(/\/screening\/[0-9a-f-]{36}$/);
  await page.locator('.finding-quote', { hasText: typed.flag }).waitFor();
  const id = page.url().split('/').at(-1)!;
  type Inquiry = { partyId: string; questions: { id: string; says: Record<Lang, string> }[] };
  const { partyId, questions } = await ask<Inquiry>('GET', `/api/screenings/${id}`);
  scene.party = partyId;
  const asks = questions.find((one) => one.id === 'result')!.says[scene.lang];
  const block = page.locator('.line-block', { hasText: asks });
  await hand.press(block.locator('summary'));
  await hand.write(block.locator('textarea'), typed.result);
  await hand.press(block.getByRole('button', { name: says('screening.answer'), exact: true }));
  await block.locator('strong', { hasText: typed.result }).waitFor();
  await hand.check(page.getByRole('radio', { name: says('decision.conditions') }));
  await hand.write(field(says('screening.conditions')), typed.conditions);
  await hand.write(field(says('screening.reason')), typed.reason);
  await hand.press(button(says('screening.decide')));
  await page.locator('.line-block', { hasText: typed.reason }).waitFor();
  await hand.press(button(says('offer0.open')));
  await hand.press(page.getByRole('link', { name: says('offer0.opened') }));
  await page.waitForURL(`**/clients/${partyId}/agreement`);
  await page.locator('#agreement-title').waitFor();
  for (const words of [typed.result, typed.conditions]) await page.getByText(words).first().waitFor();
}

async function threatened(scene: Scene): Promise<void> {
  const { page, hand, says, typed, origin, party } = scene;
  const id = await scene.writes('inbound', typed.threat);
  await page.goto(`${origin}/clients/${party}/interactions/${id}`);
  await scene.fromWords(typed.threat);
  await hand.press(scene.button(await scene.titleOf('legal-threat')));
  const walk = await beginWalk(scene);
  await page.locator('.procedure-quote blockquote', { hasText: typed.threat }).waitFor();
  await walk.step('court-or-lawyer');
  await page.getByRole('heading', { name: says('standing.ours'), exact: true }).waitFor();
  await walk.step();
  await walk.step('no-cover');
  await walk.step('no-denial-yet');
  await walk.step('no-counsel-yet');
  await walk.step('without-for-now', typed.reason);
  const letter = await walk.letter(typed.position);
  expect(letter).toContain(`> ${typed.threat}`);
  await walk.step();
  expect(await walk.where()).toBe('await-particulars');
}

async function restricted(scene: Scene): Promise<void> {
  const { page, hand, says, typed, origin, party } = scene;
  const called = await scene.writes('inbound', typed.calls);
  const panel = `${origin}/clients/${party}/restrictions`;
  await page.goto(panel);
  await hand.press(scene.button(says('restriction.plan')));
  const form = page.locator('form.do-form');
  await scene.quoteAll(form, says('restriction.words'), called);
  for (const each of ['aim', 'milder', 'effect', 'ownHandling', 'otherWay'] as const)
    await hand.write(form.getByLabel(says(`restriction.weigh-${each}`)), typed.reason);
  await hand.write(form.getByLabel(says('restriction.consultedWho')), 'Mira');
  await hand.write(form.getByLabel(says('restriction.consultedSays')), typed.saw);
  await hand.check(form.getByRole('checkbox', { name: says('restriction.writingOnly') }));
  await hand.write(form.getByLabel(says('restriction.openAddress')), 'desk@firm.example');
  await hand.writeDate(form.getByLabel(says('restriction.reviewAsk')), scene.dayAhead(60));
  await hand.writeDate(form.getByLabel(says('restriction.untilAsk')), scene.dayAhead(120));
  await hand.press(form.getByRole('button', { name: says('restriction.keepPlan') }));
  const stateIs = (state: string) =>
    page.getByText(says('restriction.stateIs', { state }), { exact: true }).first();
  await stateIs('planned').waitFor();

  await hand.press(scene.button(await scene.startSays('contact-restriction')));
  const walk = await beginWalk(scene);
  await walk.step('plan-holds');
  expect(await walk.letter(typed.saw)).toContain(typed.calls);
  const warning = await walk.sent();
  await walk.step();
  await scene.writes('inbound', typed.goesOn);
  await walk.comesTo('read-after-warning');
  await walk.step('it-goes-on');

  const proof = await scene.writes('inbound', typed.looked);
  await page.goto(panel);
  await scene.act(says('restriction.decide'), async (box) => {
    await hand.choose(box.locator('[name=letter]'), warning);
    await hand.write(box.locator('[name=reason]'), typed.saw);
    await hand.press(box.locator('details.outsider summary'));
    await hand.write(box.locator('[name=outsider]'), 'Anna');
    await hand.write(box.locator('[name=proof]'), proof);
  });
  await stateIs('decided').waitFor();
  await walk.open();
  await walk.step();
  await walk.letter(typed.saw);
  const notice = await walk.sent();
  await walk.step();
  await page.goto(panel);
  await scene.act(says('restriction.set'), (box) => hand.choose(box.locator('[name=letter]'), notice));
  await stateIs('in-force').waitFor();
  // A phone folds it away, with everything else about where one stands.
  await page.locator('.restriction-head').waitFor({ state: 'attached' });
  await walk.open();
  await walk.step();
  expect(await walk.where()).toBe('while-it-holds');
}

async function ended(scene: Scene): Promise<void> {
  const { page, hand, says, typed, origin, party } = scene;
  const panel = `${origin}/clients/${party}/ending`;
  await page.goto(panel);
  await page.getByText(says('ending.about')).waitFor();
  await hand.press(scene.button(await scene.startSays('ending-the-work')));
  const walk = await beginWalk(scene);
  await walk.step('we-end-it');
  await page.goto(panel);
  await scene.act(says('ending.plan'), (box) => hand.writeDate(box.locator('[name=on]'), scene.dayAhead(0)));
  await page.getByText(says('ending.notTold')).waitFor();
  await walk.open();
  await walk.step();
  await walk.letter(typed.position);
  const letter = await walk.sent();
  await walk.step();
  await page.goto(panel);
  await scene.act(says('ending.tell'), (box) => hand.choose(box.locator('[name=letter]'), letter));
  await page.getByText(says('ending.close'), { exact: true }).first().waitFor();
  await walk.open();
  await walk.step();
  await walk.comesTo('hand-everything-over');
  await walk.letter(typed.short);
  await walk.step();
  await page.goto(panel);
  await scene.act(says('ending.close'), (box) => hand.write(box.locator('[name=left]'), typed.reason));
  await page.getByText(says('ending.oneAnswer')).waitFor();
  await walk.open();
  await walk.step();

  const after = await scene.writes('inbound', typed.after);
  await walk.comesTo('one-short-answer');
  await walk.letter(typed.short);
  const answer = await walk.sent();
  await walk.step();
  await page.goto(panel);
  await scene.act(says('ending.answered'), async (box) => {
    await scene.quoteAll(box, says('ending.theirMessage'), after);
    await scene.quoteAll(box, says('ending.ourAnswer'), answer);
    await hand.writeDate(box.locator('[name=until]'), scene.dayAhead(90));
    await hand.write(box.locator('[name=reason]'), typed.reason);
  });
  await page.getByText(says('ending.oneAnswer')).waitFor({ state: 'detached' });
  await walk.open();
  await walk.step();
  expect(await walk.where()).toBeNull();
  expect(await scene.ask('GET', `/api/parties/${party}`)).toMatchObject({ state: 'former' });
  await page.goto(`${origin}/clients/${party}`);
  await isWithinScreen(page);
}

/** Nothing may stick out to the side: on a phone it could not be reached. */
async function isWithinScreen(page: Page): Promise<void> {
  await page.locator('.timeline .message').first().waitFor();
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
}
