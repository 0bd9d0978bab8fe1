import type { Context } from 'hono';
import { answersWith } from '../../../kernel/http.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import type { TermsRefusal } from '../../agreement/agreement.actions.ts';
import { answer as answerOfAgreement } from '../../agreement/refusals.ts';
import type { OfferRefusal } from './offer.actions.ts';
import type { OpeningRefusal, ScreeningRefusal } from './screening.actions.ts';
import type { SheetRefusal } from './view.actions.ts';
import type { EntryRefusal } from './warning.actions.ts';

type Own = Exclude<OfferRefusal, TermsRefusal>;
type InquiryRefusal = OpeningRefusal | ScreeningRefusal | EntryRefusal | SheetRefusal | Own;

const statusOf = {
  'party-unknown': 404,
  'screening-unknown': 404,
  'inquiry-unknown': 404,
  'warning-unknown': 404,
  'screening-question-unknown': 404,
  'match-unknown': 404,
  'screened-already': 409,
  'screening-answered': 409,
  'screening-undecided': 409,
  'not-declined': 409,
  declined: 409,
  'cases-too-few': 409,
  'warning-in-force': 409,
  'warning-expired': 409,
  'objection-missing': 409,
  'party-unnamed': 422,
  'inquiry-empty': 422,
  'inquiry-not-theirs': 422,
  'identifier-unusable': 422,
  'time-in-future': 422,
  'words-empty': 422,
  'quote-not-found': 422,
  'reason-missing': 422,
  'conditions-missing': 422,
  'service-missing': 422,
  'service-unknown': 422,
  'service-unnamed': 422,
  'surcharge-unusable': 422,
  'deposit-unusable': 422,
  'minutes-unusable': 422,
  'letter-missing': 422,
  'field-missing': 422,
  'warning-reason-missing': 422,
  'warning-reason-unknown': 422,
  'quote-missing': 422,
  'basis-missing': 422,
  'expiry-missing': 422,
  'expiry-passed': 422,
  'expiry-too-far': 422,
  'telling-missing': 422,
  'telling-unknown': 422,
  'telling-date-missing': 422,
  'date-unusable': 422,
} as const satisfies Record<InquiryRefusal, 404 | 409 | 422>;

const titles: Record<InquiryRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'screening-unknown': 'There is no such inquiry.',
  'inquiry-unknown': 'There is no such message filed under this client.',
  'warning-unknown': 'There is no such entry.',
  'screening-question-unknown': 'There is no such question.',
  'match-unknown': 'The two have nothing in common that could be compared.',
  'screened-already': 'This message is an inquiry already.',
  'screening-answered':
    'The answer has left already: an offer is open, or the no was sent. Nothing was changed.',
  'screening-undecided': 'Decide first. Nothing was recorded.',
  'not-declined': 'A no is sent after it was decided. Nothing was recorded.',
  declined: 'This inquiry was declined. Decide otherwise first, if that is meant.',
  'cases-too-few': 'Fewer than three clients say nothing about the next one. State the minutes yourself.',
  'warning-in-force': 'This entry is in force. It is removed when it has run out.',
  'warning-expired': 'This entry has run out and matches nothing any more.',
  'objection-missing': 'Nobody objected yet, so there is nothing to answer.',
  'party-unnamed': 'Say who asks; any name they gave.',
  'inquiry-empty': 'An inquiry needs their words.',
  'inquiry-not-theirs': 'This message is ours, not theirs.',
  'identifier-unusable': 'This is no address, number, handle or page.',
  'time-in-future': 'This has not happened yet.',
  'words-empty': 'There are no words to keep.',
  'quote-not-found': 'These words do not stand so in the record of this client.',
  'reason-missing': 'Say why. Nothing was recorded.',
  'conditions-missing': 'Say under which conditions. Nothing was recorded.',
  'service-missing': 'A price needs a service that was asked for, or a deposit; it is never for a person.',
  'service-unknown': 'The price sheet has no such service.',
  'service-unnamed': 'A line of the price sheet needs the service it is for.',
  'surcharge-unusable': 'A service costs a part in percent, or a sum with its currency.',
  'deposit-unusable': 'A deposit is a part up to 100 percent, or a sum with its currency.',
  'minutes-unusable': 'Minutes are at least one, and at most a week.',
  'letter-missing': 'There is no letter in this language.',
  'field-missing': 'A text has a field that nobody filled.',
  'warning-reason-missing': 'Choose what was done, from the list. Nothing was recorded.',
  'warning-reason-unknown': 'This is not on the list of reasons.',
  'quote-missing': 'An entry needs a quote from the record. Nothing was recorded.',
  'basis-missing': 'Say why it may be kept. Nothing was recorded.',
  'expiry-missing': 'Say until when it is kept. Nothing was recorded.',
  'expiry-passed': 'An entry ends in the future.',
  'expiry-too-far': 'It may not be kept for so long.',
  'telling-missing': 'Say when the person is told. Nothing was recorded.',
  'telling-unknown': 'This is not on the list of when to tell.',
  'telling-date-missing': 'Say on which day the person is told.',
  'date-unusable': 'This is no day that can be used.',
};

export const { answer } = answersWith<InquiryRefusal>(statusOf, titles);

/** What was refused about the agreement is said by the agreement. */
export function answerOffer(c: Context, done: Outcome<unknown, OfferRefusal>, status: 200 | 201): never {
  if (done.ok || isOurs(done.reason)) return answer(c, done as Outcome<unknown, InquiryRefusal>, status);
  return answerOfAgreement(c, done as Outcome<unknown, TermsRefusal>, status);
}

function isOurs(reason: OfferRefusal): boolean {
  return reason in statusOf;
}
