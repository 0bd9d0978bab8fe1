import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '../api/http.ts';
import type { Health, LogHead, LogVerdict, Page, Run, SearchHit } from '../api/shapes.ts';
import type { SearchWords } from '../router.tsx';

const PAGE = 50;

export const searchQuery = ({ q = '', party }: SearchWords) =>
  infiniteQueryOptions({
    queryKey: ['search', q, party],
    enabled: q !== '',
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<SearchHit>>('/search', { query: { q, party, after: pageParam, limit: PAGE }, signal }),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });

export const searchCountQuery = ({ q = '', party }: SearchWords) =>
  queryOptions({
    queryKey: ['search', 'count', q, party],
    enabled: q !== '',
    queryFn: ({ signal }) => getJson<{ count: number }>('/search/count', { query: { q, party }, signal }),
  });

export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal }) => getJson<Page<Run>>('/runs', { query: { limit: 20 }, signal }),
});

export const logHeadQuery = queryOptions({
  queryKey: ['log'],
  queryFn: ({ signal }) => getJson<LogHead>('/log/checkpoint', { signal }),
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => getJson<Health>('/health', { signal }),
  staleTime: 0,
  // Asked again only while something is behind.
  refetchInterval: ({ state }) => (behind(state.data) > 0 ? 2000 : false),
});

/** How many entries the slowest follower still has to read. */
export function behind(health: Health | undefined): number {
  return Math.max(0, ...Object.values(health?.lag ?? {}));
}

export const verifyLog = (deep: boolean) => sendJson<LogVerdict>('POST', '/log/verify', { deep });
