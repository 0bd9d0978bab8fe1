import type { Content } from '@evenkeel/language/content/content';

const MOST_THINGS = 3;
const LONGEST = 60;

/**
 * What a point may be called: the words from the first to the third thing a quote is about, as they stand there. A person
 * shortens it.
 */
export function suggestedTitle(quote: string, content: Content): string {
  const things = [...content].sort((one, other) => one.start - other.start).slice(0, MOST_THINGS);
  const first = things[0];
  const fitting = things.findLast(({ end }) => first && end - first.start <= LONGEST);
  const title = first && fitting ? quote.slice(first.start, fitting.end) : quote.slice(0, LONGEST);
  return title.replace(/\s+/g, ' ').trim();
}
