import type { Actor } from '../../../kernel/brand.ts';
import { type Calendar, endOfDay, localOf } from '../../../kernel/calendar.ts';
import { instantOf } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Outsider } from '../../account/second-person.ts';
import type { Way } from '../../agreement/clause.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import { countMembers, memberRefused, proofRefused } from '../../casefile/second.actions.ts';
import { type Cite, citesRefused } from '../../interaction/cites.actions.ts';
import { type Book, deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { partyStream } from '../../ledger/ledger.ts';
import { loadParty } from '../../party/party.actions.ts';
import {
  type Clockwork,
  type Decider,
  decideAppeal,
  decideAppealing,
  decideDeciding,
  decideEnding,
  decidePlanning,
  decideReviewing,
  decideSetting,
  type MeasureWish,
  type PlanWish,
  type RestrictionRefusal,
  type ReviewWish,
} from './deciding.ts';
import {
  answersSince,
  loadRestriction,
  ourLetter,
  projectRestrictions,
  restrictionsOf,
  stepsOf,
} from './restriction.store.ts';
import {
  type AppealOutcome,
  isInForce,
  type Restriction,
  type RestrictionFact,
  restrictionOn,
} from './restriction.ts';

const DAY_MS = 24 * 3_600_000;

type Refusable<T> = Promise<Outcome<T, RestrictionRefusal>>;
type Done = Refusable<{ readonly id: string }>;
/** It is done, or somebody who works alone waits until a moment. */
export type Settled = { readonly id: string; readonly waitsUntil: string | null };

/** Writes a plan down. It restricts nothing yet. */
export async function planRestriction(ledger: Ledger, actor: Actor, partyId: string, wish: PlanWish): Done {
  const { workspaceId } = ledger;
  const calendar = await calendarFor(ledger, partyId);
  return deciding(ledger, actor, `party:${partyId}`, async (book): Done => {
    if (!(await loadParty(book.tx, workspaceId, partyId))) return refuse('party-unknown');
    const number = 1 + ((await restrictionsOf(book.tx, workspaceId, partyId))[0]?.number ?? 0);
    const about = { id: ledger.newId(), party: partyId, number };
    const decided = decidePlanning(about, wish, clockOf(calendar, book));
    if (!decided.ok) return decided;
    const contact = await contactRefused(ledger, book, wish.measure);
    if (contact) return contact;
    const lost = await citesRefused(book.tx, workspaceId, partyId, wish.cites);
    if (lost) return lost;
    return record(book, decided.value);
  });
}

function clockOf(calendar: Calendar, { now }: Book): Clockwork {
  return { today: localOf(calendar, now).date, endOf: (date) => endOfDay(calendar, date) };
}

async function contactRefused(ledger: Ledger, { tx }: Book, { contact }: MeasureWish) {
  const known = contact === null ? null : await memberRefused(ledger, tx, contact);
  return known && !known.ok ? known : null;
}

async function record(book: Book, fact: RestrictionFact): Done {
  await book.record(partyStream(fact.party), [fact], projectRestrictions);
  return accept({ id: fact.id });
}

/** Decides about one restriction as it is under its party's lock. */
async function about<T>(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (restriction: Restriction, book: Book) => Refusable<T>,
): Refusable<T> {
  const found = await loadRestriction(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('restriction-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) =>
    decide((await loadRestriction(book.tx, ledger.workspaceId, id))!, book),
  );
}

export type Looked = { readonly reason: string; readonly outsider: Outsider | null };

async function deciderOf(ledger: Ledger, book: Book, { reason, outsider }: Looked): Refusable<Decider> {
  const lost = await proofRefused(ledger, book.tx, outsider);
  if (lost) return refuse(lost);
  const members = await countMembers(ledger, book.tx);
  return accept({ actor: book.actor, members, outsider, reason, now: book.now });
}

async function settle(book: Book, fact: RestrictionFact): Refusable<Settled> {
  await record(book, fact);
  const waits = fact.kind === 'restriction.second-asked';
  return accept({ id: fact.id, waitsUntil: waits ? instantOf(Date.parse(book.now) + DAY_MS) : null });
}

/** A second person decides the plan; somebody who works alone begins to wait with the first call. */
export function decideRestriction(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Looked & { readonly warning: string | null },
): Refusable<Settled> {
  return about(ledger, actor, id, async (restriction, book) => {
    const decider = await deciderOf(ledger, book, wish);
    if (!decider.ok) return decider;
    const letter = await ourLetter(book.tx, ledger.workspaceId, restriction.partyId, wish.warning);
    if (wish.warning !== null && letter === null) return refuse('warning-unusable', { at: 'warning' });
    const decided = decideDeciding(restriction, wish, decider.value);
    return decided.ok ? settle(book, decided.value) : decided;
  });
}

/** Puts it into force with the letter that told it. */
export function setRestriction(ledger: Ledger, actor: Actor, id: string, notice: string | null): Done {
  return about(ledger, actor, id, async (restriction, book) => {
    const letter = await ourLetter(book.tx, ledger.workspaceId, restriction.partyId, notice);
    const decided = decideSetting(restriction, notice, letter);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

export async function reviewRestriction(ledger: Ledger, actor: Actor, id: string, wish: ReviewWish): Done {
  const found = await loadRestriction(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('restriction-unknown');
  const calendar = await calendarFor(ledger, found.partyId);
  return about(ledger, actor, id, async (restriction, book) => {
    const decided = decideReviewing(restriction, wish, clockOf(calendar, book));
    if (!decided.ok) return decided;
    const contact = wish.measure && (await contactRefused(ledger, book, wish.measure));
    return contact || record(book, decided.value);
  });
}

/** They asked that somebody else looks at it: their words. */
export function appealRestriction(ledger: Ledger, actor: Actor, id: string, cite: Cite | null): Done {
  return about(ledger, actor, id, async (restriction, book) => {
    const decided = decideAppealing(restriction, cite);
    if (!decided.ok) return decided;
    const { cite: quoted } = decided.value;
    const lost = await citesRefused(book.tx, ledger.workspaceId, restriction.partyId, [quoted]);
    return lost ?? record(book, decided.value);
  });
}

export function decideRestrictionAppeal(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Looked & { readonly outcome: AppealOutcome; readonly measure: MeasureWish | null },
): Refusable<Settled> {
  return about(ledger, actor, id, async (restriction, book) => {
    const decider = await deciderOf(ledger, book, wish);
    if (!decider.ok) return decider;
    const decided = decideAppeal(restriction, wish, decider.value);
    return decided.ok ? settle(book, decided.value) : decided;
  });
}

export function endRestriction(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, async (restriction, book) => {
    const decided = decideEnding(restriction, reason);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

/** The restrictions of a party with everything that was done with each, the newest first. */
export async function restrictionsWith({ db, workspaceId, chance }: Ledger, partyId: string) {
  const [restrictions, steps] = await Promise.all([
    restrictionsOf(db, workspaceId, partyId),
    stepsOf(db, workspaceId, partyId),
  ]);
  const now = chance.now();
  return restrictions.map((one) => ({
    ...one,
    isInForce: isInForce(one, now),
    isReviewLate: one.state === 'in-force' && one.review.at < now,
    steps: steps.filter(({ restrictionId }) => restrictionId === one.id),
  }));
}

/** What the restrictions of a party allow now, to this member, by this way. */
export async function allowedNow(
  { db, workspaceId, chance }: Ledger,
  partyId: string,
  asked: { readonly channel: Way; readonly member: string },
) {
  const at = chance.now();
  const [restrictions, answersThisWeek] = await Promise.all([
    restrictionsOf(db, workspaceId, partyId),
    answersSince(db, workspaceId, partyId, instantOf(Date.parse(at) - 7 * DAY_MS)),
  ]);
  return restrictionOn(restrictions, { ...asked, at, answersThisWeek });
}
