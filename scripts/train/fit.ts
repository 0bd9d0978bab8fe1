import type { Concepts } from '../../packages/language/src/concepts/concepts.ts';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { denseNames, TABLE_SIZE } from '../../packages/language/src/model/features.ts';
import { sentencesOf } from '../../packages/language/src/model/sentences.ts';
import { type Design, designOf } from './design.ts';
import type { Kin } from './kin.ts';
import { logitOf, solve, type Weights } from './solve.ts';
import { type Favoured, favouringScales } from './telling.ts';

/**
 * 0 or 1 and how much the row counts; `implied` when nobody was asked and it only follows: learnt, never measured.
 * `learnt` is the chance to learn where more is known than yes or no.
 */
export type Target = {
  readonly target: number;
  readonly weight: number;
  readonly implied?: boolean;
  readonly learnt?: number;
};

/** One text with what is known about it. A group never lies on both sides of a split. */
export type Example = {
  readonly text: string;
  readonly source: string;
  readonly group: string;
  /** What the text tries out, where a set says so: shown apart in the report. */
  readonly kind?: string;
  /** Per label 0 or 1 and how much the row counts; absent where it was not asked. Weight 0: measured, never learnt. */
  readonly targets: Readonly<Record<string, Target>>;
};

/** How one label is learnt. */
export type LabelPlan = {
  readonly name: string;
  /** Dense features the label may use; 'all' for every one. */
  readonly dense: readonly string[] | 'all';
  readonly denseScale: number;
  readonly ngramScale: number;
  /** How freely concepts may weigh; absent: they are not looked at. */
  readonly conceptScale?: number;
  /** How freely may weigh what the concepts of a kind have in common; absent: each stands for itself. */
  readonly kinScale?: number;
  /** Which n-grams may matter more than others: rare ones, or rare ones whose shares on the two sides differ. */
  readonly favours?: Favoured;
  readonly penalty: number;
  /** Share of the highest logit of a sentence in the logit of a text; the rest is the whole text's. */
  readonly mix: number;
  /**
   * Whether the mean of the fold models ships and not one model of all rows. Linear models average by their weights: this is
   * what the figures of sets that are only measured tell of, and it does better on texts unlike those that were learnt.
   */
  readonly isMeanOfFolds?: boolean;
  /**
   * Sources that only a second model learns from, beside all others, and the share of that model in the mean of both. Texts of
   * our own help to rank what they were not written for, and so they move less where it is decided than in one model with everything.
   */
  readonly second?: { readonly sources: readonly string[]; readonly share: number };
  /**
   * Weights of dense features set by hand, in whole steps, where no row of strangers that shows them may train weights.
   * What is learnt is learnt beside them.
   */
  readonly byHand?: Readonly<Record<string, number>>;
  /** What the threshold is chosen by. */
  readonly judgedOn: readonly {
    readonly source: string;
    readonly figure: 'f1' | 'macroF1' | 'accuracy';
    readonly share: number;
  }[];
  /** Sources of harmless texts, and the share of them that may be above the threshold. */
  readonly calmOn?: readonly string[];
  readonly mostAlarms?: number;
  /** Harmless texts by what they try out, and the share of them that may be above the threshold. */
  readonly calmKinds?: { readonly kinds: readonly string[]; readonly mostAlarms: number };
};

export type Corpus = {
  readonly lang: RuleLang;
  readonly examples: readonly Example[];
  readonly design: Design;
  readonly sentences: Design;
  readonly sentencesFrom: Int32Array;
  readonly folds: number;
  readonly concepts: Concepts | null;
  readonly kin: Kin | null;
};

/** Into how many folds texts fall; more where there are few, so that a model out of fold is near the one that ships. */
export const FOLDS = 3;
const STEPS = 50;

/** Features of all examples, and of the sentences of those that have several. */
export function corpusOf(
  lang: RuleLang,
  examples: readonly Example[],
  concepts: Concepts | null,
  folds = FOLDS,
  kin: Kin | null = null,
): Corpus {
  const sentences: string[] = [];
  const sentencesFrom = new Int32Array(examples.length + 1);
  examples.forEach((example, at) => {
    const spans = sentencesOf(example.text);
    if (spans.length > 1) sentences.push(...spans.map(({ start, end }) => example.text.slice(start, end)));
    sentencesFrom[at + 1] = sentences.length;
  });
  return {
    lang,
    examples,
    design: designOf(
      examples.map(({ text }) => text),
      lang,
      concepts,
      kin,
    ),
    sentences: designOf(sentences, lang, concepts, kin),
    sentencesFrom,
    folds,
    concepts,
    kin,
  };
}

/** The fold of a group: a hash, so that it does not depend on the order of the rows. */
export function foldOf(group: string, folds = FOLDS): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < group.length; at += 1) hash = Math.imul(hash ^ group.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> 0) % folds;
}

/** Learns a label from all rows that may be learnt from, or from those outside a fold. */
function learn(corpus: Corpus, plan: LabelPlan, without = -1): Weights {
  const all = learnFrom(corpus, plan, without, () => true);
  if (!plan.second) return all;
  const { sources, share } = plan.second;
  const plain = learnFrom(corpus, plan, without, ({ source }) => !sources.includes(source));
  return meanOf([plain, all], [1 - share, share]);
}

function learnFrom(
  corpus: Corpus,
  plan: LabelPlan,
  without: number,
  isWanted: (example: Example) => boolean,
): Weights {
  const rows: number[] = [];
  const targets: number[] = [];
  const rowWeights: number[] = [];
  corpus.examples.forEach((example, at) => {
    const known = example.targets[plan.name];
    if (!known || known.weight === 0 || !isWanted(example)) return;
    if (foldOf(example.group, corpus.folds) === without) return;
    rows.push(at);
    targets.push(known.learnt ?? known.target);
    rowWeights.push(known.weight);
  });
  const learnt = solve(corpus.design, {
    rows: Int32Array.from(rows),
    targets: Float64Array.from(targets),
    rowWeights: Float64Array.from(rowWeights),
    ...(plan.byHand ? { offsets: logitsByHand(corpus, plan, rows) } : {}),
    scales: plan.favours
      ? favouringScales(corpus.design, scalesOf(corpus, plan), { rows, targets, rowWeights }, plan.favours)
      : scalesOf(corpus, plan),
    penalty: plan.penalty,
    steps: STEPS,
  });
  const known = corpus.kin ? shareOut(learnt, corpus.kin, conceptsFrom(corpus)) : learnt;
  return withHand(corpus.lang, plan, known);
}

/**
 * Adds what a kind weighs to each of its concepts. What concepts of a kind have in common is learnt once for all of them, so
 * that one that no text showed weighs something too; what reads the weights need not know of kinds.
 *
 * @param from where the concepts begin; behind them stand the kinds
 */
function shareOut({ weights, bias }: Weights, { kindOf }: Kin, from: number): Weights {
  const shared = weights.slice();
  const ofKinds = from + kindOf.length;
  kindOf.forEach((kind, concept) => {
    if (kind >= 0)
      shared[from + concept] = (weights[from + concept] as number) + (weights[ofKinds + kind] as number);
  });
  return { weights: shared.fill(0, ofKinds), bias };
}

function conceptsFrom({ lang }: Corpus): number {
  return TABLE_SIZE + denseNames(lang).length;
}

function logitsByHand({ lang, design }: Corpus, plan: LabelPlan, rows: readonly number[]): Float64Array {
  const byHand = withHand(lang, plan, { weights: new Float64Array(design.width), bias: 0 });
  return Float64Array.from(rows, (row) => logitOf(design, row, byHand));
}

function withHand(lang: RuleLang, plan: LabelPlan, { weights, bias }: Weights): Weights {
  const names = denseNames(lang);
  for (const [name, weight] of Object.entries(plan.byHand ?? {})) {
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`There is no feature ${name} that could be weighed by hand.`);
    weights[TABLE_SIZE + at] = (weights[TABLE_SIZE + at] as number) + weight;
  }
  return { weights, bias };
}

function scalesOf(corpus: Corpus, plan: LabelPlan): Float32Array {
  const scales = new Float32Array(corpus.design.width).fill(plan.ngramScale, 0, TABLE_SIZE);
  const allowed = plan.dense === 'all' ? null : new Set(plan.dense);
  denseNames(corpus.lang).forEach((name, at) => {
    scales[TABLE_SIZE + at] = !allowed || allowed.has(name) ? plan.denseScale : 0;
  });
  const from = conceptsFrom(corpus);
  scales.fill(plan.conceptScale ?? 0, from);
  return scales.fill(plan.kinScale ?? 0, from + (corpus.concepts?.size ?? 0));
}

/** The logit of an example: whole text and its worst sentence. */
function mixedLogit(corpus: Corpus, at: number, model: Weights, mix: number): number {
  const whole = logitOf(corpus.design, at, model);
  const from = corpus.sentencesFrom[at] as number;
  const to = corpus.sentencesFrom[at + 1] as number;
  if (mix === 0 || from === to) return whole;
  let highest = Number.NEGATIVE_INFINITY;
  for (let one = from; one < to; one += 1) highest = Math.max(highest, logitOf(corpus.sentences, one, model));
  return whole + mix * (highest - whole);
}

/** One model per fold, which did not see its groups. */
export function foldModels(corpus: Corpus, plan: LabelPlan): Weights[] {
  return Array.from({ length: corpus.folds }, (_, fold) => learn(corpus, plan, fold));
}

/** The model that ships. */
export function shippedModel(corpus: Corpus, plan: LabelPlan, ofFolds: readonly Weights[]): Weights {
  if (!plan.isMeanOfFolds) return learn(corpus, plan);
  return meanOf(
    ofFolds,
    ofFolds.map(() => 1 / ofFolds.length),
  );
}

/** The mean of linear models, each with its share; what they say of a text is the mean too. */
function meanOf(models: readonly Weights[], shares: readonly number[]): Weights {
  const mean = (value: (model: Weights) => number) =>
    models.reduce((sum, model, at) => sum + value(model) * (shares[at] as number), 0);
  const width = models[0]?.weights.length ?? 0;
  return {
    weights: Float64Array.from({ length: width }, (_, at) => mean(({ weights }) => weights[at] as number)),
    bias: mean(({ bias }) => bias),
  };
}

/**
 * Logits of every example by models that did not see its group; examples that no model learns from get the mean of all
 * models.
 */
export function outOfFold(corpus: Corpus, plan: LabelPlan, ofFolds: readonly Weights[]): Float64Array {
  const logits = new Float64Array(corpus.examples.length);
  ofFolds.forEach((model, fold) => {
    corpus.examples.forEach((example, at) => {
      const isLearnt = (example.targets[plan.name]?.weight ?? 0) > 0;
      if (isLearnt && foldOf(example.group, corpus.folds) !== fold) return;
      logits[at] =
        (logits[at] as number) + mixedLogit(corpus, at, model, plan.mix) / (isLearnt ? 1 : corpus.folds);
    });
  });
  return logits;
}

/** Whether somebody was asked about a label of a text. */
export function isMeasured(example: Example, plan: LabelPlan): boolean {
  const known = example.targets[plan.name];
  return known !== undefined && known.implied !== true;
}
