import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalise, sourceEnd, sourceStart } from '../src/text/normalise.ts';
import { tokensOf } from '../src/text/tokens.ts';

const folded = (text: string): string => normalise(text).text;

test.each([
  ['Ещё раз — «СУД»', 'еще раз - "суд"'],
  ['“don’t”', `"don't"`],
  ['ＦＵＬＬ ｗｉｄｔｈ', 'full width'],
  ['ﬁnal', 'final'],
  ['su\u00ADe y\u200Bou \u202Enow', 'sue you now'],
  ['Äiti Öö Åbo Йод', 'äiti öö åbo йод'],
  ['A\u0308iti И\u0306од café', 'äiti йод cafe'],
  ['мoшeнник', 'мошенник'],
  ['sсаm', 'scam'],
  ['wait…', 'wait…'],
])('%s is folded to %s', (text, expected) => {
  expect(folded(text)).toBe(expected);
});

test('every unit of a folded text leads back to the whole character it came from', () => {
  const text = 'a\u0301\u0323b 👩‍👩‍👧 ﬁ 🇫🇮 e\u0301';
  const normalised = normalise(text);
  const characters = [...normalised.text].map((_unit, at) =>
    text.slice(sourceStart(normalised, at), sourceEnd(normalised, at + 1)),
  );
  expect(characters[0]).toBe('a\u0301\u0323');
  expect(characters.filter((character) => character === 'ﬁ')).toHaveLength(2);
  expect(
    text.slice(
      sourceStart(normalised, normalised.text.indexOf('👩')),
      sourceEnd(normalised, normalised.text.indexOf('👩') + 1),
    ),
  ).toBe('👩‍👩‍👧');
});

test('whatever a text holds, tokens lie inside of it and cut no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const normalised = normalise(text);
      for (const { start, end } of tokensOf(normalised.text, 0, normalised.text.length)) {
        const from = sourceStart(normalised, start);
        const to = sourceEnd(normalised, end);
        expect(from).toBeLessThan(to);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(cutsPair(text, from) || cutsPair(text, to)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

function cutsPair(text: string, at: number): boolean {
  const isHigh = /[\uD800-\uDBFF]/.test(text[at - 1] ?? '');
  return isHigh && /[\uDC00-\uDFFF]/.test(text[at] ?? '');
}
