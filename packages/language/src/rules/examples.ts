import {
  checkDraft,
  checkNote,
  createEngine,
  type Engine,
  readAsks,
  readInquiry,
  readPromises,
  readRetold,
  readSignals,
} from '../engine.ts';
import {
  ASK_KINDS,
  DRAFT_KINDS,
  type Finding,
  type FindingKind,
  INQUIRY_KINDS,
  NOTE_KINDS,
  PROMISE_KINDS,
  RETOLD_KINDS,
  type RuleLang,
} from '../finding.ts';
import type { RuleExamples } from './compile-packs.ts';
import type { CompiledPack } from './pack.ts';

/** An example that does not do what its rule says. `instead`: what was found in it. */
export type Failure = {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly says: 'finds' | 'ignores';
  readonly example: string;
  readonly instead: readonly string[];
};

/**
 * Runs the examples of a rule. It must find each of `finds` itself, alone among the language's rules; nothing of its
 * kind, by whatever rule, may be found in what it ignores.
 *
 * @param below packs whose words and blockers the rule may use
 */
export function failuresOf(
  pack: CompiledPack,
  { rule, finds, ignores, line }: RuleExamples,
  below: readonly CompiledPack[] = [],
): Failure[] {
  const alone = createEngine(
    [...below.map((one) => ({ ...one, rules: [] })), { ...pack, rules: [rule] }],
    null,
  );
  const place = { rule: rule.id, file: rule.file, line };
  const missed = finds.filter((example) => found(alone, rule.kind, example, pack.lang).length === 0);
  const taken = ignores.filter((example) => found(alone, rule.kind, example, pack.lang).length > 0);
  return [
    ...missed.map((example) => ({ ...place, says: 'finds' as const, example, instead: [] })),
    ...taken.map((example) => ({
      ...place,
      says: 'ignores' as const,
      example,
      instead: found(alone, rule.kind, example, pack.lang).map(({ quote }) => quote),
    })),
  ];
}

function found(engine: Engine, kind: FindingKind, text: string, lang: RuleLang): readonly Finding[] {
  return allOf(engine, kind, text, lang).filter((finding) => finding.kind === kind);
}

function allOf(engine: Engine, kind: string, text: string, lang: RuleLang): readonly Finding[] {
  const holds = (kinds: readonly string[]): boolean => kinds.includes(kind);
  if (holds(DRAFT_KINDS)) return checkDraft(engine, text, { lang }).findings;
  if (holds(NOTE_KINDS)) return checkNote(engine, text, { lang }).findings;
  if (holds(ASK_KINDS)) return readAsks(engine, text, { lang }).asks;
  if (holds(INQUIRY_KINDS)) return readInquiry(engine, text, { lang }).findings;
  if (holds(PROMISE_KINDS)) return readPromises(engine, text, { lang }).findings;
  if (holds(RETOLD_KINDS)) return readRetold(engine, text, { lang }).findings;
  return readSignals(engine, text, { lang }).findings;
}
