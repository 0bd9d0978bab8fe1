import { queryOptions } from '@tanstack/react-query';
import { getTimeline, listRestrictions, listSilences, seeAllowed } from '../generated/sdk.gen.ts';
import type { ListRestrictionsResponse, ListSilencesResponse } from '../generated/types.gen.ts';

export type Restriction = ListRestrictionsResponse['items'][number];
export type Silence = ListSilencesResponse['items'][number];
export type Measure = Restriction['measure'];
export type Way = Measure['open']['way'];

export const restrictionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['restrictions', id],
    queryFn: ({ signal }) => listRestrictions({ path: { id }, signal }),
  });

export const silencesQuery = (id: string) =>
  queryOptions({
    queryKey: ['silences', id],
    queryFn: ({ signal }) => listSilences({ path: { id }, signal }),
  });

export const allowedQuery = (id: string, channel: Way) =>
  queryOptions({
    queryKey: ['allowed', id, channel],
    queryFn: ({ signal }) => seeAllowed({ path: { id }, query: { channel }, signal }),
  });

const LETTERS = 30;

/** What went out to a client last: letters that may have told them something. */
export const sentQuery = (id: string) =>
  queryOptions({
    queryKey: ['timeline', id, 'sent'],
    queryFn: ({ signal }) =>
      getTimeline({ path: { id }, query: { direction: 'outbound', limit: LETTERS }, signal }),
  });
