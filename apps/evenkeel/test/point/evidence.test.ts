import { contentOf } from '@evenkeel/language/content/content';
import { glanceFor } from '@evenkeel/language/content/glance';
import { isTelling, sharedThings, sumOf } from '@evenkeel/language/content/likeness';
import { ownSentences } from '@evenkeel/language/content/own-sentences';
import { expect, test } from 'vitest';
import { TUNING } from '../../../../fixtures/points/tuning.threads.ts';
import { bestLinesAbout, type Line, mostInLine, promising } from '../../src/modules/point/evidence.ts';

/** A long correspondence: every message of the threads several times, in an order of its own. */
const MESSAGES = Array.from({ length: 6 }, (_, round) =>
  TUNING.flatMap(({ messages }) => messages.map(({ text }) => `${text}\n\nRound ${round}.`)),
)
  .flat()
  .map((text, place) => ({ text, place }))
  .sort((one, other) => ((one.place * 7919) % 613) - ((other.place * 7919) % 613))
  .map(({ text }) => text);

const POINTS = TUNING.flatMap(({ points }) =>
  points.map(({ title, opened }) => ({
    title,
    content: [...contentOf(title, 'en'), ...contentOf(opened[1], 'en')],
  })),
);

function linesOf(text: string, place: number): readonly Line[] {
  return ownSentences(text).map(({ start, end, quote, lang }) => ({
    ...{ interactionId: String(place), at: String(place).padStart(6, '0'), side: 'theirs' as const },
    ...{ start, end, quote, content: contentOf(quote, lang) },
  }));
}

test.each(POINTS)('about “$title” the same lines are found as by reading every message', ({ content }) => {
  const glance = glanceFor(content);
  const looked = MESSAGES.map((text, place) => {
    const hits = glance(text);
    return { message: text, place, hits, most: mostInLine(text, hits) };
  });
  const best = bestLinesAbout(content);
  let read = 0;
  for (const { message, place, most } of promising(looked)) {
    if (!best.wants(most, place)) break;
    read += 1;
    for (const line of linesOf(message, place)) best.add(line, place);
  }
  const wanted = readingAll(content);
  expect(best.inTime().map(({ interactionId, quote }) => [interactionId, quote])).toEqual(wanted);
  if (wanted.length === 40) expect(read).toBeLessThan(MESSAGES.length);
});

/** The plain way: every sentence of every message, the best forty, the earlier ones first among equals. */
function readingAll(content: ReturnType<typeof contentOf>): readonly (readonly [string, string])[] {
  return MESSAGES.flatMap(linesOf)
    .map((line) => ({ line, shared: sharedThings(line.content, content) }))
    .filter(({ shared }) => sumOf(shared) >= 1 && shared.some((one) => isTelling(one) || one.particular))
    .sort((one, other) => sumOf(other.shared) - sumOf(one.shared))
    .slice(0, 40)
    .sort(
      (one, other) =>
        Number(one.line.interactionId) - Number(other.line.interactionId) ||
        one.line.start - other.line.start,
    )
    .map(({ line }) => [line.interactionId, line.quote]);
}

test('an empty line ends what may be one line', () => {
  const glance = glanceFor(contentOf('login and backup', 'en'));
  const most = (text: string) => mostInLine(text, glance(text));
  expect(most('The login and the backup.')).toBe(2);
  expect(most('The login.\n\nThe backup.')).toBe(1);
  expect(most('The login\nand the backup.')).toBe(2);
});
