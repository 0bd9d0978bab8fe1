import type { Instant, Stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { decideSecondPerson, type SecondLook } from '../account/second-person.ts';
import type { Cite } from '../interaction/cites.store.ts';
import { cleaned, cleanedOrNull, type PointSeen, pointsRefused } from './case.ts';
import {
  type AboutComplaint,
  type ComplaintFact,
  type ComplaintId,
  type ComplaintRefusal,
  type ComplaintStage,
  type ComplaintState,
  type ComplaintWay,
  missingForDecision,
  type OutcomeSource,
  type PointOutcome,
  type Severity,
  spokenNumber,
} from './complaint.ts';

type Decided = Outcome<ComplaintFact, ComplaintRefusal>;

export type ComplaintWish = {
  readonly caseId: string | null;
  readonly received: Stated;
  readonly way: ComplaintWay;
  readonly cite: Cite;
  readonly remedy: string;
  readonly remedyCite: Cite | null;
  readonly pointIds: readonly string[];
  readonly owner: string;
};

/** Decides about registering; whether the words that are quoted stand in the record was looked at before. */
export function decideRegistering(
  about: { readonly id: ComplaintId; readonly partyId: string; readonly now: Instant },
  wish: ComplaintWish,
  seen: readonly PointSeen[],
  place: { readonly year: number; readonly sequence: number },
): Decided {
  const { id, partyId, now } = about;
  const { pointIds, ...kept } = wish;
  const remedy = cleaned(wish.remedy);
  if (pointIds.length === 0) return refuse('points-missing');
  const refused = pointsRefused(partyId, pointIds, seen);
  if (refused) return refuse(refused);
  if (remedy === '') return refuse('remedy-missing');
  if (wish.received.at > now) return refuse('time-ahead');
  const points = seen
    .filter((point) => pointIds.includes(point.id))
    .map((point) => ({ pointId: point.id, number: point.number }))
    .toSorted((one, other) => one.number - other.number);
  const number = spokenNumber(place.year, place.sequence);
  return accept({ kind: 'complaint.registered', ...kept, ...place, id, partyId, number, remedy, points });
}

export type Assessment = {
  readonly severity: Severity;
  readonly isSafety: boolean;
  readonly isUrgent: boolean;
  readonly reason: string;
};

export function decideAssessing(state: ComplaintState, wish: Assessment): Decided {
  return reasoned(state, wish.reason, (reason) => ({
    kind: 'complaint.assessed',
    ...aboutOf(state),
    ...wish,
    reason,
  }));
}

export function decideGiving(state: ComplaintState, owner: string, why: string): Decided {
  return reasoned(state, why, (reason) => ({ kind: 'complaint.given', ...aboutOf(state), owner, reason }));
}

export function decidePlanning(state: ComplaintState, answerBy: Instant | null, why: string): Decided {
  return reasoned(state, why, (reason) => ({
    kind: 'complaint.answer-planned',
    ...aboutOf(state),
    answerBy,
    reason,
  }));
}

export function decideAddingPoint(
  state: ComplaintState,
  pointId: string,
  why: string,
  seen: readonly PointSeen[],
): Decided {
  const refused = pointsRefused(state.partyId, [pointId], seen);
  if (refused) return refuse(refused);
  if (state.points.some((point) => point.pointId === pointId)) return refuse('point-there');
  if (state.state === 'decided') return refuse('stage-decided');
  const { number } = seen.find(({ id }) => id === pointId)!;
  return reasoned(state, why, (reason) => ({
    kind: 'complaint.point-added',
    ...aboutOf(state),
    pointId,
    number,
    reason,
  }));
}

export type PointDecision = {
  readonly outcome: PointOutcome;
  readonly reason: string;
  readonly source: OutcomeSource | null;
};

/** Decides about the outcome of one numbered point, for the stage that is going on. */
export function decidePoint(state: ComplaintState, pointId: string, wish: PointDecision): Decided {
  const point = state.points.find((one) => one.pointId === pointId);
  if (!point) return refuse('point-unknown');
  if (state.state === 'decided') return refuse('stage-decided');
  const { source } = wish;
  if (source && source.kind !== 'record' && cleaned(source.says) === '') return refuse('source-empty');
  return reasoned(state, wish.reason, (reason) => ({
    kind: 'complaint.point-decided',
    ...aboutOf(state),
    pointId,
    number: point.number,
    stage: state.stage,
    outcome: wish.outcome,
    reason,
    source,
  }));
}

/** Decides about the next stage: only upward, and only when the one before was decided. */
export function decideStaging(state: ComplaintState, stage: ComplaintStage, why: string): Decided {
  if (stage <= state.stage) return refuse('stage-passed', { stage: state.stage });
  if (state.state === 'open') return refuse('stage-undecided', { stage: state.stage });
  return reasoned(state, why, (reason) => ({ kind: 'complaint.moved', ...aboutOf(state), stage, reason }));
}

type Decision = { readonly says: string; readonly reason: string };

/**
 * Decides a stage. The second needs somebody who decided nothing at the first, or an outsider with a proof, or alone a
 * written reason and a day; asking for the first time begins that wait, which is a fact of its own.
 */
export function decideDeciding(
  state: ComplaintState,
  wish: Decision,
  look: Omit<SecondLook, 'firstActor' | 'askedAt' | 'isSafety' | 'reason'>,
): Decided {
  const says = cleaned(wish.says);
  const reason = cleaned(wish.reason);
  if (state.state !== 'open') return refuse(state.state === 'closed' ? 'complaint-closed' : 'stage-decided');
  const lacking = lackingNumbers(state);
  if (lacking.length > 0) return refuse('decision-incomplete', { numbers: lacking });
  if (says === '') return refuse('decision-empty');
  const { stage } = state;
  const fact = { kind: 'complaint.stage-decided', ...aboutOf(state), stage, says, reason } as const;
  if (stage === 1) return accept({ ...fact, second: null });
  return withSecond(state, fact, look);
}

function withSecond(
  state: ComplaintState,
  fact: Omit<Extract<ComplaintFact, { kind: 'complaint.stage-decided' }>, 'second'>,
  look: Parameters<typeof decideDeciding>[2],
): Decided {
  const { firstDeciders, secondAsked } = state;
  const firstActor = firstDeciders.includes(look.actor) ? look.actor : (firstDeciders[0] ?? look.actor);
  const askedAt = secondAsked?.at ?? null;
  const { reason } = fact;
  const decided = decideSecondPerson({ ...look, firstActor, askedAt, reason, isSafety: false });
  if (decided.ok) {
    const { name = null, proof = null } = decided.value.who === 'outsider' ? look.outsider! : {};
    return accept({ ...fact, second: { ...decided.value, name, proof } });
  }
  if (decided.reason !== 'wait-needed' || askedAt !== null) return decided;
  const until = decided.params?.until as Instant;
  return accept({ kind: 'complaint.second-asked', ...aboutOf(state), reason, until });
}

/** Decides about closing. What else is open to them is named with it and stays open. */
export function decideClosing(
  state: ComplaintState,
  wish: { readonly reason: string; readonly nextRoute: string | null },
): Decided {
  const lacking = lackingNumbers(state);
  if (state.state === 'open' && lacking.length > 0 && cleaned(wish.reason) === '')
    return refuse('points-open', { numbers: lacking });
  return reasoned(state, wish.reason, (reason) => ({
    kind: 'complaint.closed',
    ...aboutOf(state),
    reason,
    nextRoute: cleanedOrNull(wish.nextRoute),
  }));
}

export function decideReopening(state: ComplaintState, why: string): Decided {
  const reason = cleaned(why);
  if (state.state !== 'closed') return refuse('complaint-open');
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'complaint.reopened', ...aboutOf(state), reason });
}

function lackingNumbers(state: ComplaintState): readonly string[] {
  return [...new Set(missingForDecision(state).map(({ number }) => `#${number}`))];
}

function aboutOf({ id, partyId }: ComplaintState): AboutComplaint {
  return { id, partyId };
}

/** Nothing changes in a closed complaint, and nothing without a reason. */
function reasoned(state: ComplaintState, why: string, factOf: (reason: string) => ComplaintFact): Decided {
  const reason = cleaned(why);
  if (state.state === 'closed') return refuse('complaint-closed');
  if (reason === '') return refuse('reason-missing');
  return accept(factOf(reason));
}
