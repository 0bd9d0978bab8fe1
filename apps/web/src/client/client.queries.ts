import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '../api/http.ts';
import type { Page, Party, PartyRow, PartyState, TimelineRow } from '../api/shapes.ts';
import type { TimelineFilter } from '../router.tsx';

const PAGE = 200;
const DIRECTION = { them: 'inbound', us: 'outbound' } as const;

export const partyQuery = (id: string) =>
  queryOptions({
    queryKey: ['party', id],
    queryFn: ({ signal }) => getJson<Party>(`/parties/${encodeURIComponent(id)}`, { signal }),
  });

export const timelineQuery = (id: string, { from }: TimelineFilter) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id, from ?? 'all'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<TimelineRow> & { total: number }>(`/parties/${encodeURIComponent(id)}/timeline`, {
        query: { after: pageParam, limit: PAGE, direction: from && DIRECTION[from] },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
  });

export const changeParty = (id: string, change: { name?: string; state?: PartyState }) =>
  sendJson<PartyRow>('PATCH', `/parties/${encodeURIComponent(id)}`, change);
