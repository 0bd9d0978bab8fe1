import type { Brand } from '../../kernel/brand.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import type { SecondPersonRefusal } from '../account/second-person.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Second } from './hold.ts';

export type ComplaintId = Brand<string, 'ComplaintId'>;
export type ComplaintStage = 1 | 2;

/** By what way a complaint came. */
export const COMPLAINT_WAYS = ['mail', 'chat', 'call', 'meeting', 'letter', 'form', 'other'] as const;
export type ComplaintWay = (typeof COMPLAINT_WAYS)[number];
export const POINT_OUTCOMES = ['upheld', 'partly', 'not-upheld', 'withdrawn', 'not-ours'] as const;
export type PointOutcome = (typeof POINT_OUTCOMES)[number];
export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What an outcome rests on: a clause of an agreement, words of the record, or something outside of both. */
export type OutcomeSource =
  | { readonly kind: 'clause'; readonly clauseId: string | null; readonly says: string }
  | { readonly kind: 'record'; readonly cite: Cite }
  | { readonly kind: 'outside'; readonly says: string };

export type AboutComplaint = { readonly id: ComplaintId; readonly partyId: string };
type Numbered = { readonly pointId: string; readonly number: number };
export type ComplaintFact =
  | (AboutComplaint & {
      readonly kind: 'complaint.registered';
      /** What is said aloud, `2026-014`: the year of registering, and a count within it. */
      readonly number: string;
      readonly year: number;
      readonly sequence: number;
      readonly caseId: string | null;
      readonly received: Stated;
      readonly way: ComplaintWay;
      /** The record it came with. */
      readonly cite: Cite;
      /** What they want, in their words. */
      readonly remedy: string;
      readonly remedyCite: Cite | null;
      readonly points: readonly Numbered[];
      readonly owner: string;
    })
  | (AboutComplaint & {
      readonly kind: 'complaint.assessed';
      readonly severity: Severity;
      readonly isSafety: boolean;
      readonly isUrgent: boolean;
      readonly reason: string;
    })
  | (AboutComplaint & { readonly kind: 'complaint.given'; readonly owner: string; readonly reason: string })
  | (AboutComplaint & {
      readonly kind: 'complaint.answer-planned';
      readonly answerBy: Instant | null;
      readonly reason: string;
    })
  | (AboutComplaint & Numbered & { readonly kind: 'complaint.point-added'; readonly reason: string })
  | (AboutComplaint &
      Numbered & {
        readonly kind: 'complaint.point-decided';
        readonly stage: ComplaintStage;
        readonly outcome: PointOutcome;
        readonly reason: string;
        readonly source: OutcomeSource | null;
      })
  | (AboutComplaint & {
      readonly kind: 'complaint.moved';
      readonly stage: ComplaintStage;
      readonly reason: string;
    })
  | (AboutComplaint & {
      readonly kind: 'complaint.second-asked';
      readonly reason: string;
      /** Before that nobody may decide the second stage alone. */
      readonly until: Instant;
    })
  | (AboutComplaint & {
      readonly kind: 'complaint.stage-decided';
      readonly stage: ComplaintStage;
      /** The decision in a sentence of ours. */
      readonly says: string;
      readonly reason: string;
      /** Who else looked; null at the first stage, where nobody has to. */
      readonly second: Second | null;
    })
  | (AboutComplaint & {
      readonly kind: 'complaint.closed';
      readonly reason: string;
      readonly nextRoute: string | null;
    })
  | (AboutComplaint & { readonly kind: 'complaint.reopened'; readonly reason: string });

/** A numbered point as the stage that is going on sees it. */
export type ComplaintPoint = Numbered & {
  readonly outcome: PointOutcome | null;
  readonly reason: string | null;
  readonly source: OutcomeSource | null;
};

export type ComplaintState = {
  readonly id: ComplaintId;
  readonly partyId: string;
  readonly number: string;
  readonly stage: ComplaintStage;
  readonly state: 'open' | 'decided' | 'closed';
  readonly owner: string;
  readonly points: readonly ComplaintPoint[];
  /** One per stage that was decided. */
  readonly decisions: readonly {
    readonly stage: ComplaintStage;
    readonly actor: string;
    readonly at: Instant;
    readonly says: string;
  }[];
  /** Everybody who set an outcome or decided at the first stage. */
  readonly firstDeciders: readonly string[];
  readonly secondAsked: { readonly at: Instant; readonly until: Instant } | null;
};

export type ComplaintRefusal =
  | 'party-unknown'
  | 'case-unknown'
  | 'case-elsewhere'
  | 'complaint-unknown'
  | 'complaint-closed'
  | 'complaint-open'
  | 'member-unknown'
  | 'points-missing'
  | 'point-unknown'
  | 'point-elsewhere'
  | 'point-there'
  | 'remedy-missing'
  | 'quote-not-found'
  | 'time-ahead'
  | 'reason-missing'
  | 'source-empty'
  | 'clause-unknown'
  | 'decision-incomplete'
  | 'decision-empty'
  | 'points-open'
  | 'stage-undecided'
  | 'stage-decided'
  | 'stage-passed'
  | 'interaction-unknown'
  | 'proof-unusable'
  | SecondPersonRefusal;

/** What still lacks before anything about this stage can be final, by number. */
export type Lack = { readonly number: number; readonly lacks: 'outcome' | 'reason' | 'source' };

/**
 * What a decision lacks: every numbered point needs an outcome, a reason and a source.
 *
 * @returns by number; nothing when a letter about it can be final
 */
export function missingForDecision({ points }: Pick<ComplaintState, 'points'>): readonly Lack[] {
  return points
    .toSorted((one, other) => one.number - other.number)
    .flatMap(({ number, outcome, reason, source }) => {
      const lacks = (['outcome', 'reason', 'source'] as const).filter(
        (each) => ({ outcome, reason, source })[each] === null,
      );
      return lacks.map((each) => ({ number, lacks: each }));
    });
}

/** The number that is said aloud: the year, and a count within it of at least three digits. */
export function spokenNumber(year: number, sequence: number): string {
  return `${year}-${String(sequence).padStart(3, '0')}`;
}
