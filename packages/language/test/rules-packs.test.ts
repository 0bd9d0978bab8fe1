import { expect, test } from 'vitest';
import { createEngine, readSignals } from '../src/engine.ts';
import { compilePacks } from '../src/rules/compile-packs.ts';
import type { PackFile } from '../src/rules/pack-file.ts';
import { documentOf, packOf } from './rules-pack.ts';

const file = (name: string, document: unknown): PackFile => ({
  file: name,
  document,
  lineOf: (path) => 10 + path.length,
});
const base = packOf([{ patterns: ['sue you'] }]);

function reasonsOf(rule: Readonly<Record<string, unknown>>, more: object = {}): string[] {
  const document = {
    ...(documentOf([{ id: 'own', ...rule }], more) as object),
    words: {},
    blockers: {},
  };
  return compilePacks('en', [file('own.yaml', { ...document, ...more })], [base]).problems.map(
    ({ reason }) => reason,
  );
}

test.each<[Readonly<Record<string, unknown>>, RegExp]>([
  [{ patterns: ['<nobody> sue'] }, /<nobody> is no word list/],
  [{ patterns: ['.. sue'] }, /gap at an end/],
  [{ patterns: ['sue ..9 you'] }, /1 to 8/],
  [{ patterns: ['#colour sue'] }, /#colour is unknown/],
  [{ patterns: ['#date'] }, /neither optional, a gap nor a #class/],
  [{ patterns: ['ab* sue'] }, /at least 3 letters/],
  [{ patterns: ['[ sue'] }, /pair/],
  [{ patterns: ['@ sue'] }, /only a blocker/],
  [{ patterns: [] }, /at least 1/],
  [{ patterns: ['sue'], unless: ['nothing'] }, /nothing is no blocker/],
  [{ patterns: ['sue'], advice: 'nothing' }, /nothing is no phrase/],
  [{ patterns: ['sue'], kind: 'weather' }, /weather is no kind/],
  [{ patterns: ['sue'], confidence: 2 }, /confidence/],
  [{ patterns: ['sue'], level: 'warning' }, /level is for kinds of a draft/],
  [{ patterns: ['sue'], finds: ['one'] }, /at least 2/],
  [{ patterns: ['sue'], colour: 'red' }, /colour is unknown/],
  [{ patterns: ['sue'], id: 'rule-0' }, /rule rule-0 is already in a pack that ships/],
])('a rule %j is refused', (rule, reason) => {
  expect(reasonsOf(rule).join('\n')).toMatch(reason);
});

test('lists that hold each other are refused', () => {
  const words = { a: ['<b>'], b: ['<a>'] };
  expect(reasonsOf({ patterns: ['<a> x'] }, { words }).join('\n')).toMatch(/holds itself/);
});

test('a broken rule is named with file and line, and everything beside it works', () => {
  const broken = documentOf(
    [
      { patterns: ['<nobody> x'], id: 'bad' },
      { patterns: ['leave you'], id: 'good' },
    ],
    { words: {}, blockers: {} },
  );
  const { pack, problems } = compilePacks('en', [file('a.yaml', broken), file('b.yaml', 'no pack')], [base]);
  expect(problems).toEqual([
    { file: 'b.yaml', line: 10, reason: 'a pack is a mapping with pack, version and rules' },
    { file: 'a.yaml', line: 14, reason: '<nobody> is no word list' },
  ]);
  const engine = createEngine([base, pack], null);
  const { findings } = readSignals(engine, 'I sue you and leave you', { lang: 'en' });
  expect(findings.map(({ why }) => why)).toEqual(['rule-0', 'good']);
});

test('the same packs have the same version, others another', () => {
  expect(packOf([{ patterns: ['sue you'] }]).version).toBe(base.version);
  expect(packOf([{ patterns: ['sue us'] }]).version).not.toBe(base.version);
});
