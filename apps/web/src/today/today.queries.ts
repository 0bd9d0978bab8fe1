import { queryOptions } from '@tanstack/react-query';
import { getToday } from '../generated/sdk.gen.ts';

export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: ({ signal }) => getToday({ signal }),
});
