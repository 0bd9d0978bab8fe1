import type { Finding } from '@evenkeel/language/finding';

/** A stretch of a text and what was found in all of it. */
export type Segment = {
  readonly start: number;
  readonly text: string;
  readonly findings: readonly Finding[];
};

/**
 * Cuts a text wherever a finding begins or ends; the segments joined are the text.
 *
 * @param from Offset of `text` in the text that the findings speak of, in UTF-16 code units.
 */
export function segmentsOf(text: string, findings: readonly Finding[], from = 0): Segment[] {
  const until = from + text.length;
  const inside = findings.filter(({ start, end }) => start < until && end > from);
  const cuts = new Set([from, until]);
  for (const { start, end } of inside) {
    cuts.add(Math.max(start, from));
    cuts.add(Math.min(end, until));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, at) => {
    const end = ordered[at + 1]!;
    return {
      start,
      text: text.slice(start - from, end - from),
      findings: inside.filter((finding) => finding.start <= start && finding.end >= end),
    };
  });
}

/** How many of each kind, in the order they come first. */
export function countByKind<Kind extends string>(findings: readonly { kind: Kind }[]): [Kind, number][] {
  const counts = new Map<Kind, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}
