import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentBytes, attachmentChunks } from '../src/attachment.ts';
import { readHeaders } from '../src/envelope.ts';
import { type Mail, readMail } from '../src/mail.ts';
import { childBytes, filesInside } from '../src/nested.ts';
import { eventsOf, zip } from './containers.ts';
import { firstSeamInMail, firstSeamInRun, sha256 } from './corpora.ts';
import { processorMs } from './processor-time.ts';

const FOLDER = new URL('./fixtures/', import.meta.url);
const fixtures = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(name, FOLDER)));

/** Pieces that mail is made of, put together at random. */
const PIECES = [
  'From: a@b.example\n',
  'From a@b.example Tue May 12 09:14:00 2026\n',
  'Subject: =?utf-8?B?',
  '=?koi8-r?Q?=D0',
  '?=',
  '\n',
  '\n\n',
  '\r',
  '\r\n\r\n',
  'Content-Type: multipart/mixed; boundary=b\n',
  'Content-Type: message/rfc822\n',
  'Content-Type: text/html; charset=utf-7\n',
  'Content-Transfer-Encoding: base64\n',
  'Content-Transfer-Encoding: quoted-printable\n',
  '--b\n',
  '--b--\n',
  '--b',
  'YWJj',
  '=C3=A4',
  '=\n',
  'To: "x',
  'To: (((',
  'Cc: <<>>,;:',
  "Content-Disposition: attachment; filename*0*=utf-8''%",
  'Date: 31 Feb 99 25:00 Q\n',
  '\0',
  '\x1b$B',
  '\xff\xfe',
  '<p>',
  '<!--',
  '&#x110000;',
  '<script>',
  'Content-Type: text/plain; format=flowed; delsp=yes\n',
  '> \n',
  '\x01\x01\x01\x01\n',
  'begin 644 x\n',
  ' ',
];
const mailish = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 60 })
  .map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
const anyBytes = fc.oneof(
  mailish,
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const damaged = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat())
  .map(([bytes, edits, cut]) => {
    const copy = Buffer.from(bytes);
    for (const [at, byte] of edits) copy[at % copy.length] = byte;
    return copy.subarray(0, cut % 3 === 0 ? cut % copy.length : copy.length);
  });

function check(bytes: Buffer, mail: Mail): void {
  expect(mail.issues.map((issue) => issue.code)).not.toContain('reader-failed');
  expect(firstSeamInMail(mail)).toBeNull();
  for (const attachment of mail.attachments)
    expect(attachmentBytes(bytes, attachment)).toHaveLength(attachment.sizeBytes);
  for (const file of filesInside(bytes, mail).slice(mail.attachments.length))
    expect(file.bytes()).toBeInstanceOf(Uint8Array);
  for (const child of mail.children) check(Buffer.from(childBytes(bytes, child)), child);
}

test.each([
  ['any bytes', anyBytes],
  ['real letters with bytes changed and ends cut off', damaged],
])('%s: reading never throws, and every byte is in exactly one segment', (_name, bytes) => {
  fc.assert(
    fc.property(bytes, fc.boolean(), (input, mbox) => {
      const before = Buffer.from(input);
      check(input, readMail(input, { hash: sha256, mbox }));
      readHeaders(input);
      expect(input.equals(before)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test('any bytes as a container: every byte is in exactly one item, gap or unreadable range', async () => {
  const names = fc.constantFrom('a.eml', 'a.mbox', 'a.zip', 'a.gz', 'cur/1:2,S', 'a');
  const wrapped = fc.oneof(
    anyBytes,
    mailish.map((bytes) => gzipSync(bytes)),
    mailish.map((bytes) =>
      zip([
        { name: 'a.mbox', bytes },
        { name: 'b/../c.eml', bytes, stored: true },
      ]),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      names,
      wrapped,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      async (name, input, edits) => {
        const bytes = Buffer.from(input);
        for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        expect(firstSeamInRun(await eventsOf(name, bytes), bytes.length)).toBeNull();
      },
    ),
    { numRuns: 400 },
  );
});

test('a letter cut at any byte is read as far as it goes', () => {
  for (const bytes of fixtures) {
    for (let size = 0; size < bytes.length; size += 7)
      check(bytes.subarray(0, size), readMail(bytes.subarray(0, size), { hash: sha256 }));
  }
});

test('an attachment in pieces is the attachment at once, however its base64 is laid out', () => {
  const layouts = fc.tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.constantFrom('\n', '\r\n', ' \n', '\n\n', '!\n'),
    fc.integer({ min: 600_000, max: 1_300_000 }),
  );
  fc.assert(
    fc.property(layouts, ([width, eol, size]) => {
      const packed = Buffer.alloc(size, 7)
        .fill('evenkeel', 100)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), `$&${eol}`);
      const bytes = Buffer.from(packed, 'latin1');
      const attachment = { range: { start: 0, end: bytes.length }, encoding: 'base64' as const };
      const whole = Buffer.from(attachmentBytes(bytes, attachment));
      expect(whole).toHaveLength(size);
      expect(Buffer.concat([...attachmentChunks(bytes, attachment)]).equals(whole)).toBe(true);
    }),
    { numRuns: 12 },
  );
});

test('a mail bomb of nested parts costs one issue and is kept as bytes', () => {
  const depth = 3000;
  const multiparts = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
  ).join('');
  const messages = 'Content-Type: message/rfc822\n\n'.repeat(depth);
  for (const bomb of [multiparts, messages]) {
    const bytes = Buffer.from(`From: a@b.example\nDate: Tue, 12 May 2026 09:14:00 +0300\n${bomb}core`);
    const mail = readMail(bytes, { hash: sha256 });
    check(bytes, mail);
    const codes = JSON.stringify(mail).match(/"code":"too-deep"/g) ?? [];
    expect(codes).toHaveLength(1);
  }
});

test('ten thousand parts are read, the rest is kept as one attachment', () => {
  const bytes = Buffer.from(
    `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(12_000)}--b--\n`,
  );
  const mail = readMail(bytes, { hash: sha256 });
  check(bytes, mail);
  expect(mail.issues.filter((issue) => issue.code === 'too-many-parts')).toHaveLength(1);
  expect(mail.attachments).toHaveLength(1);
});

test('headers of megabytes and fields without end are read in linear time', () => {
  const start = processorMs();
  for (const hostile of [
    `Subject: ${'=?utf-8?q?a'.repeat(100_000)}\n\nx`,
    `To: ${'(('.repeat(300_000)}\n\nx`,
    `To: ${'"a'.repeat(300_000)}\n\nx`,
    `To: ${'<a,'.repeat(200_000)}\n\nx`,
    `Content-Type: text/plain${'; a="'.repeat(100_000)}\n\nx`,
    `Content-Type: text/plain; ${'a*1*='.repeat(50_000)}\n\nx`,
    `Date: ${'('.repeat(300_000)}\n\nx`,
    `References: ${'<'.repeat(300_000)}\n\nx`,
    `${'X-A: b\n'.repeat(200_000)}\nx`,
    `Content-Type: text/html\n\n${'<a "'.repeat(200_000)}`,
    `Content-Type: text/html\n\n${'<!--'.repeat(200_000)}`,
    `Content-Type: text/html\n\n${'<script>'.repeat(100_000)}`,
    `Content-Type: text/html\n\n${'<blockquote>'.repeat(100_000)}x${'<br>'.repeat(100_000)}y`,
  ]) {
    readMail(Buffer.from(hostile), { hash: sha256 });
  }
  expect(processorMs() - start).toBeLessThan(15_000);
});
