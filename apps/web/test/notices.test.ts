import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { isNews, isQuiet, noticeText } from '../src/session/notices.ts';
import english from '../src/words/en.json' with { type: 'json' };
import { speak } from '../src/words/t.ts';

afterEach(() => speak('en', english));

const HOURS = { zone: 'Europe/Helsinki', workDays: [1, 2, 3, 4, 5], workFrom: '09:00', workUntil: '18:00' };

test('a notice says the same whatever is due, in every language: no name, no word of the record', () => {
  for (const [tag, says] of [
    ['en', 'Evenkeel: something is due'],
    ['ru', 'Evenkeel: подошёл срок'],
    ['fi', 'Evenkeel: jotakin on määrä tehdä'],
  ] as const) {
    const url = new URL(`../src/words/${tag}.json`, import.meta.url);
    speak(tag, JSON.parse(readFileSync(url, 'utf8')) as Record<string, string>);
    expect(noticeText()).toBe(says);
    expect(noticeText()).not.toMatch(/[{}]/);
  }
  // It is given nothing, so it can tell nothing.
  expect(noticeText.length).toBe(0);
});

test('what was due when the page was opened is no news; what came after is', () => {
  expect(isNews(null, ['a'])).toBe(false);
  expect(isNews(new Set(['a', 'b']), ['b'])).toBe(false);
  expect(isNews(new Set(['a']), ['a', 'b'])).toBe(true);
});

test.each([
  ['a Tuesday at nine where we are', '2026-05-12T06:00:00Z', false],
  ['a minute before', '2026-05-12T05:59:00Z', true],
  ['six in the evening', '2026-05-12T15:00:00Z', true],
  ['a Saturday', '2026-05-16T09:00:00Z', true],
])('it is quiet outside of our hours: %s', (_what, at, quiet) => {
  expect(isQuiet(HOURS, new Date(at))).toBe(quiet);
});
