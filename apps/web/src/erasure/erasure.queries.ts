import { queryOptions, useIsMutating, useQuery } from '@tanstack/react-query';
import { getErasureNow, getRetention, listErasures, previewErasure } from '../generated/sdk.gen.ts';

export type Target = { readonly scope: 'party' | 'record'; readonly subject: string };

export const previewQuery = (target: Target, also: readonly string[]) =>
  queryOptions({
    queryKey: ['erasure', target.scope, target.subject, [...also].sort()],
    queryFn: ({ signal }) => previewErasure({ body: { ...target, also: [...also] }, signal }),
    placeholderData: (before) => before,
  });

export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: async ({ signal }) => (await listErasures({ signal })).items,
});

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => getRetention({ signal }),
});

export const ERASING = ['erase'] as const;
const LOOK_MS = 500;

/** How far the erasure is that goes on, whoever asked for it; undefined until that is known. */
export function useErasureNow() {
  const isAsked = useIsMutating({ mutationKey: ERASING }) > 0;
  const { data, isError } = useQuery({
    queryKey: ['erasure-now'],
    queryFn: ({ signal }) => getErasureNow({ signal }),
    refetchInterval: ({ state }) => (isAsked || state.data?.now ? LOOK_MS : false),
    staleTime: 0,
  });
  return { isAsked, now: isError ? null : data?.now };
}
