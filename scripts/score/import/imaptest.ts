import { readContainer } from '@evenkeel/records/container';
import { bytesSource } from '@evenkeel/records/source';
import { envelopesIn, written } from '../../../packages/records/test/imaptest.ts';
import { corpusBytes, corpusFiles, inCorpora } from './corpus.ts';
import { readBy } from './readers.ts';
import { bareId, type MailReader, type Reading, words } from './reading.ts';
import { answer, ask, type Tally } from './tally.ts';

const SET = 'imaptest';

/** Envelopes and searches of the IMAP scripts, over the mailbox beside each of them. */
export async function scoreImaptest(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  for (const path of corpusFiles('email/imaptest')) {
    if (path.endsWith('.mbox') || !inCorpora(`${path}.mbox`)) continue;
    const script = corpusBytes(path).toString();
    const messages = await messagesIn(`${path}.mbox`);
    for (const reader of readers) {
      const read = await Promise.all(messages.map((bytes) => readBy(reader, bytes)));
      scoreEnvelopes(tally, reader.name, path, script, read);
      scoreSearches(tally, reader.name, path, script, read);
    }
  }
}

async function messagesIn(path: string): Promise<readonly Buffer[]> {
  const found: Buffer[] = [];
  for await (const event of readContainer(bytesSource(path, corpusBytes(path))))
    if (event.type === 'item') found.push(Buffer.from(event.bytes));
  return found;
}

function scoreEnvelopes(
  tally: Tally,
  reader: string,
  path: string,
  script: string,
  read: readonly Reading[],
): void {
  for (const { number, subject, from, to, cc, bcc, inReplyTo, messageId } of envelopesIn(script)) {
    const got = read[number - 1];
    const check = (field: string, expected: unknown, ours: unknown) =>
      ask(tally, { set: SET, field, about: `${path} ${number}` }, reader, expected, ours);
    check('envelope, subject', words(subject), words(got?.subject));
    check(
      'envelope, ids',
      [bareId(messageId), bareId(inReplyTo)],
      [got?.messageId ?? null, got?.inReplyTo ?? null],
    );
    check('envelope, people', [from, to, cc, bcc], [got?.from, got?.to, got?.cc, got?.bcc].map(written));
  }
}

/** One key only; what a combination means is the server's business. */
const SEARCH =
  /^ok search (from|to|cc|bcc|subject|body|sentbefore|senton|sentsince) ("[^"]+"|[^\s"()]+)\n\* search ?([\d ]*)$/gim;

function scoreSearches(
  tally: Tally,
  reader: string,
  path: string,
  script: string,
  read: readonly Reading[],
): void {
  for (const [line, key, quoted, numbers] of script.replace(/\r/g, '').matchAll(SEARCH)) {
    const wanted = quoted!.replace(/^"|"$/g, '').toLowerCase();
    const expected = numbers!.trim().split(/\s+/).filter(Boolean).map(Number);
    const found = read.flatMap((reading, index) =>
      matches(reading, key!.toLowerCase(), wanted) ? [index + 1] : [],
    );
    const isMatch = JSON.stringify(found) === JSON.stringify(expected);
    answer(
      tally,
      { set: SET, field: `search ${key!.toLowerCase().replace(/^sent.*/, 'sent')}`, about: path },
      reader,
      isMatch,
      () => `${line.replace('\n', ' → ')}  but ${found}`,
    );
  }
}

function matches(reading: Reading, key: string, wanted: string): boolean {
  if (key.startsWith('sent')) return sentMatches(reading.sentOn, key, dayOf(wanted));
  const bodies = words(
    `${reading.text ?? ''} ${reading.html ?? ''} ${reading.nested.map((bytes) => bytes.toString()).join(' ')}`,
  );
  const place = {
    from: written(reading.from).join(' '),
    to: written(reading.to).join(' '),
    cc: written(reading.cc).join(' '),
    bcc: written(reading.bcc).join(' '),
    subject: reading.subject ?? '',
    body: bodies,
  }[key];
  return (place ?? '').toLowerCase().includes(words(wanted));
}

function dayOf(date: string): string {
  return new Date(`${date} UTC`).toISOString().slice(0, 10);
}

function sentMatches(sentOn: string | null, key: string, day: string): boolean {
  if (sentOn === null) return false;
  if (key === 'senton') return sentOn === day;
  return key === 'sentbefore' ? sentOn < day : sentOn >= day;
}
