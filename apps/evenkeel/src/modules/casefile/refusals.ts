import { answersWith } from '../../kernel/http.ts';
import type { CaseRefusal } from './case.ts';
import type { ComplaintRefusal } from './complaint.ts';
import type { HoldRefusal } from './hold.ts';

type CasefileRefusal = CaseRefusal | ComplaintRefusal | HoldRefusal;

const statusOf = {
  'party-unknown': 404,
  'case-unknown': 404,
  'complaint-unknown': 404,
  'hold-unknown': 404,
  'point-unknown': 404,
  'person-unknown': 404,
  'member-unknown': 404,
  'clause-unknown': 404,
  'interaction-unknown': 404,
  'case-closed': 409,
  'case-open': 409,
  'case-elsewhere': 409,
  'stage-same': 409,
  'stage-passed': 409,
  'stage-decided': 409,
  'stage-undecided': 409,
  'complaint-closed': 409,
  'complaint-open': 409,
  'hold-released': 409,
  'point-elsewhere': 409,
  'point-there': 409,
  'points-open': 409,
  'decision-incomplete': 409,
  'second-person-needed': 409,
  'wait-needed': 409,
  'case-untitled': 422,
  'person-unnamed': 422,
  'reason-missing': 422,
  'points-missing': 422,
  'remedy-missing': 422,
  'quote-not-found': 422,
  'time-ahead': 422,
  'source-empty': 422,
  'decision-empty': 422,
  'custodian-missing': 422,
  'proof-unusable': 422,
} as const satisfies Record<CasefileRefusal, 404 | 409 | 422>;

const titles: Record<CasefileRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'case-unknown': 'There is no such case.',
  'complaint-unknown': 'There is no such complaint.',
  'hold-unknown': 'There is no such hold.',
  'point-unknown': 'There is no such point here.',
  'person-unknown': 'Nobody of this kind is named in the case.',
  'member-unknown': 'Nobody here signs in under this name.',
  'clause-unknown': 'This clause is none of an agreement with this client. Nothing was changed.',
  'interaction-unknown': 'There is no such record.',
  'case-closed': 'The case is closed. Nothing was changed; reopen it first.',
  'case-open': 'The case is open already.',
  'case-elsewhere': 'This case is with another client. Nothing was changed.',
  'stage-same': 'The case is at this stage already.',
  'stage-passed': 'A complaint never goes back to an earlier stage. Nothing was changed.',
  'stage-decided':
    'This stage is decided. Nothing was changed; what is decided anew belongs to the second stage.',
  'stage-undecided': 'The first stage is not decided yet, so there is nothing to look at a second time.',
  'complaint-closed': 'The complaint is closed. Nothing was changed; reopen it first.',
  'complaint-open': 'The complaint is open already.',
  'hold-released': 'This hold is released already.',
  'point-elsewhere': 'This point is with another client. Nothing was changed.',
  'point-there': 'This point is there already.',
  'points-open': 'Some points are still open. Nothing was closed; write down why it is closed all the same.',
  'decision-incomplete':
    'Some numbered points lack an outcome, a reason or a source. Nothing was decided; complete them first.',
  'second-person-needed':
    'This needs somebody who did not take the first step. Nothing was changed; ask another member, or name somebody outside whose mail shows it.',
  'wait-needed': 'A reason is written down, and the day of waiting is not over. Nothing was changed.',
  'case-untitled': 'A case needs a title.',
  'person-unnamed': 'Give the name of this person.',
  'reason-missing': 'Write down why. Nothing was changed.',
  'points-missing': 'A complaint needs at least one numbered point.',
  'remedy-missing': 'Write down what they want, in their words. Nothing was registered.',
  'quote-not-found':
    'These words do not stand so in this client’s record. Nothing was changed; quote them again.',
  'time-ahead': 'This time has not come yet. Nothing was changed.',
  'source-empty': 'Say what the outcome rests on. Nothing was changed.',
  'decision-empty': 'Write the decision in a sentence. Nothing was decided.',
  'custodian-missing': 'Say who answers for what is held. No hold was set.',
  'proof-unusable': 'This record came from us, so it does not show that somebody else has looked.',
};

/** How this module answers. */
export const { answer, refusal } = answersWith(statusOf, titles);
