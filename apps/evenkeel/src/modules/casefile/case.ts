import type { Brand } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

export type CaseId = Brand<string, 'CaseId'>;

/** Where a dispute stands. Closed is a stage one comes back from, by reopening. */
export const CASE_STAGES = ['open', 'negotiating', 'mediator', 'counsel', 'court', 'closed'] as const;
export type CaseStage = (typeof CASE_STAGES)[number];
export const OPEN_STAGES = ['open', 'negotiating', 'mediator', 'counsel', 'court'] as const;
export type OpenStage = (typeof OPEN_STAGES)[number];

/** Who is who: the first four on our side or between us, the last two on theirs. */
export const CASE_ROLES = [
  'responsible',
  'second',
  'mediator',
  'lawyer',
  'their-side',
  'their-lawyer',
] as const;
export type CaseRole = (typeof CASE_ROLES)[number];

/** Somebody in a case. `member` is how the ledger names them, for those who sign in here; `reach` is how to reach others. */
export type CasePerson = {
  readonly id: string;
  readonly role: CaseRole;
  readonly name: string;
  readonly member: string | null;
  readonly reach: string | null;
};

type About = { readonly id: CaseId; readonly partyId: string };
export type CaseFact =
  | (About & {
      readonly kind: 'case.opened';
      readonly title: string;
      readonly wanted: string | null;
      readonly pointIds: readonly string[];
    })
  | (About & {
      readonly kind: 'case.changed';
      readonly title: string;
      readonly wanted: string | null;
    })
  | (About & { readonly kind: 'case.moved'; readonly stage: OpenStage; readonly reason: string })
  | (About & { readonly kind: 'case.point-added'; readonly pointId: string; readonly number: number })
  | (About & {
      readonly kind: 'case.point-removed';
      readonly pointId: string;
      readonly number: number;
      readonly reason: string;
    })
  | (About & { readonly kind: 'case.record-added'; readonly interactionId: string; readonly reason: string })
  | (About & {
      readonly kind: 'case.record-removed';
      readonly interactionId: string;
      readonly reason: string;
    })
  | (About & { readonly kind: 'case.person-named'; readonly person: CasePerson })
  | (About & {
      readonly kind: 'case.person-removed';
      readonly personId: string;
      readonly name: string;
      readonly reason: string;
    })
  | (About & {
      readonly kind: 'case.closed';
      readonly reason: string;
      /** Numbers of the points that are still open; closing a case closes none of them. */
      readonly openPoints: readonly number[];
      readonly nextRoute: string | null;
    })
  | (About & { readonly kind: 'case.reopened'; readonly reason: string });

export type CaseState = {
  readonly id: CaseId;
  readonly partyId: string;
  readonly title: string;
  readonly wanted: string | null;
  readonly stage: CaseStage;
  readonly pointIds: readonly string[];
  readonly interactionIds: readonly string[];
  readonly people: readonly CasePerson[];
};

/** What a case needs to know of a point; its room is upstream. */
export type PointSeen = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly isOpen: boolean;
  /** It was a mistake to make a point of it: nothing new is done with it. */
  readonly isWithdrawn: boolean;
};

export type CaseRefusal =
  | 'party-unknown'
  | 'case-unknown'
  | 'case-closed'
  | 'case-open'
  | 'stage-same'
  | 'case-untitled'
  | 'person-unnamed'
  | 'person-unknown'
  | 'member-unknown'
  | 'point-unknown'
  | 'point-elsewhere'
  | 'point-there'
  | 'interaction-unknown'
  | 'reason-missing'
  | 'points-open';

type Decided = Outcome<CaseFact, CaseRefusal>;
export type CaseWish = { readonly title: string; readonly wanted: string | null };

/** Text as it is kept: what no text column can hold is no part of it. */
export function cleaned(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim();
}

/** The same, where nothing at all is an answer. */
export function cleanedOrNull(text: string | null): string | null {
  const kept = cleaned(text ?? '');
  return kept === '' ? null : kept;
}

/** Whether points can be taken in: they exist, and are this party's. */
export function pointsRefused(
  partyId: string,
  wanted: readonly string[],
  seen: readonly PointSeen[],
): 'point-unknown' | 'point-elsewhere' | null {
  const known = new Map(seen.map((point) => [point.id, point]));
  if (wanted.some((id) => known.get(id)?.isWithdrawn !== false)) return 'point-unknown';
  return seen.some((point) => wanted.includes(point.id) && point.partyId !== partyId)
    ? 'point-elsewhere'
    : null;
}

export function decideOpening(
  id: CaseId,
  partyId: string,
  wish: CaseWish & { readonly pointIds: readonly string[] },
  seen: readonly PointSeen[],
): Decided {
  const title = cleaned(wish.title);
  if (title === '') return refuse('case-untitled');
  const pointIds = [...new Set(wish.pointIds)];
  const refused = pointsRefused(partyId, pointIds, seen);
  if (refused) return refuse(refused);
  return accept({ kind: 'case.opened', id, partyId, title, wanted: cleanedOrNull(wish.wanted), pointIds });
}

export function decideChanging({ id, partyId }: CaseState, wish: CaseWish): Decided {
  const title = cleaned(wish.title);
  if (title === '') return refuse('case-untitled');
  return accept({ kind: 'case.changed', id, partyId, title, wanted: cleanedOrNull(wish.wanted) });
}

export function decideMoving(state: CaseState, stage: OpenStage, why: string): Decided {
  const reason = cleaned(why);
  if (state.stage === 'closed') return refuse('case-closed');
  if (state.stage === stage) return refuse('stage-same');
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'case.moved', id: state.id, partyId: state.partyId, stage, reason });
}

export function decideAddingPoint(
  state: CaseState,
  pointId: string,
  seen: readonly PointSeen[],
): Outcome<CaseFact, CaseRefusal> {
  if (state.stage === 'closed') return refuse('case-closed');
  const refused = pointsRefused(state.partyId, [pointId], seen);
  if (refused) return refuse(refused);
  if (state.pointIds.includes(pointId)) return refuse('point-there');
  const { number } = seen.find(({ id }) => id === pointId)!;
  return accept({ kind: 'case.point-added', id: state.id, partyId: state.partyId, pointId, number });
}

export function decideRemovingPoint(
  state: CaseState,
  pointId: string,
  why: string,
  seen: readonly PointSeen[],
): Decided {
  const reason = cleaned(why);
  const point = seen.find(({ id }) => id === pointId);
  if (!point || !state.pointIds.includes(pointId)) return refuse('point-unknown');
  if (reason === '') return refuse('reason-missing');
  const { id, partyId } = state;
  return accept({ kind: 'case.point-removed', id, partyId, pointId, number: point.number, reason });
}

/** Decides about a record that belongs to a case although it is filed elsewhere. */
export function decideRecord(
  state: CaseState,
  interactionId: string,
  wish: { readonly isIn: boolean; readonly reason: string },
  isKnown: boolean,
): Decided {
  const { id, partyId, interactionIds } = state;
  const reason = cleaned(wish.reason);
  if (!isKnown || (!wish.isIn && !interactionIds.includes(interactionId)))
    return refuse('interaction-unknown');
  if (reason === '') return refuse('reason-missing');
  const kind = wish.isIn ? 'case.record-added' : 'case.record-removed';
  return accept({ kind, id, partyId, interactionId, reason });
}

export function decideNaming({ id, partyId }: CaseState, person: CasePerson): Decided {
  const name = cleaned(person.name);
  if (name === '') return refuse('person-unnamed');
  const reach = cleanedOrNull(person.reach);
  return accept({ kind: 'case.person-named', id, partyId, person: { ...person, name, reach } });
}

export function decideRemovingPerson(state: CaseState, personId: string, why: string): Decided {
  const reason = cleaned(why);
  const person = state.people.find(({ id }) => id === personId);
  if (!person) return refuse('person-unknown');
  if (reason === '') return refuse('reason-missing');
  const { id, partyId } = state;
  return accept({ kind: 'case.person-removed', id, partyId, personId, name: person.name, reason });
}

/** Decides about closing: points stay as they are, so a case with open ones needs words about them. */
export function decideClosing(
  state: CaseState,
  wish: { readonly reason: string; readonly nextRoute: string | null },
  seen: readonly PointSeen[],
): Decided {
  const reason = cleaned(wish.reason);
  if (state.stage === 'closed') return refuse('case-closed');
  const openPoints = seen.filter((point) => point.isOpen).map((point) => point.number);
  if (reason === '' && openPoints.length > 0)
    return refuse('points-open', { numbers: openPoints.map((number) => `#${number}`) });
  if (reason === '') return refuse('reason-missing');
  const { id, partyId } = state;
  return accept({
    kind: 'case.closed',
    id,
    partyId,
    reason,
    openPoints,
    nextRoute: cleanedOrNull(wish.nextRoute),
  });
}

export function decideReopening({ id, partyId, stage }: CaseState, why: string): Decided {
  const reason = cleaned(why);
  if (stage !== 'closed') return refuse('case-open');
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'case.reopened', id, partyId, reason });
}
