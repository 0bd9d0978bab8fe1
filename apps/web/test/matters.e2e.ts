import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrowser } from './support/browser.ts';
import type { Ask } from './support/entries.ts';
import {
  backToClient,
  begin,
  fieldOf,
  isWithinScreen,
  opener,
  openMail,
  PATIENCE_MS,
  type Play,
  standing,
  withSelected,
} from './support/matters-play.ts';
import { BY_HAND, handOver, startProcedure, stepDone } from './support/matters-procedure.ts';
import { LOOKS } from './support/matters-words.ts';
import { type Program, startProgram } from './support/program.ts';

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
  'the story is played from agreement to complaint decision in $lang, $how, and every step leaves its entry',
  async (look) => {
    program = await startProgram();
    const play = await begin(browser, program, look);
    for (const act of [agree, point, promise, offer, boundary, call, complaint, ahead]) await act(play);
    await play.isShown();
    expect(await play.ask('POST', '/api/log/verify', { deep: true })).toMatchObject({
      ok: true,
      failures: [],
    });
    expect(play.watched.errors).toEqual([]);
    expect(play.watched.remote).toEqual([]);
    await play.page.context().close();
  },
  600_000,
);

async function agree(play: Play): Promise<void> {
  const { page, hand, says, typed, button, field, mails } = play;
  await hand.keyOr('d', await standing(play, page.locator('.client-head .head-terms a').first()));
  await page.locator('#agreement-title').waitFor();
  await hand.keyOr('+', opener(play, says('agreement.open')));
  await hand.write(field(says('agreement.name')), typed.title);
  const clause = (number: number) => page.locator('fieldset.do-clause').nth(number - 1);
  await hand.write(fieldOf(clause(1), says('clause.says')), typed.scope);
  await hand.press(button(says('clause.add')));
  await hand.choose(fieldOf(clause(2), says('clause.kind')), 'hours');
  await hand.write(fieldOf(clause(2), says('clause.says')), typed.hours);
  await play.leaves(['agreement.opened'], async () => {
    await hand.press(button(says('agreement.keep')));
    await page.getByText(says('clause.state-offered')).first().waitFor();
  });
  await hand.press(button(says('agreement.acceptAll')));
  await hand.choose(field(says('clause.proof')), mails.get('agreement-agreed')!);
  const yes = "Agreed! Let's go.";
  await hand.markIn(field(says('cite.select')), yes);
  await hand.press(button(says('cite.quoteSelected')));
  await page.locator('.cite-picked q', { hasText: yes }).waitFor();
  await play.leaves(['agreement.accepted'], async () => {
    await hand.press(button(says('clause.accept')).last());
    await expect.poll(() => page.getByText(says('clause.state-agreed'), { exact: true }).count()).toBe(2);
  });
}

async function point(play: Play): Promise<void> {
  const { page, hand, says, typed, button, field } = play;
  const form = page.getByRole('form', { name: says('point.formTitle') });
  const ofSelected = () => hand.keyOr('#', button(says('novelty.ofSelected')));
  await openMail(play, 'where-is-login');
  await withSelected(play, 'where is the login for the admin?', ofSelected, form);
  await hand.write(field(says('point.name')), typed.login);
  await hand.choose(fieldOf(form, says('point.kind')), 'question');
  await play.leaves(['point.opened'], () => hand.press(button(says('point.make'))));

  await openMail(play, 'hand-over');
  await withSelected(play, 'The login is in line 4.', ofSelected, form);
  await play.leaves(['point.answered'], () => hand.press(button(says('point.write'))));

  await openMail(play, 'third-time');
  const again = page.locator('.repetition', { hasText: typed.login });
  await again.getByText('The login is in line 4.').waitFor();
  await play.leaves(['point.raised-again'], async () => {
    await hand.press(again.getByRole('button', { name: says('novelty.count') }).first());
    await again.getByText(says('novelty.counted'), { exact: true }).waitFor();
  });
  await hand.press(again.getByRole('link', { name: `#1 ${typed.login}` }));
  await page.locator('#point-title').waitFor();
  await page.getByText(says('point.askedTimes', { count: 2 })).waitFor();
}

async function promise(play: Play): Promise<void> {
  const { page, hand, says, typed, mails, tomorrow, button } = play;
  await backToClient(play);
  await hand.press(await standing(play, page.locator('.promises-line')));
  await hand.press(button(says('promise.new')));
  const form = page.getByRole('form', { name: says('promise.new') });
  await hand.check(form.getByRole('radio', { name: says('promise.side.ours') }));
  await hand.choose(fieldOf(form, says('promise.words.ours')), mails.get('calm-answer')!);
  const words = 'I will answer on the refund by Monday 18 May, 16:00.';
  await hand.markIn(fieldOf(form, says('promise.markWords')), words);
  await form.locator('.words-marked', { hasText: words }).waitFor();
  await hand.write(fieldOf(form, says('promise.what')), typed.promise);
  await hand.writeDate(form.getByLabel(says('promise.date'), { exact: true }), tomorrow);
  await play.leaves(['point.commitment-made'], () => hand.press(button(says('promise.keep'))));
  await page.locator('.promise', { hasText: typed.promise }).waitFor();
}

async function offer(play: Play): Promise<void> {
  const { page, hand, says, typed, tomorrow, button } = play;
  await hand.press(button(says('offer.new')));
  const form = page.getByRole('form', { name: says('offer.new') });
  const what = form.getByLabel(says('offer.what'), { exact: true });
  await hand.write(what.nth(0), typed.half);
  await hand.write(form.getByLabel(says('offer.sum'), { exact: true }).nth(0), '200');
  await hand.write(what.nth(1), typed.mediator);
  await hand.writeDate(form.getByLabel(says('promise.date'), { exact: true }), tomorrow);
  await hand.write(fieldOf(form, says('offer.limitSum', { currency: 'EUR' })), '250');
  // The limit is private: it leaves no entry.
  await play.leaves(['point.offer-prepared'], () => hand.press(button(says('offer.prepare'))));
  await page.locator('.promise', { hasText: typed.half }).getByText(typed.mediator).waitFor();
}

async function boundary(play: Play): Promise<void> {
  const { page, hand, says, typed, ask, party, button, field } = play;
  await backToClient(play);
  await hand.keyOr('d', await standing(play, page.locator('.client-head .head-terms a').first()));
  await hand.keyOr('l', page.getByRole('link', { name: says('keys.boundaries') }));
  await page.locator('#boundary-title').waitFor();
  await hand.keyOr('+', opener(play, says('boundary.set')));
  const list = field(says('boundary.clause'));
  await hand.choose(list, await clauseOfHours(ask, party));
  await hand.write(field(says('boundary.says')), typed.hours);
  await play.leaves(['boundary.set'], () => hand.press(button(says('boundary.set'))));

  const words = 'Мне ваши часы неинтересны.';
  await openMail(play, 'any-time');
  const breach = () => hand.keyOr('b', button(says('boundary.record')));
  await withSelected(play, words, breach, page.locator('.cite-picked', { hasText: words }));
  await play.leaves(['boundary.breached'], () => hand.press(button(says('boundary.count'))));
  await page
    .getByText(says('boundary.crossed', { count: 1 }))
    .first()
    .waitFor();
  await hand.press(button(says('text.copy')).first());
  await page.getByText(says('text.copied')).waitFor();
  const next = await page.locator('.terms-text').first().textContent();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(next);
}

async function clauseOfHours(ask: Ask, party: string): Promise<string> {
  type Terms = { agreements: { clauses: { id: string; kind: string }[] }[] };
  const { agreements } = await ask<Terms>('GET', `/api/parties/${party}/agreements`);
  return agreements[0]!.clauses.find(({ kind }) => kind === 'hours')!.id;
}

async function call(play: Play): Promise<void> {
  const { page, hand, says, typed, button, field } = play;
  await backToClient(play);
  await hand.keyOr('c', page.locator('.client-actions a').first());
  await page.getByRole('heading', { name: says('byhand.title') }).waitFor();
  await hand.check(page.getByRole('radio', { name: '15', exact: true }));
  await hand.write(field(says('byhand.what')), typed.call);
  await hand.write(field(says('byhand.quote', { number: 1 })), typed.quote);
  // The first that is written by hand opens the source that all of them have.
  await play.leaves(['source.opened', ...BY_HAND], async () => {
    await hand.press(button(says('byhand.keep')));
    await page.getByRole('heading', { name: says('byhand.kept') }).waitFor();
  });
  await startProcedure(play, 'call');
  await stepDone(play);
  await handOver(play);
  await stepDone(play);
}

async function complaint(play: Play): Promise<void> {
  const { page, hand, says, typed, ask, party, button } = play;
  await backToClient(play);
  await hand.press(await standing(play, page.getByRole('link', { name: says('complaint.registerNew') })));
  await hand.check(page.getByRole('checkbox', { name: typed.login }));
  await hand.press(button(says('complaint.takeWords', { number: 1 })).last());
  await play.leaves(['complaint.registered'], async () => {
    await hand.press(button(says('complaint.registerNow')));
    await page.locator('#complaint-points').waitFor();
  });
  const registered = page.url();
  await startProcedure(play, 'complaint');
  await handOver(play);
  await stepDone(play);
  await hand.check(page.locator('.procedure-choices input').first());
  await stepDone(play);

  await backToClient(play);
  await hand.press(await standing(play, page.locator('.casefile-strip a[href^="/complaints/"]')));
  await page.waitForURL(registered);
  const outcome = await act(play, says('complaint.setOutcome'));
  await hand.choose(fieldOf(outcome, says('complaint.outcome')), 'not-upheld');
  await hand.write(fieldOf(outcome, says('casefile.why')), typed.why);
  await play.leaves(['complaint.point-decided'], () => hand.press(outcome.getByRole('button')));
  const decision = await act(play, says('complaint.decide', { stage: 1 }));
  await hand.write(fieldOf(decision, says('complaint.decision')), typed.why);
  await play.leaves(['complaint.stage-decided'], () => hand.press(decision.getByRole('button')));
  await hand.press(page.locator('.procedure-running'));
  await page.locator('#procedure-now').waitFor();
  await handOver(play);
  await stepDone(play);
  const { items } = await ask<{ items: { state: string }[] }>('GET', `/api/complaints?party=${party}`);
  expect(items.map(({ state }) => state)).toEqual(['decided']);
}

/** Opens a line that unfolds into a small form. */
async function act({ page, hand }: Play, says: string): Promise<Locator> {
  const fold = page
    .locator('details.act')
    .filter({ has: page.locator('summary').getByText(says, { exact: true }) });
  await hand.press(fold.locator('summary'));
  return fold.locator('form');
}

/** Today and the calendar say what comes next: what was promised, what was offered, and until when. */
async function ahead(play: Play): Promise<void> {
  const { page, hand, says, typed, button } = play;
  const room = (name: string) => page.locator('nav:visible').getByRole('link', { name, exact: true });
  await hand.keyOr('1', room(says('room.today')));
  const due = page.locator('.today-due .due');
  for (const words of [typed.promise, typed.half]) await due.filter({ hasText: words }).first().waitFor();
  await isWithinScreen(page);
  await hand.press(room(says('room.calendar')));
  await hand.press(button(says('calendar.view.agenda')));
  const lines = page.locator('.calendar-agenda .due-list li');
  for (const words of [typed.promise, typed.half]) await lines.filter({ hasText: words }).first().waitFor();
  // Both procedures wait for an answer until a day of their own.
  await expect.poll(() => lines.count(), { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(4);
  await isWithinScreen(page);
}
