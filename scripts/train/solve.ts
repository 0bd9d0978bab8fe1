import type { Design } from './design.ts';

/** Weights of a logistic model: one per place, and a bias. */
export type Weights = { readonly weights: Float64Array; readonly bias: number };

/**
 * What is to be learnt: which rows, their targets (0…1) and weights, the logit that each has already (what is learnt is
 * added to it), and per place the factor by which its value is multiplied: a prior that says how much a place may matter.
 */
export type Task = {
  readonly rows: Int32Array;
  readonly targets: Float64Array;
  readonly rowWeights: Float64Array;
  readonly offsets?: Float64Array;
  readonly scales: Float32Array;
  readonly penalty: number;
  readonly steps: number;
};

const MEMORY = 8;

/** Logistic regression with an L2 penalty by L-BFGS; deterministic. */
export function solve(design: Design, task: Task): Weights {
  const width = design.width + 1;
  const scaled = design.values.map(
    (value, at) => value * (task.scales[design.places[at] as number] as number),
  );
  let point = new Float64Array(width);
  let gradient = new Float64Array(width);
  let loss = evaluate(design, scaled, task, point, gradient);
  const pasts: { step: Float64Array; turn: Float64Array; rho: number }[] = [];
  for (let round = 0; round < task.steps; round += 1) {
    const direction = directionOf(gradient, pasts);
    const slope = dot(direction, gradient);
    if (slope > -1e-9) break;
    let size = round === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    const next = new Float64Array(width);
    const nextGradient = new Float64Array(width);
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 20; tries += 1) {
      for (let at = 0; at < width; at += 1)
        next[at] = (point[at] as number) + size * (direction[at] as number);
      nextLoss = evaluate(design, scaled, task, next, nextGradient);
      if (nextLoss <= loss + 1e-4 * size * slope) break;
      size *= 0.4;
    }
    if (!(nextLoss < loss)) break;
    remember(pasts, point, next, gradient, nextGradient);
    const gain = (loss - nextLoss) / Math.abs(loss);
    point = next;
    gradient = nextGradient;
    loss = nextLoss;
    if (gain < 3e-5) break;
  }
  const weights = new Float64Array(design.width);
  for (let at = 0; at < design.width; at += 1)
    weights[at] = (point[at] as number) * (task.scales[at] as number);
  return { weights, bias: point[design.width] as number };
}

function remember(
  pasts: { step: Float64Array; turn: Float64Array; rho: number }[],
  point: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const step = next.map((value, at) => value - (point[at] as number));
  const turn = nextGradient.map((value, at) => value - (gradient[at] as number));
  const curve = dot(step, turn);
  if (curve <= 1e-12) return;
  pasts.push({ step, turn, rho: 1 / curve });
  if (pasts.length > MEMORY) pasts.shift();
}

function directionOf(
  gradient: Float64Array,
  pasts: readonly { step: Float64Array; turn: Float64Array; rho: number }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (const past of pasts.toReversed()) {
    const alpha = past.rho * dot(past.step, direction);
    alphas.push(alpha);
    addScaled(direction, past.turn, -alpha);
  }
  const last = pasts.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.turn, last.turn));
    for (let at = 0; at < direction.length; at += 1) direction[at] = (direction[at] as number) * scale;
  }
  pasts.forEach((past, at) => {
    const beta = past.rho * dot(past.turn, direction);
    addScaled(direction, past.step, (alphas[pasts.length - 1 - at] as number) - beta);
  });
  return direction;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] as number) * (right[at] as number);
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] as number) + scale * (from[at] as number);
}

function evaluate(
  design: Design,
  values: Float32Array,
  task: Task,
  point: Float64Array,
  gradient: Float64Array,
): number {
  const { from, places } = design;
  gradient.fill(0);
  const bias = point[design.width] as number;
  let loss = 0;
  for (let one = 0; one < task.rows.length; one += 1) {
    const row = task.rows[one] as number;
    const end = from[row + 1] as number;
    let sum = bias + (task.offsets?.[one] ?? 0);
    for (let at = from[row] as number; at < end; at += 1) {
      const place = places[at] as number;
      sum += (values[at] as number) * (point[place] as number);
    }
    const weight = task.rowWeights[one] as number;
    const target = task.targets[one] as number;
    loss += weight * (softplus(sum) - target * sum);
    const error = weight * (1 / (1 + Math.exp(-sum)) - target);
    for (let at = from[row] as number; at < end; at += 1) {
      const place = places[at] as number;
      gradient[place] = (gradient[place] as number) + error * (values[at] as number);
    }
    gradient[design.width] = (gradient[design.width] as number) + error;
  }
  for (let at = 0; at < design.width; at += 1) {
    const value = point[at] as number;
    loss += 0.5 * task.penalty * value * value;
    gradient[at] = (gradient[at] as number) + task.penalty * value;
  }
  return loss;
}

function softplus(value: number): number {
  return value > 30 ? value : Math.log1p(Math.exp(value));
}

/** The logit of a row. */
export function logitOf(design: Design, row: number, model: Weights): number {
  let sum = model.bias;
  const end = design.from[row + 1] as number;
  for (let at = design.from[row] as number; at < end; at += 1)
    sum += (design.values[at] as number) * (model.weights[design.places[at] as number] as number);
  return sum;
}
