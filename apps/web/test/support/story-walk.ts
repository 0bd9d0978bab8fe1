import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { actSaying, openAct } from './acts.ts';
import { type Ask, asking } from './entries.ts';
import { firstRun } from './first-run.ts';
import type { Hand } from './hand.ts';
import { type Lang, type Says, wordsIn } from './words.ts';

const PATIENCE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** The words that somebody types in the walk, and those of the client. */
export type WalkTyped = Readonly<
  Record<
    | 'inquiry'
    | 'flag'
    | 'result'
    | 'conditions'
    | 'reason'
    | 'threat'
    | 'position'
    | 'calls'
    | 'saw'
    | 'goesOn'
    | 'looked'
    | 'short'
    | 'after',
    string
  >
>;

type Given = { readonly lang: Lang; readonly hand: Hand; readonly typed: WalkTyped };
/** The page with its member signed in, and what can be done on it whatever the language. */
export type Scene = Given & {
  readonly page: Page;
  readonly origin: string;
  readonly says: Says;
  readonly ask: Ask;
  /** The client, once there is one. */
  party: string;
  readonly button: (name: string) => Locator;
  readonly field: (name: string) => Locator;
  /** Something the client sent, kept as it would be after a paste; gives its id. */
  readonly writes: (direction: 'inbound', text: string) => Promise<string>;
  /** Begins from words of the message that is open. */
  readonly fromWords: (words: string) => Promise<void>;
  readonly titleOf: (pack: string) => Promise<string>;
  readonly startSays: (pack: string) => Promise<string>;
  readonly quoteAll: (within: Locator, says: string, interaction: string) => Promise<void>;
  readonly act: (name: string, fill: (box: Locator) => Promise<unknown>) => Promise<void>;
  /** 2026-05-12, so many days from now where the reader is. */
  readonly dayAhead: (days: number) => string;
};

/** Makes the first member, and stands on the first page. */
export async function welcome(page: Page, startUrl: string, given: Given): Promise<Scene> {
  const says = wordsIn(given.lang);
  await firstRun(page, startUrl, { lang: given.lang });
  return sceneOn(page, new URL(startUrl).origin, says, given);
}

function sceneOn(page: Page, origin: string, says: Says, given: Given): Scene {
  const ask = asking(page);
  const { hand, lang } = given;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const titleOf = async (pack: string) => {
    type Packs = { packs: { id: string; title: Record<Lang, string> }[] };
    const all = await Promise.all(
      ['starts=quote', 'starts=thing'].map((query) => ask<Packs>('GET', `/api/procedures/packs?${query}`)),
    );
    return all.flatMap(({ packs }) => packs).find(({ id }) => id === pack)!.title[lang];
  };
  const scene: Scene = {
    ...given,
    ...{ page, origin, says, ask, button, titleOf, party: '' },
    field: (name) => page.getByLabel(name, { exact: true }),
    writes: async (direction, text) => {
      const wish = {
        text,
        party: { id: scene.party },
        direction,
        way: 'mail',
        from: 'orlov@baltika.example',
      };
      const at = new Date().toISOString();
      return (await ask<{ id: string }>('POST', '/api/interactions', { ...wish, at })).id;
    },
    fromWords: async (words) => {
      const start = page.getByRole('button', { name: says('procedure.fromQuote'), exact: true });
      const picked = page.locator('.cite-picked q', { hasText: words });
      await page.locator('.words', { hasText: words }).waitFor();
      // A mark that comes late draws the words anew, and what was selected is gone.
      const pick = async () => {
        await page.evaluate(selectWords, words);
        await hand.press(start);
        const nothing = page.getByText(says('quote.selectFirst')).first();
        const left = page.waitForURL('**/from-quote').then(() => true);
        return Promise.race([left, nothing.waitFor().then(() => false)]);
      };
      await expect.poll(pick, { timeout: PATIENCE_MS, interval: 1000 }).toBe(true);
      await picked.waitFor();
    },
    startSays: async (pack) => says('procedure.startThis', { what: await titleOf(pack) }),
    quoteAll: async (within, name, interaction) => {
      const list = within.getByLabel(name, { exact: true });
      await list.locator(`option[value="${interaction}"]`).waitFor({ state: 'attached' });
      await hand.choose(list, interaction);
      await hand.press(within.getByRole('button', { name: says('cite.all'), exact: true }));
      await within.locator('.cite-picked', { hasText: name }).waitFor();
    },
    act: async (name, fill) => {
      const box = actSaying(page, name);
      await openAct(box, hand.press);
      await fill(box);
      await hand.press(box.getByRole('button', { name, exact: true }));
    },
    dayAhead: (days) =>
      new Date(Date.now() + days * DAY_MS).toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' }),
  };
  return scene;
}

/** In the page: selects words of the open message, as a long press would; marked words lie in pieces. */
function selectWords(wanted: string): void {
  const walker = document.createTreeWalker(document.querySelector('.words')!, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  const start = texts
    .map(({ data }) => data)
    .join('')
    .indexOf(wanted);
  const placeOf = (offset: number): [Text, number] => {
    let left = offset;
    for (const text of texts) {
      if (left <= text.length) return [text, left];
      left -= text.length;
    }
    throw new Error(`${wanted} stands nowhere.`);
  };
  getSelection()!.setBaseAndExtent(...placeOf(start), ...placeOf(start + wanted.length));
}

type Titled = {
  readonly id: string;
  readonly title: Record<Lang, string>;
  readonly asks?: Record<Lang, string> | null;
};
type Run = {
  readonly now: { readonly step: string; readonly choices: readonly Titled[] } | null;
  readonly steps: readonly (Titled & { readonly letter: string | null })[];
  readonly letters: readonly { readonly letter: string; readonly interactionId: string | null }[];
};
type LetterShown = {
  readonly fields: readonly { readonly title: Record<Lang, string> | null; readonly value: string | null }[];
  readonly finished: { readonly text: string } | null;
};

/** A procedure that is open on the page, while somebody walks through it. */
export type Walk = {
  readonly where: () => Promise<string | null>;
  /** Opens it again after something was done elsewhere. */
  readonly open: () => Promise<void>;
  /** Does the step of now, by what is chosen and the words it asks for; waits for the next one. */
  readonly step: (choice?: string, words?: string) => Promise<void>;
  /** Writes what the letter of now asks for, finishes it and says that it left; gives its text. */
  readonly letter: (words: string) => Promise<string>;
  /** The record of the letter that left last. */
  readonly sent: () => Promise<string>;
  /** Waits until something of theirs, or a day, has brought it to a step. */
  readonly comesTo: (step: string) => Promise<void>;
};

export async function beginWalk(scene: Scene): Promise<Walk> {
  const { page, hand, says, lang, ask, origin } = scene;
  await page.waitForURL(/\/procedures\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1)!;
  const see = () => ask<Run>('GET', `/api/procedures/${id}`);
  const where = async () => (await see()).now?.step ?? null;
  const heading = page.locator('#procedure-now');
  /** The page shows the step of now; a step that only waits may be over before it was ever seen. */
  const shows = async () => {
    const isShown = async () => {
      const { now, steps } = await see();
      const title = steps.find((one) => one.id === now?.step)?.title[lang];
      return title === undefined || (await heading.allTextContents()).includes(title);
    };
    await expect.poll(isShown, { timeout: PATIENCE_MS }).toBe(true);
  };
  await shows();
  const open: Walk['open'] = async () => {
    await page.goto(`${origin}/clients/${scene.party}/procedures/${id}`);
    await shows();
  };
  const done = page.getByRole('button', { name: says('procedure.done'), exact: true });
  const step: Walk['step'] = async (choice, words) => {
    const { now } = await see();
    const chosen = now!.choices.find((one) => one.id === choice);
    const form = page.locator('form', { has: page.locator('.procedure-choices') });
    if (chosen) await hand.check(form.getByRole('radio', { name: chosen.title[lang], exact: true }));
    if (chosen?.asks) await hand.write(form.getByLabel(chosen.asks[lang], { exact: true }), words!);
    await expect.poll(() => done.isEnabled(), { timeout: PATIENCE_MS }).toBe(true);
    await hand.press(done);
    await expect.poll(where, { timeout: PATIENCE_MS }).not.toBe(now!.step);
    await shows();
  };
  const letter: Walk['letter'] = async (words) => {
    const { now, steps } = await see();
    const name = steps.find((one) => one.id === now?.step)!.letter!;
    const path = `/api/procedures/${id}/letters/${name}`;
    const shown = page.locator('section.letter');
    await shown.waitFor();
    const { fields } = await ask<LetterShown>('GET', path);
    for (const { title, value } of fields)
      if (title && !value) await hand.write(shown.getByLabel(title[lang], { exact: true }), words);
    await hand.press(shown.getByRole('button', { name: says('letter.finish'), exact: true }));
    const leaves = shown.getByRole('button', { name: says('letter.sent'), exact: true });
    await hand.press(leaves);
    await leaves.waitFor({ state: 'detached' });
    const left = async () =>
      (await see()).letters.findLast((one) => one.letter === name)?.interactionId ?? null;
    await expect.poll(left, { timeout: PATIENCE_MS }).not.toBeNull();
    return (await ask<LetterShown>('GET', path)).finished!.text;
  };
  const sent = async () => (await see()).letters.at(-1)!.interactionId!;
  const comesTo: Walk['comesTo'] = async (wanted) => {
    await expect.poll(where, { timeout: 120_000 }).toBe(wanted);
    await open();
  };
  return { where, open, step, letter, sent, comesTo };
}
