import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lexemesOf } from '../src/analyse.ts';
import { matches, meetsPhrases, parseQuery, snippet } from '../src/query.ts';
import { finds } from './meet.ts';

const MAIL = `Hi Mira,
INV-2024/17 over 1 240,50 € from orlov@baltika.example is still open (see https://www.baltika.example/pay?id=77).
Call me: +358 40 123 4567. The final notice was sent on 12.5.2024.`;

test.each([
  'orlov@baltika.example',
  'baltika.example',
  'baltika',
  'INV-2024',
  'inv2024',
  'INV-2024/17',
  '2024/17',
  'INV 17',
  '1 240',
  '1240',
  '1.240',
  '1240,50',
  '1 240,50',
  '240',
  '040 123 4567',
  '+358401234567',
  '0401234567',
  '12.5.2024',
  '12.5.',
  'https://www.baltika.example/pay',
  'ORLOV',
  '"final notice"',
  'final -reminder',
])('the mail is found by %s', (query) => {
  expect(finds(query, MAIL)).toBe(true);
});

test.each([
  'INV-2025',
  'INV-2024/18',
  'orlov@example',
  'example.baltika',
  '1 250',
  '12.6.2024',
  '040 123 4568',
  'final -notice',
  '2024.12',
])('the mail is not found by %s', (query) => {
  expect(finds(query, MAIL)).toBe(false);
});

test('function words count only where nothing else was typed', () => {
  expect(parseQuery('the invoice').all).toEqual(parseQuery('invoice').all);
  expect(parseQuery('never').all).toHaveLength(1);
  expect(parseQuery('to be').all).toEqual([['to'], ['be']]);
});

test('quotes of every kind make a phrase, and an open quote reaches to the end', () => {
  for (const typed of ['"pay me"', '“pay me”', '«pay me»', '„pay me”', '"pay me']) {
    expect(parseQuery(typed).phrases).toEqual(['pay me']);
  }
});

test('a phrase is looked for word for word on the text', () => {
  const query = parseQuery('"pays me"');
  expect(meetsPhrases('He PAYS\n> me, he said', query)).toBe(true);
  expect(meetsPhrases('He paid me', query)).toBe(false);
  expect(matches('He paid me', query)).toEqual([]);
});

test('an excluded word is a lexeme, an excluded phrase or address is looked for on the text', () => {
  const query = parseQuery('refund -paid -"final notice" -INV-2024/17');
  expect(query.none).toEqual(parseQuery('paid').all);
  expect(query.nonePhrases).toEqual(['final notice', 'INV-2024/17']);
  expect(meetsPhrases('refund: notice, final', query)).toBe(true);
  expect(meetsPhrases('refund after the final notice', query)).toBe(false);
});

test('a search for any text finds a row that holds it', () => {
  const word = fc.stringMatching(/^[a-zäöа-я0-9]{1,9}$/);
  const joint = fc.constantFrom(' ', '-', '.', '@', '/', ', ', ':');
  const text = fc.array(fc.tuple(word, joint), { minLength: 1 }).map((parts) => parts.flat().join(''));
  fc.assert(
    fc.property(text, (written) => {
      const held = new Set(lexemesOf(written));
      const { all } = parseQuery(written);
      expect(all.filter((group) => !group.some((lexeme) => held.has(lexeme)))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('nothing that is typed makes it throw, and every mark lies inside its text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 1, max: 40 }),
      (typed, text, length) => {
        const query = parseQuery(typed);
        for (const { start, end } of matches(text, query))
          expect(start >= 0 && start < end && end <= text.length).toBe(true);
        const piece = snippet(text + typed, query, length);
        for (const { start, end } of piece.marks)
          expect(start >= 0 && start < end && end <= piece.text.length).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

function marked(text: string, typed: string): readonly string[] {
  return matches(text, parseQuery(typed)).map(({ start, end }) => text.slice(start, end));
}

test('every form of a word is marked, and an address as one', () => {
  expect(marked('Invoices: the invoice of orlov@baltika.example', 'invoice orlov@baltika.example')).toEqual([
    'Invoices',
    'invoice',
    'orlov@baltika.example',
  ]);
  expect(marked('Vuokrasopimuksen ja sopimuksia', 'sopimus')).toEqual(['Vuokrasopimuksen', 'sopimuksia']);
});

test('a phrase is marked whole, and its words nowhere else', () => {
  expect(marked('The notice. This final  notice is a notice', '"final notice"')).toEqual(['final  notice']);
});

test('a short text is its own snippet, on one line', () => {
  expect(snippet('Please\n\n pay\u0000 the invoice.', parseQuery('pay'))).toEqual({
    text: 'Please pay the invoice.',
    marks: [{ start: 7, end: 10 }],
  });
});

test('a snippet is cut between words around the place where most of the query stands', () => {
  const filler = 'lorem ipsum dolor sit amet consectetur '.repeat(20);
  const text = `refund ${filler}the refund of the late invoice is due ${filler}`;
  const { text: piece, marks } = snippet(text, parseQuery('refund invoice'), 80);
  expect(marks.map(({ start, end }) => piece.slice(start, end))).toEqual(['refund', 'invoice']);
  expect(piece.length).toBeLessThanOrEqual(82);
  expect(piece.startsWith('…') && piece.endsWith('…')).toBe(true);
  expect(text).toContain(piece.slice(1, -1));
  expect(` ${text} `).toContain(` ${piece.slice(1, -1)} `);
});

test('a snippet of a text without a hit is its beginning', () => {
  expect(snippet('word '.repeat(100), parseQuery('absent'), 12)).toEqual({ text: 'word word…', marks: [] });
});

test('a snippet never halves a character', () => {
  const { text } = snippet('😀'.repeat(50), parseQuery('x'), 7);
  expect(text.isWellFormed()).toBe(true);
});
