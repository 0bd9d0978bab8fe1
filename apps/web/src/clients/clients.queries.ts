import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { listParties } from '../generated/sdk.gen.ts';

const PAGE = 100;
/** Before the first page there is no cursor. */
const FIRST = '';

export const partiesQuery = (words: string, limit: number) =>
  queryOptions({
    queryKey: ['parties', 'few', words, limit],
    queryFn: ({ signal }) => listParties({ query: { query: words, limit }, signal }),
    placeholderData: (before) => before,
  });

export const allPartiesQuery = (words: string) =>
  infiniteQueryOptions({
    queryKey: ['parties', 'all', words],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      listParties({ query: { query: words, limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
