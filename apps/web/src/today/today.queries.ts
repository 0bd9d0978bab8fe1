import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../api/http.ts';
import type { Today } from '../api/shapes.ts';

export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: ({ signal }) => getJson<Today>('/today', { signal }),
});
