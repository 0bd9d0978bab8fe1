import type { FindingKind, RuleLang } from '../finding.ts';
import { type Anchor, type CompiledElement, createCompiler, type Pattern } from './compile.ts';
import type { CompiledPack, PackRule } from './pack.ts';
import { BUILT_IN_BLOCKERS } from './pack.ts';
import { type AtomTables, createVocabulary, type Vocabulary } from './vocabulary.ts';

/** A blocker's pattern: around the match (`@`), inside of it, or anywhere. */
export type Blocker = { readonly where: 'around' | 'inside' | 'anywhere'; readonly pattern: Pattern };

export type CompiledRule = {
  readonly rule: PackRule;
  readonly pack: string;
  readonly isBlockedByQuestion: boolean;
  readonly isBlockedByQuotation: boolean;
  readonly blockers: () => readonly Blocker[];
  readonly contexts: () => readonly Pattern[];
};

/** The rules of some kinds in one language, ready to run. */
export type RuleSet = {
  readonly lang: RuleLang;
  readonly rules: readonly CompiledRule[];
  readonly vocabulary: Vocabulary<Anchor>;
  /** How many patterns there are; they are numbered from 0. */
  readonly patterns: number;
  /** For each atom that lines are asked for the number of the line that held it last. */
  readonly seen: { number: number; readonly marks: Uint32Array };
};

/** Words, blockers and rules of one language as one namespace, from the packs that are laid over each other. */
export type Layers = {
  readonly words: Record<string, readonly string[]>;
  readonly blockers: Record<string, readonly string[]>;
};

/** What stands before a blocker's pattern that is looked for inside the matched words. */
const INSIDE = 'in:';

/** Compiled rules as they are kept: patterns by their number, and which of them belong to which rule. */
export type Compiled = {
  readonly tables: AtomTables;
  readonly anchors: ReadonlyMap<number, readonly Anchor[]>;
  readonly patterns: readonly Pattern[];
  /** In the order of `rulesOf`. */
  readonly guards: readonly Guards[];
};

/** What must not be met beside a rule's pattern, and what must. */
export type Guards = { readonly blockers: readonly Blocker[]; readonly contexts: readonly Pattern[] };

/**
 * Compiles the rules of the given kinds and makes them ready to run.
 *
 * @param packs all of one language
 * @param below packs of that language whose words and blockers may be used, and whose rules are not run
 * @throws PatternError where a pattern cannot be read; packs that were validated hold none.
 */
export function createRuleSet(
  lang: RuleLang,
  packs: readonly CompiledPack[],
  kinds: ReadonlySet<FindingKind>,
  below: readonly CompiledPack[] = [],
): RuleSet {
  const { tables, anchors, patterns, guards } = compileRules(lang, packs, kinds, below);
  const rules = rulesOf(packs, kinds).map(({ rule, pack }, at) => {
    const { blockers, contexts } = guards[at] as Guards;
    return withGuards(
      rule,
      pack,
      () => blockers,
      () => contexts,
    );
  });
  return ruleSetOf(lang, rules, patterns.length, tables, (atom) => anchors.get(atom) ?? []);
}

/** The rules of some kinds in the order in which they are numbered, with the name of their pack. */
export function rulesOf(
  packs: readonly CompiledPack[],
  kinds: ReadonlySet<FindingKind>,
): { readonly rule: PackRule; readonly pack: string }[] {
  return packs.flatMap((pack) =>
    pack.rules
      .filter(({ kind }) => kinds.has(kind))
      .map((rule) => ({ rule, pack: `${pack.lang}@${pack.version}` })),
  );
}

export function withGuards(
  rule: PackRule,
  pack: string,
  blockers: CompiledRule['blockers'],
  contexts: CompiledRule['contexts'],
): CompiledRule {
  const isBlockedByQuestion = rule.unless?.includes('question') ?? false;
  const isBlockedByQuotation = rule.unless?.includes('quoted') ?? false;
  return { rule, pack, isBlockedByQuestion, isBlockedByQuotation, blockers, contexts };
}

export function ruleSetOf(
  lang: RuleLang,
  rules: readonly CompiledRule[],
  patterns: number,
  tables: AtomTables,
  anchorsOf: (atom: number) => readonly Anchor[],
): RuleSet {
  const seen = { number: 0, marks: new Uint32Array(tables.bits.length) };
  const vocabulary = createVocabulary(lang, tables, anchorsOf, (anchor) => keyOf(anchor, tables.bits));
  return { lang, rules, vocabulary, patterns, seen };
}

/** The rarest atom that must stand in a line beside what an anchor begins from, as far as it is one and a word. */
function keyOf({ pattern, step, row, offset }: Anchor, bits: readonly number[]): number {
  const single = pattern.needs.find((atoms) => atoms.length === 1 && bits[atoms[0] as number] === 0);
  if (single) return single[0] as number;
  const { rows } = pattern.steps[step] as CompiledElement;
  return rows[row]?.find((atom, at) => at !== offset && bits[atom] === 0) ?? -1;
}

/** Compiles rules; see `createRuleSet`. */
export function compileRules(
  lang: RuleLang,
  packs: readonly CompiledPack[],
  kinds: ReadonlySet<FindingKind>,
  below: readonly CompiledPack[] = [],
): Compiled {
  const { words, blockers } = layersOf([...below, ...packs]);
  const compiler = createCompiler(lang, words);
  const named = new Map<string, readonly Blocker[]>();
  const patterns: Pattern[] = [];

  const compile = (written: string, rule: number): Pattern => {
    const compiled = compiler.pattern(written, rule);
    patterns.push(compiled);
    return compiled;
  };

  const blockersOf = (name: string): readonly Blocker[] => {
    const known = named.get(name);
    if (known) return known;
    const written = Object.hasOwn(blockers, name) ? (blockers[name] as readonly string[]) : [name];
    const compiled = written.map((text) => blockerOf(text, (pattern) => compile(pattern, -1)));
    named.set(name, compiled);
    return compiled;
  };

  const guards = rulesOf(packs, kinds).map(({ rule }, number): Guards => {
    for (const pattern of rule.patterns) compile(pattern, number);
    return {
      blockers: (rule.unless ?? []).filter((name) => !BUILT_IN_BLOCKERS.has(name)).flatMap(blockersOf),
      contexts: (rule.when ?? []).map((pattern) => compile(pattern, -1)),
    };
  });
  return { tables: compiler.tables, anchors: compiler.anchors, patterns, guards };
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
