import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readHeaders } from '../src/envelope.ts';
import { readMail } from '../src/mail.ts';
import { parseContainer } from '../src/parse.ts';
import { bytesSource } from '../src/source.ts';
import { eventsOf, issuesOf, itemsOf } from './containers.ts';
import {
  CORPORA,
  corpusBytes,
  filesIn,
  firstSeamInMail,
  firstSeamInRun,
  HAS_CORPORA,
  sha256,
} from './corpora.ts';

const folders = HAS_CORPORA ? readdirSync(CORPORA).sort() : [];

describe.skipIf(!HAS_CORPORA)('real mail of other projects', () => {
  test.each(folders)('%s: nothing throws, ranges leave no hole, totals add up', async (folder) => {
    for (const path of filesIn(folder)) {
      const bytes = corpusBytes(path);
      const events = await eventsOf(path, bytes);
      expect(firstSeamInRun(events, bytes.length), path).toBeNull();
      for (const item of itemsOf(events)) {
        const mail = readMail(item.bytes, { hash: sha256, mbox: item.format === 'mbox' });
        expect(firstSeamInMail(mail), path).toBeNull();
        expect(
          mail.issues.map((issue) => issue.code),
          path,
        ).not.toContain('reader-failed');
        expect(readHeaders(item.bytes), path).toMatchObject({
          from: mail.from,
          subject: mail.subject,
          sentAt: mail.sentAt,
        });
      }
      const { items, totals } = await parseContainer(bytesSource(path, bytes), { hash: sha256 });
      expect(totals.items, path).toBe(
        totals.imported + totals.duplicates + totals.leftOut + totals.unreadable,
      );
      expect([items.length, totals.unreadable], path).toEqual([
        itemsOf(events).length,
        events.filter((event) => event.type === 'unreadable').length,
      ]);
    }
  });

  test('one letter with LF, CRLF and bare CR reads the same', () => {
    const subjectOf = (path: string) => {
      const { subject, from, to, sentAt, text } = readMail(corpusBytes(path), { hash: sha256 });
      return { subject, from, to, sentAt, text };
    };
    const macs = filesIn('sisimai-bounces/maildir/mac').filter((path) =>
      filesIn('sisimai-bounces/maildir/dos').includes(path.replace('/mac/', '/dos/')),
    );
    const equal = macs.filter(
      (path) => JSON.stringify(subjectOf(path)) === JSON.stringify(subjectOf(path.replace('/mac/', '/dos/'))),
    );
    console.log(`sisimai: ${equal.length} of ${macs.length} letters read the same with CR and CRLF`);
    expect(macs.length).toBeGreaterThan(20);
    expect(equal.length).toBe(macs.length);
  });

  test('the mbox files of mimekit split where mimekit says', async () => {
    for (const [name, exact] of [
      ['content-length', 26],
      ['issue1189', 4],
    ] as const) {
      const events = itemsOf(await eventsOf(`${name}.mbox`, corpusBytes(`mimekit/mbox/${name}.mbox.txt`)));
      const text = corpusBytes(`mimekit/mbox/${name}.unix-offsets.json`)
        .toString()
        .replace(/^\ufeff/, '');
      const offsets: { beginOffset: number; endOffset: number }[] = JSON.parse(text);
      expect(events.map((item) => item.range.start)).toEqual(offsets.map((offset) => offset.beginOffset));
      // Without a blank line before the separator the last line end is the message's own; mimekit takes it off.
      expect(events.filter((item, n) => item.range.end === offsets[n]!.endOffset)).toHaveLength(exact);
    }
  });

  test('containers hold what their makers say', async () => {
    const count = async (path: string) => itemsOf(await eventsOf(path, corpusBytes(path))).length;
    expect(await count('ietf-mailarchive/mailbox_mmdf')).toBe(5);
    expect(await count('spamassassin/nice.mbox')).toBe(3);
    expect(await count('thunderbird/mailnews/test/data/mbox_unquoted')).toBe(2);
    expect(await count('thunderbird/mailnews/test/data/mbox_mboxrd')).toBe(2);
    expect(await count('mimekit/mbox/unmunged.mbox.txt')).toBe(2);
    expect(issuesOf(await eventsOf('x', corpusBytes('mimekit/mbox/issue1189.mbox.txt')))).toEqual([]);
  });
});
