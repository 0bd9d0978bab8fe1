import { queryOptions } from '@tanstack/react-query';
import { lookWhatIsDisclosed } from '../generated/sdk.gen.ts';
import type { Disclosing } from '../generated/types.gen.ts';

export type DisclosingItem = Disclosing['items'][number];
export type Kind = DisclosingItem['found'][number]['kind'];
export type Choice = 'send' | 'withhold';

/** Everything of a bundle that says more of us than the client knows; files do not change, so it is asked once. */
export const disclosingQuery = (party: string, exhibits: readonly string[] | null) =>
  queryOptions({
    queryKey: ['disclosing', party, exhibits],
    queryFn: ({ signal }) =>
      lookWhatIsDisclosed({ body: { party, exhibits: exhibits && [...exhibits] }, signal }),
    staleTime: 60_000,
  });
