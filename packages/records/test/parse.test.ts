import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attachmentBytes } from '../src/attachment.ts';
import { contentDigestInput } from '../src/identity.ts';
import { readMail } from '../src/mail.ts';
import { isMaildirPath, maildirFlags } from '../src/maildir.ts';
import { parseContainer } from '../src/parse.ts';
import { sniff } from '../src/sniff.ts';
import { bytesSource } from '../src/source.ts';
import { letter, zip } from './containers.ts';
import { sha256 } from './corpora.ts';

const LINE = 'From orlov@baltika.example Tue May 12 09:14:00 2026';

test('a file comes out in the shape that parse --json prints', async () => {
  const bytes = Buffer.from(`${LINE}\n${letter('one')}`);
  expect(await parseContainer(bytesSource('box.mbox', bytes), { hash: sha256 })).toEqual({
    path: 'box.mbox',
    format: 'mbox',
    items: [
      {
        kind: 'message',
        subject: 'one',
        from: { name: 'Ivan Orlov', address: 'orlov@baltika.example' },
        to: [{ name: null, address: 'anna@studio.example' }],
        cc: [],
        bcc: [],
        replyTo: [],
        sentAt: '2026-05-12T09:14:00+03:00',
        sentAtSource: 'date-header',
        sentAtRaw: 'Tue, 12 May 2026 09:14:00 +0300',
        receivedAt: null,
        messageId: null,
        inReplyTo: null,
        references: [],
        text: 'Where is the login?\n',
        html: null,
        attachments: [],
        children: [],
        direction: null,
        issues: [],
        member: null,
        range: { start: 52, end: bytes.length },
      },
    ],
    issues: [],
    totals: { items: 1, imported: 1, duplicates: 0, leftOut: 0, unreadable: 0 },
  });
});

test('what cannot be read counts, with its place and its reason', async () => {
  const bytes = zip([
    { name: 'a.eml', bytes: Buffer.from(letter('a')) },
    { name: 'b.jpg', bytes: Buffer.from([255, 216, 0]) },
  ]);
  const { totals, issues } = await parseContainer(bytesSource('x.zip', bytes), { hash: sha256 });
  expect(totals).toEqual({ items: 2, imported: 1, duplicates: 0, leftOut: 0, unreadable: 1 });
  expect(issues).toEqual([
    { code: 'unknown-format', message: expect.stringContaining('b.jpg'), range: { start: 0, end: 3 } },
  ]);
});

test('ranges of nested messages are offsets in the file, and their bytes are exact', async () => {
  const inner = letter('inner');
  const outer = `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`;
  const bytes = Buffer.from(`${LINE}\n${outer}`);
  const { items } = await parseContainer(bytesSource('box', bytes), { hash: sha256 });
  const { start, end } = items[0]!.children[0]!.range;
  expect(bytes.toString('latin1', start, end)).toBe(inner);
});

test('the hash of an attachment is the hash of its unpacked bytes', () => {
  const file = Buffer.from('%PDF-1.4 fictional');
  const bytes = Buffer.from(
    `Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n${file.toString('base64')}\n`,
  );
  const [attachment] = readMail(bytes, { hash: sha256 }).attachments;
  expect(attachment).toMatchObject({
    name: 'a.pdf',
    sizeBytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  });
  expect(Buffer.from(attachmentBytes(bytes, attachment!)).equals(file)).toBe(true);
});

test('two copies of a letter that differ in their way are told by what they say', () => {
  const read = (text: string) => contentDigestInput(readMail(Buffer.from(text), { hash: sha256 }));
  const sent = `Message-ID: <1@a>\n${letter('one')}`;
  const received = `Received: by mx; Tue, 12 May 2026 09:14:05 +0300\n${sent}`.replaceAll('\n', '\r\n');
  expect(read(received)).toBe(read(sent));
  expect(read(sent.replace('login', 'refund'))).not.toBe(read(sent));
  expect(read(letter('no id'))).toBeNull();
});

test('formats are told by their first bytes, and single letters also by their name', () => {
  expect(sniff(Buffer.from(letter('x')), 'letter')).toBe('eml');
  expect(sniff(Buffer.from('no header at all'), 'letter.eml')).toBe('eml');
  expect(sniff(Buffer.from(`${LINE}\n${letter('x')}`), 'INBOX')).toBe('mbox');
  expect(sniff(Buffer.from('\x01\x01\x01\x01\n'), 'x')).toBe('mmdf');
  expect(sniff(Buffer.from('PK\x03\x04', 'latin1'), 'x')).toBe('zip');
  expect(sniff(Buffer.from([31, 139, 8, 0]), 'x')).toBe('gzip');
  expect(sniff(Buffer.from('From time to time: nothing'), 'notes.txt')).toBe('unknown');
  expect(sniff(Buffer.from('# Title\n\nNote: this is prose.\n'), 'README.md')).toBe('unknown');
});

test('Maildir files are known by their folder, and their flags by their name', () => {
  expect(['Maildir/cur/1:2,S', 'new/1', 'Maildir/tmp/1', 'cur', 'curious/1'].map(isMaildirPath)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(maildirFlags('1491941793.M41850.mx1,S=10956:2,FRS')).toEqual({
    draft: false,
    flagged: true,
    passed: false,
    replied: true,
    seen: true,
    trashed: false,
  });
});

test('a report, an invitation and a signature stand beside the rest of a message, where it holds them', async () => {
  const read = async (name: string) => {
    const bytes = readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url));
    const { items } = await parseContainer(
      bytesSource('box', Buffer.concat([Buffer.from(`${LINE}\n`), bytes])),
      {
        hash: sha256,
      },
    );
    return {
      ...items[0]!,
      own: (start: number, end: number) => bytes.toString('latin1', start - 52, end - 52),
    };
  };
  const { report, own } = await read('bounce-two-recipients');
  expect(report).toMatchObject({ kind: 'delivery', originalMessageId: '<sent-1@studio.example>' });
  expect(own(report!.range.start, report!.range.end)).toMatch(/^Reporting-MTA/);
  expect((await read('calendar-reply')).calendar).toMatchObject([{ method: 'reply' }]);
  const signed = await read('pgp-mime');
  const place = signed.protection![0]!.signed!;
  expect(signed.own(place.start, place.end)).toMatch(/^Content-Type: text\/plain/);
  expect(await read('words-in-head')).not.toHaveProperty('report');
});
