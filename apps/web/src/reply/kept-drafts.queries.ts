import { queryOptions } from '@tanstack/react-query';
import { listKeptDrafts } from '../generated/sdk.gen.ts';

/** One's own kept drafts that answer a message; without one all of them. */
export const keptDraftsQuery = (interaction?: string) =>
  queryOptions({
    queryKey: ['kept-drafts', interaction ?? 'all'],
    queryFn: async ({ signal }) =>
      (await listKeptDrafts({ query: interaction ? { interaction } : {}, signal })).items,
    gcTime: 0,
  });
