import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson } from '../api/http.ts';
import type { Page, PartyRow } from '../api/shapes.ts';

const PAGE = 100;

export const partiesQuery = (query: string, limit: number) =>
  queryOptions({
    queryKey: ['parties', 'few', query, limit],
    queryFn: ({ signal }) => getJson<Page<PartyRow>>('/parties', { query: { query, limit }, signal }),
    placeholderData: (before) => before,
  });

export const allPartiesQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['parties', 'all', query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<PartyRow>>('/parties', { query: { query, after: pageParam, limit: PAGE }, signal }),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
