import { expect, test } from 'vitest';
import { boundingStamps } from '../../src/modules/bundle/stamps.actions.ts';

/** Hourly: a head of 10, 20, 30 entries, each receipt the next line. */
const hourly = [10, 20, 30].map((size) => ({ size, index: size }));

test('each exhibit takes the last stamp before its line, and the first over a head that covers it', () => {
  expect([...boundingStamps(hourly, [15])]).toEqual([10, 20]);
  expect([...boundingStamps(hourly, [3])]).toEqual([10]);
  expect([...boundingStamps(hourly, [35])]).toEqual([30]);
});

test('an exhibit that stands where a head ends is covered by the next one only', () => {
  expect([...boundingStamps(hourly, [19])]).toEqual([10, 20]);
  expect([...boundingStamps(hourly, [21])]).toEqual([20, 30]);
});

test('of many stamps a bundle takes those that bound something, each once', () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ size: i * 10, index: i * 10 + 1 }));
  expect(boundingStamps(many, [4005, 4006, 4007]).size).toBe(2);
  expect(boundingStamps(many, []).size).toBe(0);
  expect(boundingStamps([], [1, 2]).size).toBe(0);
});
