import { expect, test } from 'vitest';
import { attachmentBytes } from '../src/attachment.ts';
import { readMail } from '../src/mail.ts';
import { childBytes, LETTER_LIMITS, lettersWithin, nestedBytes } from '../src/nested.ts';
import { letter } from './containers.ts';
import { sha256 } from './corpora.ts';
import { attribute, tnefFile, tnefProperties } from './outlook/support.ts';

const read = (bytes: Uint8Array) => readMail(bytes, { hash: sha256 });
const PROPERTIES = 0x00069003;
const BODY = 0x1000;
const UNICODE = 0x1f;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.from([0x83, content.length >> 16, (content.length >> 8) & 255, content.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

/** `smime.p7m` around an entity, signed by nobody. */
function opaque(entity: string): string {
  const id = (last: number) => der(6, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]));
  const held = der(0x30, id(1), der(0xa0, der(4, Buffer.from(entity))));
  const signed = der(0x30, der(2, Buffer.from([1])), der(0x31), held);
  return der(0x30, id(2), der(0xa0, signed)).toString('base64').replace(/.{76}/g, '$&\n');
}

function part(type: string, body: string, encoding = '7bit'): string {
  return `Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`;
}

function mixed(boundary: string, ...parts: readonly string[]): string {
  const all = parts.map((one) => `--${boundary}\n${one}\n`).join('');
  return `Content-Type: multipart/mixed; boundary=${boundary}\n\n${all}--${boundary}--\n`;
}

const mailOf = (subject: string, entity: string): string =>
  `From: a@b.example\nSubject: ${subject}\nDate: Tue, 12 May 2026 09:14:00 +0300\n${entity}`;
const signedPart = (entity: string): string =>
  part('application/pkcs7-mime; name=smime.p7m', opaque(entity), 'base64');
/** Longer than what shares one piece of memory with others. */
const long = (subject: string): string => letter(subject, `${subject} says it again. `.repeat(300));
const twoLetters = (...subjects: readonly string[]): string =>
  mixed('inner', ...subjects.map((subject) => part('message/rfc822', long(subject))));

test('of a signature that holds several letters each is its own, and it is opened once for all of them', () => {
  const bytes = Buffer.from(mailOf('Two', mixed('o', signedPart(twoLetters('first', 'second')))));
  const [first, second] = read(bytes).children.map((child) => nestedBytes(bytes, child));
  expect(first!.toString()).toContain('Subject: first');
  expect(second!.toString()).toContain('Subject: second');
  expect(first!.buffer).toBe(second!.buffer);
});

test('two signatures in one mail are told apart, in whatever order they are asked for', () => {
  const both = [signedPart(twoLetters('north')), signedPart(twoLetters('south'))];
  const bytes = Buffer.from(mailOf('Both', mixed('o', ...both)));
  const [north, south] = read(bytes).children;
  for (const [child, subject] of [
    [north, 'north'],
    [south, 'south'],
    [north, 'north'],
  ] as const)
    expect(read(childBytes(bytes, child!)).subject).toBe(subject);
  const other = Buffer.from(mailOf('Other', mixed('o', signedPart(twoLetters('third')))));
  expect(read(childBytes(other, read(other).children[0]!)).subject).toBe('third');
});

test('a letter inside a signature inside a signature is its own, byte for byte', () => {
  const entity = signedPart(mixed('i', part('message/rfc822', letter('twice signed'))));
  const bytes = Buffer.from(mailOf('Twice', mixed('o', signedPart(entity))));
  const [child] = read(bytes).children;
  expect(nestedBytes(bytes, child!).toString()).toBe(letter('twice signed'));
});

test('letters are followed through every packing, each with its own bytes and files', () => {
  const file = part('application/pdf; name=deep.pdf', 'JVBERi0=', 'base64');
  const deepest = mailOf('in the open', mixed('d', file));
  const tnef = tnefFile(attribute(1, PROPERTIES, tnefProperties([[BODY, UNICODE, 'packed words\0']])));
  const packed = mailOf('base64', mixed('p', part('message/rfc822', deepest), part('text/plain', 'words')));
  const outer = mixed(
    'o',
    part('message/rfc822', Buffer.from(packed).toString('base64'), 'base64'),
    signedPart(mixed('s', part('message/rfc822', letter('signed')))),
    part(
      'message/rfc822',
      mailOf('winmail', mixed('w', part('application/ms-tnef', tnef.toString('base64'), 'base64'))),
    ),
  );
  const bytes = Buffer.from(mailOf('Outer', outer));
  const found = lettersWithin(bytes, read(bytes));
  expect(found.map(({ letter: { subject }, depth, within }) => [subject, depth, within])).toEqual([
    ['base64', 1, null],
    ['in the open', 2, 0],
    ['winmail', 1, null],
    ['signed', 1, null],
  ]);
  for (const one of found) expect(read(one.bytes).subject).toBe(one.letter.subject);
  const [, open, winmail] = found;
  expect(Buffer.from(attachmentBytes(open!.base, open!.letter.attachments[0]!)).toString()).toBe('%PDF-');
  expect(winmail!.letter.text).toBe('packed words');
});

test('letters are followed to a stated depth and number, and what is deeper lies in the last of them', () => {
  let inner = letter('the deepest');
  for (let depth = 7; depth >= 1; depth--)
    inner = mailOf(`depth ${depth}`, mixed(`b${depth}`, part('message/rfc822', inner)));
  const deep = Buffer.from(mailOf('Outer', mixed('b0', part('message/rfc822', inner))));
  const found = lettersWithin(deep, read(deep));
  expect(found.map(({ depth }) => depth)).toEqual([1, 2, 3, 4, LETTER_LIMITS.depth]);
  expect(Buffer.from(found.at(-1)!.bytes).toString()).toContain('Subject: the deepest');
  const many = Array.from({ length: LETTER_LIMITS.letters + 3 }, (_, i) =>
    part('message/rfc822', letter(`${i}`)),
  );
  const wide = Buffer.from(mailOf('Wide', mixed('o', ...many)));
  expect(lettersWithin(wide, read(wide)).length).toBe(LETTER_LIMITS.letters);
  const plain = Buffer.from(letter('plain'));
  expect(lettersWithin(plain, read(plain))).toEqual([]);
});
