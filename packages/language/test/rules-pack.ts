import type { RuleLang } from '../src/finding.ts';
import { compilePacks } from '../src/rules/compile-packs.ts';
import type { CompiledPack } from '../src/rules/pack.ts';

/** The word lists and blockers without which a language is not complete, and two lists for tests. */
const WORDS = {
  i: ['i', 'we'],
  you: ['you'],
  not: ['not', "n't", 'never'],
  my: ['my'],
  your: ['your'],
  will: ['will', "'ll", 'going to'],
  may: ['may'],
  must: ['must'],
  if: ['if'],
  please: ['please'],
  thanks: ['thanks'],
  third: ['he', 'she', 'they'],
  say: ['~say'],
  court: ['court', 'the law'],
};
const BLOCKERS = {
  negated: ['<not> ..2 @'],
  'third-party': ['<third>'],
  reported: ['~say ..1 @'],
  profession: ['@ ..3 clerk'],
  praised: ['in: great'],
};

export type RuleText = Readonly<Record<string, unknown>> & { readonly patterns: readonly string[] };

/** A pack file's document of rules that need only say what a test is about. */
export function documentOf(rules: readonly object[], more: object = {}): unknown {
  return {
    pack: 'en/test',
    version: 1,
    words: WORDS,
    blockers: BLOCKERS,
    rules: rules.map((rule, at) => ({
      id: `rule-${at}`,
      kind: 'legal_threat',
      confidence: 0.9,
      note: 'A rule of a test.',
      source: 'test',
      finds: ['one', 'two'],
      ignores: ['one', 'two'],
      ...rule,
    })),
    ...more,
  };
}

export function packOf(rules: readonly RuleText[], more: object = {}, lang: RuleLang = 'en'): CompiledPack {
  const document = { ...(documentOf(rules, more) as object), pack: `${lang}/test` };
  const { pack, problems } = compilePacks(lang, [{ file: 'test.yaml', document, lineOf: () => 1 }]);
  if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join('; '));
  return pack;
}
