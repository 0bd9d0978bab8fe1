import { bandOf, type DraftKind, type Finding, type Scores, type SignalKind } from './finding.ts';
import { type Models, modelSpans, scoresOfText } from './model/models.ts';
import type { ModelSpan } from './model/spans.ts';
import { keptFor } from './shipped.ts';
import { type Form, madeOfForms } from './text/forms.ts';
import { sourceStart } from './text/normalise.ts';
import type { Reading } from './text/reading.ts';
import { QUOTED, WORD } from './text/tokens.ts';

type Label = keyof Scores;
type Lang = Exclude<Reading['lang'], 'simple'>;

/** What a model tells of a text. Offsets in UTF-16 code units of that text. */
export type ModelView = {
  readonly version: string;
  /** The words of a text that it marks for a label, as far as it is sure enough to assert them. */
  readonly spansOf: (label: Label, text: string, lang: Lang) => readonly ModelSpan[];
  readonly scoresOf: (text: string, lang: Lang) => Scores;
  /** The labels for which it marks a word that stands alone; remembered. */
  readonly labelsOf: (lang: Lang) => (form: Form) => readonly Label[];
};

type Kind = SignalKind | DraftKind;
/** What a model's labels are called among the kinds. */
export type ModelLabels<Of extends Kind> = Readonly<Partial<Record<Label, Of>>>;

/** What a model may say alone. A threat, legal or physical, is never said by a model alone. */
export const SIGNAL_LABELS: ModelLabels<SignalKind> = {
  insult: 'hostility',
  obscene: 'profanity',
  identity: 'identity_attack',
};
export const DRAFT_LABELS: ModelLabels<DraftKind> = { insult: 'insult' };

/** Below this a model alone says nothing: a false accusation is worse than a miss. */
const ASSERTS_FROM = 0.8;
/** And nothing where the text as a whole is less likely than this what a word of it would make it. */
const WHOLE_FROM = 0.7;
/** On labelled texts what the Finnish model says alone is more often wrong than right: there it only scores. */
const ASSERTS_IN: ReadonlySet<Reading['lang']> = new Set(['en']);
/** UTF-16 units of the writer's own words that models read; the tone of a text shows in less. */
export const MODEL_READS = 50_000;

export function createModelView(models: Models): ModelView {
  const spansOf: ModelView['spansOf'] = (label, text, lang) =>
    modelSpans(models, text, lang, label, ASSERTS_FROM);
  return {
    version: models.version,
    spansOf,
    scoresOf: (text, lang) => scoresOfText(models, text, lang),
    labelsOf: keptFor((lang: Lang) =>
      madeOfForms((form) => {
        const labels = ASSERTED.filter((label) => spansOf(label, form.written, lang).length > 0);
        return labels.length === 0 ? NO_LABELS : labels;
      }),
    ),
  };
}

const ASSERTED = Object.keys({ ...SIGNAL_LABELS, ...DRAFT_LABELS }) as readonly Label[];
const NO_LABELS: readonly Label[] = [];

/** What the writer wrote newly, as models read it. @param without stretches that are left out, in order */
export function ownText(
  { parts, normalised: { source } }: Reading,
  without: readonly { readonly start: number; readonly end: number }[] = [],
): string {
  const own = parts
    .filter(({ role }) => role === 'own')
    .map(({ start, end }) => {
      const inside = without.filter((one) => one.start < end && start < one.end);
      const edges = [
        start,
        ...inside.flatMap((one) => [Math.max(start, one.start), Math.min(end, one.end)]),
        end,
      ];
      const kept = edges.flatMap((from, at) => (at % 2 === 0 ? [source.slice(from, edges[at + 1])] : []));
      return kept.join(' ');
    });
  return own.join('').slice(0, MODEL_READS);
}

/**
 * What a model sees in the writer's own words, outside quotation marks, and no rule has seen: where a rule of the same
 * kind touches the words, the rule stands, for it can say why. Most texts hold no word that a model marks, and cost
 * no more than a look at their words.
 */
export function modelFindings<Of extends Kind>(
  reading: Reading,
  labels: ModelLabels<Of>,
  seen: readonly Finding<Of>[],
  view: ModelView,
  engine: string,
): Finding<Of>[] {
  const { lang } = reading;
  if (lang === 'simple' || !ASSERTS_IN.has(lang)) return [];
  const marked = markedLabels(reading, lang, view);
  if (marked.size === 0) return [];
  const scores = view.scoresOf(ownText(reading), lang);
  const asserted = (Object.keys(labels) as Label[]).filter(
    (label) => marked.has(label) && (scores[label] ?? 0) >= WHOLE_FROM,
  );
  if (asserted.length === 0) return [];
  const quoted = quotedStarts(reading);
  const near = seen.filter(({ start }) => start < MODEL_READS);
  return asserted
    .flatMap((label) => findingsOf(reading, label, labels[label] as Of, lang, view, engine))
    .filter((one) => !quoted.has(one.start) && !near.some((other) => touches(other, one)));
}

/** The labels for which any word of the writer's own, outside quotation marks, is marked. */
function markedLabels({ sentences }: Reading, lang: Lang, view: ModelView): ReadonlySet<Label> {
  const marked = new Set<Label>();
  const labelsOf = view.labelsOf(lang);
  for (const { tokens } of sentences) {
    for (const { kind, known, start } of tokens) {
      if (start > MODEL_READS) return marked;
      if ((kind & (WORD | QUOTED)) !== WORD) continue;
      for (const label of labelsOf(known)) marked.add(label);
    }
  }
  return marked;
}

function findingsOf<Of extends Kind>(
  { parts, normalised: { source } }: Reading,
  label: Label,
  kind: Of,
  lang: Lang,
  view: ModelView,
  engine: string,
): Finding<Of>[] {
  const own = parts.filter(({ role, start }) => role === 'own' && start < MODEL_READS);
  return own.flatMap(({ start: offset, end }) => {
    const text = source.slice(offset, Math.min(end, MODEL_READS));
    return view.spansOf(label, text, lang).map(({ confidence, words, ...span }): Finding<Of> => {
      const place = { start: offset + span.start, end: offset + span.end };
      return {
        kind,
        ...place,
        quote: source.slice(place.start, place.end),
        confidence,
        band: bandOf(confidence),
        why: `model: ${words.join(', ')}`,
        pack: `${lang}-model@${view.version}`,
        engine,
      };
    });
  });
}

/** Where words between quotation marks begin, as far as models read. */
function quotedStarts({ sentences, normalised }: Reading): ReadonlySet<number> {
  const quoted = sentences
    .flatMap(({ tokens }) => tokens.filter(({ kind }) => (kind & QUOTED) !== 0))
    .map(({ start }) => sourceStart(normalised, start));
  return new Set(quoted);
}

function touches(one: Finding, other: Finding): boolean {
  return one.kind === other.kind && one.start < other.end && other.start < one.end;
}
