import type { Actor } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { CiteRefusal } from '../interaction/cites.store.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import {
  type Because,
  dueWished,
  groundsFor,
  isPointLost,
  type Written,
  warningFor,
} from './commitment.actions.ts';
import { lastNumber } from './commitment.store.ts';
import type { Grounds } from './commitment.ts';
import type { Side } from './commitment-cites.ts';
import { type DueWish, dueOn } from './commitment-due.ts';
import { loadOffer, projectOffers } from './offer.store.ts';
import {
  decideAnswering,
  decideExtending,
  decideOffering,
  decideTelling,
  decideWithdrawing,
  type Offer,
  type OfferFact,
  type OfferId,
  type OfferOption,
  type OfferRefusal,
} from './offer.ts';
import { allowanceOf, type Maker } from './offer-private.actions.ts';
import { isBeyond, readSum, type Sum } from './offer-sum.ts';

export type OfferingRefusal = OfferRefusal | CiteRefusal | 'party-unknown' | 'point-unknown';

export type OptionWish = {
  readonly what: string;
  /** As typed. */
  readonly sum: Sum | null;
  readonly until: DueWish | null;
};

export type OfferingWish = Because & {
  readonly side: Side;
  readonly options: readonly OptionWish[];
  readonly decideBy: DueWish;
  readonly isWithoutPrejudice: boolean;
  readonly point: string | null;
};

/** Writes down an offer: ours before or after it was told, theirs with their words. */
export async function makeOffer(
  ledger: Ledger,
  maker: Maker,
  party: string,
  wish: OfferingWish,
): Promise<Outcome<Written, OfferingRefusal>> {
  const { db, workspaceId } = ledger;
  const calendar = await workCalendar(ledger);
  const decideBy = dueOn(calendar, wish.decideBy);
  if (!decideBy.ok) return decideBy;
  const options = await readOptions(ledger, wish.options);
  if (!options.ok) return options;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const allowance = await allowanceOf(ledger, maker);
  const sums = options.value.flatMap(({ sum }) => (sum ? [sum] : []));
  return deciding<Written, OfferingRefusal>(ledger, maker.actor, `party:${party}`, async (book) => {
    const grounds = await groundsFor(ledger, book, party, wish);
    if (!grounds.ok) return grounds;
    if (await isPointLost(ledger, book, party, wish.point)) return refuse('point-unknown');
    const decided = decideOffering(
      {
        id: ledger.newId() as OfferId,
        party,
        number: (await lastNumber(book.tx, workspaceId, 'offers', party)) + 1,
      },
      { ...wish, ...grounds.value, options: options.value, decideBy: decideBy.value },
      isBeyond(sums, allowance),
      grounds.value.saidAt ?? book.now,
    );
    return record(book, decided, warningFor(calendar, decideBy.value));
  });
}

async function readOptions(
  ledger: Ledger,
  wished: readonly OptionWish[],
): Promise<Outcome<readonly OfferOption[], OfferRefusal>> {
  const calendar = await workCalendar(ledger);
  const options: OfferOption[] = [];
  for (const { what, sum, until } of wished) {
    const read = sum === null ? accept(null) : readSum(sum);
    if (!read.ok) return read;
    const due = dueWished(calendar, until);
    if (!due.ok) return due;
    options.push({ what, sum: read.value, until: due.value });
  }
  return accept(options);
}

/** It was told: in these words of ours. */
export async function tellOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  because: Because,
): Promise<Outcome<Written, OfferingRefusal>> {
  return aboutOffer(ledger, actor, id, because, (offer, grounds, now) => decideTelling(offer, grounds, now));
}

/** What the other side, or we to theirs, said to it. */
export async function answerOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Because & { readonly is: 'accepted' | 'refused'; readonly option: number | null },
): Promise<Outcome<Written, OfferingRefusal>> {
  return aboutOffer(ledger, actor, id, wish, (offer, grounds, now) =>
    decideAnswering(offer, {
      ...grounds,
      is: wish.is,
      option: wish.option,
      saidAt: grounds.saidAt ?? now,
    }),
  );
}

export async function withdrawOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  because: Because,
): Promise<Outcome<Written, OfferingRefusal>> {
  return aboutOffer(ledger, actor, id, because, (offer, grounds) => decideWithdrawing(offer, grounds));
}

/** Gives the other side longer, or takes an offer up again that expired. */
export async function extendOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Because & { readonly decideBy: DueWish },
): Promise<Outcome<Written, OfferingRefusal>> {
  const calendar = await workCalendar(ledger);
  const decideBy = dueOn(calendar, wish.decideBy);
  if (!decideBy.ok) return decideBy;
  const done = await aboutOffer(ledger, actor, id, wish, (offer, grounds, now) =>
    decideExtending(offer, { ...grounds, decideBy: decideBy.value }, now),
  );
  return done.ok ? accept({ ...done.value, warning: warningFor(calendar, decideBy.value) }) : done;
}

type Decide = (
  offer: Offer,
  grounds: Grounds & { readonly saidAt: Instant | null },
  now: Instant,
) => Outcome<OfferFact, OfferRefusal>;

/** Decides about an offer under the lock of its client. */
export async function aboutOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  because: Because,
  decide: Decide,
): Promise<Outcome<Written, OfferRefusal | CiteRefusal>> {
  const { db, workspaceId } = ledger;
  const known = await loadOffer(db, workspaceId, id);
  if (!known) return refuse('offer-unknown');
  return deciding(ledger, actor, `party:${known.partyId}`, async (book) => {
    const offer = (await loadOffer(book.tx, workspaceId, id))!;
    const grounds = await groundsFor(ledger, book, known.partyId, because);
    if (!grounds.ok) return grounds;
    return record(book, decide(offer, grounds.value, book.now), null);
  });
}

async function record(
  book: Book,
  decided: Outcome<OfferFact, OfferRefusal>,
  warning: Written['warning'],
): Promise<Outcome<Written, OfferRefusal>> {
  if (!decided.ok) return decided;
  await book.record(partyStream(decided.value.party), [decided.value], projectOffers);
  return accept({ id: decided.value.id, warning });
}
