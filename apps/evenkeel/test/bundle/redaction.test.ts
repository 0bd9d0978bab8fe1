import { describe, expect, test } from 'vitest';
import { blackedValue, decideRemains, isSaidIn, takenWords } from '../../src/modules/bundle/redaction.ts';

const wish = { reason: 'a child', subject: [], people: [], text: [] };
const remains = (text: string, words: string, more: object = {}) => {
  const start = text.indexOf(words);
  const decided = decideRemains(
    { subject: null, text },
    { ...wish, text: [{ start, end: start + words.length }], ...more },
    false,
  );
  return decided.ok ? decided.value : decided.reason;
};

describe('words that are taken out of a text', () => {
  test('leave a bar of one length, wherever they stand again, over a line end and in another case too', () => {
    const text = 'Call Lidia Orlova.\n> call lidia\n> orlova now. Lidia stays.';
    expect(remains(text, 'Lidia Orlova')).toMatchObject({
      text: 'Call ████.\n> call ████ now. Lidia stays.',
      places: 2,
    });
  });

  test('are not taken out of the middle of another word', () => {
    expect(remains('Anna and Annabel', 'Anna')).toMatchObject({ text: '████ and Annabel', places: 1 });
    expect(remains('Иван и Иванов', 'Иван')).toMatchObject({ text: '████ и Иванов' });
  });

  test('go from where they were marked even where they are too short to be looked for again', () => {
    expect(remains('pin 7 of 7', '7')).toMatchObject({ text: 'pin ████ of 7', places: 1 });
  });

  test('may overlap: what was marked twice becomes one bar', () => {
    const decided = decideRemains(
      { subject: 'About Lidia', text: 'abcdef' },
      {
        ...wish,
        text: [
          { start: 0, end: 3 },
          { start: 2, end: 5 },
        ],
        subject: [{ start: 6, end: 11 }],
      },
      false,
    );
    expect(decided).toMatchObject({ ok: true, value: { text: '████f', subject: 'About ████', places: 2 } });
  });

  test.each([
    ['without a reason', { reason: ' ' }, 'reason-missing'],
    ['outside of the text', { text: [{ start: 3, end: 99 }] }, 'span-outside'],
    ['backwards', { text: [{ start: 3, end: 3 }] }, 'span-outside'],
    ['where nothing is marked', { text: [] }, 'nothing-taken'],
  ])('are refused %s', (_how, more, reason) => {
    expect(remains('some words', 'some', more)).toBe(reason);
  });
});

describe('words that were taken out elsewhere', () => {
  const taken = takenWords([{ taken: ['Lidia Orlova', '(040) 765-43.21', 'x'] }]);

  test('are found in any text of a value, and made bars there; what is too short is looked for nowhere', () => {
    const value = { a: ['to LIDIA\n>  ORLOVA'], b: 'x', c: 1, d: null };
    expect(isSaidIn(value, taken)).toBe(true);
    expect(blackedValue(value, taken)).toEqual({ a: ['to ████'], b: 'x', c: 1, d: null });
    expect(isSaidIn({ a: 'Lidia', b: 'x' }, taken)).toBe(false);
  });

  test('may hold any sign: none of them is a pattern', () => {
    expect(taken.isIn('ring (040) 765-43.21 now')).toBe(true);
    expect(taken.isIn('ring 040 765-43921 now')).toBe(false);
  });
});
