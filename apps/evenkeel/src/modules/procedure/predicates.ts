import type { Need } from './pack.ts';
import { BESIDE_PREDICATES } from './restriction/predicates.ts';
import { currentVisit, letterNow, newReply, type ProcedureState } from './state.ts';

/** What an argument of a predicate names in its pack. */
export type ArgKind = 'step' | 'letter' | 'choice' | 'outcome' | 'number' | 'kind';

type Predicate = {
  /** For the reference page. */
  readonly says: string;
  readonly args: readonly ArgKind[];
  /** Whether more of the last argument may follow; one of them is enough. */
  readonly many?: true;
  readonly holds: (state: ProcedureState, args: readonly (string | number)[]) => boolean;
};

/** What packs can ask. The list is closed: a pack combines them and adds none. */
export const PREDICATES: Readonly<Record<string, Predicate>> = {
  ...BESIDE_PREDICATES,
  'has-words': {
    says: 'The thing it is about holds words: a note that was written, a message that was read.',
    args: [],
    holds: ({ subject }) => subject.words.trim() !== '',
  },
  'note-is-neutral': {
    says: 'The check of neutral notes finds nothing in the words it is about. Without the check it does not hold.',
    args: [],
    holds: ({ noteFindings }) => noteFindings === 0,
  },
  'letter-final': {
    says: 'The letter is finished, since its step was last come to.',
    args: ['letter'],
    holds: (state, [letter]) => letterNow(state, String(letter)) !== null,
  },
  'letter-handed-over': {
    says: 'The letter is finished and recorded as sent.',
    args: ['letter'],
    holds: (state, [letter]) => (letterNow(state, String(letter))?.handedOverAt ?? null) !== null,
  },
  'letter-proved': {
    says: 'A record shows that the letter was sent.',
    args: ['letter'],
    holds: (state, [letter]) => (letterNow(state, String(letter))?.proofId ?? null) !== null,
  },
  'reply-arrived': {
    says: 'Something came from the client after the first letter went out, and no step has looked at it yet.',
    args: [],
    holds: (state) => newReply(state) !== null,
  },
  'due-passed': {
    says: 'The due of this step is over. While its clock stands still it is not.',
    args: [],
    holds: (state) => {
      const due = currentVisit(state)?.due;
      return due !== null && due !== undefined && due.at < state.now;
    },
  },
  chosen: {
    says: 'The person who did this step chose this.',
    args: ['choice'],
    holds: ({ visits }, [choice]) => visits.at(-1)?.done?.choice === choice,
  },
  'done-before': {
    says: 'The step was done, not skipped, at least once.',
    args: ['step'],
    holds: ({ visits }, [step]) => visits.some((one) => one.step === step && one.done?.isSkipped === false),
  },
  'never-done': {
    says: 'The step was never done.',
    args: ['step'],
    holds: ({ visits }, [step]) => visits.every((one) => one.step !== step || one.done === null),
  },
  'visits-below': {
    says: 'The step was come to fewer times than this.',
    args: ['step', 'number'],
    holds: ({ visits }, [step, most]) => visits.filter((one) => one.step === step).length < Number(most),
  },
  'recorded-since-start': {
    says: 'A record of one of these kinds (call, meeting, session, message, note, document) of something that happened since the start is filed under the client.',
    args: ['kind'],
    many: true,
    holds: ({ recordedSince }, kinds) => kinds.some((kind) => recordedSince.includes(String(kind))),
  },
  'has-points': {
    says: 'At least one numbered point belongs to it.',
    args: [],
    holds: ({ subject }) => subject.points.length > 0,
  },
  'stage-decided': {
    says: 'The register holds a decision about this stage of the complaint.',
    args: ['number'],
    holds: ({ subject: { decidedStages } }, [stage]) => decidedStages.includes(Number(stage)),
  },
  'every-point-answered': {
    says: 'Every numbered point has an outcome, a reason and a source.',
    args: [],
    holds: ({ subject: { points } }) =>
      points.length > 0 && points.every((point) => point.outcome && point.reason && point.source),
  },
};

/** Whether a need is met. A running procedure may know a predicate that this version lost: then it is not met. */
export function holds(state: ProcedureState, { predicate, args }: Need): boolean {
  return PREDICATES[predicate]?.holds(state, args) ?? false;
}
