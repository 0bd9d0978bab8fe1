import type { Lang } from './analyse.ts';
import {
  ASK_KINDS,
  type AskKind,
  bandOf,
  DRAFT_KINDS,
  type DraftKind,
  type Finding,
  type FindingKind,
  INQUIRY_KINDS,
  type InquiryKind,
  NOTE_KINDS,
  type NoteKind,
  type RuleLang,
  SIGNAL_KINDS,
  type SignalKind,
} from './finding.ts';
import { lineOf } from './rules/line.ts';
import { mergeFindings } from './rules/merge-findings.ts';
import type { CompiledPack, PackRule } from './rules/pack.ts';
import { createRuleSet, type RuleSet } from './rules/rule-set.ts';
import { type Hit, runRules } from './rules/run.ts';
import { sourceEnd, sourceStart } from './text/normalise.ts';
import { type Reading, readText } from './text/reading.ts';

export { type Part, partsOf } from './text/parts.ts';

/** Changes whenever the same packs and weights would find something else. */
export const ENGINE_VERSION = '1';

const GROUPS = {
  signals: new Set<FindingKind>(SIGNAL_KINDS),
  draft: new Set<FindingKind>(DRAFT_KINDS),
  note: new Set<FindingKind>(NOTE_KINDS),
  asks: new Set<FindingKind>(ASK_KINDS),
  inquiry: new Set<FindingKind>(INQUIRY_KINDS),
} as const;
type Group = keyof typeof GROUPS;

/** Packs and models, made ready once. Rules of a language and group are compiled when they are first needed. */
export type Engine = {
  readonly version: string;
  readonly ruleSet: (lang: RuleLang, group: Group) => RuleSet | null;
  readonly phrase: (lang: RuleLang, key: string) => string | null;
};

export function createEngine(packs: readonly CompiledPack[], _models: null): Engine {
  const sets = new Map<string, RuleSet | null>();
  const make = (lang: RuleLang, group: Group): RuleSet | null => {
    const own = packs.filter((pack) => pack.lang === lang);
    return own.length === 0 ? null : createRuleSet(lang, own, GROUPS[group]);
  };
  return {
    version: ENGINE_VERSION,
    ruleSet: (lang, group) => {
      const key = `${lang} ${group}`;
      if (!sets.has(key)) sets.set(key, make(lang, group));
      return sets.get(key) as RuleSet | null;
    },
    phrase: (lang, key) =>
      packs.findLast((pack) => pack.lang === lang && Object.hasOwn(pack.phrases, key))?.phrases[key] ?? null,
  };
}

export type ReadOptions = {
  readonly lang?: RuleLang | undefined;
  readonly profile?: 'performer' | undefined;
  readonly off?: ReadonlySet<string> | undefined;
};

export function readSignals(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; findings: Finding<SignalKind>[] } {
  return find(engine, text, 'signals', options);
}

export function checkDraft(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; findings: Finding<DraftKind>[] } {
  return find(engine, text, 'draft', options);
}

export function checkNote(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; findings: Finding<NoteKind>[] } {
  return find(engine, text, 'note', options);
}

export function readAsks(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; asks: (Finding<AskKind> & { number: number })[] } {
  const { lang, findings } = find<AskKind>(engine, text, 'asks', options);
  return { lang, asks: findings.map((finding, at) => ({ ...finding, number: at + 1 })) };
}

export function readInquiry(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; findings: Finding<InquiryKind>[] } {
  return find(engine, text, 'inquiry', options);
}

export function phraseOf(engine: Engine, lang: RuleLang, key: string): string | null {
  return engine.phrase(lang, key);
}

function find<Kind extends FindingKind>(
  engine: Engine,
  text: string,
  group: Group,
  options: ReadOptions,
): { lang: Lang; findings: Finding<Kind>[] } {
  const reading = readText(text, options.lang);
  const findings = hitsOf(engine, reading, group, options).map((hit) => findingOf<Kind>(hit, reading));
  return { lang: reading.lang, findings: mergeFindings(findings) };
}

const RULE_LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

function hitsOf(
  engine: Engine,
  { sentences, normalised }: Reading,
  group: Group,
  options: ReadOptions,
): Hit[] {
  const isOff = (rule: PackRule): boolean =>
    (options.off?.has(rule.id) ?? false) ||
    (options.profile !== undefined && (rule.profile?.includes(options.profile) ?? false));
  return RULE_LANGS.flatMap((lang) => {
    const spoken = sentences.filter((sentence) => sentence.lang === lang);
    const set = spoken.length > 0 ? engine.ruleSet(lang, group) : null;
    if (!set) return [];
    const lines = spoken.map((sentence) => lineOf(sentence, normalised, set.vocabulary));
    return runRules(set, lines, isOff);
  });
}

function findingOf<Kind extends FindingKind>(
  { rule: { rule, pack }, start, end }: Hit,
  { normalised }: Reading,
): Finding<Kind> {
  const from = sourceStart(normalised, start);
  const to = sourceEnd(normalised, end);
  return {
    kind: rule.kind as Kind,
    start: from,
    end: to,
    quote: normalised.source.slice(from, to),
    confidence: rule.confidence,
    band: bandOf(rule.confidence),
    why: rule.id,
    pack,
    engine: ENGINE_VERSION,
    ...(rule.level ? { level: rule.level } : {}),
    ...(rule.advice ? { advice: rule.advice } : {}),
  };
}
