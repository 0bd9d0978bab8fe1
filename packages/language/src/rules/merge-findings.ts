import type { Finding } from '../finding.ts';

/**
 * Of findings of one kind that overlap, the surest stays; of equally sure ones the widest. In the order of the text.
 * Findings are compared only with those they can touch, so that a text full of them takes no longer per finding.
 */
export function mergeFindings<Found extends Finding>(findings: readonly Found[]): Found[] {
  const byKind = Map.groupBy(findings, ({ kind }) => kind);
  const kept = [...byKind.values()].flatMap((same) => heapsOf(same).flatMap(bestOf));
  return kept.sort((a, b) => a.start - b.start || a.end - b.end || compare(a.kind, b.kind));
}

/** Findings that overlap, directly or through others. */
function heapsOf<Found extends Finding>(findings: readonly Found[]): Found[][] {
  const heaps: Found[][] = [];
  let end = -1;
  for (const finding of findings.toSorted((a, b) => a.start - b.start)) {
    if (finding.start >= end) heaps.push([]);
    heaps.at(-1)?.push(finding);
    end = Math.max(end, finding.end);
  }
  return heaps;
}

function bestOf<Found extends Finding>(heap: readonly Found[]): Found[] {
  const byWorth = heap.toSorted(
    (a, b) =>
      b.confidence - a.confidence || widthOf(b) - widthOf(a) || a.start - b.start || compare(a.why, b.why),
  );
  const kept: Found[] = [];
  for (const finding of byWorth) {
    if (!kept.some((other) => other.start < finding.end && finding.start < other.end)) kept.push(finding);
  }
  return kept;
}

function widthOf({ start, end }: Finding): number {
  return end - start;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
