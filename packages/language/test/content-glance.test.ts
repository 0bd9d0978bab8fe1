import { expect, test } from 'vitest';
import { HELD_OUT } from '../../../fixtures/points/held-out.threads.ts';
import { TUNING } from '../../../fixtures/points/tuning.threads.ts';
import { contentOf } from '../src/content/content.ts';
import { glanceFor } from '../src/content/glance.ts';
import { leastShared, likenessOf, sharedThings, sumOf } from '../src/content/likeness.ts';
import { ownSentences } from '../src/content/own-sentences.ts';

const THREADS = [...TUNING, ...HELD_OUT];
const TEXTS = THREADS.flatMap(({ messages }) => messages.map(({ text }) => text));
const POINTS = THREADS.flatMap(({ points, messages }) =>
  points.map(({ title, opened: [id, words] }) => {
    const lang = messages.find((message) => message.id === id)!.lang;
    return { title, content: [...contentOf(title, lang), ...contentOf(words, lang)] };
  }),
);

test.each(POINTS)(
  'a look at the texts misses no line that speaks of “$title”, in any of the languages',
  ({ content }) => {
    const glance = glanceFor(content);
    const missed = TEXTS.flatMap((text) => {
      const hits = glance(text);
      return ownSentences(text).filter(({ start, end, quote, lang }) => {
        const shared = sumOf(sharedThings(contentOf(quote, lang), content));
        const inIt = hits.filter((hit) => hit.start < end && start < hit.end);
        return shared > inIt.reduce((sum, { weight }) => sum + weight, 0);
      });
    });
    expect(missed).toEqual([]);
  },
);

test('a look at the texts passes by most of those that speak of something else', () => {
  const glance = glanceFor(contentOf('the backup was deleted', 'en'));
  const hit = TEXTS.filter((text) => glance(text).length > 0);
  expect(hit.length).toBeGreaterThan(0);
  expect(hit.length).toBeLessThan(TEXTS.length / 4);
});

test.each([
  ['1 240,50 €', 'I paid 1,240.50 EUR.'],
  ['1240', 'Invoice over 1.240 today.'],
  ['5 May', 'by 2026-05-05 at the latest'],
  ['5 May', 'viimeistään 5.5.'],
  ['14:30', 'klo 14:30'],
  ['AB12-345', 'part ab12345? AB12345!'],
  ['invoice 0118', 'lasku 118'],
])('“%s” is hit in “%s”, however it is written', (wanted, text) => {
  expect(glanceFor(contentOf(wanted, 'en'))(text)).not.toEqual([]);
});

test('a number is not hit in a longer one, nor a day in a year', () => {
  const glance = glanceFor(contentOf('page 2', 'en').filter(({ particular }) => particular !== null));
  expect(glance('In 2024 we had 12 of them, 0.25 each.')).toEqual([]);
  expect(glance('Look at 02.')).toHaveLength(1);
});

test('what two contents share at the least is never more than what is enough for them to be alike', () => {
  const contents = THREADS.flatMap(({ messages }) =>
    messages.flatMap(({ text }) => ownSentences(text).map(({ quote, lang }) => contentOf(quote, lang))),
  );
  const alike = contents.flatMap((one) =>
    contents.flatMap((other) => {
      const likeness = likenessOf(one, other);
      return likeness ? [likeness.weight - leastShared(one)] : [];
    }),
  );
  expect(alike.length).toBeGreaterThan(contents.length);
  expect(Math.min(...alike)).toBeGreaterThanOrEqual(0);
});
