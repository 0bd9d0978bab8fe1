import { queryOptions } from '@tanstack/react-query';
import {
  getEfforts,
  noteEffort as postEffort,
  withdrawEffort as postWithdrawal,
} from '../generated/sdk.gen.ts';
import type * as contract from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

export type Efforts = contract.Efforts;
export type Effort = Efforts['items'][number];

const EFFORTS = 'efforts';

export const effortsQuery = (partyId: string, isAll: boolean) =>
  queryOptions({
    queryKey: [EFFORTS, partyId, isAll],
    queryFn: ({ signal }) =>
      getEfforts({
        path: { id: partyId },
        query: { withoutPrejudice: isAll ? 'shown' : 'left-out' },
        signal,
      }),
    placeholderData: (before) => before,
  });

export async function noteEffort(partyId: string, body: contract.NoteEffortData['body']): Promise<void> {
  await postEffort({ path: { id: partyId }, body });
  await queries.invalidateQueries({ queryKey: [EFFORTS] });
}

export async function withdrawEffort(id: string, reason: string): Promise<void> {
  await postWithdrawal({ path: { id }, body: { reason } });
  await queries.invalidateQueries({ queryKey: [EFFORTS] });
}
