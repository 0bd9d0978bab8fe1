import { queryOptions } from '@tanstack/react-query';
import { getCourse, getMirror } from '../generated/sdk.gen.ts';

export const courseQuery = (id: string) =>
  queryOptions({
    queryKey: ['course', id],
    queryFn: ({ signal }) => getCourse({ path: { id }, signal }),
  });

export const mirrorQuery = (id: string) =>
  queryOptions({
    queryKey: ['mirror', id],
    queryFn: ({ signal }) => getMirror({ path: { id }, signal }),
  });
