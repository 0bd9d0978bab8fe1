import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { emlOf } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { lookInto } from '../../../evenkeel/test/support/running-database.ts';
import { newPage, type Watched } from './browser.ts';
import { type Ask, asking, entriesOf } from './entries.ts';
import { firstRun } from './first-run.ts';
import type { Hand } from './hand.ts';
import { allRead, marksDrawn } from './marked.ts';
import { type Look, MAILS, type MailId, TYPED, type Typed } from './matters-words.ts';
import type { Program } from './program.ts';
import { type Lang, type Says, wordsIn } from './words.ts';

/** Entries that the histories of a client do not name one by one. */
const UNSEEN = ['source.opened', 'interaction.filed'];

export const PATIENCE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

export type Play = {
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
  /** Every entry since the beginning is shown by a history of the client; nothing is asked of the ledger any more. */
  readonly isShown: () => Promise<void>;
};

export async function begin(browser: Browser, { startUrl, dataDir }: Program, look: Look): Promise<Play> {
  const { lang } = look;
  const permissions = ['clipboard-read', 'clipboard-write'];
  const watched = await newPage(browser, new URL(startUrl).origin, { permissions, ...look.options });
  const { page } = watched;
  const says = wordsIn(lang);
  await firstRun(page, startUrl, { lang });
  const ask = asking(page);
  const { party, mails } = await bringMails(page, ask);
  const hand = look.handOn(page);
  const ledger = await lookInto(dataDir);
  const kindsFrom = async (index: number) => {
    const { rows } = await ledger.query('SELECT kind FROM entries WHERE index >= $1 ORDER BY index', [index]);
    return rows.map(({ kind }: { kind: string }) => kind);
  };
  const [before, shown] = await Promise.all([kindsFrom(0), entriesOf(ask, party)]);
  const play = {
    ...{ page, watched, hand, says, lang, ask, party, mails, typed: TYPED[lang] },
    tomorrow: new Date(Date.now() + DAY_MS).toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    field: (name: string) => fieldOf(page, name),
    leaves: (kinds: readonly string[], act: () => Promise<void>) => leaves({ page, kindsFrom }, kinds, act),
    isShown: async () => {
      const left = (await kindsFrom(before.length)).filter((kind) => !UNSEEN.includes(kind));
      await ledger.end();
      expect((await entriesOf(ask, party)).toSorted()).toEqual([...shown, ...left].toSorted());
    },
  };
  await hand.keyOr('2', page.getByRole('link', { name: says('room.clients'), exact: true }).last());
  await hand.press(page.getByRole('link', { name: /Baltika/ }));
  await page.locator('.timeline .message').first().waitFor();
  return play;
}

/** A field by what stands beside it; the entries of a list are no part of its name. */
export function fieldOf(within: Page | Locator, name: string): Locator {
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
  await expect.poll(() => isBroughtIn(ask), { timeout: PATIENCE_MS }).toBe(true);
  await allRead(page);
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

/** Whether every import has ended. */
async function isBroughtIn(ask: Ask): Promise<boolean> {
  const { items } = await ask<{ items: { state: string }[] }>('GET', '/api/runs');
  return items.every(({ state }) => state !== 'running');
}

/** Does something, and waits until exactly the entries of these kinds are new. */
async function leaves(
  { page, kindsFrom }: { page: Page; kindsFrom: (index: number) => Promise<readonly string[]> },
  kinds: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  const { length } = await kindsFrom(0);
  await act();
  const news = async () => (await kindsFrom(length)).toSorted();
  await expect.poll(news, { timeout: PATIENCE_MS }).toEqual(kinds.toSorted());
  await isWithinScreen(page);
}

/** Nothing may stick out to the side: on a phone it could not be reached. */
export async function isWithinScreen(page: Page): Promise<void> {
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0], page.url()).toBeLessThanOrEqual(widths[1]!);
}

/** Leaves what is open beside the timeline, if anything is. */
export async function backToClient({ page, hand, party }: Play): Promise<void> {
  const close = page.locator('.client-pane .pane-close');
  while (new URL(page.url()).pathname !== `/clients/${party}`) {
    const button = await close.elementHandle();
    // By its button: two Escapes soon after each other cover the page, and how soon depends on the machine.
    await hand.press(close);
    // The address changes a moment before the pane does: the next press must meet the button of the next pane.
    await button!.waitForElementState('hidden');
  }
}

/** In the client's head: a phone folds where we stand, and shows it at a press. */
export async function standing({ page, hand }: Play, target: Locator): Promise<Locator> {
  await page.locator('.client-head .promises-line').waitFor({ state: 'attached' });
  const fold = page.locator('.client-head .standing > summary');
  if (!(await target.isVisible()) && (await fold.isVisible())) await hand.press(fold);
  return target;
}

/** A button with its key beside it, where there are keys. */
export function opener({ page }: Play, says: string): Locator {
  return page.locator('button.action', { hasText: new RegExp(`^${says}( \\+)?$`) });
}

/** Opens a mail in the timeline; by keys one walks to it. */
export async function openMail(play: Play, id: MailId): Promise<void> {
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
  await marksDrawn(page, mails.get(id)!, play.party);
}

/**
 * Selects words in the open message as a reader's own means do (the caret of the browser, its search, a long press), then
 * does something with them; once more where the page was still being drawn.
 */
export async function withSelected({ page }: Play, words: string, act: () => Promise<void>, shows: Locator) {
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
