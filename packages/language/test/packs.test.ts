import { fileURLToPath } from 'node:url';
import { failuresOf } from '@evenkeel/language/rules/examples';
import { describe, expect, test } from 'vitest';
import { readPacks } from '../../../scripts/packs/read-packs.ts';
import type { RuleLang } from '../src/finding.ts';
import { compilePacks } from '../src/rules/compile-packs.ts';
import { createRuleSet } from '../src/rules/rule-set.ts';
import { ALL_KINDS, workOn, worstText } from './rules-effort.ts';

const folder = fileURLToPath(new URL('../../../packs/language', import.meta.url));
const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

describe.each(LANGS)('the packs of %s', (lang) => {
  const { files, problems } = readPacks(folder, lang);
  const compilation = compilePacks(lang, files);

  test('can be read without a problem', () => {
    expect([...problems, ...compilation.problems]).toEqual([]);
  });

  test.each(compilation.examples.map((examples) => [examples.rule.id, examples] as const))(
    '%s finds what it says, and ignores what it says',
    (_id, examples) => {
      expect(failuresOf(compilation.pack, examples)).toEqual([]);
    },
  );

  test('on its worst text each pattern does no more than twice the work for twice the length', () => {
    const set = createRuleSet(lang, [compilation.pack], ALL_KINDS);
    const wild = compilation.pack.rules.flatMap((rule) =>
      rule.patterns.filter((pattern) => {
        const text = worstText(pattern, compilation.pack);
        const once = workOn(set, text.repeat(40));
        return workOn(set, text.repeat(80)) > 2.5 * once + 2_000;
      }),
    );
    expect(wild).toEqual([]);
  });
});
