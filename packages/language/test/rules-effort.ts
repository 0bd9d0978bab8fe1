import {
  ASK_KINDS,
  DRAFT_KINDS,
  type FindingKind,
  INQUIRY_KINDS,
  NOTE_KINDS,
  PROMISE_KINDS,
  SIGNAL_KINDS,
} from '../src/finding.ts';
import { lineOf } from '../src/rules/line.ts';
import { effort } from '../src/rules/match.ts';
import type { CompiledPack } from '../src/rules/pack.ts';
import { type Choice, createPatternReader } from '../src/rules/pattern.ts';
import type { RuleSet } from '../src/rules/rule-set.ts';
import { runRules } from '../src/rules/run.ts';
import { normalise } from '../src/text/normalise.ts';
import { sentencesOf } from '../src/text/sentences.ts';

export const ALL_KINDS: ReadonlySet<FindingKind> = new Set([
  ...SIGNAL_KINDS,
  ...DRAFT_KINDS,
  ...NOTE_KINDS,
  ...ASK_KINDS,
  ...INQUIRY_KINDS,
  ...PROMISE_KINDS,
]);

/** All words of a pattern but the last, so that every one of its steps is begun and none is done. */
export function worstText(pattern: string, { lang, words }: CompiledPack): string {
  const steps = createPatternReader(words, lang).pattern(pattern);
  const said = steps.flatMap((step) => (step.is === 'element' ? [wordOf(step.choice)] : []));
  return `${(said.length > 1 ? said.slice(0, -1) : said).join(' ')} `;
}

function wordOf({ singles, rows, others }: Choice): string {
  const [single] = singles;
  if (single) return single.how === 'class' ? '12' : single.word;
  const [row] = rows;
  if (row) return row.map(wordOf).join(' ');
  return others[0] ? wordOf(others[0]) : '';
}

/** The steps that matching a text takes. */
export function workOn(set: RuleSet, text: string): number {
  const before = effort.steps;
  const normalised = normalise(text);
  const lines = sentencesOf(normalised, 0, normalised.text.length).map((sentence) =>
    lineOf(sentence, normalised, set.vocabulary),
  );
  runRules(set, lines, () => false);
  return effort.steps - before;
}
