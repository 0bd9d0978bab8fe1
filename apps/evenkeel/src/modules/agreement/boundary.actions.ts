import type { Actor } from '../../kernel/brand.ts';
import { addDays, isDate, localOf } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { decideSecondPerson, type Outsider, type SecondPersonRefusal } from '../account/second-person.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import type { Book } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { type Made, withParty } from './agreement.actions.ts';
import { loadClause, nextNumber, outsideProof, partyOf, recordSeen } from './agreement.store.ts';
import { projectBoundaries } from './boundary.project.store.ts';
import { type BoundaryView, boundariesOf } from './boundary.store.ts';
import {
  type Answers,
  type BoundaryFact,
  type BoundaryRefusal,
  decideBreach,
  decideBreachWithdrawal,
  decideLifting,
  decideReviewing,
  decideSetting,
  decideStep,
} from './boundary.ts';
import { calendarFor, dayOn } from './hours.actions.ts';
import { checkLadder, type Ladder } from './ladder.ts';

export type RulesRefusal =
  | BoundaryRefusal
  | CiteRefusal
  | SecondPersonRefusal
  | 'party-unknown'
  | 'clause-unknown'
  | 'clause-withdrawn'
  | 'date-unusable'
  | 'proof-not-theirs'
  | 'proof-not-found';
type Done = Promise<Outcome<Made, RulesRefusal>>;

export type BoundaryWish = {
  readonly clauseId: string | null;
  readonly says: string;
  readonly ladder: Ladder;
};

export async function setBoundary(ledger: Ledger, actor: Actor, party: string, wish: BoundaryWish): Done {
  const checked = checkLadder(wish.ladder);
  if (!checked.ok) return checked;
  return withParty<RulesRefusal>(ledger, actor, party, async (book) => {
    const { workspaceId } = ledger;
    const clause =
      wish.clauseId === null ? null : await loadClause(book.tx, workspaceId, party, wish.clauseId);
    if (wish.clauseId !== null && !clause) return refuse('clause-unknown', { at: 'clauseId' });
    if (clause?.isWithdrawn) return refuse('clause-withdrawn', { at: 'clauseId', number: clause.number });
    const number = await nextNumber(book.tx, workspaceId, 'boundaries', party);
    const asked = { party, clause: clause?.id ?? null, says: wish.says };
    return recorded(book, decideSetting(ledger.newId(), number, asked, checked.value));
  });
}

/** Counts one crossing, with the words of the record that show it. */
export function recordBreach(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly cite: Cite | null; readonly note: string | null },
): Done {
  return withBoundary(ledger, actor, id, async (book, boundary) => {
    const { partyId } = boundary;
    const lost = wish.cite?.quote && (await citesRefused(book.tx, ledger.workspaceId, partyId, [wish.cite]));
    if (lost) return lost;
    const seen =
      wish.cite && (await recordSeen(book.tx, ledger.workspaceId, partyId, wish.cite.interactionId));
    return recorded(book, decideBreach(boundary, ledger.newId(), wish, seen));
  });
}

export async function withdrawBreach(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'breaches', id);
  if (partyId === null) return refuse('breach-unknown');
  return withParty<RulesRefusal>(ledger, actor, partyId, async (book) => {
    const all = await boundariesOf(book.tx, ledger.workspaceId, partyId);
    const breach = all.flatMap(({ breaches }) => breaches).find((one) => one.id === id);
    return breach ? recorded(book, decideBreachWithdrawal(breach, reason)) : refuse('breach-unknown');
  });
}

export type Stepping = {
  readonly rung: number;
  readonly lang: string;
  readonly words: string;
  /** The record of what was sent or said; may follow later. */
  readonly proofId: string | null;
  /** Why rungs are passed over; only safety is a reason. */
  readonly safety: { readonly reason: string; readonly outsider: Outsider | null } | null;
  readonly answers: Answers | null;
  /** Null for the day that the rung itself says. */
  readonly reviewOn: string | null;
};

/** Who takes a step, and whether they may warn, restrict, end and pass over steps. */
export type Stepper = { readonly actor: Actor; readonly maySenior: boolean };

/** Writes down what was said or sent on a rung. What follows from it in time, the review, is set with it. */
export async function takeStep(ledger: Ledger, by: Stepper, id: string, wish: Stepping): Done {
  const safety = wish.safety && lookedAt(ledger, by, wish.safety);
  if (safety && !safety.ok) return safety;
  return withBoundary(ledger, by.actor, id, async (book, boundary) => {
    const unseen = await outsiderRefused(book, ledger, wish.safety?.outsider ?? null);
    if (unseen) return unseen;
    const review = await reviewDay(ledger, boundary, wish);
    if (!review.ok) return review;
    if (wish.proofId !== null && !(await isProof(book, ledger, boundary.partyId, wish.proofId)))
      return refuse('proof-not-found', { at: 'proofId' });
    const { rung, lang, words, proofId: proof, answers } = wish;
    const asked = { rung, lang, words, proof, answers, safety: safety?.value ?? null, review: review.value };
    return recorded(book, decideStep(boundary, ledger.newId(), asked, by.maySenior));
  });
}

/** Safety never waits for a second person; that nobody else has looked is written down. */
function lookedAt(ledger: Ledger, { actor }: Stepper, wish: NonNullable<Stepping['safety']>) {
  const looked = decideSecondPerson({
    ...{ actor, firstActor: actor, members: 1, askedAt: null, now: ledger.chance.now(), isSafety: true },
    ...wish,
  });
  return looked.ok ? accept({ reason: wish.reason.trim(), looked: looked.value.says }) : looked;
}

/** That somebody outside has looked is shown by a record which is not ours: what came in, or a note of it. */
async function outsiderRefused({ tx }: Book, { workspaceId }: Ledger, outsider: Outsider | null) {
  if (outsider === null) return null;
  const at = 'safety.outsider.proof';
  const seen = await outsideProof(tx, workspaceId, outsider.proof);
  if (!seen) return refuse('proof-not-found', { at });
  return seen.direction === 'outbound' ? refuse('proof-not-theirs', { at }) : null;
}

async function reviewDay(ledger: Ledger, boundary: BoundaryView, { rung, reviewOn }: Stepping) {
  const calendar = await calendarFor(ledger, boundary.partyId);
  const today = localOf(calendar, ledger.chance.now()).date;
  const days = boundary.ladder.rungs[rung]?.reviewDays ?? 0;
  const on = reviewOn ?? addDays(today, days);
  if (isDate(on) && on <= today && days > 0) return refuse('review-missing', { at: 'reviewOn', date: on });
  return dayOn(calendar, on, 'reviewOn');
}

async function isProof({ tx }: Book, { workspaceId }: Ledger, partyId: string, id: string): Promise<boolean> {
  const seen = await recordSeen(tx, workspaceId, partyId, id);
  return seen !== null && seen.direction !== 'inbound';
}

/** The record that shows a step which was written down before there was one. */
export async function proveStep(ledger: Ledger, actor: Actor, id: string, proofId: string): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'boundary_steps', id);
  if (partyId === null) return refuse('step-unknown');
  return withParty<RulesRefusal>(ledger, actor, partyId, async (book) => {
    if (!(await isProof(book, ledger, partyId, proofId))) return refuse('proof-not-found', { at: 'proofId' });
    const fact = { kind: 'boundary.step-proved', id, party: partyId, proof: proofId } as const;
    return recorded(book, accept(fact));
  });
}

export function reviewBoundary(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly reason: string; readonly reviewOn: string },
): Done {
  return withBoundary(ledger, actor, id, async (book, boundary) => {
    const review = await reviewDay(ledger, boundary, { ...NO_STEP, reviewOn: wish.reviewOn });
    if (!review.ok) return review;
    return recorded(book, decideReviewing(boundary, wish.reason, review.value));
  });
}
const NO_STEP = { rung: 0, lang: '', words: '', proofId: null, safety: null, answers: null } as const;

export function liftBoundary(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return withBoundary(ledger, actor, id, async (book, boundary) =>
    recorded(book, decideLifting(boundary, reason)),
  );
}

async function withBoundary(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (book: Book, boundary: BoundaryView) => Done,
): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'boundaries', id);
  if (partyId === null) return refuse('boundary-unknown');
  return withParty<RulesRefusal>(ledger, actor, partyId, async (book) => {
    const all = await boundariesOf(book.tx, ledger.workspaceId, partyId);
    const boundary = all.find((one) => one.id === id);
    return boundary ? decide(book, boundary) : refuse('boundary-unknown');
  });
}

async function recorded(book: Book, decided: Outcome<BoundaryFact, RulesRefusal>): Done {
  if (!decided.ok) return decided;
  const fact = decided.value;
  await book.record(partyStream(fact.party), [fact], projectBoundaries);
  return accept({ id: fact.id });
}
