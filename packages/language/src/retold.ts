import type { Finding, FindingKind, RetoldKind, Scores } from './finding.ts';

/** Kinds that say how the writer speaks; of what is told, answered or rejected they would say it wrongly. */
const OF_TONE: ReadonlySet<FindingKind> = new Set<FindingKind>(['hostility', 'identity_attack', 'profanity']);
const TONES = ['toxicity', 'insult', 'threat', 'obscene', 'identity'] as const;
/** Below this no score is worth a second look. */
const LOOKED_AT_FROM = 0.3;

/** Words of others within a text; offsets in UTF-16 code units. */
export type Stretch = Pick<Finding<RetoldKind>, 'start' | 'end'>;

/** The findings without those of tone that lie in words of others. @param retold asked only where there is one of tone */
export function ofTheWriter<Kind extends FindingKind>(
  findings: Finding<Kind>[],
  retold: () => readonly Stretch[],
): Finding<Kind>[] {
  if (!findings.some(({ kind }) => OF_TONE.has(kind))) return findings;
  const stretches = retold();
  return findings.filter(
    (one) =>
      !(OF_TONE.has(one.kind) && stretches.some(({ start, end }) => start < one.end && one.start < end)),
  );
}

/** Whether any score of tone is high enough that it matters whose words it stands for. */
export function isToneRaised(scores: Scores): boolean {
  return TONES.some((tone) => (scores[tone] ?? 0) >= LOOKED_AT_FROM);
}

/** The scores of a text with the tone of what the writer says in own words, where that is lower. */
export function withToneOf(scores: Scores, own: Scores): Scores {
  const lower = TONES.map((tone) => [tone, Math.min(scores[tone] ?? 0, own[tone] ?? 0)] as const);
  return { ...scores, ...Object.fromEntries(lower.filter(([tone]) => scores[tone] !== null)) };
}
