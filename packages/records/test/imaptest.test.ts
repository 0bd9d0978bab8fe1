import { describe, expect, test } from 'vitest';
import type { Mailbox } from '../src/address.ts';
import { readMail } from '../src/mail.ts';
import { eventsOf, itemsOf } from './containers.ts';
import { corpusBytes, HAS_CORPORA, sha256 } from './corpora.ts';

type Tree = string | null | readonly Tree[];

/** Reads one IMAP list with quoted strings, literals and NIL. */
function parseList(text: string): Tree {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
  let at = 0;
  const next = (): Tree => {
    const token = tokens[at++]!;
    if (token === '(') {
      const list: Tree[] = [];
      while (at < tokens.length && tokens[at] !== ')') list.push(next());
      at++;
      return list;
    }
    if (token === 'NIL') return null;
    return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
  };
  return next();
}

function mailboxes(list: Tree | undefined): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly (readonly (string | null)[])[])
    .filter(([, , user, domain]) => user && domain)
    .map(([name, , user, domain]) => `${name ?? ''}<${user}@${domain}>`);
}

const written = (list: readonly Mailbox[]): readonly string[] =>
  list.map(({ name, address }) => `${name ?? ''}<${address}>`);

describe.skipIf(!HAS_CORPORA)('beside the envelopes that imaptest expects', () => {
  test('date, subject, people and ids agree', async () => {
    const script = corpusBytes('imaptest/fetch-envelope').toString();
    const expected = [...script.matchAll(/^\* (\d+) FETCH \(ENVELOPE (.*)\)$/gm)].map(
      (match) => parseList(match[2]!) as readonly Tree[],
    );
    const items = itemsOf(await eventsOf('fetch-envelope.mbox', corpusBytes('imaptest/fetch-envelope.mbox')));
    expect(items).toHaveLength(expected.length);
    let agreed = 0;
    for (const [index, item] of items.entries()) {
      const mail = readMail(item.bytes, { hash: sha256 });
      const [date, subject, from, , , to, cc, bcc, inReplyTo, messageId] = expected[index]!;
      const ours = [
        mail.sentAtRaw,
        mail.subject,
        written(mail.authors),
        written(mail.to),
        written(mail.cc),
        written(mail.bcc),
        mail.inReplyTo,
        mail.messageId,
      ];
      const theirs = [
        date,
        subject,
        mailboxes(from),
        mailboxes(to),
        mailboxes(cc),
        mailboxes(bcc),
        inReplyTo,
        messageId,
      ];
      if (JSON.stringify(ours) === JSON.stringify(theirs)) agreed++;
      else
        console.log(
          `envelope ${index + 1}\n  theirs ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(ours)}`,
        );
    }
    console.log(`imaptest: ${agreed} of ${expected.length} envelopes agree`);
    expect(agreed).toBeGreaterThanOrEqual(expected.length - 2);
  });
});
