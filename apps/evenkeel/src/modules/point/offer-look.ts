import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { decideSecondPerson, type Outsider, type SecondPersonRefusal } from '../account/second-person.ts';
import { plain } from './commitment.ts';
import type { Offer, OfferFact } from './offer.ts';

export type LookRefusal = SecondPersonRefusal | 'look-not-needed' | 'offer-told-already';

export type LookWish = {
  readonly actor: string;
  readonly members: number;
  readonly outsider: Outsider | null;
  readonly reason: string;
  readonly now: Instant;
};

/**
 * Decides whether somebody else has looked at an offer beyond what its maker may offer alone. Who works alone writes a
 * reason first, and that begins the day to wait.
 */
export function decideLooking(
  offer: Offer,
  { actor, members, outsider, reason: given, now }: LookWish,
): Outcome<OfferFact, LookRefusal> {
  if (offer.state !== 'prepared') return refuse('offer-told-already', { state: offer.state });
  if (!offer.needsSecond || offer.looked !== null) return refuse('look-not-needed');
  const { id, partyId: party, preparedBy: firstActor, askedAt } = offer;
  const reason = plain(given);
  const look = { actor, firstActor, members, outsider, askedAt, now, isSafety: false };
  // The reason that began the wait is in the record; at its end it need not be written again.
  const decided = decideSecondPerson({
    ...look,
    reason: reason === '' && askedAt !== null ? askedAt : reason,
  });
  if (decided.ok) {
    const { who, says } = decided.value;
    const looked = { who, says, outsider: outsider?.name ?? null, proof: outsider?.proof ?? null };
    return accept({ kind: 'point.offer-looked-at', id, party, reason, looked });
  }
  if (decided.reason === 'wait-needed' && askedAt === null)
    return accept({ kind: 'point.offer-look-asked', id, party, reason });
  return decided;
}
