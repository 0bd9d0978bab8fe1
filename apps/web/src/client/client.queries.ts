import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { PartyState } from '../api/shapes.ts';
import { getParty, getTimeline, changeParty as patchParty } from '../generated/sdk.gen.ts';
import type { TimelineFilter } from '../router.tsx';

const PAGE = 200;
/** Before the first page there is no cursor. */
const FIRST = '';
const DIRECTION = { them: 'inbound', us: 'outbound' } as const;

export const partyQuery = (id: string) =>
  queryOptions({
    queryKey: ['party', id],
    queryFn: ({ signal }) => getParty({ path: { id }, signal }),
  });

export const timelineQuery = (id: string, { from, point }: TimelineFilter) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id, from ?? 'all', point ?? 'every'],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      getTimeline({
        path: { id },
        query: { limit: PAGE, after: after || undefined, direction: from && DIRECTION[from], point },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });

export const changeParty = (id: string, body: { name?: string; state?: PartyState }) =>
  patchParty({ path: { id }, body });
