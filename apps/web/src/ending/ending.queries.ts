import { queryOptions } from '@tanstack/react-query';
import { listEndings, stayOrLeave } from '../generated/sdk.gen.ts';
import type { ListEndingsResponse, StayOrLeaveResponse } from '../generated/types.gen.ts';

export type Ending = ListEndingsResponse['items'][number];
export type Sheet = StayOrLeaveResponse;

export const endingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['endings', id],
    queryFn: ({ signal }) => listEndings({ path: { id }, signal }),
  });

export const sheetQuery = (id: string) =>
  queryOptions({
    queryKey: ['stay-or-leave', id],
    queryFn: ({ signal }) => stayOrLeave({ path: { id }, signal }),
  });
