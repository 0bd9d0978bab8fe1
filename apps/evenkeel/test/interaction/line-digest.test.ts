import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { lineDigestOf } from '../../src/modules/interaction/reading.ts';

const MEGABYTE = 1 << 20;
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function naive(bytes: Buffer): string {
  return digest(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'));
}

test.each([
  ['a line end at the edge', Buffer.concat([Buffer.alloc(MEGABYTE - 1, 'a'), Buffer.from('\r\nb')])],
  ['a line end before the edge', Buffer.concat([Buffer.alloc(MEGABYTE - 2, 'a'), Buffer.from('\r\nb')])],
  ['a line end behind the edge', Buffer.concat([Buffer.alloc(MEGABYTE, 'a'), Buffer.from('\r\nb')])],
  ['a bare CR at the edge', Buffer.concat([Buffer.alloc(MEGABYTE - 1, 'a'), Buffer.from('\rb\r\n')])],
  ['a CR as the last byte of all', Buffer.concat([Buffer.alloc(2 * MEGABYTE - 1, 'a'), Buffer.from('\r')])],
  ['CR after CR', Buffer.concat([Buffer.alloc(MEGABYTE - 2, 'a'), Buffer.from('\r\r\n\r\r\n')])],
  ['nothing but line ends', Buffer.alloc(3 * MEGABYTE, '\r\n')],
  ['one line end', Buffer.from('\r\n')],
])('the digest over line ends is the same however long the mail, with %s', (_what, bytes) => {
  expect(lineDigestOf(bytes, digest(bytes))).toBe(naive(bytes));
});

test('random bytes with many line ends are read as one by one', () => {
  const bytes = Buffer.from(
    randomBytes(2 * MEGABYTE + 99).map((byte) => (byte < 60 ? 13 : byte < 120 ? 10 : byte)),
  );
  expect(lineDigestOf(bytes, digest(bytes))).toBe(naive(bytes));
});
