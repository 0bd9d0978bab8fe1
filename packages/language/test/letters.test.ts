import { expect, test } from 'vitest';
import { tokensOf } from '../src/model/tokens.ts';
import { formsOf } from '../src/rules/atoms.ts';

/** A word as the models read it. */
function modelWord(word: string): string {
  const { codes, from, to } = tokensOf(word);
  return String.fromCharCode(...codes.subarray(from[0] as number, to[0] as number));
}

test.each([
  ['id1ot', 'idiot'],
  ['b4st4rd', 'bastard'],
  ['мо3г', 'мозг'],
  ['до4ь', 'дочь'],
])('rules and models read %s as the same word', (masked, word) => {
  expect(formsOf(masked)).toContain(word);
  expect(modelWord(masked)).toBe(word);
});
