import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  draftDecline,
  draftFirstOffer,
  getPastWork,
  getPriceSheet,
  getPrivateReason,
  getScreening,
  listScreenings,
  listWarnings,
} from '../generated/sdk.gen.ts';
import type { Screening as OneScreening, Warnings } from '../generated/types.gen.ts';

export type Screening = OneScreening;
export type Match = Screening['matches'][number];
export type Warning = Warnings['inForce'][number];
export type Surcharge = Screening['decisions'][number]['services'][number];
type Lang = 'en' | 'ru' | 'fi';

const PAGE = 50;
/** Before the first page there is no cursor. */
const FIRST = '';

export const screeningsQuery = infiniteQueryOptions({
  queryKey: ['screenings'],
  initialPageParam: FIRST,
  queryFn: ({ pageParam: after, signal }) =>
    listScreenings({ query: { limit: PAGE, after: after || undefined }, signal }),
  getNextPageParam: (page) => page.next ?? undefined,
});

export const screeningQuery = (id: string) =>
  queryOptions({
    queryKey: ['screenings', id],
    queryFn: ({ signal }) => getScreening({ path: { id }, signal }),
  });

export const privateReasonQuery = (id: string) =>
  queryOptions({
    queryKey: ['screenings', id, 'private'],
    queryFn: ({ signal }) => getPrivateReason({ path: { id }, signal }),
  });

/** Refused under three clients; that is an answer, not a fault. */
export const pastWorkQuery = (id: string, minutesPerMessage: number) =>
  queryOptions({
    queryKey: ['screenings', id, 'past', minutesPerMessage],
    queryFn: ({ signal }) => getPastWork({ path: { id }, query: { minutesPerMessage }, signal }),
    retry: false,
  });

export const declineQuery = (id: string, lang: Lang) =>
  queryOptions({
    queryKey: ['screenings', id, 'letter', lang],
    queryFn: ({ signal }) => draftDecline({ path: { id }, query: { lang }, signal }),
  });

export const offerQuery = (id: string, lang: Lang) =>
  queryOptions({
    queryKey: ['screenings', id, 'offer', lang],
    queryFn: ({ signal }) => draftFirstOffer({ path: { id }, query: { lang }, signal }),
  });

export const priceSheetQuery = queryOptions({
  queryKey: ['price-sheet'],
  queryFn: ({ signal }) => getPriceSheet({ signal }),
});

export const warningsQuery = (party?: string) =>
  queryOptions({
    queryKey: ['warnings', party ?? 'all'],
    queryFn: ({ signal }) => listWarnings({ query: { party }, signal }),
  });
