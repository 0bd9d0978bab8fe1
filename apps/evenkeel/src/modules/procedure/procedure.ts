import type { Brand } from '../../kernel/brand.ts';
import type { Role } from '../../kernel/http.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { decideSecondPerson, type Outsider, type SecondPerson } from '../account/second-person.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Lang, PackFiles, PackStep, PackWay, StepRole, SubjectKind } from './pack.ts';
import { stepIn } from './pack.ts';
import { holds } from './predicates.ts';
import { currentVisit, newReply, type ProcedureState, type StepDue, type Visit } from './state.ts';

export type ProcedureId = Brand<string, 'ProcedureId'>;

export type ProcedureFact =
  | {
      readonly kind: 'procedure.started';
      readonly id: ProcedureId;
      readonly party: string;
      readonly subject: { readonly kind: SubjectKind; readonly id: string };
      /** The pack as it was read: it runs by these bytes, whatever becomes of the pack. */
      readonly pack: { readonly id: string; readonly sha256: string; readonly files: PackFiles };
      readonly reason: string | null;
    }
  | {
      /** Follows the start in the same decision. */
      readonly kind: 'procedure.quoted';
      readonly id: ProcedureId;
      readonly cite: Cite;
    }
  | {
      readonly kind: 'procedure.step-entered';
      readonly id: ProcedureId;
      readonly step: string;
      readonly visit: number;
      readonly because: string | null;
      readonly due: StepDue | null;
    }
  | {
      readonly kind: 'procedure.step-done';
      readonly id: ProcedureId;
      readonly step: string;
      readonly visit: number;
      readonly choice: string | null;
      readonly reason: string | null;
      readonly second: (SecondPerson & { readonly outsider: Outsider | null }) | null;
    }
  | {
      readonly kind: 'procedure.step-skipped';
      readonly id: ProcedureId;
      readonly step: string;
      readonly visit: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'procedure.due-moved';
      readonly id: ProcedureId;
      readonly step: string;
      readonly visit: number;
      readonly due: StepDue | null;
    }
  | {
      readonly kind: 'procedure.clock-stopped';
      readonly id: ProcedureId;
      readonly stop: string;
      readonly from: Instant;
      readonly reason: string;
    }
  | {
      readonly kind: 'procedure.clock-restarted';
      readonly id: ProcedureId;
      readonly until: Instant;
      readonly reason: string;
    }
  | {
      readonly kind: 'procedure.second-asked';
      readonly id: ProcedureId;
      readonly step: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'procedure.letter-finished';
      readonly id: ProcedureId;
      readonly finished: string;
      readonly letter: string;
      readonly lang: Lang;
      readonly subject: string;
      readonly text: string;
      readonly sha256: string;
    }
  | {
      readonly kind: 'procedure.letter-handed-over';
      readonly id: ProcedureId;
      readonly finished: string;
      readonly way: HandWay;
      readonly at: Stated;
      readonly interaction: string;
    }
  | {
      readonly kind: 'procedure.letter-proved';
      readonly id: ProcedureId;
      readonly finished: string;
      readonly interaction: string;
    }
  | {
      readonly kind: 'procedure.ended';
      readonly id: ProcedureId;
      /** Null when a person ended it before its end. */
      readonly outcome: string | null;
      readonly reason: string | null;
    };

/** How a letter left: put into another program, sent as a file, or on paper. */
export const HAND_WAYS = ['copy', 'eml', 'print'] as const;
/** `sent`: by ourselves, through the server of our mailbox. */
export type HandWay = (typeof HAND_WAYS)[number] | 'sent';

export type ProcedureRefusal =
  | 'party-unknown'
  | 'pack-unknown'
  | 'pack-broken'
  | 'subject-unknown'
  | 'subject-unfit'
  | 'quote-needed'
  | 'quote-not-found'
  | 'procedure-running'
  | 'procedure-unknown'
  | 'procedure-ended'
  | 'step-not-now'
  | 'role-needed'
  | 'needs-missing'
  | 'choice-needed'
  | 'choice-unknown'
  | 'words-needed'
  | 'skip-refused'
  | 'second-person-needed'
  | 'second-not-asked'
  | 'proof-unknown'
  | 'reason-missing'
  | 'wait-needed'
  | 'clock-stopped'
  | 'clock-running'
  | 'stop-unknown'
  | 'time-unusable'
  | 'letter-unknown'
  | 'letter-not-now'
  | 'letter-sent'
  | 'letter-unfinished'
  | 'letter-not-handed-over'
  | 'fields-missing'
  | 'name-not-theirs'
  | 'complaint-refused';

export type Doer = { readonly actor: string; readonly role: Role; readonly members: number };

const MAY: Readonly<Record<StepRole, readonly Role[]>> = {
  worker: ['owner', 'manager', 'agent'],
  manager: ['owner', 'manager'],
  second: ['owner', 'manager'],
  clock: [],
};

/** Whether somebody's role may do a step; whether they are a second person is another question. */
export function mayDo(step: PackStep, role: Role): boolean {
  return MAY[step.role].includes(role);
}

export type DoWish = {
  readonly step: string;
  readonly choice: string | null;
  readonly reason: string | null;
  readonly outsider: Outsider | null;
};

type Done = Extract<ProcedureFact, { kind: 'procedure.step-done' }>;

/** Decides whether a person may call the step of now done. */
export function decideDoing(
  state: ProcedureState,
  id: ProcedureId,
  wish: DoWish,
  doer: Doer,
): Outcome<Done, ProcedureRefusal> {
  const current = stepOfNow(state, wish.step);
  if (!current.ok) return current;
  const { step, visit } = current.value;
  if (!mayDo(step, doer.role)) return refuse('role-needed', { role: step.role });
  const missing = step.needs.filter((need) => !holds(state, need));
  if (missing.length > 0)
    return refuse('needs-missing', { needs: missing.map(({ predicate }) => predicate) });
  const choices = Object.keys(step.choices);
  if (choices.length > 0 && wish.choice === null) return refuse('choice-needed', { choices });
  if (wish.choice !== null && !choices.includes(wish.choice)) return refuse('choice-unknown', { choices });
  const isAsked = step.choices[wish.choice ?? '']?.asks !== undefined;
  if (isAsked && !wish.reason?.trim()) return refuse('words-needed', { choice: wish.choice });
  const second = secondFor(state, step, wish, doer);
  if (!second.ok) return second;
  const { choice, reason } = wish;
  return accept({
    kind: 'procedure.step-done',
    id,
    step: step.id,
    visit: visit.visit,
    choice,
    reason: reason?.trim() || null,
    second: second.value && {
      ...second.value,
      outsider: second.value.who === 'outsider' ? wish.outsider : null,
    },
  });
}

function stepOfNow(
  state: ProcedureState,
  id: string,
): Outcome<{ readonly step: PackStep; readonly visit: Visit }, ProcedureRefusal> {
  if (state.isEnded) return refuse('procedure-ended');
  const visit = currentVisit(state);
  const step = visit && stepIn(state.pack, visit.step);
  if (!visit || !step || visit.step !== id) return refuse('step-not-now', { now: visit?.step ?? null });
  return accept({ step, visit });
}

function secondFor(
  state: ProcedureState,
  { role, secondTo, id }: PackStep,
  { reason, outsider }: DoWish,
  { actor, members }: Doer,
): Outcome<SecondPerson | null, ProcedureRefusal> {
  const first = state.visits.findLast(({ step, done }) => step === secondTo && done !== null)?.done;
  // Without a first look there is nothing to look at a second time.
  if (role !== 'second' || !first) return accept(null);
  const asked = askedNow(state, id);
  const decided = decideSecondPerson({
    ...{ actor, firstActor: first.actor, members, outsider, now: state.now, isSafety: false },
    reason: reason?.trim() || asked?.reason || '',
    askedAt: asked?.at ?? null,
  });
  // The wait begins with an entry of its own: to be refused is none.
  if (!decided.ok && decided.reason !== 'second-person-needed' && asked === null)
    return refuse('second-not-asked');
  return decided;
}

/** The first time somebody asked since the step was come to: asking again does not begin a new day. */
export function askedNow({ asked, visits }: ProcedureState, step: string) {
  const entered = visits.findLast((visit) => visit.step === step)?.enteredAt;
  return asked.find((one) => one.step === step && entered !== undefined && one.at >= entered) ?? null;
}

/** Decides that somebody who works alone begins to wait until they may do a second person's step. */
export function decideAsking(
  state: ProcedureState,
  id: ProcedureId,
  wish: { readonly step: string; readonly reason: string },
  doer: Doer,
): Outcome<Extract<ProcedureFact, { kind: 'procedure.second-asked' }>, ProcedureRefusal> {
  const current = stepOfNow(state, wish.step);
  if (!current.ok) return current;
  const { step } = current.value;
  if (step.role !== 'second') return refuse('step-not-now', { now: step.id });
  if (!mayDo(step, doer.role)) return refuse('role-needed', { role: step.role });
  if (doer.members > 1) return refuse('second-person-needed');
  if (wish.reason.trim() === '') return refuse('reason-missing');
  return accept({ kind: 'procedure.second-asked', id, step: step.id, reason: wish.reason.trim() });
}

/** A step is left out for somebody's safety only, and where its pack allows it. */
export function decideSkipping(
  state: ProcedureState,
  id: ProcedureId,
  wish: { readonly step: string; readonly reason: string },
  doer: Doer,
): Outcome<Extract<ProcedureFact, { kind: 'procedure.step-skipped' }>, ProcedureRefusal> {
  const current = stepOfNow(state, wish.step);
  if (!current.ok) return current;
  const { step, visit } = current.value;
  if (!MAY.manager.includes(doer.role)) return refuse('role-needed', { role: 'manager' });
  if (step.skip === 'never') return refuse('skip-refused');
  if (wish.reason.trim() === '') return refuse('reason-missing');
  const { visit: nth } = visit;
  return accept({
    kind: 'procedure.step-skipped',
    id,
    step: step.id,
    visit: nth,
    reason: wish.reason.trim(),
  });
}

/** Where it goes when the step that was just done, or that the clock watches, is left; null while no way is open. */
export function wayOn(state: ProcedureState, step: PackStep): PackWay | null {
  const wasSkipped = state.visits.at(-1)?.done?.isSkipped === true;
  const ways = wasSkipped ? step.next.filter(({ when }) => when.length === 0) : step.next;
  return ways.find(({ when }) => when.every((need) => holds(state, need))) ?? null;
}

/** The reply that opened a way, to be kept with the step it leads to. */
export function replyBehind(state: ProcedureState, way: PackWay): string | null {
  const isReply = way.when.some(({ predicate }) => predicate === 'reply-arrived');
  return isReply ? (newReply(state)?.interactionId ?? null) : null;
}

/** Decides that a clock stands still; one at a time. */
export function decideStopping(
  state: ProcedureState,
  id: ProcedureId,
  wish: { readonly stop: string; readonly from: Instant; readonly reason: string },
): Outcome<Extract<ProcedureFact, { kind: 'procedure.clock-stopped' }>, ProcedureRefusal> {
  if (state.isEnded) return refuse('procedure-ended');
  const visit = currentVisit(state);
  const allowed = (visit && stepIn(state.pack, visit.step)?.due?.clockStops) ?? [];
  if (!allowed.includes(wish.stop)) return refuse('stop-unknown', { stops: [...allowed] });
  if (state.stops.some(({ until }) => until === null)) return refuse('clock-stopped');
  if (wish.reason.trim() === '') return refuse('reason-missing');
  const last = state.stops.at(-1)?.until ?? state.startedAt;
  if (wish.from > state.now || wish.from < last)
    return refuse('time-unusable', { from: last, until: state.now });
  return accept({ kind: 'procedure.clock-stopped', id, ...wish, reason: wish.reason.trim() });
}

export function decideRestarting(
  state: ProcedureState,
  id: ProcedureId,
  wish: { readonly until: Instant; readonly reason: string },
): Outcome<Extract<ProcedureFact, { kind: 'procedure.clock-restarted' }>, ProcedureRefusal> {
  if (state.isEnded) return refuse('procedure-ended');
  const running = state.stops.find(({ until }) => until === null);
  if (!running) return refuse('clock-running');
  if (wish.reason.trim() === '') return refuse('reason-missing');
  if (wish.until > state.now || wish.until < running.from)
    return refuse('time-unusable', { from: running.from, until: state.now });
  return accept({ kind: 'procedure.clock-restarted', id, until: wish.until, reason: wish.reason.trim() });
}

/** Decides that a procedure is ended by a person before its pack does. */
export function decideEnding(
  state: ProcedureState,
  id: ProcedureId,
  reason: string,
): Outcome<Extract<ProcedureFact, { kind: 'procedure.ended' }>, ProcedureRefusal> {
  if (state.isEnded) return refuse('procedure-ended');
  if (reason.trim() === '') return refuse('reason-missing');
  return accept({ kind: 'procedure.ended', id, outcome: null, reason: reason.trim() });
}
