import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getCaseBrief,
  getCaseProvenance,
  getCaseRecord,
  listCaseBundles,
  listCaseRecords,
  listCaseThreats,
  listCounsel,
} from '../generated/sdk.gen.ts';
import { wordsOf } from '../words/language.ts';

/** The words of the language that a letter stands in. */
export const wordsQuery = (tag: string) =>
  queryOptions({
    queryKey: ['words', tag],
    queryFn: () => wordsOf(tag),
    staleTime: Number.POSITIVE_INFINITY,
  });

export type BriefReader = 'counsel' | 'mediator';

/** The bundles that were made of a case's client. */
export const caseBundlesQuery = (id: string) =>
  queryOptions({
    queryKey: ['case-bundles', id],
    queryFn: ({ signal }) => listCaseBundles({ path: { id }, signal }),
  });

/** Who of outside sees a case; asked by whoever may let them in. */
export const counselQuery = (id: string) =>
  queryOptions({
    queryKey: ['counsel', id],
    queryFn: ({ signal }) => listCounsel({ path: { id }, signal }),
  });

/** The brief of a case; a mediator is told nothing that stays with us. */
export const briefQuery = (id: string, reader: BriefReader) =>
  queryOptions({
    queryKey: ['brief', id, reader],
    queryFn: ({ signal }) => getCaseBrief({ path: { id }, query: { reader }, signal }),
  });

/** What was threatened in a case, as its brief has it; a brief goes through all of a client's gaps besides. */
export const threatsQuery = (id: string) =>
  queryOptions({
    queryKey: ['brief', id, 'threats'],
    queryFn: ({ signal }) => listCaseThreats({ path: { id }, signal }),
  });

/** The records of a case, page by page, the newest first. */
export const caseRecordsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['case-records', id],
    queryFn: ({ signal, pageParam }) =>
      listCaseRecords({ path: { id }, query: pageParam ? { after: pageParam } : {}, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const caseRecordQuery = (id: string, recordId: string) =>
  queryOptions({
    queryKey: ['case-record', id, recordId],
    queryFn: ({ signal }) => getCaseRecord({ path: { id, recordId }, signal }),
  });

export const caseProvenanceQuery = (id: string, recordId: string) =>
  queryOptions({
    queryKey: ['case-record', id, recordId, 'provenance'],
    queryFn: ({ signal }) => getCaseProvenance({ path: { id, recordId }, signal }),
  });

/** Where the exact bytes are had; the browser saves them and shows nothing of them. */
export function fileUrl(id: string, recordId: string, sha256?: string): string {
  const at = `/api/cases/${id}/records/${recordId}`;
  return sha256 ? `${at}/attachments/${sha256}` : `${at}/original`;
}
