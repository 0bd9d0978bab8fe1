import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getCustodySettings, listCustody } from '../generated/sdk.gen.ts';
import type { ListCustodyData } from '../generated/types.gen.ts';

export type CustodyFilter = Pick<NonNullable<ListCustodyData['query']>, 'act' | 'subject'>;

const FIRST = 0;

export const custodyQuery = (filter: CustodyFilter) =>
  infiniteQueryOptions({
    queryKey: ['custody', filter],
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) =>
      listCustody({ query: { ...filter, ...(pageParam > FIRST ? { before: pageParam } : {}) }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const custodySettingsQuery = queryOptions({
  queryKey: ['custody-settings'],
  queryFn: ({ signal }) => getCustodySettings({ signal }),
  staleTime: 60_000,
});
