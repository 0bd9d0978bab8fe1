import { answersWith } from '../../kernel/http.ts';
import type { PointWishRefusal } from './point.actions.ts';

type Refusal = PointWishRefusal | 'interaction-unknown';

const statusOf = {
  'party-unknown': 404,
  'point-unknown': 404,
  'interaction-unknown': 404,
  'point-closed': 409,
  'point-agreed': 409,
  'point-withdrawn': 409,
  'point-merged': 409,
  'point-still-open': 409,
  'asked-already': 409,
  'raised-already': 409,
  'about-unknown': 422,
  'quote-not-found': 422,
  'words-not-ours': 422,
  'words-not-theirs': 422,
  'agreement-without-words': 422,
  'new-fact-missing': 422,
  'fact-not-new': 422,
  'title-missing': 422,
  'reason-missing': 422,
  'price-unusable': 422,
  'merge-itself': 422,
  'merge-other-client': 422,
  'split-leaves-nothing': 422,
} as const satisfies Record<Refusal, 404 | 409 | 422>;

const titles: Record<Refusal, string> = {
  'party-unknown': 'There is no such client.',
  'point-unknown': 'There is no such point.',
  'interaction-unknown': 'There is no such message of this client.',
  'point-closed': 'This point is closed; reopen it with what is new, then go on.',
  'point-agreed': 'This point is agreed already; reopen it with what is new, then go on.',
  'point-withdrawn': 'This point was withdrawn; make a new one of the words instead.',
  'point-merged': 'This point is the same as another one; go on with that one.',
  'point-still-open': 'This point is open, so there is nothing to reopen.',
  'asked-already': 'These words are a point already.',
  'raised-already': 'This message is counted for this point already.',
  'about-unknown': 'The point behind it is not a point of this client.',
  'quote-not-found': 'These words do not stand so in the record of this client; nothing was kept.',
  'words-not-ours': 'An answer is words of ours: quote a message or a letter from us.',
  'words-not-theirs': 'These have to be their words: quote a message from them.',
  'agreement-without-words': 'Silence is no agreement: quote the words with which they agreed.',
  'new-fact-missing': 'Say what is new, or quote it: a point is reopened only on a new fact.',
  'fact-not-new': 'These words belong to this point already, so they are not new.',
  'title-missing': 'Give the point a short name.',
  'reason-missing': 'Say why.',
  'price-unusable': 'Give the price as a sum greater than zero, with a currency such as EUR.',
  'merge-itself': 'A point cannot be the same as itself; choose another one.',
  'merge-other-client': 'The other point is another client’s; only points of one client can be one.',
  'split-leaves-nothing': 'Each of the two points needs words of its own: leave some to this one.',
};

/** How this module answers. */
export const { answer } = answersWith(statusOf, titles);
