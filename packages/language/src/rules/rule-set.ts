import type { FindingKind, RuleLang } from '../finding.ts';
import { type Anchor, createCompiler, type Pattern } from './compile.ts';
import type { CompiledPack, PackRule } from './pack.ts';
import { BUILT_IN_BLOCKERS } from './pack.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A blocker's pattern: around the match (`@`), inside of it, or anywhere. */
export type Blocker = { readonly where: 'around' | 'inside' | 'anywhere'; readonly pattern: Pattern };

export type CompiledRule = {
  readonly rule: PackRule;
  readonly pack: string;
  readonly isBlockedByQuestion: boolean;
  readonly isBlockedByQuotation: boolean;
  readonly blockers: readonly Blocker[];
  readonly contexts: readonly Pattern[];
};

/** The rules of some kinds in one language, ready to run. */
export type RuleSet = {
  readonly lang: RuleLang;
  readonly rules: readonly CompiledRule[];
  readonly vocabulary: Vocabulary<Anchor>;
  /** How many patterns there are; they are numbered from 0. */
  readonly patterns: number;
  /** For each atom the number of the line that held it last. */
  readonly seen: { number: number; readonly marks: Float64Array };
};

/** Words, blockers and rules of one language as one namespace, from the packs that are laid over each other. */
export type Layers = {
  readonly words: Record<string, readonly string[]>;
  readonly blockers: Record<string, readonly string[]>;
};

/** What stands before a blocker's pattern that is looked for inside the matched words. */
const INSIDE = 'in:';

/**
 * Compiles the rules of the given kinds.
 *
 * @param packs all of one language; words and blockers of any may be used by all.
 * @throws PatternError where a pattern cannot be read; packs that were validated hold none.
 */
export function createRuleSet(
  lang: RuleLang,
  packs: readonly CompiledPack[],
  kinds: ReadonlySet<FindingKind>,
): RuleSet {
  const { words, blockers } = layersOf(packs);
  const compiler = createCompiler(lang, words);
  const named = new Map<string, readonly Blocker[]>();
  let patterns = 0;

  const compile = (written: string, rule: number): Pattern => {
    patterns += 1;
    return compiler.pattern(written, rule);
  };

  const blockersOf = (name: string): readonly Blocker[] => {
    const known = named.get(name);
    if (known) return known;
    const written = Object.hasOwn(blockers, name) ? (blockers[name] as readonly string[]) : [name];
    const compiled = written.map((text) => blockerOf(text, (pattern) => compile(pattern, -1)));
    named.set(name, compiled);
    return compiled;
  };

  const rules = packs.flatMap((pack) =>
    pack.rules
      .filter(({ kind }) => kinds.has(kind))
      .map((rule) => ({ rule, pack: `${pack.lang}@${pack.version}` })),
  );
  const compiled = rules.map(({ rule, pack }, number): CompiledRule => {
    for (const pattern of rule.patterns) compile(pattern, number);
    const unless = rule.unless ?? [];
    return {
      rule,
      pack,
      isBlockedByQuestion: unless.includes('question'),
      isBlockedByQuotation: unless.includes('quoted'),
      blockers: unless.filter((name) => !BUILT_IN_BLOCKERS.has(name)).flatMap(blockersOf),
      contexts: (rule.when ?? []).map((pattern) => compile(pattern, -1)),
    };
  });
  const seen = { number: 0, marks: new Float64Array(compiler.vocabulary.bits.length) };
  return { lang, rules: compiled, vocabulary: compiler.vocabulary, patterns, seen };
}

/** Later packs add to the namespace of earlier ones. */
export function layersOf(packs: readonly Pick<CompiledPack, 'words' | 'blockers'>[]): Layers {
  return {
    words: Object.assign({}, ...packs.map(({ words }) => words)),
    blockers: Object.assign({}, ...packs.map(({ blockers }) => blockers)),
  };
}

export function blockerOf(written: string, compile: (pattern: string) => Pattern): Blocker {
  if (written.startsWith(INSIDE)) return { where: 'inside', pattern: compile(written.slice(INSIDE.length)) };
  const pattern = compile(written);
  return { where: pattern.spanAt < 0 ? 'anywhere' : 'around', pattern };
}
