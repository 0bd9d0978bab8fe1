import { queryOptions } from '@tanstack/react-query';
import {
  answerOffer,
  dismissPromise,
  extendOffer,
  getPromises,
  listAllowances,
  listPrivateLimits,
  lookAtDue,
  lookAtOffer,
  makeCommitment,
  makeOffer,
  moveCommitment,
  proposePromises,
  proposePromisesIn,
  reopenCommitment,
  setAllowance,
  setPrivateLimit,
  settleCommitment,
  tellOffer,
  withdrawOffer,
} from '../generated/sdk.gen.ts';
import type * as contract from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

export type Commitment = contract.Commitment;
export type Offer = contract.Offer;
export type Step = contract.PromiseStep;
export type DueSaid = Offer['decideBy'];
export type Proposal = contract.PromiseProposals['items'][number];
export type PrivateLimit = contract.PrivateLimits['items'][number];
export type Side = Commitment['side'];
export type Cite = { interactionId: string; start: number; end: number; quote: string };
export type DueWish = { date: string; time: string | null };
export type Sum = { amount: string; currency: string };

const PROMISES = 'promises';

export const promisesQuery = (partyId: string) =>
  queryOptions({
    queryKey: [PROMISES, partyId],
    queryFn: ({ signal }) => getPromises({ path: { id: partyId }, signal }),
  });

/** What looks like a promise in one message. */
export const proposalsInQuery = (interactionId: string) =>
  queryOptions({
    queryKey: [PROMISES, 'proposed-in', interactionId],
    queryFn: async ({ signal }) => (await proposePromisesIn({ path: { id: interactionId }, signal })).items,
    staleTime: 60_000,
  });

/** The same in the newest messages with a client. */
export const proposalsQuery = (partyId: string) =>
  queryOptions({
    queryKey: [PROMISES, 'proposed', partyId],
    queryFn: async ({ signal }) => (await proposePromises({ path: { id: partyId }, signal })).items,
    staleTime: 60_000,
  });

export const dueQuery = ({ date, time }: DueWish) =>
  queryOptions({
    queryKey: ['due', date, time],
    queryFn: ({ signal }) => lookAtDue({ query: { date, ...(time ? { time } : {}) }, signal }),
    staleTime: 60_000,
    retry: false,
  });

export const limitsQuery = (partyId: string) =>
  queryOptions({
    queryKey: [PROMISES, 'limits', partyId],
    queryFn: async ({ signal }) => (await listPrivateLimits({ path: { id: partyId }, signal })).items,
  });

export const allowancesQuery = queryOptions({
  queryKey: [PROMISES, 'allowances'],
  queryFn: async ({ signal }) => (await listAllowances({ signal })).items,
});

/** After something was written down: the promises, what is proposed, what is due, what was done. */
async function refreshPromises(): Promise<void> {
  await Promise.all(
    [[PROMISES], ['efforts'], ['today']].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );
}

async function then<T>(done: Promise<T>): Promise<T> {
  const answer = await done;
  await refreshPromises();
  return answer;
}

type Made = contract.MakeCommitmentData['body'];
type Offered = contract.MakeOfferData['body'];
type Because = { reason: string; cites: Cite[] };

export const keepPromise = (partyId: string, body: Made) =>
  then(makeCommitment({ path: { id: partyId }, body }));
export const settlePromise = (
  id: string,
  body: Because & { as: contract.SettleCommitmentData['body']['as'] },
) => then(settleCommitment({ path: { id }, body }));
export const movePromise = (id: string, body: Because & { due: DueWish | null; side: Side }) =>
  then(moveCommitment({ path: { id }, body }));
export const reopenPromise = (id: string, reason: string) =>
  then(reopenCommitment({ path: { id }, body: { reason } }));
export const dismissProposal = ({ interactionId, start, end }: Proposal) =>
  then(dismissPromise({ path: { id: interactionId }, body: { start, end } }));

export const writeOffer = (partyId: string, body: Offered) =>
  then(makeOffer({ path: { id: partyId }, body }));
export const tell = (id: string, body: Because) => then(tellOffer({ path: { id }, body }));
export const answer = (id: string, body: Because & { is: 'accepted' | 'refused'; option: number | null }) =>
  then(answerOffer({ path: { id }, body }));
export const withdraw = (id: string, body: Because) => then(withdrawOffer({ path: { id }, body }));
export const extend = (id: string, body: Because & { decideBy: DueWish }) =>
  then(extendOffer({ path: { id }, body }));
export const look = (
  id: string,
  body: { reason: string; outsider: { name: string; proof: string } | null },
) => then(lookAtOffer({ path: { id }, body }));
export const saveLimit = (id: string, body: { sum: Sum | null; words: string }) =>
  then(setPrivateLimit({ path: { id }, body }));
export const saveAllowance = (actor: string, sum: Sum | null) =>
  then(setAllowance({ path: { actor }, body: { sum } }));
