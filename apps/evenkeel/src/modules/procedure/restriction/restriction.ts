import { localOf } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Outsider, SecondPerson } from '../../account/second-person.ts';
import type { Way } from '../../agreement/clause.ts';
import type { Cite } from '../../interaction/cites.store.ts';

/** A date as a decision needs it: with its last moment where we are. */
export type Day = { readonly on: string; readonly at: Instant };

/** When answers are given. */
export type AnswerHours = {
  readonly zone: string;
  /** 1 is Monday. */
  readonly workDays: readonly number[];
  /** `09:00`, local. */
  readonly from: string;
  readonly until: string;
};

/** What is restricted: who, what, when, where and how; and the route that stays open whatever else is closed. */
export type Measure = {
  /** Who answers them, as the ledger names members; null for anybody. */
  readonly contact: string | null;
  /** Subjects that are not answered any more, in words. */
  readonly subjects: readonly string[];
  readonly hours: AnswerHours | null;
  /** How many answers a week they get; null for no limit. */
  readonly perWeek: number | null;
  /** Ways that are closed. */
  readonly ways: readonly Way[];
  readonly isWritingOnly: boolean;
  readonly open: { readonly way: Way; readonly address: string };
};

/** What was weighed before: none of it may stay without words. */
export const WEIGHED = ['aim', 'milder', 'effect', 'ownHandling', 'otherWay'] as const;
export type Weighing = Readonly<Record<(typeof WEIGHED)[number], string>>;
export type Consulted = { readonly who: string; readonly says: string };

type About = { readonly id: string; readonly party: string };
export type RestrictionFact =
  | (About & {
      readonly kind: 'restriction.planned';
      readonly number: number;
      readonly measure: Measure;
      readonly weighing: Weighing;
      readonly consulted: readonly Consulted[];
      readonly cites: readonly Cite[];
      /** Why nobody is warned first and nothing waits: somebody is in danger. Null for every other reason. */
      readonly safety: string | null;
      readonly review: Day;
      readonly until: Day;
    })
  | (About & {
      /** Somebody who works alone begins to wait for a day. */
      readonly kind: 'restriction.second-asked';
      readonly of: 'decision' | 'appeal';
      readonly reason: string;
    })
  | (About & {
      readonly kind: 'restriction.decided';
      /** The letter that warned; null only when it is immediate, for safety. */
      readonly warning: string | null;
      readonly reason: string;
      readonly second: SecondPerson & { readonly outsider: Outsider | null };
    })
  | (About & {
      readonly kind: 'restriction.set';
      /** The letter that says the measure, why, until when, and how it is looked at again. */
      readonly notice: string;
    })
  | (About & {
      readonly kind: 'restriction.reviewed';
      readonly reason: string;
      /** Null when it stays as it is. */
      readonly measure: Measure | null;
      readonly review: Day;
      readonly until: Day;
    })
  | (About & { readonly kind: 'restriction.appealed'; readonly cite: Cite })
  | (About & {
      readonly kind: 'restriction.appeal-decided';
      readonly outcome: AppealOutcome;
      readonly reason: string;
      readonly measure: Measure | null;
      readonly second: SecondPerson & { readonly outsider: Outsider | null };
    })
  | (About & { readonly kind: 'restriction.ended'; readonly reason: string });

export const APPEAL_OUTCOMES = ['kept', 'changed', 'lifted'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

export type RestrictionState = 'planned' | 'decided' | 'in-force' | 'ended';

/** A restriction as it stands. */
export type Restriction = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly state: RestrictionState;
  readonly measure: Measure;
  readonly weighing: Weighing;
  readonly consulted: readonly Consulted[];
  readonly cites: readonly Cite[];
  readonly safety: string | null;
  readonly review: Day;
  readonly until: Day;
  readonly plannedAt: Instant;
  readonly plannedBy: string;
  readonly asked: {
    readonly of: 'decision' | 'appeal';
    readonly at: Instant;
    readonly reason: string;
  } | null;
  readonly warning: string | null;
  readonly decided: {
    readonly at: Instant;
    readonly by: string;
    readonly reason: string;
    readonly second: SecondPerson & { readonly outsider: Outsider | null };
  } | null;
  readonly notice: string | null;
  readonly setAt: Instant | null;
  readonly setBy: string | null;
  readonly reviewedAt: Instant | null;
  readonly appeal: { readonly at: Instant; readonly cite: Cite; readonly decidedAt: Instant | null } | null;
  readonly ended: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

/** Whether it holds at a moment: it was set, nobody ended it, and its last day is not over. */
export function isInForce({ state, setAt, until }: Restriction, at: Instant): boolean {
  return state === 'in-force' && setAt !== null && setAt <= at && at <= until.at;
}

const WRITTEN: ReadonlySet<Way> = new Set(['mail', 'chat', 'platform', 'letter']);

export type Answering = {
  /** The way by which somebody wants to answer them. */
  readonly channel: Way;
  readonly at: Instant;
  /** Who wants to, as the ledger names members. */
  readonly member: string;
  /** How many answers went to them in the seven days before; needed only where a number is agreed on. */
  readonly answersThisWeek?: number;
};

/** Why something is not allowed now, with what a sentence about it needs. */
export type Against = { readonly restriction: string; readonly number: number } & (
  | { readonly rule: 'way' | 'writing' }
  | { readonly rule: 'hours'; readonly hours: AnswerHours }
  | { readonly rule: 'how-often'; readonly perWeek: number }
  | { readonly rule: 'contact'; readonly contact: string }
);

export type Allowed = {
  readonly isAllowed: boolean;
  readonly against: readonly Against[];
  /** Subjects that are not answered: what a text is about is for a person to see. */
  readonly subjects: readonly string[];
  /** By which they can always be answered. */
  readonly open: readonly Measure['open'][];
};

/**
 * What the restrictions in force allow, and why not. The open route is open at any hour and to any number of letters;
 * who answers on it is the named person.
 */
export function restrictionOn(restrictions: readonly Restriction[], answering: Answering): Allowed {
  const inForce = restrictions.filter((one) => isInForce(one, answering.at));
  const against = inForce.flatMap((one) => againstOf(one, answering));
  return {
    isAllowed: against.length === 0,
    against,
    subjects: [...new Set(inForce.flatMap(({ measure }) => measure.subjects))],
    open: inForce.map(({ measure }) => measure.open),
  };
}

function againstOf({ id, number, measure }: Restriction, answering: Answering): readonly Against[] {
  const { channel, at, member, answersThisWeek = 0 } = answering;
  const { contact, ways, isWritingOnly, hours, perWeek, open } = measure;
  const about = { restriction: id, number };
  const isElse = contact !== null && contact !== member;
  const byPerson: readonly Against[] = isElse ? [{ ...about, rule: 'contact', contact }] : [];
  if (channel === open.way) return byPerson;
  const isSpoken = isWritingOnly && !WRITTEN.has(channel);
  return [
    ...byPerson,
    ...(ways.includes(channel) ? [{ ...about, rule: 'way' as const }] : []),
    ...(isSpoken && !ways.includes(channel) ? [{ ...about, rule: 'writing' as const }] : []),
    ...(hours && !isWithin(hours, at) ? [{ ...about, rule: 'hours' as const, hours }] : []),
    ...(perWeek !== null && answersThisWeek >= perWeek
      ? [{ ...about, rule: 'how-often' as const, perWeek }]
      : []),
  ];
}

function isWithin({ zone, workDays, from, until }: AnswerHours, at: Instant): boolean {
  const { weekday, time } = localOf({ zone }, at);
  return workDays.includes(weekday) && from <= time && time < until;
}

/** Whether a plan leaves open the route that it names: closed by its way, or by writing only. */
export function isOpenClosed({ open, ways, isWritingOnly }: Measure): boolean {
  return ways.includes(open.way) || (isWritingOnly && !WRITTEN.has(open.way));
}

export function isEmptyMeasure(measure: Measure): boolean {
  const { contact, subjects, hours, perWeek, ways, isWritingOnly } = measure;
  const isAnything = hours !== null || perWeek !== null || isWritingOnly || contact !== null;
  return !isAnything && subjects.length === 0 && ways.length === 0;
}
