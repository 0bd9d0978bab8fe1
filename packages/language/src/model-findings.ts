import {
  bandOf,
  type DraftKind,
  type Finding,
  type RuleLang,
  type Scores,
  type SignalKind,
} from './finding.ts';
import type { ModelSpan } from './model/spans.ts';
import type { Reading } from './text/reading.ts';

/** Where a model marks words of a text for a label. Offsets in UTF-16 code units of that text. */
export type SpansOf = (label: keyof Scores, text: string, lang: RuleLang) => readonly ModelSpan[];

type Kind = SignalKind | DraftKind;
type Labels<Of extends Kind> = Readonly<Partial<Record<keyof Scores, Of>>>;

/** What a model may say alone. A threat, legal or physical, is never said by a model alone. */
export const SIGNAL_LABELS: Labels<SignalKind> = {
  insult: 'hostility',
  obscene: 'profanity',
  identity: 'identity_attack',
};
export const DRAFT_LABELS: Labels<DraftKind> = { insult: 'insult' };

/** Below this a model alone says nothing: a false accusation is worse than a miss. */
const ASSERTS_FROM = 0.8;

/**
 * What a model sees in the writer's own parts and no rule has seen: where a rule of the same kind touches the words,
 * the rule stands, for it can say why.
 *
 * @param version of the weights
 */
export function modelFindings<Of extends Kind>(
  { parts, normalised, lang }: Reading,
  labels: Labels<Of>,
  seen: readonly Finding<Of>[],
  spansOf: SpansOf,
  version: string,
  engine: string,
): Finding<Of>[] {
  if (lang === 'simple') return [];
  return parts
    .filter(({ role }) => role === 'own')
    .flatMap(({ start: offset, end: until }) => {
      const text = normalised.source.slice(offset, until);
      return Object.entries(labels).flatMap(([label, kind]) =>
        spansOf(label as keyof Scores, text, lang).map((span) => ({ kind: kind as Of, span, offset })),
      );
    })
    .filter(({ span }) => span.confidence >= ASSERTS_FROM)
    .map(({ kind, span, offset }): Finding<Of> => {
      const start = offset + span.start;
      const end = offset + span.end;
      const quote = normalised.source.slice(start, end);
      const why = `model: ${span.words.join(', ')}`;
      const { confidence } = span;
      return {
        kind,
        start,
        end,
        quote,
        confidence,
        band: bandOf(confidence),
        why,
        pack: `${lang}-model@${version}`,
        engine,
      };
    })
    .filter(
      (one) =>
        !seen.some((other) => other.kind === one.kind && other.start < one.end && one.start < other.end),
    );
}
