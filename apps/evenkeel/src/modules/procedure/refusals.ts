import { answersWith } from '../../kernel/http.ts';
import type { ProcedureRefusal } from './procedure.ts';

const statusOf = {
  'party-unknown': 404,
  'pack-unknown': 404,
  'subject-unknown': 404,
  'procedure-unknown': 404,
  'letter-unknown': 404,
  'proof-unknown': 404,
  'role-needed': 403,
  'second-person-needed': 403,
  'pack-broken': 409,
  'subject-unfit': 422,
  'quote-needed': 422,
  'quote-not-found': 422,
  'procedure-running': 409,
  'procedure-ended': 409,
  'step-not-now': 409,
  'needs-missing': 409,
  'choice-needed': 422,
  'choice-unknown': 422,
  'words-needed': 422,
  'skip-refused': 409,
  'second-not-asked': 409,
  'reason-missing': 422,
  'wait-needed': 409,
  'clock-stopped': 409,
  'clock-running': 409,
  'stop-unknown': 422,
  'time-unusable': 422,
  'letter-not-now': 409,
  'letter-sent': 409,
  'letter-unfinished': 409,
  'letter-not-handed-over': 409,
  'fields-missing': 422,
  'name-not-theirs': 409,
  'complaint-refused': 409,
} as const satisfies Record<ProcedureRefusal, 403 | 404 | 409 | 422>;

const titles: Record<ProcedureRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'pack-unknown': 'There is no such procedure to start.',
  'subject-unknown': 'There is no such thing of this client to start it on.',
  'procedure-unknown': 'There is no such procedure.',
  'letter-unknown': 'This procedure has no such letter.',
  'proof-unknown': 'There is no such record that could show it.',
  'role-needed': 'This step is for another role. Nothing was changed.',
  'second-person-needed':
    'This step needs another member than the one who did the first. Nothing was changed.',
  'pack-broken': 'This pack has a mistake and cannot be started. Mend it at the place that is named.',
  'subject-unfit': 'This procedure is for something else.',
  'quote-needed': 'This procedure begins from words of the record. Select them in a message first.',
  'quote-not-found': 'These words do not stand there. Select them again.',
  'procedure-running': 'It runs on this already.',
  'procedure-ended': 'This procedure has ended. Nothing was changed.',
  'step-not-now': 'Another step is to be done now. Look at it again.',
  'needs-missing': 'Something is missing before this can be done. Nothing was changed.',
  'choice-needed': 'Choose one of the answers of this step.',
  'choice-unknown': 'This step has no such answer.',
  'words-needed': 'This answer asks for a few words. Write them down.',
  'skip-refused': 'This step may not be left out.',
  'second-not-asked': 'Write down why you go on alone. After a day you may do this step.',
  'reason-missing': 'Say why.',
  'wait-needed': 'A day has to go by first. Nothing was changed.',
  'clock-stopped': 'The clock stands still already.',
  'clock-running': 'The clock is running.',
  'stop-unknown': 'The clock of this step does not stop for that.',
  'time-unusable': 'This time cannot be: it is still to come, or before what it follows.',
  'letter-not-now': 'This letter belongs to another step than the one to be done now.',
  'letter-sent': 'This letter was sent. What was sent stays as it is.',
  'letter-unfinished': 'Finish the letter first.',
  'letter-not-handed-over': 'Record first that the letter was sent.',
  'fields-missing': 'The letter still has places that nobody filled. They are named.',
  'name-not-theirs':
    'This says a name of ours that they do not know. Nothing was changed. Change the words, or say that the name may be shown.',
  'complaint-refused': 'The register of complaints does not allow it yet.',
};

// A room downstream that hands letters on refuses for these reasons too.
export { statusOf as refusalStatus, titles as refusalTitles };

/** How this module answers. */
export const { answer, refusal } = answersWith(statusOf, titles);
