import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Pace, replyDue } from '../signal/hours.ts';
import { repliesIn, type Turn } from '../signal/replies.ts';
import { plain } from './commitment.ts';
import {
  type Cite,
  type CitedRecord,
  type Side,
  type WordsRefusal,
  wordsRefused,
} from './commitment-cites.ts';

export type EffortId = Brand<string, 'EffortId'>;
export const PROPOSED = ['meeting', 'call', 'break', 'mediator'] as const;
export type Proposed = (typeof PROPOSED)[number];

/** That somebody proposed to meet, to call, to pause or to ask a mediator, in their words. */
export type EffortFact =
  | {
      readonly kind: 'point.effort-noted';
      readonly id: EffortId;
      readonly party: string;
      readonly side: Side;
      readonly proposed: Proposed;
      readonly cites: readonly Cite[];
    }
  | {
      readonly kind: 'point.effort-withdrawn';
      readonly id: EffortId;
      readonly party: string;
      readonly reason: string;
    };

export type NotedEffort = {
  readonly id: EffortId;
  readonly partyId: string;
  readonly side: Side;
  readonly proposed: Proposed;
  readonly isWithdrawn: boolean;
};

export type EffortRefusal = WordsRefusal | 'effort-unknown' | 'reason-missing';

export function decideNoting(
  { id, party }: { readonly id: EffortId; readonly party: string },
  {
    side,
    proposed,
    cites,
  }: { readonly side: Side; readonly proposed: Proposed; readonly cites: readonly Cite[] },
  records: readonly CitedRecord[],
): Outcome<EffortFact, EffortRefusal> {
  const refused = wordsRefused(side, cites, records);
  if (refused) return refused;
  return accept({ kind: 'point.effort-noted', id, party, side, proposed, cites });
}

/** It was written down by mistake. */
export function decideWithdrawingEffort(
  effort: NotedEffort | null,
  given: string,
): Outcome<EffortFact, EffortRefusal> {
  if (!effort || effort.isWithdrawn) return refuse('effort-unknown');
  const reason = plain(given);
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'point.effort-withdrawn', id: effort.id, party: effort.partyId, reason });
}

export const EFFORT_KINDS = [
  'reply-in-time',
  'offer-made',
  'offer-accepted',
  'offer-refused',
  'offer-withdrawn',
  'offer-moved',
  'offer-expired',
  'promise-kept',
  'point-answered',
  'point-agreed',
  'call',
  'meeting',
  'session',
  'proposed-meeting',
  'proposed-call',
  'proposed-break',
  'proposed-mediator',
] as const;
export type EffortKind = (typeof EFFORT_KINDS)[number];

/** One thing that a side did towards an end, with the record that shows it. */
export type Effort = {
  readonly at: Instant;
  readonly kind: EffortKind;
  readonly side: Side;
  /** Of the offer, promise or point; null for others. */
  readonly about: number | null;
  /** Words of the record, or what was offered. */
  readonly says: string;
  readonly interactionId: string | null;
  readonly isWithoutPrejudice: boolean;
  /** When it had to be done by, where that is what it shows. */
  readonly due: string | null;
  /** How long it took, for a call or a meeting. */
  readonly minutes: number | null;
  /** Of a noted proposal, so that it can be taken back. */
  readonly effortId: string | null;
};

/** A message of the relationship, with the first thing it asks. */
export type AskingTurn = Turn & { readonly at: Instant; readonly lead: string; readonly asks: string | null };

export type Answers = {
  readonly inTime: readonly Effort[];
  /** What they asked and an answer was due for. */
  readonly due: number;
};

/** Our answers to what they asked, in the time agreed with them, else in our own; what came later is counted and not listed. */
export function answersIn(turns: readonly AskingTurn[], pace: Pace, now: Instant): Answers {
  const asked = repliesIn(turns).filter(({ to }) => to.side === 'theirs' && to.asks !== null);
  const settled = asked.map(({ to, by }) => {
    const due = replyDue(to.at, pace);
    return { to, by, dueOn: due.date, isLate: (by?.at ?? now) > due.at };
  });
  const due = settled.filter(({ by, isLate }) => by !== null || isLate);
  const inTime = due.filter(({ by, isLate }) => by !== null && !isLate);
  return {
    due: due.length,
    inTime: inTime.map(({ to, by, dueOn }) => ({
      ...NOTHING,
      at: by!.at,
      kind: 'reply-in-time',
      side: 'ours',
      says: to.asks!,
      interactionId: by!.interactionId,
      due: dueOn,
    })),
  };
}

/** What most efforts do not have. */
const NOTHING = {
  about: null,
  isWithoutPrejudice: false,
  due: null,
  minutes: null,
  effortId: null,
} as const;

/** All of them in order of time, numbered from 1 so that one can say them aloud. */
export function numbered(efforts: readonly Effort[]): readonly (Effort & { readonly number: number })[] {
  return efforts
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map((effort, i) => ({ ...effort, number: i + 1 }));
}
