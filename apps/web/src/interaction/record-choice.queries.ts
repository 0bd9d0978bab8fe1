import { infiniteQueryOptions } from '@tanstack/react-query';
import { getTimeline, search } from '../generated/sdk.gen.ts';
import type { SearchPage, Timeline } from '../generated/types.gen.ts';

export type Side = 'theirs' | 'ours';
/** One record to choose; `words` are its first ones, or those around what was searched. */
export type RecordRow = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly words: string;
};

const PAGE = 50;
const WORDS_SHOWN = 80;
/** Before the first page there is no cursor. */
const FIRST = '';

/** What may be quoted of a client, newest first. @param words what is searched; empty for everything */
export const recordsQuery = (id: string, voice: Side | undefined, words: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id, 'quotable', voice ?? 'both', words],
    initialPageParam: FIRST,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, after: pageParam || undefined, voice };
      return words === ''
        ? newest(await getTimeline({ path: { id }, query, signal }))
        : found(await search({ query: { ...query, q: words, party: id }, signal }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });

function newest({ items, next }: Timeline) {
  const rows = items.map(({ id, at, kind, subject, lead }) => ({
    ...{ id, at, kind, subject, words: lead.slice(0, WORDS_SHOWN) },
  }));
  return { items: rows, next };
}

function found({ items, next }: SearchPage) {
  const rows = items.map(({ id, at, kind, subject, snippet }) => ({
    ...{ id, at, kind, subject, words: around(snippet) },
  }));
  return { items: rows, next };
}

/** The words that were found stand in the middle of a line that is not too long. */
function around({ text, marks }: { text: string; marks: readonly { start: number }[] }): string {
  const from = Math.max(0, (marks[0]?.start ?? 0) - WORDS_SHOWN / 2);
  return text.slice(from, from + WORDS_SHOWN).trim();
}
