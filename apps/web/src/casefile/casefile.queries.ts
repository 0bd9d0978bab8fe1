import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getCase,
  getComplaint,
  getPoint,
  listCases,
  listComplaints,
  listHolds,
  listPoints,
} from '../generated/sdk.gen.ts';
import type { ListCasesData, ListComplaintsData } from '../generated/types.gen.ts';

const PAGE = 100;
const MOST_POINTS = 200;
/** Before the first page there is no cursor. */
const FIRST = '';

export type CaseFilter = Pick<NonNullable<ListCasesData['query']>, 'party' | 'stage' | 'closed'>;
export type RegisterFilter = Pick<
  NonNullable<ListComplaintsData['query']>,
  'party' | 'state' | 'stage' | 'overdue'
>;

export const casesQuery = (filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      listCases({ query: { ...filter, limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const registerQuery = (filter: RegisterFilter) =>
  infiniteQueryOptions({
    queryKey: ['complaints', filter],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      listComplaints({ query: { ...filter, limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id], queryFn: ({ signal }) => getCase({ path: { id }, signal }) });

export const complaintQuery = (id: string) =>
  queryOptions({
    queryKey: ['complaint', id],
    queryFn: ({ signal }) => getComplaint({ path: { id }, signal }),
  });

export const holdsQuery = (party: string) =>
  queryOptions({
    queryKey: ['holds', party],
    queryFn: ({ signal }) => listHolds({ query: { party }, signal }),
  });

/** A client's points, by number, as far as a form can offer them. */
export const choosablePointsQuery = (id: string) =>
  queryOptions({
    queryKey: ['points', id, 'choosable'],
    queryFn: ({ signal }) => listPoints({ path: { id }, query: { limit: MOST_POINTS }, signal }),
  });

/** One point with all words that belong to it. */
export const pointQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['point', id, number, 'whole'],
    queryFn: ({ signal }) => getPoint({ path: { id, number }, signal }),
  });

/** Where the register lies as a table, with the same filter. */
export function registerFile(filter: RegisterFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return `/api/complaints.csv?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}
