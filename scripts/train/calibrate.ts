import { type Decision, decisionAt } from './measure.ts';

/** Logits and truths of one task that a score has to decide, and what is best there. */
export type Judged = {
  readonly name: string;
  readonly logits: readonly number[];
  readonly truths: readonly boolean[];
  readonly figure: 'f1' | 'macroF1' | 'accuracy';
  /** How much the task counts among the tasks of its label. */
  readonly share: number;
};

/** The figure of a decision that a task is judged by. */
function figureOf(task: Judged, decision: Decision): number {
  return decision[task.figure];
}

/**
 * Slope and shift so that .5 lies where the tasks together are decided best, and the slope fits the chances best.
 *
 * @param lowest The threshold lies here or above.
 */
export function calibrate(tasks: readonly Judged[], lowest: number): { slope: number; shift: number } {
  if (tasks.length === 0) return { slope: 1, shift: 0 };
  const tried: { threshold: number; value: number }[] = [];
  for (let threshold = -4; threshold <= 3; threshold += 0.05) {
    if (threshold < lowest) continue;
    const value = tasks.reduce(
      (sum, task) => sum + task.share * figureOf(task, decisionAt(task.logits, task.truths, threshold)),
      0,
    );
    tried.push({ threshold, value });
  }
  const highest = tried.reduce((most, { value }) => Math.max(most, value), -1);
  const best = tried.find(({ value }) => value === highest) ?? { threshold: 0 };
  return calibrateAt(tasks, best.threshold);
}

/** Slope and shift so that .5 lies at a threshold, and the slope fits the chances best. */
export function calibrateAt(
  tasks: readonly Omit<Judged, 'figure'>[],
  threshold: number,
): { slope: number; shift: number } {
  const slope = slopeAround(tasks, threshold);
  return { slope: rounded(slope), shift: rounded(-slope * threshold) };
}

/** The lowest threshold at which no more than a share of harmless texts is flagged, by their logits. */
export function lowestThreshold(calm: readonly number[], mostAlarms: number): number {
  if (calm.length === 0) return Number.NEGATIVE_INFINITY;
  const sorted = [...calm].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - mostAlarms)))] as number;
}

/** The slope with the least log loss among a grid, when .5 is at the threshold. */
function slopeAround(tasks: readonly Omit<Judged, 'figure'>[], threshold: number): number {
  let best = { slope: 1, loss: Number.POSITIVE_INFINITY };
  for (let slope = 0.3; slope <= 4; slope += 0.05) {
    let loss = 0;
    for (const { logits, truths, share } of tasks)
      logits.forEach((logit, at) => {
        const value = slope * (logit - threshold);
        loss += (share / logits.length) * Math.log1p(Math.exp(truths[at] ? -value : value));
      });
    if (loss < best.loss) best = { slope, loss };
  }
  return best.slope;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
