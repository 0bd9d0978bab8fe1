import { type Calendar, dueAfter, endOfDay, isDate, localOf } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Term } from '../../agreement/clause.ts';
import type { Day } from '../restriction/restriction.ts';

export const ENDED_BY = ['us', 'them', 'both'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** The clause that says how long before the end it has to be told, as it read then. */
export type Notice = {
  readonly clause: string;
  readonly version: number;
  readonly says: string;
  /** The time it names, as a person read it from its words. */
  readonly within: Term;
};

type About = { readonly id: string; readonly party: string };
export type EndingFact =
  | (About & {
      readonly kind: 'ending.planned';
      readonly on: Day;
      readonly byWhom: EndedBy;
      readonly notice: Notice | null;
      /** Why it ends before the agreed time is over; null when it does not. */
      readonly shortWhy: string | null;
    })
  | (About & { readonly kind: 'ending.told'; readonly letter: string })
  | (About & {
      readonly kind: 'ending.over';
      /** What stays open between both, in words; null when nothing does. */
      readonly leftOpen: string | null;
    })
  | (About & {
      readonly kind: 'ending.answered';
      /** The first message after the end, and the one short answer to it. */
      readonly interaction: string;
      readonly answer: string;
    })
  | (About & { readonly kind: 'ending.withdrawn'; readonly reason: string });

export type Ending = {
  readonly id: string;
  readonly partyId: string;
  readonly state: 'planned' | 'told' | 'over' | 'withdrawn';
  readonly on: Day;
  readonly byWhom: EndedBy;
  readonly notice: Notice | null;
  readonly shortWhy: string | null;
  readonly plannedAt: Instant;
  readonly plannedBy: string;
  readonly letter: string | null;
  readonly toldAt: Instant | null;
  readonly leftOpen: string | null;
  readonly overAt: Instant | null;
  readonly overBy: string | null;
  readonly answeredTo: string | null;
  readonly answeredAt: Instant | null;
  readonly withdrawnWhy: string | null;
};

export type EndingRefusal =
  | 'party-unknown'
  | 'ending-unknown'
  | 'ending-running'
  | 'end-date-missing'
  | 'date-unusable'
  | 'date-past'
  | 'clause-unknown'
  | 'notice-too-short'
  | 'told-already'
  | 'letter-needed'
  | 'letter-unusable'
  | 'not-told'
  | 'too-early'
  | 'over-already'
  | 'not-over'
  | 'reason-missing'
  | 'message-unknown'
  | 'answer-unknown'
  | 'answered-already'
  | 'filing-refused';

type Decided<K extends EndingFact['kind']> = Outcome<Extract<EndingFact, { kind: K }>, EndingRefusal>;

export type EndingWish = {
  readonly on: string | null;
  readonly byWhom: EndedBy;
  readonly notice: Notice | null;
  readonly shortWhy: string;
};

/** The first day on which it can end when it is told now, as the clause says; null without a clause. */
export function earliestEnd(calendar: Calendar, notice: Notice | null, now: Instant): string | null {
  return notice && dueAfter(calendar, notice.within, now, [], 'none').date;
}

/** Decides on which day it ends: a day certain, and no earlier than was agreed unless it is said why. */
export function decideEnd(
  about: About,
  wish: EndingWish,
  isRunning: boolean,
  calendar: Calendar,
  now: Instant,
): Decided<'ending.planned'> {
  const { on, byWhom, notice } = wish;
  if (isRunning) return refuse('ending-running');
  if (on === null) return refuse('end-date-missing', { at: 'on' });
  if (!isDate(on)) return refuse('date-unusable', { at: 'on', date: on });
  if (on < localOf(calendar, now).date) return refuse('date-past', { at: 'on', date: on });
  const earliest = earliestEnd(calendar, notice, now);
  const isShort = earliest !== null && on < earliest;
  const shortWhy = wish.shortWhy.trim();
  if (isShort && shortWhy === '') return refuse('notice-too-short', { at: 'on', earliest });
  return accept({
    ...{ kind: 'ending.planned', ...about, on: { on, at: endOfDay(calendar, on) }, byWhom, notice },
    shortWhy: isShort ? shortWhy : null,
  });
}

/** It was told: the letter of ours that names the day. */
export function decideTelling(
  { id, partyId: party, state }: Ending,
  asked: string | null,
  letter: { readonly id: string } | null,
): Decided<'ending.told'> {
  if (state !== 'planned') return refuse('told-already');
  if (asked === null) return refuse('letter-needed', { at: 'letter' });
  if (letter === null) return refuse('letter-unusable', { at: 'letter' });
  return accept({ kind: 'ending.told', id, party, letter: letter.id });
}

/** The day has come: the party is a former one from now on. */
export function decideOver(
  { id, partyId: party, state, on }: Ending,
  leftOpen: string,
  today: string,
): Decided<'ending.over'> {
  if (state === 'planned') return refuse('not-told');
  if (state !== 'told') return refuse('over-already');
  if (today < on.on) return refuse('too-early', { on: on.on });
  return accept({ kind: 'ending.over', id, party, leftOpen: leftOpen.trim() || null });
}

/** One short answer is given after the end; what comes after it is filed. */
export function decideAnswered(
  { id, partyId: party, state, answeredAt }: Ending,
  given: { readonly interaction: string; readonly answer: string },
  known: { readonly isTheirs: boolean; readonly isOurs: boolean },
): Decided<'ending.answered'> {
  if (state !== 'over') return refuse('not-over');
  if (answeredAt !== null) return refuse('answered-already');
  if (!known.isTheirs) return refuse('message-unknown', { at: 'message' });
  if (!known.isOurs) return refuse('answer-unknown', { at: 'answer' });
  return accept({ kind: 'ending.answered', id, party, ...given });
}

/** It goes on after all. What was told is taken back by a letter of its own. */
export function decideWithdrawing(
  { id, partyId: party, state }: Ending,
  reason: string,
): Decided<'ending.withdrawn'> {
  if (state === 'over' || state === 'withdrawn') return refuse('over-already');
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'ending.withdrawn', id, party, reason: reason.trim() });
}
