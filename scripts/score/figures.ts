/** True and false positives and false negatives. */
export type Counts = { tp: number; fp: number; fn: number };

const Z95 = 1.959964;

/** Wilson's interval of a share at 95 %. @source Wilson 1927 */
export function wilson(hits: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1];
  const share = hits / n;
  const square = (Z95 * Z95) / n;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n))) / (1 + square);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

export function f1Of({ tp, fp, fn }: Counts): number {
  return tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn);
}

/** Intersection over union of two stretches of characters. */
export function overlap(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): number {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return both <= 0 ? 0 : both / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

export type Scored = { readonly score: number; readonly isPositive: boolean };

/** The chance that a positive scores above a negative; ties count half. */
export function aucOf(rows: readonly Scored[]): number {
  const sorted = rows.toSorted((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let until = from;
    while (until < sorted.length && sorted[until]!.score === sorted[from]!.score) until += 1;
    const rank = (from + 1 + until) / 2;
    for (let at = from; at < until; at += 1) if (sorted[at]!.isPositive) rankSum += rank;
    from = until;
  }
  const positives = rows.filter(({ isPositive }) => isPositive).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Counts of "score ≥ .5" against the truth. */
export function countsOf(rows: readonly Scored[]): Counts & { tn: number } {
  const count = (isPositive: boolean, isHit: boolean) =>
    rows.filter((row) => row.isPositive === isPositive && row.score >= 0.5 === isHit).length;
  return { tp: count(true, true), fp: count(false, true), fn: count(true, false), tn: count(false, false) };
}

export function percent(share: number, digits = 0): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–';
}

export function decimal(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3).replace(/^0/, '') : '–';
}

/** A Markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
