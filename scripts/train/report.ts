import { type Corpus, isMeasured, type LabelPlan } from './fit.ts';
import { aucOf, decisionAt, precisionArea, wilson } from './measure.ts';

/** What a label is worth on each source, by models that did not see the text; intervals are Wilson's, 95 %. */
export function reportOf(
  corpus: Corpus,
  plan: LabelPlan,
  logits: Float64Array,
  calibration: { slope: number; shift: number },
): Record<string, unknown> {
  const report: Record<string, unknown> = {};
  const threshold = -calibration.shift / calibration.slope;
  for (const source of new Set(corpus.examples.map((example) => example.source))) {
    const rows = corpus.examples.flatMap((example, at) =>
      example.source === source && isMeasured(example, plan) ? [at] : [],
    );
    if (rows.length === 0) continue;
    const scores = rows.map((at) => logits[at] as number);
    const truths = rows.map((at) => corpus.examples[at]?.targets[plan.name]?.target === 1);
    report[source] =
      truths.includes(true) && truths.includes(false)
        ? judged(scores, truths, threshold)
        : flagged(scores, threshold);
  }
  const kinds = new Set(
    corpus.examples.flatMap((example) => (example.kind && example.targets[plan.name] ? [example.kind] : [])),
  );
  for (const kind of kinds) {
    const rows = corpus.examples.flatMap((example, at) =>
      example.kind === kind && example.targets[plan.name] ? [at] : [],
    );
    report[`kind ${kind}`] = flagged(
      rows.map((at) => logits[at] as number),
      threshold,
    );
  }
  return report;
}

function judged(
  scores: readonly number[],
  truths: readonly boolean[],
  threshold: number,
): Record<string, number | number[]> {
  const at = decisionAt(scores, truths, threshold);
  const right = Math.round(at.accuracy * at.n);
  return {
    n: at.n,
    positives: at.positives,
    auc: short(aucOf(scores, truths)),
    averagePrecision: short(precisionArea(scores, truths)),
    precision: short(at.precision),
    recall: short(at.recall),
    f1: short(at.f1),
    macroF1: short(at.macroF1),
    accuracy: short(at.accuracy),
    accuracyInterval: wilson(right, at.n).map(short),
  };
}

function flagged(scores: readonly number[], threshold: number): Record<string, number | number[]> {
  const hits = scores.filter((score) => score >= threshold).length;
  return {
    n: scores.length,
    flagged: hits,
    share: short(hits / scores.length),
    shareInterval: wilson(hits, scores.length).map(short),
  };
}

function short(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
