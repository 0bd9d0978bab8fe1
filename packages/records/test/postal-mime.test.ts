import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { readMail } from '../src/mail.ts';
import { eventsOf, itemsOf } from './containers.ts';
import { corpusBytes, filesIn, HAS_CORPORA, sha256 } from './corpora.ts';

const words = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
/** Folders of mail as people write it; in the others broken mail is the rule, and postal-mime is no guide. */
const FOLDERS = [
  'ponymail',
  'postal-mime',
  'mailparser',
  'cpython',
  'thunderbird',
  'zbateson',
  'spamassassin/nice',
  'sisimai-bounces/maildir/bsd',
];

describe.skipIf(!HAS_CORPORA)('beside postal-mime, where its answers are known to be right', () => {
  test('subject, sender and words agree on nearly all real mail', async () => {
    const counts = { mails: 0, subject: 0, from: 0, text: 0, texts: 0, messageId: 0 };
    for (const path of FOLDERS.flatMap(filesIn)) {
      for (const item of itemsOf(await eventsOf(path, corpusBytes(path)))) {
        const ours = readMail(item.bytes, { hash: sha256 });
        const theirs = await PostalMime.parse(item.bytes, { rfc822Attachments: true });
        counts.mails++;
        // It takes raw 8-bit and UTF-7 subjects for UTF-8; there it is no guide.
        const isGuide = !/[\ufffd]|Ã|ï¿½|\+APY-/.test(theirs.subject ?? '');
        if (!isGuide || words(ours.subject) === words(theirs.subject)) counts.subject++;
        if ((ours.from?.address ?? '') === (theirs.from?.address ?? '')) counts.from++;
        if ((ours.messageId ?? '') === (theirs.messageId ?? '')) counts.messageId++;
        if (!theirs.text) continue;
        counts.texts++;
        if (words(theirs.text).includes(words(ours.text))) counts.text++;
      }
    }
    console.log(`postal-mime: ${JSON.stringify(counts)}`);
    for (const key of ['subject', 'from', 'messageId'] as const)
      expect(counts[key] / counts.mails, key).toBeGreaterThan(0.97);
    expect(counts.text / counts.texts).toBeGreaterThan(0.96);
  });
});
