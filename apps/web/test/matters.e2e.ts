import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emlOf } from '../../../fixtures/story/mails.ts';
import { story } from '../../../fixtures/story/story.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { type Ask, asking, entriesOf, sizeOf } from './support/entries.ts';
import { firstRun } from './support/first-run.ts';
import { type Hand, keyboard, mouse, touch } from './support/hand.ts';
import { type Program, startProgram } from './support/program.ts';
import { type Lang, type Says, wordsIn } from './support/words.ts';

/** What the client and the firm wrote, before anything was made of it. */
const MAILS = [
  'first-offer',
  'agreement-agreed',
  'where-is-login',
  'hand-over',
  'any-time',
  'third-time',
  'calm-answer',
] as const;
type MailId = (typeof MAILS)[number];

/** What is typed, by somebody who works in this language. */
type Typed = Readonly<
  Record<
    | 'title'
    | 'scope'
    | 'hours'
    | 'login'
    | 'promise'
    | 'half'
    | 'mediator'
    | 'call'
    | 'quote'
    | 'letter'
    | 'why',
    string
  >
>;
const TYPED: Readonly<Record<Lang, Typed>> = {
  en: {
    title: 'Website in three languages',
    scope: 'A site with about 60 products in three languages',
    hours: 'Calls on working days from 9 to 17',
    login: 'Login of the management page',
    promise: 'the guide with pictures',
    half: 'Half of the newsletter back',
    mediator: 'A mediator, half each',
    call: 'He asked for the login and for the refund. I named the line and the day of the answer.',
    quote: 'I will see you in court.',
    letter: 'We send the login once more and answer on the refund in writing.',
    why: 'The login is in line 4 of the mail of 4 May.',
  },
  ru: {
    title: 'Сайт на трёх языках',
    scope: 'Сайт примерно на 60 товаров на трёх языках',
    hours: 'Звонки по рабочим дням с 9 до 17',
    login: 'Вход на страницу управления',
    promise: 'руководство с картинками',
    half: 'Вернуть половину за рассылку',
    mediator: 'Посредник, расходы пополам',
    call: 'Спросил про вход и про возврат. Назвал строку и день ответа.',
    quote: 'Увидимся в суде.',
    letter: 'Пришлём вход ещё раз и ответим о возврате письменно.',
    why: 'Вход указан в строке 4 письма от 4 мая.',
  },
  fi: {
    title: 'Sivusto kolmella kielellä',
    scope: 'Sivusto, noin 60 tuotetta kolmella kielellä',
    hours: 'Puhelut arkisin klo 9–17',
    login: 'Hallintasivun tunnus',
    promise: 'kuvallinen opas',
    half: 'Puolet uutiskirjeen hinnasta takaisin',
    mediator: 'Sovittelija, kulut puoliksi',
    call: 'Hän kysyi tunnusta ja palautusta. Kerroin rivin ja vastauspäivän.',
    quote: 'Nähdään oikeudessa.',
    letter: 'Lähetämme tunnuksen vielä kerran ja vastaamme palautuksesta kirjallisesti.',
    why: 'Tunnus on 4. toukokuuta lähetetyn viestin rivillä 4.',
  },
};

type Look = {
  readonly lang: Lang;
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
  {
    lang: 'fi',
    how: 'on a dark desk with a mouse',
    options: { locale: 'fi-FI', colorScheme: 'dark' },
    handOn: mouse,
  },
];

/** What is written down by hand, and whose it is. */
const BY_HAND = ['interaction.noted', 'interaction.filed'];
/** Entries that the histories of a client do not name one by one; the size of the ledger counts them. */
const UNSEEN = ['source.opened', 'interaction.filed'];

const PATIENCE_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

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
    const play = await begin(program, look);
    for (const act of [agree, point, promise, offer, boundary, call, complaint, ahead]) await act(play);
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

type Play = {
  readonly page: Page;
  readonly watched: Watched;
  readonly hand: Hand;
  readonly says: Says;
  readonly typed: Typed;
  readonly lang: Lang;
  readonly ask: Ask;
  readonly party: string;
  /** Where each mail of the story is in the record. */
  readonly mails: ReadonlyMap<MailId, string>;
  /** Tomorrow, where the client is. */
  readonly tomorrow: string;
  readonly button: (says: string) => Locator;
  readonly field: (says: string) => Locator;
  /** Does something, and waits until exactly these entries are new. */
  readonly leaves: (kinds: readonly string[], act: () => Promise<void>) => Promise<void>;
};

async function begin({ startUrl }: Program, look: Look): Promise<Play> {
  const { lang } = look;
  const permissions = ['clipboard-read', 'clipboard-write'];
  const watched = await newPage(browser, new URL(startUrl).origin, { permissions, ...look.options });
  const { page } = watched;
  const says = wordsIn(lang);
  await firstRun(page, startUrl, { lang });
  const ask = asking(page);
  const { party, mails } = await bringMails(page, ask);
  const hand = look.handOn(page);
  const play = {
    ...{ page, watched, hand, says, lang, ask, party, mails, typed: TYPED[lang] },
    tomorrow: new Date(Date.now() + DAY_MS).toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    field: (name: string) => fieldOf(page, name),
    leaves: (kinds: readonly string[], act: () => Promise<void>) => leaves({ page, ask, party }, kinds, act),
  };
  await hand.keyOr('2', page.getByRole('link', { name: says('room.clients'), exact: true }).last());
  await hand.press(page.getByRole('link', { name: /Baltika/ }));
  await page.locator('.timeline .message').first().waitFor();
  return play;
}

/** A field by what stands beside it; the entries of a list are no part of its name. */
function fieldOf(within: Page | Locator, name: string): Locator {
  const [text, list] = (['textbox', 'combobox'] as const).map((role) =>
    within.getByRole(role, { name, exact: true }),
  );
  return text!.or(list!);
}

type Brought = Pick<Play, 'party' | 'mails'>;

/** Brings in what was written; the client is known before, so that every mail is theirs. */
async function bringMails(page: Page, ask: Ask): Promise<Brought> {
  const client = story.parties[0]!;
  const { id: party } = await ask<{ id: string }>('POST', '/api/parties', { ...client, state: 'client' });
  const told = MAILS.map((id) => story.mails.find((mail) => mail.id === id)!);
  const files = told.map((mail) => Buffer.from(emlOf(mail)).toString('base64'));
  const uploads = await page.evaluate(uploadAll, files);
  await ask('POST', '/api/imports', { uploads, only: client.identifiers, me: story.workspace.me });
  type Row = { id: string; at: string };
  const rows = async () =>
    (await ask<{ items: Row[] }>('GET', `/api/parties/${party}/timeline?limit=100`)).items;
  await expect.poll(async () => (await rows()).length, { timeout: PATIENCE_MS }).toBe(MAILS.length);
  await expect.poll(() => isStill(ask), { timeout: PATIENCE_MS }).toBe(true);
  const found = await rows();
  const idOf = (at: string) => found.find((row) => Date.parse(row.at) === Date.parse(at))!.id;
  return { party, mails: new Map(told.map((mail, at) => [MAILS[at]!, idOf(mail.at)])) };
}

/** In the page: sends files as the page itself does. */
async function uploadAll(files: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [at, file] of files.entries()) {
    const body = Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
    const headers = { 'x-file-name': `${at}.eml`, 'content-type': 'application/octet-stream' };
    const answer = await fetch('/api/uploads', { method: 'POST', headers, body });
    const sent = (await answer.json()) as { id: string };
    ids.push(sent.id);
  }
  return ids;
}

/** Whether the import has ended and everything behind it has followed. */
async function isStill(ask: Ask): Promise<boolean> {
  const { items } = await ask<{ items: { state: string }[] }>('GET', '/api/runs');
  const { lag } = await ask<{ lag: Record<string, number> }>('GET', '/api/health');
  return items.every(({ state }) => state !== 'running') && Object.values(lag).every((left) => left === 0);
}

/** Does something, and waits until exactly the entries of these kinds are new. */
async function leaves(
  { page, ask, party }: Pick<Play, 'page' | 'ask' | 'party'>,
  kinds: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const [size, before] = await Promise.all([sizeOf(ask), entriesOf(ask, party)]);
  await act();
  const news = async () => {
    const left = [...before];
    return (await entriesOf(ask, party)).filter((kind) => {
      const at = left.indexOf(kind);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  const shown = kinds.filter((kind) => !UNSEEN.includes(kind)).toSorted();
  await expect.poll(async () => (await news()).toSorted(), { timeout: PATIENCE_MS }).toEqual(shown);
  expect((await sizeOf(ask)) - size).toBe(kinds.length);
  await isWithinScreen(page);
}

/** Nothing may stick out to the side: on a phone it could not be reached. */
async function isWithinScreen(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0], page.url()).toBeLessThanOrEqual(widths[1]!);
}

/** Leaves what is open beside the timeline, if anything is. */
async function backToClient({ page, hand, party }: Play): Promise<void> {
  const close = page.locator('.client-pane .pane-close');
  while (new URL(page.url()).pathname !== `/clients/${party}`) {
    const before = page.url();
    await hand.keyOr('Escape', close);
    await page.waitForURL((url) => url.href !== before);
  }
}

/** In the client's head: a phone folds where we stand, and shows it at a press. */
async function standing({ page, hand }: Play, target: Locator): Promise<Locator> {
  await page.locator('.client-head .promises-line').waitFor({ state: 'attached' });
  const fold = page.locator('.client-head .standing > summary');
  if (!(await target.isVisible()) && (await fold.isVisible())) await hand.press(fold);
  return target;
}

/** A button with its key beside it, where there are keys. */
function opener({ page }: Play, says: string): Locator {
  return page.locator('button.action', { hasText: new RegExp(`^${says}( \\+)?$`) });
}

/** Opens a mail in the timeline; by keys one walks to it. */
async function openMail(play: Play, id: MailId): Promise<void> {
  await backToClient(play);
  const { page, hand, mails } = play;
  const row = page.locator(`.timeline a[data-row="${mails.get(id)}"]`);
  await row.waitFor();
  const isOn = () => row.evaluate((element) => element === document.activeElement);
  if (play.lang === 'en') {
    for (let steps = 0; steps < MAILS.length + 2 && !(await isOn()); steps += 1)
      await page.keyboard.press('k');
    for (let steps = 0; steps < MAILS.length + 2 && !(await isOn()); steps += 1)
      await page.keyboard.press('j');
    await page.keyboard.press('Enter');
  } else await hand.press(row);
  await page.waitForURL(`**/interactions/${mails.get(id)}`);
  await page.locator('.interaction .words').waitFor();
  await page.waitForLoadState('networkidle');
}

/**
 * Selects words in the open message as a reader's own means do (the caret of the browser, its search, a long press), then
 * does something with them; once more where the page was still being drawn.
 */
async function withSelected({ page }: Play, words: string, act: () => Promise<void>, shows: Locator) {
  await page.locator('.interaction .words', { hasText: words }).waitFor();
  await page.evaluate(selectWords, words);
  expect(await page.evaluate(() => String(window.getSelection()))).toBe(words);
  await act();
  await shows.waitFor();
}

/** In the page: selects words of the open message. */
function selectWords(wanted: string): void {
  const walker = document.createTreeWalker(document.querySelector('.words')!, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  const all = texts.map(({ data }) => data).join('');
  const placeOf = (offset: number): [Text, number] => {
    let left = offset;
    for (const text of texts) {
      if (left <= text.length) return [text, left];
      left -= text.length;
    }
    throw new Error('The words end before.');
  };
  const start = all.indexOf(wanted);
  window.getSelection()!.setBaseAndExtent(...placeOf(start), ...placeOf(start + wanted.length));
}

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

/** Starts what the packs offer for a thing, as the page offers it. */
async function startProcedure({ page, hand, says, lang, ask, leaves }: Play, subject: string): Promise<void> {
  type Packs = { packs: { title: Record<Lang, string> }[] };
  const { packs } = await ask<Packs>('GET', `/api/procedures/packs?subject=${subject}`);
  const start = says('procedure.startThis', { what: packs[0]!.title[lang] });
  await leaves(['procedure.started', 'procedure.step-entered'], async () => {
    await hand.press(page.getByRole('button', { name: start }));
    await page.locator('#procedure-now').waitFor();
  });
}

/** The step of now is done; the next is there. */
async function stepDone({ page, hand, says, button, leaves }: Play): Promise<void> {
  const title = page.locator('#procedure-now');
  const before = await title.textContent();
  const done = button(says('procedure.done'));
  await leaves(['procedure.step-done', 'procedure.step-entered'], async () => {
    await expect.poll(() => done.isEnabled(), { timeout: PATIENCE_MS }).toBe(true);
    await hand.press(done);
    await expect.poll(() => title.textContent(), { timeout: PATIENCE_MS }).not.toBe(before);
  });
}

/** The letter of a step is filled in, finished, copied, and said to be sent. */
async function handOver({ page, hand, says, typed, button, leaves }: Play): Promise<void> {
  const letter = page.locator('section.letter');
  await letter.waitFor();
  for (const box of await letter.getByRole('textbox').all())
    if ((await box.inputValue()) === '') await hand.write(box, typed.letter);
  const finish = button(says('letter.finish'));
  await leaves(['procedure.letter-finished'], async () => {
    await expect.poll(() => finish.isEnabled(), { timeout: PATIENCE_MS }).toBe(true);
    await hand.press(finish);
    await button(says('letter.sent')).waitFor();
  });
  await hand.press(button(says('letter.copy')));
  await page.getByText(says('reply.copied')).first().waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('{{');
  const kinds = [...BY_HAND, 'procedure.letter-handed-over'];
  await leaves(kinds, async () => {
    await hand.press(button(says('letter.sent')));
    await button(says('letter.sent')).waitFor({ state: 'detached' });
  });
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
