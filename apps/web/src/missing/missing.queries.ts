import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { GapKind } from '../api/shapes.ts';
import { countMissing, getCoverage, listMissing } from '../generated/sdk.gen.ts';

const PAGE = 50;
const FIRST = '';
const MISSING = 'missing';

export const missingCountQuery = (id: string) =>
  queryOptions({
    queryKey: [MISSING, id, 'count'],
    queryFn: ({ signal }) => countMissing({ path: { id }, signal }),
    staleTime: 30_000,
  });

/** What is missing of one kind, the newest first. */
export const missingQuery = (id: string, kind: GapKind) =>
  infiniteQueryOptions({
    queryKey: [MISSING, id, kind],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      listMissing({ path: { id }, query: { kind, limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const coverageQuery = (id: string) =>
  queryOptions({
    queryKey: [MISSING, id, 'coverage'],
    queryFn: ({ signal }) => getCoverage({ path: { id }, signal }),
  });
