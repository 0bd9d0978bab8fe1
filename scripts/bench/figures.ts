/** A figure against what it must be: the least that counts as done, and what is aimed at. */
export type Bound = { readonly floor: number; readonly goal: number; readonly better: 'higher' | 'lower' };

export type Result = {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** What the bound is about, in words: `4.1 ×`, `0.42 s`. */
  readonly figure: string;
  readonly floor: string;
  readonly goal: string;
  readonly verdict: 'goal' | 'floor' | 'below' | 'skipped';
  readonly note?: string;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that this share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

export function judged(
  what: string,
  value: number,
  bound: Bound,
  say: (value: number) => string,
  told: { ours: string; peer: string; note?: string },
): Result {
  const meets = (limit: number) => (bound.better === 'higher' ? value >= limit : value <= limit);
  const verdict = meets(bound.goal) ? 'goal' : meets(bound.floor) ? 'floor' : 'below';
  return { what, ...told, figure: say(value), floor: say(bound.floor), goal: say(bound.goal), verdict };
}

export function skipped(what: string, note: string): Result {
  return { what, ours: '–', peer: '–', figure: '–', floor: '–', goal: '–', verdict: 'skipped', note };
}

export const times = (value: number) => `${value.toFixed(2)} ×`;
export const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const perSecond = (value: number) => `${grouped(value)}/s`;
export const megabytes = (value: number) => `${Math.round(value)} MB`;

export function grouped(value: number): string {
  return new Intl.NumberFormat('en').format(Math.round(value));
}
