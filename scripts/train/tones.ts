import { readFileSync } from 'node:fs';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import type { Example } from './fit.ts';

const FOLDER = new URL('../../packages/language/tones/', import.meta.url);
const LINE = /^(?<sign>[+-]) (?<text>.*\S)/gm;

/** Texts of our own in one register. Reads a line each: `+ it has the tone`, `- it has not`. */
export function toneExamples(
  lang: RuleLang,
  name: string,
  targets: (hasTone: boolean) => Example['targets'],
): Example[] {
  const file = readFileSync(new URL(`${lang}/${name}.txt`, FOLDER), 'utf8');
  return [...file.matchAll(LINE)].map(({ groups }, at) => ({
    text: groups?.text ?? '',
    source: `tones/${lang}/${name}`,
    group: `tone:${name}:${at}`,
    targets: targets(groups?.sign === '+'),
  }));
}
