import { infiniteQueryOptions } from '@tanstack/react-query';
import { getThread } from '../generated/sdk.gen.ts';

const PAGE = 50;
/** Before the first page there is no cursor. */
const FIRST = '';

/** The conversation that a message belongs to, the oldest first. */
export const threadQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['thread', id],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      getThread({ path: { id }, query: { limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });
