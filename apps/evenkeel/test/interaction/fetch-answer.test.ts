import { expect, test } from 'vitest';
import { readFetchAnswer } from '../../src/modules/source/fetch-answer.ts';

const read = (line: string, ...literals: readonly string[]) =>
  readFetchAnswer(
    Buffer.from(line),
    literals.map((one) => Buffer.from(one)),
  );

test('the answers that servers give to what we ask are read by their parts', () => {
  expect(
    read(
      '* 12 FETCH (UID 5 RFC822.SIZE 2048 INTERNALDATE " 2-Jan-2026 03:04:05 +0200" MODSEQ (7) BODY[HEADER.FIELDS (FROM TO MESSAGE-ID)] {9}\r\n)',
      'From: a\r\n',
    ),
  ).toEqual({
    ...{ uid: 5, size: 2048, internalDate: ' 2-Jan-2026 03:04:05 +0200', source: null },
    headers: Buffer.from('From: a\r\n'),
  });
  expect(read('* 1 FETCH (BODY[] {3}\r\n UID 9)', 'abc')).toMatchObject({
    uid: 9,
    source: Buffer.from('abc'),
  });
  expect(read('* 1 FETCH (FLAGS (\\Seen $Junk) UID 9 BODY[] {0}\r\n)', '')).toMatchObject({ uid: 9 });
});

test.each([
  ['a literal of another size than was announced', '* 1 FETCH (UID 9 BODY[] {4}\r\n)', ['abc']],
  ['two literals', '* 1 FETCH (UID 9 BODY[] {1}\r\n BODY[] {1}\r\n)', ['a', 'b']],
  ['no literal', '* 1 FETCH (UID 9 FLAGS ())', []],
  ['a word nobody asked for', '* 1 FETCH (UID 9 ENVELOPE (NIL) BODY[] {1}\r\n)', ['a']],
  ['no number', '* 1 FETCH (BODY[] {1}\r\n)', ['a']],
  ['an end in the middle', '* 1 FETCH (UID 9 BODY[] {1}\r\n', ['a']],
  ['something behind the end', '* 1 FETCH (UID 9 BODY[] {1}\r\n) OK', ['a']],
  ['another answer', '* 1 EXPUNGE', ['a']],
])('%s is left to a reader of the whole grammar', (_what, line, literals) => {
  expect(read(line, ...literals)).toBeNull();
});
