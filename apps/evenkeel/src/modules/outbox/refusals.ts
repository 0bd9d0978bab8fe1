import { answersWith } from '../../kernel/http.ts';
import { refusalStatus, refusalTitles } from '../procedure/refusals.ts';
import { mailProblemStatus, notSentTitles } from '../source/mail-problems.ts';
import type { SendingRefusal } from './sending.ts';

const statusOf = {
  'no-mailbox-sends': 409,
  'address-sends-nowhere': 409,
  'already-leaving': 409,
  'already-left': 409,
  'maybe-left': 409,
  'sending-unknown': 404,
  'sending-settled': 409,
  'mail-refused': 422,
  'letter-left-otherwise': 409,
  'wait-unknown': 404,
  'wait-over': 409,
  'waits-already': 409,
  'letter-changed': 409,
  'approval-by-another': 403,
  'look-too-early': 409,
  'look-not-asked': 409,
  'reason-missing': 422,
  'contact-restricted': 409,
  'through-counsel': 409,
  ...mailProblemStatus,
} as const satisfies Record<SendingRefusal, 403 | 404 | 409 | 422>;

const titles: Record<SendingRefusal, string> = {
  'no-mailbox-sends':
    'No mailbox is set up to send. Set one under Settings, or hand the letter over as before.',
  'address-sends-nowhere':
    'They know another address of ours than those that can send. Nothing was sent: another address would tell them more of us than they know.',
  'already-leaving': 'This letter is on its way at this moment.',
  'already-left': 'This letter was sent already.',
  'maybe-left':
    'Nobody knows whether this letter left: the server had it and did not answer. Look into its folder of sent mail, then say here what you found. It is not sent again by itself.',
  'sending-unknown': 'There is no such mail.',
  'sending-settled': 'What became of this mail is known already.',
  'mail-refused': 'The server did not take the letter. Nothing was sent; its words are shown beside.',
  'letter-left-otherwise':
    'The letter was sent, but its procedure went another way meanwhile. Say here that it was sent, when the procedure can take it.',
  'wait-unknown': 'There is no letter that waits under this id.',
  'wait-over': 'This letter waits no more: it left, was taken back, or could not leave. Nothing was changed.',
  'waits-already':
    'This letter waits already. Look at it again, take it back, or send it all the same with a reason.',
  'letter-changed':
    'The letter, or the address, is not the one that waited. Nothing was sent. Send it anew; who looked at it looks at the new words.',
  'approval-by-another':
    'Another member than the one who sent it must approve these words, signed in as themselves. Nothing was changed.',
  'look-too-early': 'The time for another look has not come. Wait, or send it now with a reason.',
  'look-not-asked': 'This letter does not wait for another look. Nothing was changed.',
  'reason-missing': refusalTitles['reason-missing'],
  'contact-restricted':
    'A restriction in force closes mail to them, or closes it to you. Nothing was sent. Letters of the restriction itself can leave; so can whatever goes the open way.',
  'through-counsel':
    'A case with them is with counsel. Nothing was sent. Letters of the dispute itself can leave; hand others to counsel.',
  ...notSentTitles,
};

export const { answer } = answersWith({ ...refusalStatus, ...statusOf }, { ...refusalTitles, ...titles });
