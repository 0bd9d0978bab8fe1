import type { RuleLang } from '../finding.ts';
import { createCompiler, type Pattern } from './compile.ts';
import {
  BUILT_IN_BLOCKERS,
  type CompiledPack,
  type PackRule,
  type Problem,
  REQUIRED_BLOCKERS,
  REQUIRED_WORDS,
} from './pack.ts';
import { type Examples, type PackFile, type ReadPack, readPackFile } from './pack-file.ts';
import { PatternError } from './pattern.ts';
import { blockerOf, type Layers, layersOf } from './rule-set.ts';

/** A rule with what its author says it finds and ignores. */
export type RuleExamples = Examples & { readonly rule: PackRule; readonly line: number };

export type Compilation = {
  readonly pack: CompiledPack;
  readonly problems: readonly Problem[];
  readonly examples: readonly RuleExamples[];
};

/**
 * Brings the pack files of one language together. A file of the wrong shape or with a name that is taken is left out; a
 * rule, blocker or list that cannot be read is left out alone. Each is named with its line; everything else stands.
 *
 * @param below packs whose words, blockers and phrases may be used too (those that ship, for a user's own)
 */
export function compilePacks(
  lang: RuleLang,
  files: readonly PackFile[],
  below: readonly CompiledPack[] = [],
): Compilation {
  const read = files.map((file) => readPackFile(file, lang));
  const problems = read.flatMap((one) => one.problems);
  const shaped = read.flatMap(({ pack }) => (pack ? [pack] : []));
  const clashes = duplicatesIn(shaped, below);
  const { problems: faults, sound: packs } = withoutFaults(lang, withoutThose(shaped, clashes), below);
  if (below.length === 0) problems.push(...missingIn(lang, packs));
  return {
    pack: joined(lang, packs),
    problems: [...problems, ...clashes, ...faults],
    examples: packs.flatMap(({ rules }) =>
      rules.map(({ rule, examples, line }) => ({ rule, ...examples, line })),
    ),
  };
}

function withoutThose(packs: readonly ReadPack[], problems: readonly Problem[]): ReadPack[] {
  const broken = new Set(problems.map(({ file }) => file));
  return packs.filter(({ file }) => !broken.has(file));
}

type Path = readonly (string | number)[];
type Named = { readonly what: string; readonly name: string; readonly line: number };

function duplicatesIn(packs: readonly ReadPack[], below: readonly CompiledPack[]): Problem[] {
  const taken = new Map<string, string>();
  for (const pack of below)
    for (const { what, name } of namesBelow(pack)) taken.set(`${what} ${name}`, 'a pack that ships');
  const problems: Problem[] = [];
  for (const pack of packs) {
    for (const { what, name, line } of namesOf(pack)) {
      const before = taken.get(`${what} ${name}`);
      if (before !== undefined)
        problems.push({ file: pack.file, line, reason: `${what} ${name} is already in ${before}` });
      taken.set(`${what} ${name}`, pack.file);
    }
  }
  return problems;
}

function namesBelow({ words, blockers, rules }: CompiledPack): readonly Pick<Named, 'what' | 'name'>[] {
  return [
    ...Object.keys(words).map((name) => ({ what: 'word list', name })),
    ...Object.keys(blockers).map((name) => ({ what: 'blocker', name })),
    ...rules.map(({ id }) => ({ what: 'rule', name: id })),
  ];
}

function namesOf({ words, blockers, rules, phrases, lineOf }: ReadPack): readonly Named[] {
  return [
    ...Object.keys(words).map((name) => ({ what: 'word list', name, line: lineOf(['words', name]) })),
    ...Object.keys(blockers).map((name) => ({ what: 'blocker', name, line: lineOf(['blockers', name]) })),
    ...rules.map(({ rule, line }) => ({ what: 'rule', name: rule.id, line })),
    ...Object.keys(phrases).map((name) => ({ what: 'phrase', name, line: lineOf(['phrases', name]) })),
  ];
}

/** A pack's faults by name or place, so that what is faulty is left out and the rest stands. */
type Faults = { readonly problems: readonly Problem[]; readonly sound: readonly ReadPack[] };

/** Reads every list and pattern once, where its line is known; what cannot be read is named and left out. */
function withoutFaults(lang: RuleLang, packs: readonly ReadPack[], below: readonly CompiledPack[]): Faults {
  const problems: Problem[] = [];
  const all = layersOf([...below, ...packs]);
  const phrases = Object.assign(
    {},
    ...below.map((pack) => pack.phrases),
    ...packs.map((pack) => pack.phrases),
  );

  const isSound = (pack: ReadPack, path: Path, read: () => void): boolean => {
    try {
      read();
      return true;
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      problems.push({ file: pack.file, line: pack.lineOf(path), reason: error.message });
      return false;
    }
  };

  const compiler = createCompiler(lang, all.words);
  const pattern = (written: string) => compiler.pattern(written, -1);
  const isSoundBlocker = (pack: ReadPack, path: Path, written: string): boolean =>
    isSound(pack, path, () => blockerOf(written, pattern));
  const isSoundRule = (
    pack: ReadPack,
    path: Path,
    { patterns, when = [], unless = [] }: PackRule,
  ): boolean => {
    const found = [
      ...patterns.map((written, at) =>
        isSound(pack, [...path, 'patterns', at], () => refuseSpan(pattern(written))),
      ),
      ...when.map((written, at) => isSound(pack, [...path, 'when', at], () => refuseSpan(pattern(written)))),
      ...unless.map((name, at) =>
        isSound(pack, [...path, 'unless', at], () => refuseUnknown(name, all.blockers)),
      ),
    ];
    return found.every(Boolean);
  };
  const withoutUnknownAdvice = (pack: ReadPack, path: Path, rule: PackRule): PackRule => {
    const { advice, ...rest } = rule;
    const isKnown = isSound(pack, [...path, 'advice'], () => refuseNoPhrase(advice, phrases));
    return isKnown ? rule : rest;
  };

  const sound = packs.map((pack): ReadPack => {
    const words = Object.entries(pack.words).filter(([name]) =>
      isSound(pack, ['words', name], () => compiler.list(name)),
    );
    const blockers = Object.entries(pack.blockers).map(([name, patterns]) => {
      const kept = patterns.filter((written, at) => isSoundBlocker(pack, ['blockers', name, at], written));
      return [name, kept] as const;
    });
    const rules = pack.rules
      .filter(({ rule, place }) => isSoundRule(pack, ['rules', place], rule))
      .map((one) => ({ ...one, rule: withoutUnknownAdvice(pack, ['rules', one.place], one.rule) }));
    const policy = pack.policy.filter(({ advice }, at) =>
      isSound(pack, ['policy', at], () => refuseNoPhrase(advice, phrases)),
    );
    return {
      ...pack,
      policy,
      words: Object.fromEntries(words),
      blockers: Object.fromEntries(blockers),
      rules,
    };
  });
  return { problems, sound };
}

function refuseNoPhrase(advice: string | undefined, phrases: object): void {
  if (advice !== undefined && !Object.hasOwn(phrases, advice))
    throw new PatternError(`${advice} is no phrase`);
}

function refuseUnknown(name: string, blockers: Layers['blockers']): void {
  if (!BUILT_IN_BLOCKERS.has(name) && !Object.hasOwn(blockers, name))
    throw new PatternError(`${name} is no blocker`);
}

function refuseSpan({ spanAt }: Pattern): void {
  if (spanAt >= 0) throw new PatternError('@ stands for the match, so only a blocker can hold it');
}

function missingIn(lang: RuleLang, packs: readonly ReadPack[]): Problem[] {
  const { words, blockers } = layersOf(packs);
  const missing = [
    ...REQUIRED_WORDS.filter((name) => !Object.hasOwn(words, name)).map((name) => `word list ${name}`),
    ...REQUIRED_BLOCKERS.filter((name) => !Object.hasOwn(blockers, name)).map((name) => `blocker ${name}`),
  ];
  return missing.map((what) => ({ file: lang, line: 1, reason: `no file defines ${what}` }));
}

function joined(lang: RuleLang, packs: readonly ReadPack[]): CompiledPack {
  const content = {
    lang,
    ...layersOf(packs),
    rules: packs.flatMap(({ rules }) => rules.map(({ rule }) => rule)),
    phrases: Object.assign({}, ...packs.map(({ phrases }) => phrases)),
    policy: packs.flatMap(({ policy }) => policy),
  };
  return { ...content, version: hashOf(JSON.stringify(content)) };
}

/** FNV-1a over UTF-16 units in two lanes, as 16 hex digits: tells versions apart, protects nothing. */
function hashOf(text: string): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ (unit + at), 0x85ebca6b);
  }
  return [high, low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
