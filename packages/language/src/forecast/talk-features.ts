import { probabilityOf } from '../model/calibration.ts';
import { CALIBRATION } from './calibration.gen.ts';
import { TURN_CUES, type TurnFeatures } from './turn-features.ts';

/**
 * What each feature of a talk weighs, set by judgement in whole steps: no talk that shows how it went may train weights.
 * Signs of the cues follow Zhang et al. 2018 (questions put to the other, sentences that begin with "you" and talk of
 * facts before an attack; thanks, greetings and hedges before none); tone follows from what an attack is. What a talk is
 * about is no sign: neither the mean harshness of all turns nor words for what people believe (`ism`).
 * A feature is a cue's most in one turn, or the highest, mean, last value or direction of a tone.
 */
export const TALK_WEIGHTS: Readonly<Record<string, number>> = {
  'toxicity.highest': 1,
  'toxicity.last': 1,
  'toxicity.slope': 1,
  'insult.highest': 1,
  'politeness.mean': -1,
  'politeness.last': -1,
  'irony.mean': 1,
  'you^': 1,
  whyDo: 1,
  factual: 1,
  you: 1,
  youAre: 1,
  accuse: 1,
  dismiss: 2,
  mock: 1,
  stupid: 2,
  trait: 1,
  command: 1,
  disagree: 1,
  manyQuestions: 1,
  capitals: 1,
  gratitude: -1,
  greeting: -1,
  hedge: -1,
  apology: -1,
  agree: -1,
};

/** Politeness and irony differ in degree where scores all lie near the middle: they count as logits, three of which are one. */
const LOGITS = 3;

const WORDS = TURN_CUES.indexOf('words');
const WEIGHTS = Object.entries(TALK_WEIGHTS);

/** The logit that a talk derails behind its last turn; at least one turn. */
export function talkLogit(turns: readonly TurnFeatures[]): number {
  const features = talkFeatures(turns);
  return WEIGHTS.reduce((sum, [name, weight]) => sum + weight * (features.get(name) ?? 0), 0);
}

/** The calibrated probability of a logit, on talks of which half derailed. */
export function derailment(logit: number): number {
  return probabilityOf(CALIBRATION, logit);
}

/** The features of a talk by name, up to its last turn given; at least one turn. */
export function talkFeatures(turns: readonly TurnFeatures[]): ReadonlyMap<string, number> {
  const first = turns[0] as TurnFeatures;
  const last = turns.at(-1) as TurnFeatures;
  const dense = turns.map(densityOf);
  const mean = (value: (turn: TurnFeatures) => number) =>
    turns.reduce((sum, turn) => sum + value(turn), 0) / turns.length;
  return new Map<string, number>([
    ['toxicity.highest', Math.max(...turns.map((turn) => turn.toxicity))],
    ['insult.highest', Math.max(...turns.map((turn) => turn.insult))],
    ['politeness.mean', mean((turn) => turn.politeness) / LOGITS],
    ['irony.mean', mean((turn) => turn.irony) / LOGITS],
    ['toxicity.last', last.toxicity],
    ['politeness.last', last.politeness / LOGITS],
    ['toxicity.slope', last.toxicity - first.toxicity],
    ...TURN_CUES.map((cue, at): [string, number] => [
      cue,
      Math.max(...dense.map((turn) => turn[at] as number)),
    ]),
  ]);
}

/** How often each cue stands in a turn, per twenty words: a long turn holds every cue once. */
function densityOf(turn: TurnFeatures): Float64Array {
  const words = Math.expm1((turn.cues[WORDS] as number) * 4);
  return turn.cues.map((value, cue) => (cue === WORDS ? value : (20 * Math.expm1(value)) / (words + 20)));
}
