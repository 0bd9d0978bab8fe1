import {
  checkDraft,
  checkNote,
  type Engine,
  MAX_READ,
  partsOf,
  phraseOf,
  readAsks,
  readInquiry,
  readPromises,
  readSignals,
  scoresOf,
} from '@evenkeel/language/engine';
import type { DraftKind, Finding, RuleLang, SignalKind } from '@evenkeel/language/finding';
import { loadEngine, loadPacks } from '@evenkeel/language/node';
import { sha256, sha256Hex } from '../../kernel/sha256.ts';
import { answer } from '../../kernel/thread.ts';
import { LANGUAGE_FOLDER } from './engine.ts';
import type { Helped, Manner, Measure, OwnWords, PackState, Question, Task, Tasks } from './reader.ts';
import { readUserPacks } from './user-packs.store.ts';

type AsksRead = Tasks['asks']['answer'][number];
type Ready = {
  readonly engine: Engine;
  readonly state: PackState;
  readonly digest: string;
  /** What was read by these packs, by the hash of the text, in the order in which it was last needed. */
  readonly asksRead: Map<string, AsksRead>;
};

/** A relationship is looked at again and again; some megabytes at most. */
const ASKS_KEPT = 10_000;

/** Words that hurt, whoever writes them; what is asked or announced is another matter. */
const HOSTILE: ReadonlySet<SignalKind> = new Set([
  'hostility',
  'profanity',
  'identity_attack',
  'sexual_remark',
  'physical_threat',
]);
const THREATS: ReadonlySet<SignalKind> = new Set([
  'legal_threat',
  'public_threat',
  'exposure_threat',
  'physical_threat',
]);
const RUDE_SIGNALS: ReadonlySet<SignalKind> = new Set([
  'hostility',
  'profanity',
  'identity_attack',
  'sexual_remark',
]);
const RUDE_DRAFTS: ReadonlySet<DraftKind> = new Set([
  'insult',
  'sarcasm',
  'cynicism',
  'blame_customer',
  'threat',
]);
const PROMISES: ReadonlySet<DraftKind> = new Set(['commitment', 'over_promise']);
const QUOTES = 3;

let ready: { readonly packsDir: string; readonly is: Promise<Ready> } | null = null;

answer<Question, unknown>(async ({ task, ask, packsDir }) => {
  if (ready?.packsDir !== packsDir) ready = { packsDir, is: prepare(packsDir).catch(startAnew) };
  return { value: perform(task, ask, await ready.is) };
});

/** What could not be read at one question may be there at the next. */
function startAnew(error: unknown): never {
  ready = null;
  throw error;
}

async function prepare(packsDir: string): Promise<Ready> {
  const ours = await loadPacks(LANGUAGE_FOLDER);
  const yours = await readUserPacks(packsDir, ours);
  const engine = await loadEngine(LANGUAGE_FOLDER, yours.packs);
  const packs = [...ours, ...yours.packs].map((pack) => ({
    lang: pack.lang,
    version: pack.version,
    rules: pack.rules.length,
    isYours: yours.packs.includes(pack),
  }));
  const versions = [
    engine.version,
    engine.models?.version ?? '',
    engine.acts?.version ?? '',
    ...packs.map(({ lang, version }) => `${lang}@${version}`),
  ];
  const digest = Buffer.from(sha256(Buffer.from(versions.join(' '))))
    .toString('hex')
    .slice(0, 16);
  return {
    engine,
    state: { engine: engine.version, packs, broken: yours.broken },
    digest,
    asksRead: new Map(),
  };
}

function perform(task: Task, ask: unknown, ready: Ready): Tasks[Task]['answer'] {
  const { engine, state, digest } = ready;
  const given = <K extends Task>() => ask as Tasks[K]['ask'];
  switch (task) {
    case 'packs':
      return state;
    case 'method':
      return methodOf(engine, digest, given<'method'>());
    case 'signals': {
      const { texts, profile } = given<'signals'>();
      const read = texts.map((text) => readSignals(engine, text, options({ profile, off: [] })));
      return { method: methodOf(engine, digest, { profile }), read };
    }
    case 'read':
      return readOne(engine, given<'read'>());
    case 'draft':
      return draftOf(engine, given<'draft'>());
    case 'note': {
      const { text, lang, off } = given<'note'>();
      const read = checkNote(engine, text, options({ profile: null, off }, lang));
      return { lang: read.lang, findings: helped(engine, read) };
    }
    case 'asks':
      return given<'asks'>().texts.map((text) => keptAsksOf(ready, text));
    case 'measure': {
      const { texts, ...manner } = given<'measure'>();
      return texts.map((text) => measureOf(engine, text, manner));
    }
    case 'ours': {
      const { texts, ...manner } = given<'ours'>();
      return texts.map((text) => ownWordsOf(engine, text, manner));
    }
  }
}

function methodOf({ version }: Engine, digest: string, { profile }: Pick<Manner, 'profile'>): string {
  return `${version} ${digest} ${profile ?? 'plain'}`;
}

function options({ profile, off }: Manner, lang: RuleLang | null = null) {
  return {
    lang: lang ?? undefined,
    profile: profile ?? undefined,
    off: off.length > 0 ? new Set(off) : undefined,
  };
}

function readOne(engine: Engine, { text, lang, ...manner }: Tasks['read']['ask']): Tasks['read']['answer'] {
  const how = options(manner, lang);
  const signals = readSignals(engine, text, how);
  const inquiry = readInquiry(engine, text, how);
  return {
    lang: signals.lang,
    cutAt: signals.cutAt,
    asks: readAsks(engine, text, how).asks,
    findings: signals.findings,
    inquiry: helped(engine, inquiry),
  };
}

function draftOf(engine: Engine, given: Tasks['draft']['ask']): Tasks['draft']['answer'] {
  const { text, lang, replyTo, ground, counsel, place, at, ...manner } = given;
  const read = checkDraft(engine, text, {
    ...options(manner, lang),
    replyTo: replyTo ?? undefined,
    ground: ground ?? undefined,
    counsel,
    place: place ?? undefined,
    at,
  });
  const findings = read.findings.map((finding) => ({ ...finding, level: finding.level ?? 'warning' }));
  return { lang: read.lang, findings: helped(engine, { lang: read.lang, findings }) };
}

/** Adds the words that help, in the language of the text. */
function helped<F extends Finding>(
  engine: Engine,
  { lang, findings }: { readonly lang: string; readonly findings: readonly F[] },
): readonly Helped<F>[] {
  const spoken: RuleLang = lang === 'ru' || lang === 'fi' ? lang : 'en';
  return findings.map(({ advice, ...finding }) => ({
    ...finding,
    phrase: advice ? phraseOf(engine, spoken, advice) : null,
  }));
}

function keptAsksOf({ engine, asksRead }: Ready, text: string): AsksRead {
  const key = sha256Hex(text);
  const read = asksRead.get(key) ?? asksOf(engine, text);
  asksRead.delete(key);
  asksRead.set(key, read);
  if (asksRead.size > ASKS_KEPT) asksRead.delete(asksRead.keys().next().value!);
  return read;
}

function asksOf(engine: Engine, text: string): AsksRead {
  const { lang, asks } = readAsks(engine, text);
  const { findings } = readSignals(engine, text);
  return { lang, asks, turns: findings.filter(({ kind }) => kind === 'indecision') };
}

function measureOf(engine: Engine, text: string, manner: Manner): Measure {
  const { lang, findings } = readSignals(engine, text, options(manner));
  const sure = findings.filter(({ band }) => band !== 'low');
  const hostile = sure.filter(({ kind }) => HOSTILE.has(kind));
  const threats = sure.filter(({ kind }) => THREATS.has(kind));
  const ownUnits = own(text).length;
  return {
    ownUnits,
    markedUnits: unitsIn(hostile),
    threats: threats.length,
    toxicity: ownUnits === 0 ? null : scoresOf(engine, text, { lang: ruleLang(lang) }).toxicity,
    quotes: [...hostile, ...threats]
      .sort((one, another) => another.confidence - one.confidence)
      .slice(0, QUOTES)
      .map(({ quote }) => quote),
  };
}

function ruleLang(lang: string): RuleLang | undefined {
  return lang === 'en' || lang === 'ru' || lang === 'fi' ? lang : undefined;
}

/** How much of a text is under any of these findings; what two share counts once. */
function unitsIn(findings: readonly Finding[]): number {
  let units = 0;
  let reached = 0;
  for (const { start, end } of findings.toSorted((one, another) => one.start - another.start)) {
    units += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return units;
}

function own(text: string): string {
  return partsOf(text.slice(0, MAX_READ))
    .filter(({ role }) => role === 'own')
    .map(({ start, end }) => text.slice(start, end))
    .join('\n')
    .trim();
}

function ownWordsOf(engine: Engine, text: string, manner: Manner): OwnWords {
  const how = options(manner);
  const { lang, findings } = checkDraft(engine, text, how);
  const sure = findings.filter(({ band }) => band !== 'low');
  const signals = readSignals(engine, text, how).findings;
  const rude = signals.filter(({ kind, band }) => band !== 'low' && RUDE_SIGNALS.has(kind));
  return {
    lang,
    rude: apart([...sure.filter(({ kind }) => RUDE_DRAFTS.has(kind)), ...rude]),
    promised: sure.filter(({ kind }) => PROMISES.has(kind)).map((finding) => inItsSentence(finding, text)),
    announced: readPromises(engine, text, how).findings,
    own: own(text),
  };
}

const SENTENCE_END = /[.!?…\n]/;

/** The finding, widened to the sentence or line it stands in. */
function inItsSentence<F extends Finding>(finding: F, text: string): F {
  let { start, end } = finding;
  while (start > 0 && !SENTENCE_END.test(text[start - 1]!)) start -= 1;
  while (end < text.length && !SENTENCE_END.test(text[end - 1]!)) end += 1;
  const sentence = text.slice(start, end);
  start += sentence.length - sentence.trimStart().length;
  end -= sentence.length - sentence.trimEnd().length;
  return { ...finding, start, end, quote: text.slice(start, end) };
}

/** Words that were found as two kinds are one slip. */
function apart(findings: readonly Finding<DraftKind | SignalKind>[]): Finding<DraftKind | SignalKind>[] {
  const kept: Finding<DraftKind | SignalKind>[] = [];
  for (const finding of findings)
    if (!kept.some(({ start, end }) => finding.start < end && start < finding.end)) kept.push(finding);
  return kept.sort((one, another) => one.start - another.start);
}
