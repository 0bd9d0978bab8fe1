import { actFindings } from './acts/act-findings.ts';
import type { Side } from './acts/act-weights.ts';
import { type ActFiles, type Acts, createActs } from './acts/acts.ts';
import { ambiguousTimes, type WrittenAt } from './ambiguous.ts';
import type { Lang } from './analyse.ts';
import { type Circumstances, lastSentence, omissions, omitted, underCircumstances } from './draft.ts';
import {
  type AskKind,
  bandOf,
  type DraftKind,
  type Finding,
  type FindingKind,
  type InquiryKind,
  NO_SCORES,
  type NoteKind,
  type PromiseKind,
  type RetoldKind,
  type RuleLang,
  type Scores,
  type SignalKind,
} from './finding.ts';
import type { Models } from './model/models.ts';
import {
  createModelView,
  DRAFT_LABELS,
  type ModelLabels,
  type ModelView,
  modelFindings,
  ownText,
  SIGNAL_LABELS,
} from './model-findings.ts';
import { isToneRaised, ofTheWriter, withToneOf } from './retold.ts';
import { GROUPS, type Group } from './rules/groups.ts';
import { lineOf } from './rules/line.ts';
import { mergeFindings } from './rules/merge-findings.ts';
import type { CompiledPack, PackRule, Policy } from './rules/pack.ts';
import { createRuleSet, type RuleSet } from './rules/rule-set.ts';
import { type Hit, runRules } from './rules/run.ts';
import { keptFor, type ShippedPack, shippedRules } from './shipped.ts';
import { sourceEnd, sourceStart } from './text/normalise.ts';
import { type Reading, readText } from './text/reading.ts';

export { type Part, partsOf } from './text/parts.ts';
export { MAX_READ } from './text/reading.ts';

/** Changes whenever the same packs and weights would find something else. */
export const ENGINE_VERSION = '8';

/** Packs and models, made ready once. Rules of a language and group are made ready when they are first needed. */
export type Engine = {
  readonly version: string;
  readonly models: Models | null;
  readonly view: ModelView | null;
  readonly acts: Acts | null;
  /** The phrase that helps with a kind, as the rules of the language have it. */
  readonly adviceOf: (kind: FindingKind, lang: RuleLang) => string | undefined;
  readonly ruleSets: (lang: RuleLang, group: Group) => readonly RuleSet[];
  readonly packsOf: (lang: RuleLang) => readonly CompiledPack[];
  readonly policiesOf: (lang: Lang) => readonly Policy[];
};

/**
 * @param packs several of one language are laid over each other: those that ship first, then a user's own
 * @param shipped at most one for a language, below the others
 * @param acts what was learnt of the acts of sentences
 */
export function createEngine(
  packs: readonly CompiledPack[],
  models: Models | null,
  shipped: readonly ShippedPack[] = [],
  acts: ActFiles = NO_ACTS,
): Engine {
  const own = Map.groupBy(packs, ({ lang }) => lang);
  const packsOf = keptFor((lang: RuleLang): readonly CompiledPack[] => [
    ...shipped.filter((one) => one.lang === lang).map(({ pack }) => pack()),
    ...(own.get(lang) ?? []),
  ]);
  const policiesOf = keptFor((lang: RuleLang) => packsOf(lang).flatMap(({ policy }) => policy));
  const advicesOf = keptFor((lang: RuleLang) => advicesIn(packsOf(lang)));
  const setsOf = keptFor((lang: RuleLang) =>
    keptFor((group: Group): readonly RuleSet[] => {
      const below = shipped.filter((one) => one.lang === lang);
      const above = own.get(lang) ?? [];
      const sets = below.map((one) => shippedRules(one, group));
      if (above.length === 0) return sets;
      const others = below.map(({ pack }) => pack());
      return [...sets, createRuleSet(lang, above, GROUPS[group], others)];
    }),
  );
  return {
    version: ENGINE_VERSION,
    models,
    view: models && createModelView(models),
    acts: actsOf(acts, packsOf),
    adviceOf: (kind, lang) => advicesOf(lang).get(kind),
    packsOf,
    policiesOf: (lang) => (lang === 'simple' ? [] : policiesOf(lang)),
    ruleSets: (lang, group) => setsOf(lang)(group),
  };
}

/** For each kind the phrase that its first rule has. */
function advicesIn(packs: readonly CompiledPack[]): ReadonlyMap<FindingKind, string> {
  const advices = new Map<FindingKind, string>();
  for (const { kind, advice } of packs.flatMap(({ rules }) => rules))
    if (advice !== undefined && !advices.has(kind)) advices.set(kind, advice);
  return advices;
}

/** The same rules, made ready as far as they were, with models beside them. */
export function withModels(engine: Engine, models: Models | null, acts: ActFiles): Engine {
  return { ...engine, models, view: models && createModelView(models), acts: actsOf(acts, engine.packsOf) };
}

const NO_ACTS: ActFiles = { weights: [], concepts: [] };

/** The lists that ship were there when acts were learnt: they stand first. */
function actsOf(acts: ActFiles, packsOf: Engine['packsOf']): Acts | null {
  return acts.weights.length === 0 ? null : createActs(acts, (lang) => packsOf(lang)[0]?.words ?? {});
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
  const reading = readText(text, options.lang);
  const labels = options.profile === 'performer' ? PERFORMER_LABELS : SIGNAL_LABELS;
  const ruled = find<SignalKind>(engine, reading, 'signals', options);
  const read = withLearnt(engine, reading, ruled, labels, 'client', options);
  return { ...read, findings: ofTheWriter(read.findings, () => retoldIn(engine, reading)) };
}

/** To a performer the words of the trade are no profanity, and only a rule knows which are meant otherwise. */
const PERFORMER_LABELS: ModelLabels<SignalKind> = { identity: 'identity_attack' };

/** What is turned off as this is all that models say. */
const MODEL = 'model';

/** Adds what the models say where no rule has spoken: of tone first, then of what sentences do. */
function withLearnt<Kind extends SignalKind | DraftKind>(
  engine: Engine,
  reading: Reading,
  ruled: Read<Kind>,
  labels: ModelLabels<Kind>,
  side: Side,
  { off }: ReadOptions,
): Read<Kind> {
  const { view, acts, adviceOf } = engine;
  if (off?.has(MODEL)) return ruled;
  const toned = view ? modelFindings(reading, labels, ruled.findings, view, ENGINE_VERSION) : [];
  const found = toned.length === 0 ? ruled.findings : [...ruled.findings, ...toned];
  const done = acts ? actFindings(reading, found, { acts, side, adviceOf }, ENGINE_VERSION) : [];
  return toned.length + done.length === 0
    ? ruled
    : { ...ruled, findings: mergeFindings([...found, ...done]) };
}

/**
 * @property replyTo the message that the draft answers
 * @property at when and where it is written; it makes exact days of what may be understood in two ways
 */
export type DraftOptions = ReadOptions &
  Circumstances & { readonly replyTo?: string | undefined; readonly at?: WrittenAt | undefined };

/**
 * What is seen in our own draft. Every finding has a level. What a reply leaves out (`unanswered`, `no_next_step`) has
 * no words to mark: it stands on the draft's last sentence, and `why` quotes what was asked.
 */
export function checkDraft(engine: Engine, text: string, options: DraftOptions = {}): Read<DraftKind> {
  const reading = readText(text, options.lang);
  const ruled = find<DraftKind>(engine, reading, 'draft', options);
  const found = withLearnt(engine, reading, ruled, DRAFT_LABELS, 'draft', options);
  const policies = engine.policiesOf(reading.lang);
  const findings = [
    ...found.findings,
    ...ambiguousIn(reading, found.findings, options),
    ...missingFrom(engine, reading, found.findings, options),
  ];
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

/** What says that the writer will do something; the caller sees whether a day stands beside it. */
export function readPromises(engine: Engine, text: string, options: ReadOptions = {}): Read<PromiseKind> {
  return find(engine, readText(text, options.lang), 'promises', options);
}

/** What others said and the writer tells, answers or rejects. */
export function readRetold(engine: Engine, text: string, options: ReadOptions = {}): Read<RetoldKind> {
  return find(engine, readText(text, options.lang), 'retold', options);
}

function retoldIn(engine: Engine, reading: Reading): Finding<RetoldKind>[] {
  return find<RetoldKind>(engine, reading, 'retold', {}).findings;
}

/**
 * The scores of what the writer wrote newly, by the model of the text's language; null where there is none. What others
 * said and the writer only tells, answers or rejects does not raise the scores of tone.
 */
export function scoresOf(engine: Engine, text: string, options: ReadOptions = {}): Scores {
  const { view } = engine;
  const reading = readText(text, options.lang);
  if (view === null || reading.lang === 'simple') return NO_SCORES;
  const scores = view.scoresOf(ownText(reading), reading.lang);
  const retold = isToneRaised(scores) ? retoldIn(engine, reading) : [];
  if (retold.length === 0) return scores;
  return withToneOf(scores, view.scoresOf(ownText(reading, retold), reading.lang));
}

/** A phrase or question of the packs; null where there is none. */
export function phraseOf(engine: Engine, lang: RuleLang, key: string): string | null {
  const pack = engine.packsOf(lang).findLast(({ phrases }) => Object.hasOwn(phrases, key));
  return pack?.phrases[key] ?? null;
}

/** Every phrase of the packs in their order, for whoever looks for a sentence to use; those for our own notes are left out. */
export function phrasesOf(engine: Engine, lang: RuleLang): readonly string[] {
  const all = Object.assign({}, ...engine.packsOf(lang).map(({ phrases }) => phrases)) as Record<
    string,
    string
  >;
  return Object.entries(all).flatMap(([key, words]) => (key.startsWith('note-') ? [] : [words]));
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
    if (spoken.length === 0) return [];
    return engine.ruleSets(lang, group).flatMap((set) => {
      const lines = spoken.map((sentence) => lineOf(sentence, normalised, set.vocabulary));
      return runRules(set, lines, isOff);
    });
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

const AMBIGUITY_CONFIDENCE = 0.8;

/** A time that may be understood in two ways is no clear date; where a rule says so already, it can say more. */
function ambiguousIn(
  reading: Reading,
  seen: readonly Finding<DraftKind>[],
  { at, off }: DraftOptions,
): Finding<DraftKind>[] {
  const dates = seen.filter(({ kind }) => kind === 'vague_date');
  return ambiguousTimes(reading, at)
    .map(({ says, ...time }) => ({ why: `ambiguous:${says}`, ...time }))
    .filter(
      ({ why, start, end }) => !off?.has(why) && !dates.some((one) => one.start < end && start < one.end),
    )
    .map((time) => ({
      kind: 'vague_date',
      ...time,
      confidence: AMBIGUITY_CONFIDENCE,
      band: bandOf(AMBIGUITY_CONFIDENCE),
      pack: 'times@1',
      engine: ENGINE_VERSION,
      level: 'note',
      advice: time.instead.length === 0 ? 'with-a-date' : null,
    }));
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
    omitted(omission, { ...place, quote, pack, engine: ENGINE_VERSION }),
  );
}
