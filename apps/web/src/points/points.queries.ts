import { type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  agreePoint,
  answerPoint,
  askScope,
  closePoint,
  expectOfPoint,
  getEvidence,
  getNovelty,
  getPoint,
  groundPoint,
  listPoints,
  mergePoint,
  namePoint,
  openPoint,
  pricePoint,
  raisePoint,
  reopenPoint,
  splitPoint,
  weighForPoint,
  withdrawPoint,
} from '../generated/sdk.gen.ts';
import type { OpenPointData } from '../generated/types.gen.ts';

/** More than one can keep in mind; the rest is behind the number. */
const SHOWN = 200;

export const pointsQuery = (partyId: string) =>
  queryOptions({
    queryKey: ['points', partyId, 'list'],
    queryFn: ({ signal }) => listPoints({ path: { id: partyId }, query: { limit: SHOWN }, signal }),
  });

export const pointQuery = (partyId: string, number: number) =>
  queryOptions({
    queryKey: ['points', partyId, number],
    queryFn: ({ signal }) => getPoint({ path: { id: partyId, number }, signal }),
  });

export const evidenceQuery = (partyId: string, number: number) =>
  queryOptions({
    queryKey: ['points', partyId, number, 'evidence'],
    queryFn: ({ signal }) => getEvidence({ path: { id: partyId, number }, signal }),
  });

export const noveltyQuery = (interactionId: string, partyId: string) =>
  queryOptions({
    queryKey: ['points', partyId, 'novelty', interactionId],
    queryFn: ({ signal }) => getNovelty({ path: { id: interactionId }, query: { party: partyId }, signal }),
    staleTime: 60_000,
  });

/** Clauses that speak of what a point asks. */
export const clausesQuery = (partyId: string, pointId: string, words: string) =>
  queryOptions({
    queryKey: ['points', partyId, 'clauses', pointId, words],
    queryFn: ({ signal }) => askScope({ path: { id: partyId }, body: { words, pointId }, signal }),
    staleTime: 60_000,
  });

export type CiteWish = OpenPointData['body']['cite'];
export type NewPoint = OpenPointData['body'];
/** What a person says of a point that is there. */
export type Said =
  | { readonly does: 'answer' | 'raise' | 'expect'; readonly cite: CiteWish }
  | { readonly does: 'agree'; readonly cite: CiteWish }
  | { readonly does: 'reopen'; readonly cite: CiteWish | null; readonly newFact: string }
  | { readonly does: 'close' | 'withdraw'; readonly reason: string }
  | { readonly does: 'ground'; readonly ground: Ground; readonly reason: string }
  | { readonly does: 'name'; readonly title: string; readonly kind: NewPoint['kind'] }
  | { readonly does: 'weigh'; readonly cite: CiteWish; readonly weight: Weight }
  | { readonly does: 'merge'; readonly intoId: string; readonly reason: string }
  | {
      readonly does: 'split';
      readonly kind: NewPoint['kind'];
      readonly title: string;
      readonly cites: readonly CiteWish[];
      readonly reason: string;
    }
  | {
      readonly does: 'price';
      readonly cents: number;
      readonly currency: string;
      readonly reason: string;
    };
export type Ground = 'not_looked_at' | 'founded' | 'partly' | 'unfounded' | 'not_ours';
export type Weight = 'supports' | 'contradicts' | 'neither';

export const makePoint = (partyId: string, body: NewPoint) => openPoint({ path: { id: partyId }, body });

export function sayOfPoint(id: string, said: Said) {
  const path = { id };
  switch (said.does) {
    case 'answer':
      return answerPoint({ path, body: { cite: said.cite } });
    case 'raise':
      return raisePoint({ path, body: { cite: said.cite } });
    case 'expect':
      return expectOfPoint({ path, body: { cite: said.cite } });
    case 'agree':
      return agreePoint({ path, body: { cite: said.cite } });
    case 'reopen':
      return reopenPoint({ path, body: { cite: said.cite, newFact: said.newFact } });
    case 'close':
      return closePoint({ path, body: { reason: said.reason } });
    case 'withdraw':
      return withdrawPoint({ path, body: { reason: said.reason } });
    case 'ground':
      return groundPoint({ path, body: { ground: said.ground, reason: said.reason } });
    case 'name':
      return namePoint({ path, body: { title: said.title, kind: said.kind } });
    case 'weigh':
      return weighForPoint({ path, body: { cite: said.cite, weight: said.weight } });
    case 'merge':
      return mergePoint({ path, body: { intoId: said.intoId, reason: said.reason } });
    case 'split': {
      const { kind, title, reason, cites } = said;
      return splitPoint({ path, body: { kind, title, reason, cites: [...cites] } });
    }
    case 'price':
      return pricePoint({
        path,
        body: { cents: said.cents, currency: said.currency, reason: said.reason },
      });
  }
}

/** Everything of points is read again: one may touch the other. */
export async function pointsChanged(queries: QueryClient, partyId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['points', partyId] }),
    // Its rows carry the numbers of points.
    queries.invalidateQueries({ queryKey: ['timeline', partyId] }),
  ]);
}
