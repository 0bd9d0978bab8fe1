import { queryOptions } from '@tanstack/react-query';
import { getRetention, listErasures, previewErasure } from '../generated/sdk.gen.ts';

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
