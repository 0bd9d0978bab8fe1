import { describe, expect, test } from 'vitest';
import { readMail } from '../src/mail.ts';
import { eventsOf, itemsOf } from './containers.ts';
import { corpusBytes, HAS_CORPORA, sha256 } from './corpora.ts';
import { envelopesIn, written } from './imaptest.ts';

describe.skipIf(!HAS_CORPORA)('beside the envelopes that imaptest expects', () => {
  test('date, subject, people and ids agree', async () => {
    const expected = envelopesIn(corpusBytes('imaptest/fetch-envelope').toString());
    const items = itemsOf(await eventsOf('fetch-envelope.mbox', corpusBytes('imaptest/fetch-envelope.mbox')));
    expect(items).toHaveLength(expected.length);
    let agreed = 0;
    for (const [index, item] of items.entries()) {
      const mail = readMail(item.bytes, { hash: sha256 });
      const ours = {
        number: index + 1,
        ...{ date: mail.sentAtRaw, subject: mail.subject, from: written(mail.authors), to: written(mail.to) },
        ...{ cc: written(mail.cc), bcc: written(mail.bcc) },
        ...{ inReplyTo: mail.inReplyTo, messageId: mail.messageId },
      };
      const [theirs, read] = [JSON.stringify(expected[index]), JSON.stringify(ours)];
      if (read === theirs) agreed++;
      else console.log(`envelope ${index + 1}\n  theirs ${theirs}\n  ours   ${read}`);
    }
    console.log(`imaptest: ${agreed} of ${expected.length} envelopes agree`);
    expect(agreed).toBeGreaterThanOrEqual(expected.length - 2);
  });
});
