import { bandOf, type DraftKind, type Finding, type RuleLang, type SignalKind } from '../finding.ts';
import { sourceEnd, sourceStart } from '../text/normalise.ts';
import type { Reading, ReadSentence } from '../text/reading.ts';
import { PUNCTUATION, QUOTED, type Token } from '../text/tokens.ts';
import type { ActScorer } from './act-scores.ts';
import type { ActKind, Side } from './act-weights.ts';
import type { Acts } from './acts.ts';

type Kind = SignalKind | DraftKind;

/** A shorter sentence is an answer or a greeting. */
const MIN_TOKENS = 3;
const MOST_WORDS = 3;

/** What judges a text: the weights of its side, and the phrase that helps with a kind. */
export type Judge = {
  readonly acts: Acts;
  readonly side: Side;
  readonly adviceOf: (kind: Kind, lang: RuleLang) => string | undefined;
};

/** What sentences do as far as it was learnt, where no rule has marked any of the kinds: where one did, it can say why. */
export function actFindings<Of extends Kind>(
  reading: Reading,
  seen: readonly Finding<Of>[],
  judge: Judge,
  engine: string,
): Finding<Of>[] {
  const found: Finding<Of>[] = [];
  let scorer: ActScorer | null = null;
  for (const sentence of reading.sentences) {
    const { tokens, lang } = sentence;
    if (lang === 'simple' || tokens.length < MIN_TOKENS) continue;
    if (scorer?.weights.lang !== lang) scorer = judge.acts.scorerOf(lang, judge.side);
    if (scorer === null) continue;
    const at = scorer.actOf(sentence);
    const finding = at < 0 ? null : findingOf<Of>(reading, sentence, scorer, at, judge);
    if (finding && !hasSpoken(seen, finding, scorer)) found.push({ ...finding, engine });
  }
  return found;
}

/** Whether any of the kinds that were learnt together is marked at a place. */
function hasSpoken(
  seen: readonly Finding[],
  { start, end }: Pick<Finding, 'start' | 'end'>,
  { weights }: ActScorer,
): boolean {
  return seen.some(
    (one) => one.start < end && start < one.end && weights.kinds.some(({ kind }) => kind === one.kind),
  );
}

function findingOf<Of extends Kind>(
  { normalised }: Reading,
  sentence: ReadSentence,
  scorer: ActScorer,
  at: number,
  { adviceOf }: Judge,
): Omit<Finding<Of>, 'engine'> | null {
  const { kind, confidence } = scorer.weights.kinds[at] as ActKind;
  const { lang, version } = scorer.weights;
  const place = placeOf(sentence.tokens);
  if (place === null) return null;
  const start = sourceStart(normalised, place.start);
  const end = sourceEnd(normalised, place.end);
  const advice = adviceOf(kind, lang);
  return {
    kind: kind as Of,
    start,
    end,
    quote: normalised.source.slice(start, end),
    confidence,
    band: bandOf(confidence),
    why: `model: ${heaviest(sentence.tokens, scorer.sharesOf(sentence, at)).join(', ')}`,
    pack: `${lang}-acts@${version}`,
    ...(advice === undefined ? {} : { advice }),
  };
}

/** The sentence without the marks around it; null where half of its words are in quotation marks. */
function placeOf(tokens: readonly Token[]): { start: number; end: number } | null {
  const words = tokens.filter(({ kind }) => (kind & PUNCTUATION) === 0);
  const first = words[0];
  const last = words.at(-1);
  const quoted = words.filter(({ kind }) => (kind & QUOTED) !== 0).length;
  if (!first || !last || quoted * 2 >= words.length) return null;
  return { start: first.start, end: last.end };
}

function heaviest(tokens: readonly Token[], shares: readonly number[]): string[] {
  return tokens
    .map(({ form, kind }, at) => ({ form, kind, share: shares[at] as number }))
    .filter(({ kind, share }) => share > 0 && (kind & PUNCTUATION) === 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_WORDS)
    .map(({ form }) => form);
}
