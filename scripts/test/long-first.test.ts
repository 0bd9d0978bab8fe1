import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LONG } from '../long-first.ts';

test('the files that are begun first are there', () => {
  const root = new URL('../../', import.meta.url);
  expect(LONG.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
});
