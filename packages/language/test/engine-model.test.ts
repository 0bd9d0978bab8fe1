import { expect, test } from 'vitest';
import type { Finding, Scores, SignalKind } from '../src/finding.ts';
import { type ModelView, modelFindings, SIGNAL_LABELS } from '../src/model-findings.ts';
import { readText } from '../src/text/reading.ts';

const NONE: Scores = {
  toxicity: null,
  insult: null,
  threat: null,
  obscene: null,
  identity: null,
  politeness: null,
  complaint: null,
  sarcasm: null,
};

/** Marks every "bad" as an insult and a threat, and finds texts that hold "fine" harmless as a whole. */
const spansOf: ModelView['spansOf'] = (label, text) =>
  label === 'insult' || label === 'threat'
    ? [...text.matchAll(/bad/g)].map(({ index }) => ({
        start: index,
        end: index + 3,
        confidence: 0.9,
        words: ['bad'],
      }))
    : [];
const view: ModelView = {
  version: '1',
  spansOf,
  scoresOf: (text) => ({ ...NONE, insult: text.includes('fine') ? 0.2 : 0.8 }),
  labelsOf:
    (lang) =>
    ({ written }) =>
      spansOf('insult', written, lang).length > 0 ? ['insult', 'threat'] : [],
};

const seen = (text: string, rules: readonly Finding<SignalKind>[] = []) =>
  modelFindings(readText(text, 'en'), SIGNAL_LABELS, rules, view, '1');

test('a model asserts what it is sure of, as hostility and never as a threat', () => {
  expect(seen('you bad lot')).toEqual([
    {
      kind: 'hostility',
      start: 4,
      end: 7,
      quote: 'bad',
      confidence: 0.9,
      band: 'clear',
      why: 'model: bad',
      pack: 'en-model@1',
      engine: '1',
    },
  ]);
});

test('a model is silent about a text that is harmless as a whole', () => {
  expect(seen('a fine bad lot')).toEqual([]);
});

test('a model that is not sure enough in a language asserts nothing in it', () => {
  expect(modelFindings(readText('bad', 'fi'), SIGNAL_LABELS, [], view, '1')).toEqual([]);
});

test('a model is silent about quoted words and where a rule has spoken', () => {
  expect(seen('Fine.\n> bad')).toEqual([]);
  expect(seen('They called us "a bad lot" twice.')).toEqual([]);
  const [finding] = seen('bad lot');
  expect(seen('bad lot', finding ? [{ ...finding, why: 'rule' }] : [])).toEqual([]);
});
