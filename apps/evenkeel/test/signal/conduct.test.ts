import { CONDUCT, CONDUCT_CATEGORIES } from '@evenkeel/language/conduct';
import { SIGNAL_KINDS } from '@evenkeel/language/finding';
import { expect, test } from 'vitest';
import { conductCounts } from '../../src/modules/signal/signal.ts';

test('every kind of signal has its place, and each of the five kinds of conduct has some', () => {
  expect(Object.keys(CONDUCT).sort()).toEqual([...SIGNAL_KINDS].sort());
  const used = new Set(Object.values(CONDUCT).map(({ category }) => category));
  for (const category of CONDUCT_CATEGORIES) expect(used).toContain(category);
});

test('turning to an authority is a right: it is named, and never counted against anybody', () => {
  expect(CONDUCT.regulator_complaint).toMatchObject({ isRight: true, category: null });
  for (const { isRight, category } of Object.values(CONDUCT)) if (isRight) expect(category).toBeNull();
  expect(conductCounts({ regulator_complaint: 9, hostility: 2, profanity: 1, reopening: 3 })).toEqual({
    behaviours: 3,
    persistence: 3,
  });
});

test('every sign of the practice list from 12 to 19 is shown by some kind', () => {
  const shown = new Set(Object.values(CONDUCT).flatMap(({ signs }) => signs));
  expect([12, 13, 14, 15, 16, 17, 18, 19].filter((sign) => !shown.has(sign))).toEqual([]);
});

test('nothing here says what a person is', () => {
  const words = [...CONDUCT_CATEGORIES, ...Object.keys(CONDUCT)].join(' ');
  expect(words).not.toMatch(/difficult|aggressive|unreasonable|toxic|person|type/i);
});
