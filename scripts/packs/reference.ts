import type { RuleExamples } from '@evenkeel/language/rules/compile-packs';
import type { CompiledPack } from '@evenkeel/language/rules/pack';

const NAMES = { en: 'English', ru: 'Russian', fi: 'Finnish' } as const;

/** The page that lists every rule of a language with its note, source and examples. */
export function referencePage(pack: CompiledPack, examples: readonly RuleExamples[]): string {
  const byKind = Map.groupBy(examples, ({ rule }) => rule.kind);
  const sections = [...byKind].map(([kind, rules]) => [`## ${kind}`, '', ...rules.map(ruleText)].join('\n'));
  return [
    `# Rules: ${NAMES[pack.lang]}`,
    '',
    `Written by \`npm run packs\` from \`packs/language/${pack.lang}\`. ${pack.rules.length} rules.`,
    '',
    ...sections,
  ].join('\n');
}

function ruleText({ rule, finds, ignores }: RuleExamples): string {
  return [
    `### ${rule.id}`,
    '',
    `${rule.note} Confidence ${rule.confidence}${rule.level ? `, ${rule.level}` : ''}. Source: ${rule.source}.`,
    '',
    ...finds.map((example) => `- finds: ${quoted(example)}`),
    ...ignores.map((example) => `- ignores: ${quoted(example)}`),
    '',
  ].join('\n');
}

function quoted(example: string): string {
  return `“${example.replace(/\s+/g, ' ').replace(/([*_<>`])/g, '\\$1')}”`;
}
