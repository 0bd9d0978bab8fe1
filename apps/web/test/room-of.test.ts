import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { roomOf } from '../src/shell/room-of.ts';

const router = readFileSync(new URL('../src/router.tsx', import.meta.url), 'utf8');
const paths = [...router.matchAll(/getParentRoute: \(\) => root,\s+path: '([^']+)'/g)].map(
  ([, path]) => path!,
);

test('every page belongs to a room, and its room is marked in the bar', () => {
  expect(paths.length).toBeGreaterThan(25);
  expect(paths.filter((path) => roomOf(path) === undefined)).toEqual([]);
});

test('a page inside another one belongs to the same room, and a page that is not there to none', () => {
  expect(roomOf('/screening/scr_1')).toBe(roomOf('/clients/par_1/missing'));
  expect(roomOf('/nowhere')).toBeUndefined();
});
