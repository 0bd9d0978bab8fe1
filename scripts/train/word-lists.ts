import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from './fit.ts';

/** How much a word of a list counts, and a word that calm texts use. */
const LISTED = 1;
const CALM = 0.03;
const WORD = /[\p{L}]{3,}/gu;

/**
 * Single words as examples, so that character n-grams know more stems than the few texts show: words of a published list
 * of bad words, and the words of calm texts beside them. A listed word that a calm text uses is left out. Nobody was asked
 * about them, so they are learnt and never measured.
 */
export function wordListExamples(
  folder: string,
  list: string,
  label: string,
  calmTexts: readonly string[],
): Example[] {
  const calm = new Set(calmTexts.flatMap((text) => text.toLowerCase().match(WORD) ?? []));
  const listed = readFileSync(join(folder, 'lexicons', list), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((word) => word !== '' && !calm.has(word));
  const example =
    (target: number, weight: number) =>
    (text: string): Example => ({
      text,
      source: 'word list',
      group: `word:${text}`,
      targets: { [label]: { target, weight, implied: true } },
    });
  return [...listed.map(example(1, LISTED)), ...[...calm].map(example(0, CALM))];
}
