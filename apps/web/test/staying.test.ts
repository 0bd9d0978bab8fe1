import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { staying } from '../src/shell/staying.ts';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
/** A plain element that is disabled for as long as something is under way. */
const LOSES_FOCUS =
  /<(?:button|input|select|textarea)\b(?:(?!<\/?[a-zA-Z]).)*?disabled=\{[^}]*\.is(?:Pending|Fetching)/s;

describe('what is waited for keeps the focus', () => {
  test('nothing that only waits is disabled', () => {
    const losing = globSync('**/*.tsx', { cwd: SRC }).filter((path) =>
      LOSES_FOCUS.test(readFileSync(SRC + path, 'utf8')),
    );
    expect(losing).toEqual([]);
  });

  test('one that is disabled while it waits would be found, one that lacks its words is meant to be', () => {
    expect('<button type="button" disabled={saving.isPending}>').toMatch(LOSES_FOCUS);
    expect('<button type="button" disabled={reason === \'\'} {...staying(saving.isPending)}>').not.toMatch(
      LOSES_FOCUS,
    );
  });

  test('it is said to wait while it does, and nothing is said of it before', () => {
    expect(staying(true)?.['aria-disabled']).toBe(true);
    expect(staying(false)).toBeUndefined();
  });
});
