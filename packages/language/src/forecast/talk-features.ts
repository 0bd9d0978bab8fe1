import { TURN_CUES, type TurnFeatures } from './turn-features.ts';

const TONES = ['toxicity', 'insult', 'politeness'] as const;
const WITHIN = ['last', 'before', 'highest', 'slope'] as const;

/** Names of the features of a talk, in order. */
export const TALK_FEATURES: readonly string[] = [
  ...TONES.flatMap((tone) => WITHIN.map((where) => `${tone}.${where}`)),
  ...TURN_CUES.map((cue) => `${cue}.last`),
  ...TURN_CUES.map((cue) => `${cue}.mean`),
  'turns',
  'overlap',
  'lengthens',
];

/** The features of a talk up to its last turn given; at least one turn. */
export function talkFeatures(turns: readonly TurnFeatures[]): Float64Array {
  const last = turns.at(-1) as TurnFeatures;
  const before = turns.at(-2) ?? last;
  const values: number[] = [];
  for (const tone of TONES) {
    const line = turns.map((turn) => turn[tone]);
    values.push(
      last[tone],
      before[tone],
      tone === 'politeness' ? Math.min(...line) : Math.max(...line),
      slopeOf(line),
    );
  }
  for (let cue = 0; cue < TURN_CUES.length; cue += 1) values.push(last.cues[cue] as number);
  for (let cue = 0; cue < TURN_CUES.length; cue += 1)
    values.push(turns.reduce((sum, turn) => sum + (turn.cues[cue] as number), 0) / turns.length);
  const words = TURN_CUES.indexOf('words');
  values.push(
    Math.log1p(turns.length),
    overlapOf(last, before),
    (last.cues[words] as number) - (before.cues[words] as number),
  );
  return Float64Array.from(values);
}

/** From the mean of the first half to the mean of the second. */
function slopeOf(line: readonly number[]): number {
  if (line.length < 2) return 0;
  const half = Math.ceil(line.length / 2);
  return mean(line.slice(half)) - mean(line.slice(0, half));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of the longer words of a turn that the turn before had too. */
function overlapOf(last: TurnFeatures, before: TurnFeatures): number {
  if (last === before || last.words.size === 0) return 0;
  let shared = 0;
  for (const word of last.words) if (before.words.has(word)) shared += 1;
  return shared / last.words.size;
}
