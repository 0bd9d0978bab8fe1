import { queryOptions } from '@tanstack/react-query';
import { keepApart, listIdentifiers, moveIdentifier } from '../generated/sdk.gen.ts';
import type { Identifiers } from '../generated/types.gen.ts';

export type Identifier = Identifiers['items'][number];
export type Proposal = Identifiers['proposals'][number];

/** By what somebody is reached, and what of others may be theirs too. */
export const identifiersQuery = (id: string) =>
  queryOptions({
    queryKey: ['identifiers', id],
    queryFn: ({ signal }) => listIdentifiers({ path: { id }, signal }),
  });

/** @param to null for a contact of its own */
export const moveTo = ({ kind, value }: Pick<Identifier, 'kind' | 'value'>, to: string | null) =>
  moveIdentifier({ body: { kind, value, to } });
export const sayTwo = (id: string, other: string) => keepApart({ path: { id }, body: { other } });
