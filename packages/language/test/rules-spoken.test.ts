import { expect, test } from 'vitest';
import { writtenFor } from '../src/rules/spoken.ts';

test.each([
  ['fi', 'oon', 'olen'],
  ['fi', 'mut', 'minut'],
  ['fi', 'sanonu', 'sanonut'],
  ['fi', 'tehny', 'tehnyt'],
  ['fi', 'ottais', 'ottaisi'],
  ['fi', 'perjantaiks', 'perjantaiksi'],
  ['fi', 'tiedostoo', 'tiedostoa'],
  ['fi', 'tähtee', 'tähteä'],
  ['fi', 'kirjotan', 'kirjoitan'],
  ['ru', 'чё', 'что'],
  ['ru', 'щас', 'сейчас'],
] as const)('%s: %s is read as %s too', (lang, spoken, written) => {
  expect(writtenFor(spoken.replace('ё', 'е'), lang)).toContain(written);
});

test.each([
  ['fi', 'talo'],
  ['fi', 'asennus'],
  ['fi', 'ja'],
  ['ru', 'счет'],
  ['en', 'hello'],
] as const)('%s: %s is written as it is', (lang, form) => {
  expect(writtenFor(form, lang)).toEqual([]);
});
