import { expect, test } from 'vitest';
import { csvOf } from '../../src/modules/casefile/csv.ts';

test('a table begins with the mark of UTF-8 and ends each line with CRLF', () => {
  expect(
    csvOf([
      ['number', 'points'],
      ['2026-001', 2],
    ]),
  ).toBe('\uFEFFnumber,points\r\n2026-001,2\r\n');
});

test('commas, quotes and line breaks stay inside their value', () => {
  expect(csvOf([['a,b', 'say "no"', 'one\ntwo', 'one\r\ntwo', null]])).toBe(
    '\uFEFF"a,b","say ""no""","one\ntwo","one\r\ntwo",\r\n',
  );
});

test.each(['=1+1', '+358 40', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '|calc', '%0A', '\uFEFF=1'])(
  'what others wrote as %j is not run as a formula',
  (wrote) => {
    const [, line] = /^\uFEFF(.*)\r\n$/s.exec(csvOf([[wrote]]))!;
    expect(line!.replace(/^"|"$/g, '')).toBe(`'${wrote}`);
  },
);

test('words of any script stay as they are', () => {
  expect(csvOf([['Возврат 400 €', 'ei-jäljellä', 'a-b', '3=3']])).toBe(
    '\uFEFFВозврат 400 €,ei-jäljellä,a-b,3=3\r\n',
  );
});
