import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Day } from './agreement.ts';
import { isSenior, type Ladder, type LadderRefusal, needsAnswers, type Rung } from './ladder.ts';

export type BoundaryFact =
  | {
      readonly kind: 'boundary.set';
      readonly id: string;
      readonly party: string;
      readonly number: number;
      readonly clause: string;
      readonly says: string;
      readonly ladder: Ladder;
    }
  | {
      readonly kind: 'boundary.breached';
      readonly id: string;
      readonly party: string;
      readonly boundary: string;
      readonly number: number;
      readonly cite: Cite;
      readonly happenedAt: string;
      readonly note: string | null;
    }
  | {
      readonly kind: 'boundary.breach-withdrawn';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'boundary.step-taken';
      readonly id: string;
      readonly party: string;
      readonly boundary: string;
      readonly breach: string;
      /** Which rung, from 0. */
      readonly rung: number;
      readonly lang: string;
      /** What was said or sent, to the letter. */
      readonly words: string;
      /** The record that shows it; null until there is one. */
      readonly proof: string | null;
      readonly safety: Safety | null;
      readonly answers: Answers | null;
      readonly review: Day;
    }
  | {
      readonly kind: 'boundary.step-proved';
      readonly id: string;
      readonly party: string;
      readonly proof: string;
    }
  | {
      readonly kind: 'boundary.reviewed';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
      /** When it is looked at again. */
      readonly review: Day;
    }
  | {
      readonly kind: 'boundary.lifted';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
    };

/** Why rungs were passed over, and who else has looked. */
export type Safety = { readonly reason: string; readonly looked: string };
/** Two questions before anything is closed to somebody. */
export type Answers = {
  /** Was our own handling right and complete? */
  readonly ownHandling: string;
  /** Do they need another way to reach us: a disability, a language, a representative? */
  readonly otherWay: string;
};

export type Breach = { readonly id: string; readonly number: number; readonly isWithdrawn: boolean };
export type StepTaken = { readonly id: string; readonly breachId: string; readonly rung: number };
export type Boundary = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly state: 'kept' | 'lifted';
  readonly ladder: Ladder;
  readonly breaches: readonly Breach[];
  readonly steps: readonly StepTaken[];
};

export type BoundaryRefusal =
  | LadderRefusal
  | 'boundary-unknown'
  | 'boundary-lifted'
  | 'boundary-without-clause'
  | 'words-empty'
  | 'breach-without-quote'
  | 'breach-not-theirs'
  | 'breach-unknown'
  | 'breach-withdrawn'
  | 'breached-already'
  | 'nothing-to-answer'
  | 'rung-skipped'
  | 'rung-unknown'
  | 'role-not-allowed'
  | 'questions-unanswered'
  | 'review-missing'
  | 'step-unknown'
  | 'reason-missing';

/** How often it was crossed: what was withdrawn does not count. */
export function countOf({ breaches }: Pick<Boundary, 'breaches'>): number {
  return standing(breaches).length;
}

function standing(breaches: readonly Breach[]): readonly Breach[] {
  return breaches.filter(({ isWithdrawn }) => !isWithdrawn);
}

export type NextRung = {
  readonly index: number;
  readonly rung: Rung;
  /** The breach that it answers, the latest; null while nothing waits for an answer. */
  readonly breach: Breach | null;
};

/**
 * The rung that comes next. A step that answered a breach which was withdrawn is not counted; on the last rung one stays.
 */
export function nextRung({ ladder, breaches, steps }: Boundary): NextRung {
  const counted = standing(breaches);
  const taken = steps.filter(({ breachId }) => counted.some(({ id }) => id === breachId));
  const reached = Math.max(-1, ...taken.map(({ rung }) => rung));
  const index = Math.min(reached + 1, ladder.rungs.length - 1);
  const answered = Math.max(
    0,
    ...taken.map(({ breachId }) => counted.find(({ id }) => id === breachId)!.number),
  );
  const waiting = counted.filter(({ number }) => number > answered);
  return { index, rung: ladder.rungs[index]!, breach: waiting.at(-1) ?? null };
}

export function decideSetting(
  id: string,
  number: number,
  wish: { readonly party: string; readonly clause: string | null; readonly says: string },
  ladder: Ladder,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.set' }>, BoundaryRefusal> {
  if (wish.clause === null) return refuse('boundary-without-clause', { at: 'clauseId' });
  if (wish.says.trim() === '') return refuse('words-empty', { at: 'says' });
  const { party, clause } = wish;
  return accept({ kind: 'boundary.set', id, party, number, clause, says: wish.says.trim(), ladder });
}

type Event = { readonly cite: Cite | null; readonly note: string | null };
type Seen = { readonly direction: string | null; readonly at: string };

/** One crossing, with the words that show it. The same words cross the same boundary once. */
export function decideBreach(
  boundary: Omit<Boundary, 'breaches'> & { readonly breaches: readonly (Breach & { readonly cite: Cite })[] },
  id: string,
  { cite, note }: Event,
  seen: Seen | null,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.breached' }>, BoundaryRefusal> {
  if (boundary.state === 'lifted') return refuse('boundary-lifted', { number: boundary.number });
  if (!cite || cite.quote.trim() === '' || !seen) return refuse('breach-without-quote', { at: 'cite' });
  if (seen.direction === 'outbound') return refuse('breach-not-theirs', { at: 'cite' });
  const before = boundary.breaches.find((breach) => !breach.isWithdrawn && overlaps(breach.cite, cite));
  if (before) return refuse('breached-already', { number: before.number });
  const number = Math.max(0, ...boundary.breaches.map((breach) => breach.number)) + 1;
  return accept({
    kind: 'boundary.breached',
    id,
    party: boundary.partyId,
    boundary: boundary.id,
    number,
    cite,
    happenedAt: seen.at,
    note: note?.trim() || null,
  });
}

function overlaps(one: Cite, other: Cite): boolean {
  return one.interactionId === other.interactionId && one.start < other.end && other.start < one.end;
}

export function decideBreachWithdrawal(
  breach: Breach & { readonly partyId: string },
  reason: string,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.breach-withdrawn' }>, BoundaryRefusal> {
  if (breach.isWithdrawn) return refuse('breach-withdrawn', { number: breach.number });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  const { id, partyId: party } = breach;
  return accept({ kind: 'boundary.breach-withdrawn', id, party, reason: reason.trim() });
}

export type StepWish = {
  readonly rung: number;
  readonly lang: string;
  readonly words: string;
  readonly proof: string | null;
  readonly safety: Safety | null;
  readonly answers: Answers | null;
  readonly review: Day;
};

/**
 * What was said or sent on a rung, by hand.
 *
 * @param maySenior whether whoever does it may warn, restrict, end and pass over rungs
 */
export function decideStep(
  boundary: Boundary,
  id: string,
  wish: StepWish,
  maySenior: boolean,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.step-taken' }>, BoundaryRefusal> {
  if (boundary.state === 'lifted') return refuse('boundary-lifted', { number: boundary.number });
  const rung = boundary.ladder.rungs[wish.rung];
  if (!rung) return refuse('rung-unknown', { at: 'rung', rung: wish.rung + 1 });
  const next = nextRung(boundary);
  if (!next.breach) return refuse('nothing-to-answer', { number: boundary.number });
  const isSkip = wish.rung > next.index;
  if (isSkip && wish.safety === null)
    return refuse('rung-skipped', { at: 'rung', asked: wish.rung + 1, next: next.index + 1 });
  if (!maySenior && (isSenior(rung) || isSkip))
    return refuse('role-not-allowed', { at: 'rung', action: rung.action });
  if (wish.words.trim() === '') return refuse('words-empty', { at: 'words' });
  const open = needsAnswers(rung) ? unansweredOf(wish.answers) : null;
  if (open) return refuse('questions-unanswered', { at: `answers.${open}` });
  const { id: boundaryId, partyId: party } = boundary;
  const safety = isSkip ? wish.safety : null;
  const words = wish.words.trim();
  return accept({
    ...{ kind: 'boundary.step-taken', id, party, boundary: boundaryId, breach: next.breach.id },
    ...{ rung: wish.rung, lang: wish.lang, words, proof: wish.proof, safety },
    ...{ answers: needsAnswers(rung) ? wish.answers : null, review: wish.review },
  });
}

function unansweredOf(answers: Answers | null): keyof Answers | null {
  if (!answers?.ownHandling.trim()) return 'ownHandling';
  return answers.otherWay.trim() ? null : 'otherWay';
}

export function decideReviewing(
  { id, partyId: party, number, state }: Boundary,
  reason: string,
  review: Day,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.reviewed' }>, BoundaryRefusal> {
  if (state === 'lifted') return refuse('boundary-lifted', { number });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'boundary.reviewed', id, party, reason: reason.trim(), review });
}

export function decideLifting(
  { id, partyId: party, number, state }: Boundary,
  reason: string,
): Outcome<Extract<BoundaryFact, { kind: 'boundary.lifted' }>, BoundaryRefusal> {
  if (state === 'lifted') return refuse('boundary-lifted', { number });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'boundary.lifted', id, party, reason: reason.trim() });
}
