import { queryOptions } from '@tanstack/react-query';
import { getBoundaries, getOurKeeping } from '../generated/sdk.gen.ts';
import type * as contract from '../generated/types.gen.ts';

export type Boundary = contract.Boundaries['items'][number];
export type Keeping = contract.OurKeeping;
export type Ladder = contract.Ladder;

export const boundariesQuery = (id: string) =>
  queryOptions({
    queryKey: ['boundaries', id],
    queryFn: ({ signal }) => getBoundaries({ path: { id }, signal }),
  });

/** How we keep the same rule; worked out by the server each time it is asked. */
export const keepingQuery = (id: string) =>
  queryOptions({
    queryKey: ['boundaries', 'keeping', id],
    queryFn: ({ signal }) => getOurKeeping({ path: { id }, signal }),
    staleTime: 60_000,
  });
