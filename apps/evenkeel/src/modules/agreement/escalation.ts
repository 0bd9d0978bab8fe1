import type { DueTime } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { ClauseView } from './agreement.store.ts';
import type { EscalationTerms, Term } from './clause.ts';
import type { RecordSeen, Side } from './understanding.ts';

export type EscalationStep = EscalationTerms['steps'][number];
/** When something ends on the calendar that was in force when it was set. */
export type StepDue = { readonly on: string; readonly at: Instant; readonly isWholeDay: boolean };
/** What shows that a step was taken: words of the record, or the whole of it. */
export type StepProof =
  | ({ readonly kind: 'line' } & Cite)
  | { readonly kind: 'letter'; readonly interactionId: string };

type About = { readonly id: string; readonly party: string };
export type EscalationFact =
  | (About & {
      readonly kind: 'agreement.escalation-begun';
      readonly number: number;
      readonly agreement: string;
      readonly clause: string;
      readonly clauseVersion: number;
      /** Who takes it further. */
      readonly side: Side;
      /** What it is about. */
      readonly says: string;
      readonly cite: Cite | null;
      /** As they were agreed. */
      readonly steps: readonly EscalationStep[];
      /** By when the first step is to be taken; null where nobody said. */
      readonly due: StepDue | null;
    })
  | (About & {
      readonly kind: 'agreement.escalation-step-taken';
      readonly position: number;
      readonly step: EscalationStep['step'];
      /** When it happened, by the record that shows it. */
      readonly happenedAt: Instant;
      readonly proof: StepProof;
      /** Their words that let the next step come before its time. */
      readonly early: Cite | null;
      /** When the time ends that was agreed for it; null where none was, or after the last step. */
      readonly due: StepDue | null;
    })
  | (About & {
      readonly kind: 'agreement.escalation-ended';
      readonly how: 'settled' | 'dropped';
      readonly reason: string;
      readonly cite: Cite | null;
    });
type Kind<K extends EscalationFact['kind']> = Extract<EscalationFact, { kind: K }>;

export type Escalation = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly side: Side;
  readonly state: 'running' | 'settled' | 'dropped';
  readonly steps: readonly EscalationStep[];
  /** How many steps are taken. */
  readonly taken: number;
  /** When the step that was taken last happened. */
  readonly lastAt: Instant | null;
  readonly due: StepDue | null;
};

export type EscalationRefusal =
  | 'escalation-unknown'
  | 'escalation-running'
  | 'escalation-over'
  | 'escalation-all-taken'
  | 'escalation-skipped'
  | 'escalation-too-early'
  | 'escalation-out-of-order'
  | 'clause-not-escalation'
  | 'clause-not-agreed'
  | 'agreement-ended'
  | 'notice-not-from-them'
  | 'notice-not-from-us'
  | 'proof-not-in-writing'
  | 'words-empty'
  | 'reason-missing';

type Beginning = Pick<Kind<'agreement.escalation-begun'>, 'side' | 'says' | 'cite' | 'due'>;

/** A dispute is taken further by the steps that were agreed, in the words that were agreed. */
export function decideBeginning(
  { id, party, number }: About & { readonly number: number },
  clause: Pick<ClauseView, 'id' | 'kind' | 'agreedVersion' | 'isWithdrawn' | 'versions'> & {
    readonly agreementId: string;
  },
  known: { readonly isAgreementOpen: boolean; readonly isRunning: boolean },
  wish: Beginning,
): Outcome<Kind<'agreement.escalation-begun'>, EscalationRefusal> {
  if (clause.kind !== 'escalation') return refuse('clause-not-escalation', { kind: clause.kind });
  const agreed = clause.versions.find(({ version }) => version === clause.agreedVersion);
  if (!agreed || clause.isWithdrawn) return refuse('clause-not-agreed');
  if (!known.isAgreementOpen) return refuse('agreement-ended');
  if (known.isRunning) return refuse('escalation-running');
  const says = wish.says.trim();
  if (says === '') return refuse('words-empty', { at: 'says' });
  const { steps } = agreed.terms as EscalationTerms;
  return accept({
    ...{ kind: 'agreement.escalation-begun', id, party, number, ...wish, says, steps },
    ...{ agreement: clause.agreementId, clause: clause.id, clauseVersion: agreed.version },
  });
}

type StepWish = Pick<Kind<'agreement.escalation-step-taken'>, 'step' | 'proof' | 'early'>;

/**
 * The next step, taken at the time of the record that shows it.
 *
 * @param seen the record of the proof
 * @param dueOf when a time that was agreed ends, reckoned from when the step happened
 */
export function decideStep(
  { id, partyId: party, number, side, state, steps, taken, lastAt, due }: Escalation,
  { step, proof, early }: StepWish,
  seen: RecordSeen,
  dueOf: (after: Term) => DueTime,
): Outcome<Kind<'agreement.escalation-step-taken'>, EscalationRefusal> {
  if (state !== 'running') return refuse('escalation-over', { number });
  const next = steps[taken];
  if (!next) return refuse('escalation-all-taken', { number });
  if (next.step !== step) return refuse('escalation-skipped', { next: next.step });
  if (lastAt !== null && seen.at < lastAt) return refuse('escalation-out-of-order', { at: 'proof' });
  if (taken > 0 && due !== null && seen.at <= due.at && early === null)
    return refuse('escalation-too-early', { on: due.on });
  const notice = step === 'notice' ? noticeRefused(side, seen) : null;
  if (notice) return notice;
  const after = steps[taken + 1]?.after ?? null;
  const ends = after && dueOf(after);
  return accept({
    ...{ kind: 'agreement.escalation-step-taken', id, party, position: taken, step, proof, early },
    happenedAt: seen.at,
    due: ends && { on: ends.date, at: ends.at, isWholeDay: ends.isWholeDay },
  });
}

/** Notice is given by whoever takes it further, and in writing. */
function noticeRefused(side: Side, { direction, kind }: RecordSeen) {
  if (side === 'ours' && direction === 'inbound') return refuse('notice-not-from-us', { at: 'proof' });
  if (side === 'theirs' && direction !== 'inbound') return refuse('notice-not-from-them', { at: 'proof' });
  return kind === 'message' || kind === 'document'
    ? null
    : refuse('proof-not-in-writing', { at: 'proof', kind });
}

/** It is settled, or not taken further; either with the reason, and with the words where there are some. */
export function decideEscalationEnd(
  { id, partyId: party, number, state }: Escalation,
  { how, reason, cite }: Pick<Kind<'agreement.escalation-ended'>, 'how' | 'reason' | 'cite'>,
): Outcome<Kind<'agreement.escalation-ended'>, EscalationRefusal> {
  if (state !== 'running') return refuse('escalation-over', { number });
  const said = reason.trim();
  if (said === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'agreement.escalation-ended', id, party, how, reason: said, cite });
}
