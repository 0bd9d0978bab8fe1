import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../../../fixtures/story/letter.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import type { TestApp } from '../support/test-app.ts';
import { toldStory } from '../support/told-story.ts';

const LANGS = ['en', 'ru', 'fi'] as const;
type Written = { readonly half: 'read' | 'unread'; readonly against: string | null; readonly text: string };

/** How many of twenty contradictions are marked at the least, as they were counted. */
const MARKED = {
  read: { en: 18, ru: 16, fi: 14 },
  unread: { en: 13, ru: 12, fi: 12 },
} as const;

let app: TestApp;
let party: string;

beforeAll(async () => {
  ({ app } = await toldStory('contradictions'));
  ({ id: party } = await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${people.dmitri.address}`));
}, 300_000);

/** @param folder of those that were written for what was weak: other days, and a yes to what was refused */
function written(lang: (typeof LANGS)[number], folder = ''): readonly Written[] {
  const file = new URL(`../../../../fixtures/contradictions/${folder}${lang}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Written);
}

/** The sentences of a draft that the record speaks against. */
async function marked(text: string): Promise<readonly string[]> {
  const read = DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
  return read.findings.filter(({ kind }) => kind === 'contradiction').map(({ quote }) => quote);
}
const together = (sentences: readonly Written[]) => sentences.map(({ text }) => text).join('\n\n');

describe.each(LANGS)('sentences against the story (%s)', (lang) => {
  test.each(['read', 'unread'] as const)('are marked as often as was counted (%s half)', async (half) => {
    const contradict = written(lang).filter((one) => one.half === half && one.against !== null);
    expect(contradict).toHaveLength(20);
    expect((await marked(together(contradict))).length).toBeGreaterThanOrEqual(MARKED[half][lang]);
  });

  test('that only look like it are not marked', async () => {
    const calm = written(lang).filter(({ against }) => against === null);
    expect(calm).toHaveLength(40);
    expect(await marked(together(calm))).toEqual([]);
  });
});

const DAYS_AND_YES = {
  read: { en: 2, ru: 3, fi: 4 },
  unread: { en: 2, ru: 1, fi: 2 },
} as const;

describe.each(LANGS)('other days than told, and a yes to what was refused (%s)', (lang) => {
  const all = written(lang, 'days-and-yes/');

  test.each(['read', 'unread'] as const)('are marked as often as was counted (%s half)', async (half) => {
    const contradict = all.filter((one) => one.half === half && one.against !== null);
    expect((await marked(together(contradict))).length).toBeGreaterThanOrEqual(DAYS_AND_YES[half][lang]);
  });

  test('what is as the record says is not marked', async () => {
    const calm = all.filter(({ against }) => against === null);
    expect(calm.length).toBe(lang === 'en' ? 14 : 13);
    expect(await marked(together(calm))).toEqual([]);
  });
});

test('of the letters of the story that this client did not write no sentence is marked', async () => {
  const theirs: readonly string[] = [people.dmitri.address, people.dmitriPrivate.address];
  const others = story.mails.filter(({ from }) => !theirs.includes(people[from].address));
  expect(others.length).toBeGreaterThan(60);
  for (const { id, text } of others) expect([id, await marked(text)]).toEqual([id, []]);
}, 120_000);
