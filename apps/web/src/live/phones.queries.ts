import { queryOptions } from '@tanstack/react-query';
import { addPhone, listPhones, removePhone } from '../generated/sdk.gen.ts';
import type { Phones } from '../generated/types.gen.ts';

export type Phone = Phones['items'][number];

export const phonesQuery = queryOptions({
  queryKey: ['phones'],
  queryFn: ({ signal }) => listPhones({ signal }),
});

export const startPairing = (name: string) => addPhone({ body: { name } });
export const endPhone = (id: string) => removePhone({ path: { id } });
