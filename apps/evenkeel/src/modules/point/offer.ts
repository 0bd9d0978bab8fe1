import type { Brand, RecordId } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Grounds } from './commitment.ts';
import { plain } from './commitment.ts';
import { type Cite, type Side, type WordsRefusal, wordsRefused } from './commitment-cites.ts';
import type { DueRefusal, DueSaid } from './commitment-due.ts';
import type { Sum, SumRefusal } from './offer-sum.ts';

export type OfferId = Brand<string, 'OfferId'>;

/** One solution: what, for how much, and until when it stands when that is sooner than the decision. */
export type OfferOption = {
  readonly what: string;
  readonly sum: Sum | null;
  readonly until: DueSaid | null;
};

/** Who looked at an offer beyond what its maker may offer alone. */
export type Looked = {
  readonly who: 'member' | 'outsider' | 'nobody-else';
  readonly says: string;
  readonly outsider: string | null;
  /** The record that shows it, for somebody from outside. */
  readonly proof: string | null;
};

type Made = {
  readonly id: OfferId;
  readonly party: string;
  readonly number: number;
  readonly side: Side;
  readonly options: readonly OfferOption[];
  readonly decideBy: DueSaid;
  readonly isWithoutPrejudice: boolean;
  readonly point: string | null;
};
type About = { readonly id: OfferId; readonly party: string };

/** Nothing here says how far we would go: that is in a private table and in no fact. */
export type OfferFact =
  | (Made & {
      readonly kind: 'point.offer-prepared';
      /** Whether somebody else must look before it is made. */
      readonly needsSecond: boolean;
      readonly reason: string;
    })
  | (Made & { readonly kind: 'point.offer-made'; readonly cites: readonly Cite[] })
  | (About & { readonly kind: 'point.offer-look-asked'; readonly reason: string })
  | (About & { readonly kind: 'point.offer-looked-at'; readonly reason: string; readonly looked: Looked })
  | (About & { readonly kind: 'point.offer-told'; readonly cites: readonly Cite[] })
  | (About & {
      readonly kind: 'point.offer-accepted';
      /** Which of the options, from 1. */
      readonly option: number;
      readonly reason: string;
      readonly cites: readonly Cite[];
    })
  | (About & {
      readonly kind: 'point.offer-refused';
      readonly reason: string;
      readonly cites: readonly Cite[];
    })
  | (About & {
      readonly kind: 'point.offer-withdrawn';
      readonly reason: string;
      readonly cites: readonly Cite[];
    })
  | (About & {
      readonly kind: 'point.offer-moved';
      readonly decideBy: DueSaid;
      readonly reason: string;
      readonly cites: readonly Cite[];
    });

export type OfferState = 'prepared' | 'open' | 'accepted' | 'refused' | 'withdrawn';

export type Offer = {
  readonly id: OfferId;
  readonly recordId: RecordId;
  readonly partyId: string;
  readonly number: number;
  readonly side: Side;
  readonly options: readonly OfferOption[];
  readonly decideBy: DueSaid;
  readonly isWithoutPrejudice: boolean;
  readonly pointId: string | null;
  readonly state: OfferState;
  readonly needsSecond: boolean;
  /** When a written reason began the wait of somebody who works alone. */
  readonly askedAt: Instant | null;
  readonly looked: Looked | null;
  readonly chosen: number | null;
  readonly preparedBy: string;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
};

export type OfferRefusal =
  | WordsRefusal
  | DueRefusal
  | SumRefusal
  | 'offer-unknown'
  | 'offer-empty'
  | 'options-too-many'
  | 'option-unnamed'
  | 'option-missing'
  | 'option-expired'
  | 'option-after-decision'
  | 'decision-date-past'
  | 'offer-not-told'
  | 'offer-told-already'
  | 'offer-answered'
  | 'offer-expired'
  | 'look-not-needed'
  | 'second-person-needed'
  | 'wait-needed'
  | 'reason-missing'
  | 'date-unchanged';

const MOST_OPTIONS = 3;

export type OfferWish = Omit<Made, 'id' | 'party' | 'number'> & Grounds;

type Decided = Outcome<OfferFact, OfferRefusal>;

/**
 * Ours are prepared first and made when they were told; one that was told already is made at once, within what its maker
 * may offer alone. Theirs begin with their words.
 *
 * @param isBeyond whether it is more than the one who writes it down may offer alone
 * @param since when it was said, or now when it was not yet: it cannot be decided before that
 */
export function decideOffering(
  place: Pick<Made, 'id' | 'party' | 'number'>,
  wish: OfferWish,
  isBeyond: boolean,
  since: Instant,
): Decided {
  const refused = offerRefused(wish, since);
  if (refused) return refused;
  const { side, decideBy, isWithoutPrejudice, point, cites } = wish;
  const options = wish.options.map((option) => ({ ...option, what: plain(option.what) }));
  const made = { ...place, side, options, decideBy, isWithoutPrejudice, point };
  const isTold = side === 'theirs' || cites.length > 0;
  if (!isTold) {
    const reason = plain(wish.reason);
    return accept({ kind: 'point.offer-prepared', ...made, needsSecond: isBeyond, reason });
  }
  const notTheirs = wordsRefused(side, cites, wish.records);
  if (notTheirs) return notTheirs;
  if (side === 'ours' && isBeyond) return refuse('second-person-needed');
  return accept({ kind: 'point.offer-made', ...made, cites });
}

function offerRefused({ options, decideBy }: OfferWish, since: Instant) {
  if (options.length === 0) return refuse('offer-empty');
  if (options.length > MOST_OPTIONS) return refuse('options-too-many', { most: MOST_OPTIONS });
  if (options.some(({ what }) => plain(what) === '')) return refuse('option-unnamed');
  if (decideBy.at < since) return refuse('decision-date-past', { date: decideBy.date });
  const late = options.find(({ until }) => until !== null && until.at > decideBy.at);
  if (late) return refuse('option-after-decision', { what: late.what });
  const over = options.find(({ until }) => until !== null && until.at < since);
  return over ? refuse('option-expired', { what: over.what }) : null;
}

/** It was told: from here on the other side can answer. */
export function decideTelling(offer: Offer, wish: Grounds, now: Instant): Decided {
  if (offer.state !== 'prepared') return refuse('offer-told-already', { state: offer.state });
  if (offer.needsSecond && offer.looked === null) return refuse('second-person-needed');
  const refused = wordsRefused(offer.side, wish.cites, wish.records);
  if (refused) return refused;
  if (offer.decideBy.at < now) return refuse('decision-date-past', { date: offer.decideBy.date });
  return accept({ ...aboutOf(offer), kind: 'point.offer-told', cites: wish.cites });
}

type Answer = Grounds & {
  readonly is: 'accepted' | 'refused';
  readonly option: number | null;
  /** When the answer was said. */
  readonly saidAt: Instant;
};

/** An answer is in the words of the side that was asked. Silence is none: what nobody answered expires. */
export function decideAnswering(offer: Offer, wish: Answer): Decided {
  const refused = answerRefused(offer, wish);
  if (refused) return refused;
  const { cites } = wish;
  const reason = plain(wish.reason);
  if (wish.is === 'refused') return accept({ ...aboutOf(offer), kind: 'point.offer-refused', reason, cites });
  const option = wish.option ?? (offer.options.length === 1 ? 1 : null);
  const chosen = option === null ? undefined : offer.options[option - 1];
  if (option === null || !chosen) return refuse('option-missing', { options: offer.options.length });
  if (chosen.until !== null && chosen.until.at < wish.saidAt)
    return refuse('option-expired', { what: chosen.what });
  return accept({ ...aboutOf(offer), kind: 'point.offer-accepted', option, reason, cites });
}

function answerRefused(offer: Offer, { cites, records, saidAt }: Answer) {
  if (offer.state === 'prepared') return refuse('offer-not-told');
  if (offer.state !== 'open') return refuse('offer-answered', { state: offer.state });
  const refused = wordsRefused(offer.side === 'ours' ? 'theirs' : 'ours', cites, records);
  if (refused) return refused;
  return offer.decideBy.at < saidAt ? refuse('offer-expired', { date: offer.decideBy.date }) : null;
}

/** Whoever offered may take it back until it is answered. That theirs is taken back stands in their words. */
export function decideWithdrawing(offer: Offer, wish: Grounds): Decided {
  if (offer.state !== 'open' && offer.state !== 'prepared')
    return refuse('offer-answered', { state: offer.state });
  const reason = plain(wish.reason);
  if (offer.side === 'theirs' || wish.cites.length > 0) {
    const refused = wordsRefused(offer.side, wish.cites, wish.records);
    if (refused) return refused;
  } else if (reason === '') return refuse('reason-missing');
  return accept({ ...aboutOf(offer), kind: 'point.offer-withdrawn', reason, cites: wish.cites });
}

/** A new decision date, also for what expired: without it a late yes is no acceptance. */
export function decideExtending(
  offer: Offer,
  wish: Grounds & { readonly decideBy: DueSaid },
  now: Instant,
): Decided {
  if (offer.state !== 'open' && offer.state !== 'prepared')
    return refuse('offer-answered', { state: offer.state });
  if (wish.decideBy.at === offer.decideBy.at) return refuse('date-unchanged');
  if (wish.decideBy.at < now) return refuse('decision-date-past', { date: wish.decideBy.date });
  const reason = plain(wish.reason);
  if (reason === '') return refuse('reason-missing');
  const refused = wish.cites.length > 0 ? wordsRefused(offer.side, wish.cites, wish.records) : null;
  if (refused) return refused;
  const { decideBy, cites } = wish;
  return accept({ ...aboutOf(offer), kind: 'point.offer-moved', decideBy, reason, cites });
}

function aboutOf({ id, partyId }: Offer): About {
  return { id, party: partyId };
}

/** As it is shown: silence until after the decision date is expiry, never acceptance. */
export function shownOfferState(
  { state, decideBy }: Pick<Offer, 'state' | 'decideBy'>,
  now: Instant,
): OfferState | 'expired' {
  return state === 'open' && decideBy.at < now ? 'expired' : state;
}
