import { analyse, type Lang } from './analyse.ts';
import { isStopWord } from './evidence.ts';
import { type AskKind, bandOf, type DraftKind, type Finding } from './finding.ts';
import type { Ground, Policy } from './rules/pack.ts';
import { sourceEnd, sourceStart } from './text/normalise.ts';
import type { Reading, ReadSentence } from './text/reading.ts';
import { DATE, MONEY, NUMBER, PUNCTUATION, TIME } from './text/tokens.ts';

/** What is known of the matter a draft answers. */
export type Circumstances = {
  readonly ground?: Ground | undefined;
  readonly counsel?: boolean | undefined;
  readonly place?: string | undefined;
};

/** Kinds that are never a warning, whatever a rule says. */
const NOTES: ReadonlySet<DraftKind> = new Set([
  'apology',
  'commitment',
  'policy_refusal',
  'unanswered',
  'no_next_step',
]);

/** Gives a finding the level and the advice that its kind has under the circumstances. */
export function underCircumstances(
  finding: Finding<DraftKind>,
  policies: readonly Policy[],
  circumstances: Circumstances,
): Finding<DraftKind> {
  const policy = policies.find((one) => fits(one, finding.kind, circumstances));
  const level = NOTES.has(finding.kind) ? 'note' : (policy?.level ?? finding.level ?? 'warning');
  return { ...finding, level, advice: policy?.advice ?? finding.advice ?? null };
}

function fits(
  policy: Policy,
  kind: DraftKind,
  { ground = 'not_looked_at', counsel = false, place }: Circumstances,
): boolean {
  return (
    policy.kind === kind &&
    (policy.ground?.includes(ground) ?? true) &&
    (policy.counsel ?? counsel) === counsel &&
    (policy.place === undefined || (place !== undefined && policy.place.some((code) => isIn(place, code))))
  );
}

function isIn(place: string, code: string): boolean {
  const written = place.toLowerCase();
  return written === code || written.startsWith(`${code}-`);
}

/** What a reply leaves out. `why` begins with the kind; for an ask that is left open its words follow. */
export type Omission = { readonly kind: 'unanswered' | 'no_next_step'; readonly why: string };

/**
 * What was asked and finds no counterpart in a draft: of each ask a third of the words that carry it must come back
 * (at least one), or the date or sum it asks for, or a yes or no to a lone question. A draft in another language than
 * the asks is not compared.
 */
export function omissions(
  asks: readonly Finding<AskKind>[],
  askedIn: Lang,
  draft: Reading,
  hasCommitment: boolean,
): readonly Omission[] {
  if (asks.length === 0 || draft.sentences.length === 0) return [];
  const said = lexemesOf(draft.normalised.source, draft.lang);
  const open =
    askedIn === draft.lang
      ? asks.filter((ask) => !isAnswered(ask.quote, asks.length === 1, draft, said))
      : [];
  const unanswered = open.map(({ quote }) => ({ kind: 'unanswered' as const, why: `unanswered: ${quote}` }));
  const says = draft.sentences.some((sentence) => sentence.isQuestion || holds(sentence, DATE | TIME));
  return says || hasCommitment ? unanswered : [...unanswered, { kind: 'no_next_step', why: 'no_next_step' }];
}

const OMISSION_CONFIDENCE = 0.7;

/** An omission as a finding that stands on a place of the draft. */
export function omitted(
  { kind, why }: Omission,
  place: Pick<Finding, 'start' | 'end' | 'quote' | 'pack' | 'engine'>,
): Finding<DraftKind> {
  const confidence = OMISSION_CONFIDENCE;
  return { kind, ...place, confidence, band: bandOf(confidence), why };
}

const ASKS_WHEN =
  /(?<!\p{L})(?:when|what time|which day|by what date|когда|к какому|milloin|koska|mihin mennessä)(?!\p{L})/iu;
const ASKS_HOW_MUCH =
  /(?<!\p{L})(?:how (?:much|many)|what (?:price|amount)|сколько|paljonko|kuinka (?:paljon|monta))(?!\p{L})/iu;
const YES_OR_NO = /^(?:yes|no|yep|nope|sure|certainly|да|нет|конечно|kyllä|ei|joo|toki)$/;
const PART_THAT_COMES_BACK = 1 / 3;

function isAnswered(ask: string, isOnly: boolean, draft: Reading, said: ReadonlySet<string>): boolean {
  if (ASKS_WHEN.test(ask) && draft.sentences.some((sentence) => holds(sentence, DATE | TIME))) return true;
  if (ASKS_HOW_MUCH.test(ask) && draft.sentences.some((sentence) => holds(sentence, MONEY | NUMBER)))
    return true;
  if (isOnly && draft.sentences.some(beginsWithYesOrNo)) return true;
  const asked = lexemesOf(ask, draft.lang);
  const back = [...asked].filter((lexeme) => said.has(lexeme)).length;
  return asked.size === 0 || back >= Math.max(1, Math.ceil(asked.size * PART_THAT_COMES_BACK));
}

function beginsWithYesOrNo({ tokens }: ReadSentence): boolean {
  const first = tokens.find(({ kind }) => (kind & PUNCTUATION) === 0);
  return first !== undefined && YES_OR_NO.test(first.form);
}

function holds({ tokens }: ReadSentence, bits: number): boolean {
  return tokens.some(({ kind }) => (kind & bits) !== 0);
}

function lexemesOf(text: string, lang: Lang): ReadonlySet<string> {
  const lexemes = analyse(text, lang).map(({ lexeme }) => lexeme);
  return new Set(lexemes.filter((lexeme) => lexeme.length > 1 && !isStopWord(lexeme)));
}

/** Where something is missing there is nothing to mark: the last sentence stands for it. */
export function lastSentence({ sentences, normalised }: Reading): { start: number; end: number } {
  const tokens = sentences.at(-1)?.tokens ?? [];
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return { start: 0, end: 0 };
  return { start: sourceStart(normalised, first.start), end: sourceEnd(normalised, last.end) };
}
