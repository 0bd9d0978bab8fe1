import { TURN_CUES, type TurnFeatures } from './turn-features.ts';

/** Names of the features of a talk, in order: the worst turn, the tone on the whole, where it goes. */
export const TALK_FEATURES: readonly string[] = [
  'toxicity.highest',
  'insult.highest',
  'politeness.highest',
  ...TURN_CUES.map((cue) => `${cue}.highest`),
  'turns',
  'toxicity.mean',
  'insult.mean',
  'politeness.mean',
  'words.mean',
  'toxicity.last',
  'politeness.last',
  'toxicity.slope',
  'politeness.slope',
];

const WORDS = TURN_CUES.indexOf('words');

/** The features of a talk up to its last turn given; at least one turn. */
export function talkFeatures(turns: readonly TurnFeatures[]): Float64Array {
  const first = turns[0] as TurnFeatures;
  const last = turns.at(-1) as TurnFeatures;
  const dense = turns.map(densityOf);
  const mean = (value: (turn: TurnFeatures) => number) =>
    turns.reduce((sum, turn) => sum + value(turn), 0) / turns.length;
  return Float64Array.from([
    Math.max(...turns.map((turn) => turn.toxicity)),
    Math.max(...turns.map((turn) => turn.insult)),
    Math.max(...turns.map((turn) => turn.politeness)),
    ...TURN_CUES.map((_, cue) => Math.max(...dense.map((turn) => turn[cue] as number))),
    Math.log1p(turns.length),
    mean((turn) => turn.toxicity),
    mean((turn) => turn.insult),
    mean((turn) => turn.politeness),
    mean((turn) => turn.cues[WORDS] as number),
    last.toxicity,
    last.politeness,
    last.toxicity - first.toxicity,
    last.politeness - first.politeness,
  ]);
}

/** How often each cue stands in a turn, against the root of its length: a long turn holds every cue once. */
function densityOf(turn: TurnFeatures): Float64Array {
  const words = Math.expm1((turn.cues[WORDS] as number) * 4);
  return turn.cues.map((value, cue) => (cue === WORDS ? value : Math.expm1(value) / Math.sqrt(words + 5)));
}
