import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  BEGINS,
  type Concepts,
  createPhrases,
  phraseKey,
  readConcepts,
  writeConcepts,
} from '../src/concepts/concepts.ts';
import { createEngine, withModels } from '../src/engine.ts';
import type { RuleLang } from '../src/finding.ts';
import { hashOf } from '../src/model/hash.ts';
import { stemsOf } from '../src/rules/atoms.ts';

const WEIGHTS = fileURLToPath(new URL('../weights/', import.meta.url));
const bytesOf = (name: string) => readFileSync(`${WEIGHTS}${name}`);

/** What a word of a language stands for, in any of its forms. */
function conceptsOf(concepts: Concepts, word: string): readonly number[] {
  const keys = stemsOf(word, concepts.lang).map(hashOf);
  return keys.flatMap((key) => concepts.meaningOf(key)?.concepts ?? []);
}

test.each([
  ['en', 'solicitors', 'barrister', 'kettle'],
  ['ru', 'юристу', 'адвоката', 'чайник'],
  ['fi', 'asianajajalle', 'juristin', 'kattila'],
] as const)('in %s %s and %s stand for one concept, and %s for another', (lang, one, same, other) => {
  const concepts = readConcepts(bytesOf(`${lang}.concepts`));
  const meant = conceptsOf(concepts, one);
  expect(meant.length).toBeGreaterThan(0);
  expect(conceptsOf(concepts, same).filter((concept) => meant.includes(concept))).not.toEqual([]);
  expect(conceptsOf(concepts, other).filter((concept) => meant.includes(concept))).toEqual([]);
});

const [my, legal, people] = [hashOf('my'), hashOf('legal'), hashOf('people')];
const LAWYER = 3;
const entries = [
  { key: my, concept: BEGINS },
  { key: phraseKey(my, legal), concept: BEGINS },
  { key: phraseKey(phraseKey(my, legal), people), concept: LAWYER },
];
const inOrder = entries.sort((a, b) => a.key - b.key);
const small = writeConcepts('en', { version: 'small', size: 4 }, inOrder);

test.each([
  ['my legal people', [my, legal, people], [LAWYER]],
  ['my people', [my, people], []],
  ['legal people', [legal, people], []],
  ['my my legal people', [my, my, legal, people], [LAWYER]],
])('of the phrase "my legal people" as much is met in "%s" as is there', (_text, words, expected) => {
  const concepts = readConcepts(small);
  const met: number[] = [];
  const phrases = createPhrases(concepts, (meaning) => met.push(...meaning.concepts));
  for (const word of words) phrases.word(word, concepts.meaningOf(word)?.begins === true);
  expect(met).toEqual(expected);
});

test('concepts that are cut off are refused, and whole ones are read', () => {
  expect(readConcepts(small)).toMatchObject({ lang: 'en', version: 'small', size: 4 });
  expect(() => readConcepts(small.slice(0, -1))).toThrow('cut off');
  expect(() => readConcepts(small.slice(4))).toThrow('no language weights');
});

test.each(['en', 'ru', 'fi'] as const)(
  'the weights that ship for %s are read with the concepts that ship, and not with others',
  (lang: RuleLang) => {
    const engine = createEngine([], null);
    const weights = ['client', 'draft'].map((side) => bytesOf(`${lang}.${side}.acts`));
    const concepts = readConcepts(bytesOf(`${lang}.concepts`));
    expect(withModels(engine, null, { weights, concepts: [concepts] }).acts).not.toBeNull();
    const others = [{ ...concepts, version: 'another' }];
    expect(() => withModels(engine, null, { weights, concepts: others })).toThrow('other concepts');
    expect(() => withModels(engine, null, { weights, concepts: [] })).toThrow('other concepts');
  },
);
