/** Area under the ROC curve; ties count half. */
export function aucOf(scores: readonly number[], truths: readonly boolean[]): number {
  const order = scores.map((_, at) => at).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let ranks = 0;
  let positives = 0;
  for (let at = 0; at < order.length; ) {
    let end = at;
    while (end < order.length && scores[order[end] as number] === scores[order[at] as number]) end += 1;
    for (let one = at; one < end; one += 1)
      if (truths[order[one] as number]) {
        ranks += (at + end + 1) / 2;
        positives += 1;
      }
    at = end;
  }
  const negatives = order.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Average precision. */
export function precisionArea(scores: readonly number[], truths: readonly boolean[]): number {
  const order = scores.map((_, at) => at).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  let hits = 0;
  let sum = 0;
  order.forEach((one, at) => {
    if (!truths[one]) return;
    hits += 1;
    sum += hits / (at + 1);
  });
  return sum / hits;
}

export type Decision = {
  precision: number;
  recall: number;
  f1: number;
  macroF1: number;
  accuracy: number;
  n: number;
  positives: number;
};

/** What a decision at a threshold is worth. */
export function decisionAt(
  scores: readonly number[],
  truths: readonly boolean[],
  threshold: number,
): Decision {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  scores.forEach((score, at) => {
    const isFound = score >= threshold;
    counts[truths[at] ? (isFound ? 'tp' : 'fn') : isFound ? 'fp' : 'tn'] += 1;
  });
  const { tp, fp, fn, tn } = counts;
  const f1 = (2 * tp) / Math.max(1, 2 * tp + fp + fn);
  const other = (2 * tn) / Math.max(1, 2 * tn + fp + fn);
  return {
    precision: tp / Math.max(1, tp + fp),
    recall: tp / Math.max(1, tp + fn),
    f1,
    macroF1: (f1 + other) / 2,
    accuracy: (tp + tn) / scores.length,
    n: scores.length,
    positives: tp + fn,
  };
}

/** Wilson interval of a share, 95 %. */
export function wilson(hits: number, n: number): [number, number] {
  const z = 1.96;
  const p = hits / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const base = 1 + (z * z) / n;
  return [(centre - half) / base, (centre + half) / base];
}
