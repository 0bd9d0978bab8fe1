import { expect, test } from 'vitest';
import type { Finding, SignalKind } from '../src/finding.ts';
import { modelFindings, SIGNAL_LABELS, type SpansOf } from '../src/model-findings.ts';
import { readText } from '../src/text/reading.ts';

/** Marks every "bad" as an insult and a threat, and every "meh" with less confidence. */
const spansOf: SpansOf = (label, text) =>
  label === 'insult' || label === 'threat'
    ? [...text.matchAll(/bad|meh/g)].map(({ index, 0: word }) => ({
        start: index,
        end: index + 3,
        confidence: word === 'bad' ? 0.9 : 0.7,
        words: [word],
      }))
    : [];

const seen = (text: string, rules: readonly Finding<SignalKind>[] = []) =>
  modelFindings(readText(text, 'en'), SIGNAL_LABELS, rules, spansOf, '1', '1');

test('a model asserts what it is sure of, as hostility and never as a threat', () => {
  expect(seen('you meh bad lot')).toEqual([
    {
      kind: 'hostility',
      start: 8,
      end: 11,
      quote: 'bad',
      confidence: 0.9,
      band: 'clear',
      why: 'model: bad',
      pack: 'en-model@1',
      engine: '1',
    },
  ]);
});

test('a model is silent about quoted words and where a rule has spoken', () => {
  expect(seen('Fine.\n> bad')).toEqual([]);
  const [finding] = seen('bad lot');
  expect(seen('bad lot', finding ? [{ ...finding, why: 'rule' }] : [])).toEqual([]);
});
