import type { Instant } from '../../kernel/instant.ts';
import type { SecondPerson } from '../account/second-person.ts';
import type { Pack, PackStep, SubjectKind } from './pack.ts';
import { stepIn } from './pack.ts';
import type { Beside } from './restriction/marks.ts';

/** When a step is due, as it was worked out. */
export type StepDue = {
  readonly at: Instant;
  readonly date: string;
  readonly isWholeDay: boolean;
  /** Why it is another day than the clock alone would give; null when it is that day. */
  readonly why: string | null;
};

export type StepDone = {
  readonly at: Instant;
  readonly actor: string;
  readonly isSkipped: boolean;
  readonly choice: string | null;
  readonly reason: string | null;
  readonly second: SecondPerson | null;
};

/** One time at which a step was come to. */
export type Visit = {
  readonly step: string;
  readonly visit: number;
  readonly enteredAt: Instant;
  /** The reply that led here; null for most. */
  readonly because: string | null;
  /** Null without one, before its beginning is known, and while its clock stands still. */
  readonly due: StepDue | null;
  readonly done: StepDone | null;
};

export type FinishedLetter = {
  readonly id: string;
  readonly letter: string;
  readonly lang: string;
  readonly subject: string;
  readonly text: string;
  readonly sha256: string;
  readonly finishedAt: Instant;
  readonly by: string;
  /** When it went out, as the person stated; null while it has not. */
  readonly handedOverAt: Instant | null;
  readonly way: string | null;
  readonly interactionId: string | null;
  readonly proofId: string | null;
};

export type ClockStop = {
  readonly stop: string;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly reason: string;
  readonly actor: string;
};

export type Reply = { readonly interactionId: string; readonly at: Instant };

/** One numbered point of a complaint, as it is decided. */
export type PointState = {
  readonly number: number;
  readonly words: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly source: string | null;
};

export type SubjectState = {
  readonly kind: SubjectKind;
  readonly id: string;
  /** When it happened, or came in. */
  readonly at: Instant;
  readonly words: string;
  readonly interactionId: string | null;
  readonly number: string | null;
  readonly remedy: string | null;
  readonly points: readonly PointState[];
  /** The stages of a complaint that are decided; none for anything else. */
  readonly decidedStages: readonly number[];
  /** The stage a complaint is in; null for anything else. */
  readonly stage: number | null;
};

/** Everything predicates look at, read once. */
export type ProcedureState = {
  readonly now: Instant;
  readonly pack: Pack;
  readonly startedAt: Instant;
  readonly visits: readonly Visit[];
  readonly letters: readonly FinishedLetter[];
  readonly stops: readonly ClockStop[];
  /** Each time somebody who works alone began to wait, oldest first. */
  readonly asked: readonly { readonly step: string; readonly at: Instant; readonly reason: string }[];
  readonly isEnded: boolean;
  readonly subject: SubjectState;
  /** The words it began from, with the moment they are of; null for one that began from a thing. */
  readonly quote: { readonly words: string; readonly at: Instant } | null;
  /** Kinds of records of what happened since the start, each once. */
  readonly recordedSince: readonly string[];
  /** What was decided beside the steps: restrictions, filing without reply, ends. */
  readonly beside: Beside;
  /** What the client sent since the first letter went out, oldest first. */
  readonly replies: readonly Reply[];
  /** Words of the subject that are not neutral; null when nobody could read it. */
  readonly noteFindings: number | null;
};

/** The step somebody, or the clock, has to do now. */
export function currentVisit({ visits, isEnded }: Pick<ProcedureState, 'visits' | 'isEnded'>): Visit | null {
  const last = visits.at(-1);
  return !isEnded && last && last.done === null ? last : null;
}

export function currentStep(state: ProcedureState): PackStep | null {
  const visit = currentVisit(state);
  return visit && stepIn(state.pack, visit.step);
}

/** The newest one, unless the step it belongs to was come to anew since. */
export function letterNow(state: ProcedureState, letter: string): FinishedLetter | null {
  const found = state.letters.findLast((one) => one.letter === letter) ?? null;
  const visit = state.visits.findLast(({ step }) => stepIn(state.pack, step)?.letter === letter);
  return found && visit && found.finishedAt < visit.enteredAt ? null : found;
}

/** A reply that led nowhere yet. */
export function newReply({ replies, visits }: ProcedureState): Reply | null {
  const seen = new Set(visits.map(({ because }) => because));
  return replies.find(({ interactionId }) => !seen.has(interactionId)) ?? null;
}
