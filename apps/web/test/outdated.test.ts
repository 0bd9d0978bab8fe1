import { expect, test } from 'vitest';
import { isOutdated } from '../src/procedure/source-list.tsx';
import { setClock } from '../src/words/clock.ts';

test('a source is said to be out of date from the day after the last one it is known to hold', () => {
  setClock('2026-05-31T20:00:00.000Z');
  expect(isOutdated('2026-05-31')).toBe(false);
  setClock('2026-06-01T00:00:01.000Z');
  expect(isOutdated('2026-05-31')).toBe(true);
  expect(isOutdated(null)).toBe(false);
});
