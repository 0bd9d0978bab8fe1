import { expect, test } from 'vitest';
import { type ChangePoint, changePoints } from '../../src/modules/signal/change-points.ts';

/** Numbers that look random and are the same every time. */
function noise(count: number, seed: number): readonly number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}

const points = (values: readonly number[]) => changePoints(values) as readonly ChangePoint[];

test('fewer than sixteen values are too few, however clear they look', () => {
  expect(changePoints([])).toBe('too-few');
  expect(changePoints([...Array(8).fill(0), ...Array(7).fill(9)])).toBe('too-few');
});

test('a level that moves is found where it moves, with both levels', () => {
  const values = [...noise(20, 1), ...noise(15, 2).map((value) => value + 3)];
  expect(points(values)).toEqual([
    {
      at: 20,
      before: { mean: expect.closeTo(0.5, 0), n: 20 },
      after: { mean: expect.closeTo(3.5, 0), n: 15 },
      p: expect.any(Number),
    },
  ]);
  expect(points(values)[0]!.p).toBeLessThan(0.001);
});

test('two moves are two points, each between its own neighbours', () => {
  const values = [
    ...noise(24, 3),
    ...noise(24, 4).map((value) => value + 4),
    ...noise(24, 5).map((value) => value + 8),
  ];
  const found = points(values);
  expect(found.map(({ at }) => at)).toEqual([24, 48]);
  expect(found.map(({ before, after }) => [before.n, after.n])).toEqual([
    [24, 24],
    [24, 24],
  ]);
});

test('values that do not move give no point, whether they vary or all are equal', () => {
  expect(changePoints(Array(40).fill(2))).toEqual([]);
  const alarms = Array.from({ length: 200 }, (_, seed) => points(noise(40, seed * 7919 + 11)).length > 0);
  expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(4);
});

test('one enormous value is no new level', () => {
  const values = [...noise(30, 8)];
  values[17] = 10_000;
  expect(changePoints(values)).toEqual([]);
});

test('mostly equal values, such as threats per message, are ranked as what they are', () => {
  expect(points([...Array(20).fill(0), ...Array(12).fill(1)]).map(({ at }) => at)).toEqual([20]);
  expect(changePoints([...Array(20).fill(0), 1, ...Array(12).fill(0)])).toEqual([]);
});
