import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  changePrivilege,
  getPrivilege,
  listRedactions,
  markPrivileged,
  previewRedaction,
  readAsClient,
  redact,
  withdrawRedaction,
} from '../generated/sdk.gen.ts';
import type { AsClient, MarkPrivilegedData, RedactData, Redaction } from '../generated/types.gen.ts';

export type CopyOrder = RedactData['body'];
export type PrivilegeWish = MarkPrivilegedData['body']['privilege'];
export type MadeCopy = Redaction;
export type AsClientPage = AsClient;

export const privilegeQuery = (id: string) =>
  queryOptions({
    queryKey: ['privilege', id],
    queryFn: async ({ signal }) => (await getPrivilege({ path: { id }, signal })).privilege,
  });

export const copiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['redactions', id],
    queryFn: async ({ signal }) => (await listRedactions({ path: { id }, signal })).items,
  });

const AS_CLIENT_PAGE = 50;

export const asClientQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['as-client', id],
    queryFn: ({ pageParam, signal }) =>
      readAsClient({ path: { id }, query: { after: pageParam, limit: AS_CLIENT_PAGE }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });

export const markOne = (id: string, privilege: PrivilegeWish) =>
  markPrivileged({ body: { interactions: [id], privilege } });
export const changeMark = (id: string, change: 'lift' | 'waive' | 'end-waiver', reason: string) =>
  changePrivilege({ path: { id }, body: { change, reason } });
export const previewCopy = (id: string, body: CopyOrder) => previewRedaction({ path: { id }, body });
export const makeCopy = (id: string, body: CopyOrder) => redact({ path: { id }, body });
export const withdrawCopy = (id: string, reason: string) =>
  withdrawRedaction({ path: { id }, body: { reason } });
