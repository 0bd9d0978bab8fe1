import { expect, test } from 'vitest';
import { findWords, nearestWords } from '../src/points/find-words.ts';
import { type Led, step, wholeOf } from '../src/points/steps-in-text.ts';

const quoteOf = (text: string, words: string, before?: string) => {
  const place = findWords(text, words, before);
  return place && text.slice(place.start, place.end);
};

test.each([
  ['with a line break of the record', 'I want a refund\r\nof 400 €.', 'a refund of 400 €'],
  ['with a space that does not break', 'I want 1\u00a0240 € back.', '1 240 € back'],
  ['with a sign that nobody sees', 'the web\u200b shop is down', 'web shop'],
  ['with signs that mean something in patterns', 'Is it (really) $5.00?', '(really) $5.00?'],
])('words of a page are found in the record %s', (_how, text, words) => {
  expect(quoteOf(text, words)?.split(/[\s\u200b]+/)).toEqual(words.split(' '));
});

test('of several places the one that was selected is meant', () => {
  const text = 'No login. I say: no login. Still no login!';
  expect(findWords(text, 'no login', 'No login. I say: no login. Still ')).toEqual({ start: 33, end: 41 });
  expect(findWords(text, 'no login', 'No login. I say: ')).toEqual({ start: 17, end: 25 });
});

test('words that stand otherwise in the record are not quoted; the longest run of them tells where to look', () => {
  const text = 'Where is the login? You said *line 4* of the list <https://x.example>.';
  const words = 'You said line 4 of the list';
  expect(findWords(text, words)).toBeNull();
  const near = nearestWords(text, words);
  expect(near && text.slice(near.start, near.end)).toBe('of the list');
  expect(nearestWords(text, 'something else entirely')).toBeNull();
  expect(findWords(text, '  \u200b ')).toBeNull();
});

const TEXT = 'Where is the login? I ask the third time.\n\nСколько можно ждать?';
const wordsOf = (led: Led | null) => led && TEXT.slice(wholeOf(led).start, wholeOf(led).end);

test('arrows go by word and by sentence, with Shift the selection grows and shrinks again', () => {
  const first = step(TEXT, null, 'sentence', 1, false);
  expect(wordsOf(first)).toBe('Where is the login?');
  const second = step(TEXT, first, 'sentence', 1, false);
  expect(wordsOf(second)).toBe('I ask the third time.');
  const both = step(TEXT, second, 'sentence', 1, true);
  expect(wordsOf(both)).toBe('I ask the third time.\n\nСколько можно ждать?');
  expect(wordsOf(step(TEXT, both, 'sentence', -1, true))).toBe('I ask the third time.');
  const word = step(TEXT, first, 'word', 1, false);
  expect(wordsOf(word)).toBe('is');
  expect(wordsOf(step(TEXT, step(TEXT, word, 'word', 1, true), 'word', 1, true))).toBe('is the login');
  expect(wordsOf(step(TEXT, word, 'word', -1, true))).toBe('Where is');
});

test('at either end the selection stays in the text', () => {
  const first = step(TEXT, null, 'word', 1, false);
  expect(wordsOf(step(TEXT, first, 'word', -1, false))).toBe('Where');
  const last = step(
    TEXT,
    { anchor: { start: 58, end: 63 }, focus: { start: 58, end: 63 } },
    'word',
    1,
    false,
  );
  expect(wordsOf(last)).toBe('ждать');
  expect(step('', null, 'word', 1, false)).toBeNull();
});
