import type { Lang } from './analyse.ts';
import { type Circumstances, lastSentence, type Omission, omissions, underCircumstances } from './draft.ts';
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
  type Scores,
  SIGNAL_KINDS,
  type SignalKind,
} from './finding.ts';
import type { Models } from './model/models.ts';
import { lineOf } from './rules/line.ts';
import { mergeFindings } from './rules/merge-findings.ts';
import type { CompiledPack, PackRule, Policy } from './rules/pack.ts';
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
  readonly models: Models | null;
  readonly ruleSet: (lang: RuleLang, group: Group) => RuleSet | null;
  readonly packsOf: (lang: RuleLang) => readonly CompiledPack[];
  readonly policiesOf: (lang: Lang) => readonly Policy[];
};

/** @param packs several of one language are laid over each other: those that ship first, then a user's own */
export function createEngine(packs: readonly CompiledPack[], models: Models | null): Engine {
  const sets = new Map<string, RuleSet | null>();
  const byLang = Map.groupBy(packs, ({ lang }) => lang);
  const policies = new Map([...byLang].map(([lang, own]) => [lang, own.flatMap(({ policy }) => policy)]));
  const packsOf = (lang: RuleLang) => byLang.get(lang) ?? [];
  const make = (lang: RuleLang, group: Group): RuleSet | null => {
    const own = packsOf(lang);
    return own.length === 0 ? null : createRuleSet(lang, own, GROUPS[group]);
  };
  return {
    version: ENGINE_VERSION,
    models,
    packsOf,
    policiesOf: (lang) => (lang === 'simple' ? [] : (policies.get(lang) ?? [])),
    ruleSet: (lang, group) => {
      const key = `${lang} ${group}`;
      const known = sets.get(key);
      if (known !== undefined) return known;
      const set = make(lang, group);
      sets.set(key, set);
      return set;
    },
  };
}

/**
 * @property lang of sentences that do not tell their own; it is also what is reported
 * @property profile leaves out the rules that are off in it
 * @property off ids of rules that are left out
 */
export type ReadOptions = {
  readonly lang?: RuleLang | undefined;
  readonly profile?: 'performer' | undefined;
  readonly off?: ReadonlySet<string> | undefined;
};

/** @property cutAt offset behind what was read of a longer text; null: all was read */
export type Read<Kind extends FindingKind> = {
  readonly lang: Lang;
  readonly findings: Finding<Kind>[];
  readonly cutAt: number | null;
};

/** What is seen in a client's words. Never throws; offsets lie inside the text and never inside a character. */
export function readSignals(engine: Engine, text: string, options: ReadOptions = {}): Read<SignalKind> {
  return find(engine, readText(text, options.lang), 'signals', options);
}

/** @property replyTo the message that the draft answers */
export type DraftOptions = ReadOptions & Circumstances & { readonly replyTo?: string | undefined };

/**
 * What is seen in our own draft. Every finding has a level. What a reply leaves out (`unanswered`, `no_next_step`) has
 * no words to mark: it stands on the draft's last sentence, and `why` quotes what was asked.
 */
export function checkDraft(engine: Engine, text: string, options: DraftOptions = {}): Read<DraftKind> {
  const reading = readText(text, options.lang);
  const found = find<DraftKind>(engine, reading, 'draft', options);
  const policies = engine.policiesOf(reading.lang);
  const findings = [...found.findings, ...missingFrom(engine, reading, found.findings, options)];
  return { ...found, findings: findings.map((finding) => underCircumstances(finding, policies, options)) };
}

/** What does not belong into a neutral note. */
export function checkNote(engine: Engine, text: string, options: ReadOptions = {}): Read<NoteKind> {
  return find(engine, readText(text, options.lang), 'note', options);
}

export type Ask = Finding<AskKind> & { readonly number: number };

/** What asks for an answer, numbered from 1 in the order of the text. */
export function readAsks(
  engine: Engine,
  text: string,
  options: ReadOptions = {},
): { lang: Lang; asks: Ask[]; cutAt: number | null } {
  const { findings, ...rest } = find<AskKind>(engine, readText(text, options.lang), 'asks', options);
  return { ...rest, asks: findings.map((finding, at) => ({ ...finding, number: at + 1 })) };
}

/** What a first inquiry shows that is worth a question before one says yes. */
export function readInquiry(engine: Engine, text: string, options: ReadOptions = {}): Read<InquiryKind> {
  return find(engine, readText(text, options.lang), 'inquiry', options);
}

const NO_SCORES: Scores = {
  toxicity: null,
  insult: null,
  threat: null,
  obscene: null,
  identity: null,
  politeness: null,
  complaint: null,
  sarcasm: null,
};

/** The scores of what the writer wrote newly, by the model of the text's language; null where there is none. */
export function scoresOf(engine: Engine, text: string, options: ReadOptions = {}): Scores {
  if (engine.models === null || text === options.lang) return NO_SCORES;
  return NO_SCORES;
}

/** A phrase or question of the packs; null where there is none. */
export function phraseOf(engine: Engine, lang: RuleLang, key: string): string | null {
  const pack = engine.packsOf(lang).findLast(({ phrases }) => Object.hasOwn(phrases, key));
  return pack?.phrases[key] ?? null;
}

const RULE_LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

function find<Kind extends FindingKind>(
  engine: Engine,
  reading: Reading,
  group: Group,
  options: ReadOptions,
): Read<Kind> {
  const findings = hitsOf(engine, reading, group, options).map((hit) => findingOf<Kind>(hit, reading));
  return { lang: reading.lang, findings: mergeFindings(findings), cutAt: reading.cutAt };
}

function hitsOf(
  engine: Engine,
  { sentences, normalised }: Reading,
  group: Group,
  options: ReadOptions,
): Hit[] {
  const { off, profile } = options;
  const isOff = ({ id, profile: without }: PackRule): boolean =>
    (off?.has(id) ?? false) || (profile !== undefined && (without?.includes(profile) ?? false));
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

function missingFrom(
  engine: Engine,
  reading: Reading,
  findings: readonly Finding<DraftKind>[],
  { replyTo }: DraftOptions,
): Finding<DraftKind>[] {
  if (replyTo === undefined) return [];
  const { asks, lang } = readAsks(engine, replyTo);
  const hasCommitment = findings.some(({ kind }) => kind === 'commitment');
  const place = lastSentence(reading);
  const quote = reading.normalised.source.slice(place.start, place.end);
  const pack = asks[0]?.pack ?? '';
  return omissions(asks, lang, reading, hasCommitment).map((omission) =>
    omitted(omission, { ...place, quote, pack }),
  );
}

const OMISSION_CONFIDENCE = 0.7;

function omitted(
  { kind, why }: Omission,
  place: Pick<Finding, 'start' | 'end' | 'quote' | 'pack'>,
): Finding<DraftKind> {
  const confidence = OMISSION_CONFIDENCE;
  return { kind, ...place, confidence, band: bandOf(confidence), why, engine: ENGINE_VERSION };
}
