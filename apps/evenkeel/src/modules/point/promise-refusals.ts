import { answersWith } from '../../kernel/http.ts';
import type { PromiseRefusal } from './commitment.actions.ts';
import type { EffortRefusal } from './efforts.ts';
import type { OfferingRefusal } from './offer.actions.ts';
import type { LookRefusal } from './offer-look.ts';

type Refusal =
  | EffortRefusal
  | PromiseRefusal
  | OfferingRefusal
  | LookRefusal
  | 'proof-unknown'
  | 'interaction-unknown';

const statusOf = {
  'party-unknown': 404,
  'point-unknown': 404,
  'promise-unknown': 404,
  'offer-unknown': 404,
  'interaction-unknown': 404,
  'proof-unknown': 404,
  'effort-unknown': 404,
  'promise-settled': 409,
  'promise-open': 409,
  'offer-answered': 409,
  'offer-expired': 409,
  'offer-not-told': 409,
  'offer-told-already': 409,
  'look-not-needed': 409,
  'second-person-needed': 409,
  'wait-needed': 409,
  'promise-unnamed': 422,
  'words-missing': 422,
  'words-of-the-other-side': 422,
  'quote-not-found': 422,
  'reason-missing': 422,
  'date-unchanged': 422,
  'date-not-understood': 422,
  'zone-unknown': 422,
  'skipped-hour': 422,
  'decision-date-past': 422,
  'offer-empty': 422,
  'options-too-many': 422,
  'option-unnamed': 422,
  'option-missing': 422,
  'option-expired': 422,
  'option-after-decision': 422,
  'sum-not-a-number': 422,
  'currency-unknown': 422,
} as const satisfies Record<Refusal, 404 | 409 | 422>;

const titles: Record<Refusal, string> = {
  'party-unknown': 'There is no such client.',
  'point-unknown': 'This client has no such point.',
  'promise-unknown': 'There is no such promise.',
  'offer-unknown': 'There is no such offer.',
  'interaction-unknown': 'There is no such message.',
  'proof-unknown':
    'The record that shows who looked is not here. Nothing was written down. Bring it in first.',
  'effort-unknown': 'There is no such proposal.',
  'promise-settled': 'Somebody has said already how this promise ended. Reopen it first, with a reason.',
  'promise-open': 'This promise is open.',
  'offer-answered': 'This offer was answered or withdrawn already; that stays as it is.',
  'offer-expired':
    'The decision date passed before these words. Nothing was written down. Give a new decision date first, if it still stands.',
  'offer-not-told': 'This offer is prepared and was not told to them yet: nobody can answer it.',
  'offer-told-already': 'This offer was told to them already.',
  'look-not-needed': 'Nobody else needs to look at this offer.',
  'second-person-needed':
    'This is more than you may offer alone. Nothing was written down as told. Prepare it, and let somebody else look.',
  'wait-needed': 'Nobody else works here, so a day goes by between the reason and the offer.',
  'promise-unnamed': 'Say who promises, and what.',
  'words-missing': 'Show the words it rests on: mark them in a message, a call or a note.',
  'words-of-the-other-side':
    'These words are the other side’s. Show the words of those whose decision it is.',
  'quote-not-found': 'These words do not stand so in the record of this client. Nothing was written down.',
  'reason-missing': 'Say why, or show the words.',
  'date-unchanged': 'This is the date it has now.',
  'date-not-understood': 'This is no date and time that there is.',
  'zone-unknown': 'There is no such time zone.',
  'skipped-hour': 'The clocks skip this hour on that day. Choose another time.',
  'decision-date-past': 'The decision date lies before the offer. Choose a later one.',
  'offer-empty': 'An offer needs at least one solution.',
  'options-too-many': 'An offer holds three solutions at most.',
  'option-unnamed': 'Say what each solution is.',
  'option-missing': 'Say which of the solutions was chosen.',
  'option-expired': 'This solution did not stand any more on that day.',
  'option-after-decision': 'No solution stands longer than the decision date.',
  'sum-not-a-number': 'This is no sum: write digits, with a point or comma before the cents.',
  'currency-unknown': 'There is no such currency: write its three letters, such as EUR.',
};

/** How this module answers. */
export const { answer, refusal } = answersWith(statusOf, titles);
