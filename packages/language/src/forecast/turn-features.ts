import { calibrated, chanceOf } from '../model/calibration.ts';
import { denseNames, featuresOf } from '../model/features.ts';
import { plainLogits } from '../model/linear.ts';
import type { LanguageWeights } from '../model/weights-file.ts';

/** Cues of one turn that tell how a talk goes: how often, whatever the length. */
export const TURN_CUES = [
  'you',
  'youAre',
  'gratitude',
  'greeting',
  'apology',
  'hedge',
  'factual',
  'whyDo',
  'disagree',
  'agree',
  'accuse',
  'command',
  'stupid',
  'trait',
  'dismiss',
  'mock',
  'capitals',
  'you^',
  'manyQuestions',
  'words',
] as const;

/** What is known of one turn: calibrated scores of tone, politeness and irony as calibrated logits, and the cues above. */
export type TurnFeatures = {
  readonly toxicity: number;
  readonly insult: number;
  readonly politeness: number;
  readonly irony: number;
  readonly cues: Float64Array;
};

let places: Int32Array | undefined;

/** The features of a turn. */
export function turnFeatures(weights: LanguageWeights, text: string): TurnFeatures {
  places ??= placesOf();
  const features = featuresOf(text, 'en');
  const cues = Float64Array.from(places, (place) => features.dense[place] as number);
  const logits = plainLogits(weights, features);
  const logit = (name: string) => {
    const at = weights.labels.findIndex((label) => label.name === name);
    const label = weights.labels[at];
    return label ? calibrated(label.calibration, logits[at] as number) : 0;
  };
  return {
    toxicity: chanceOf(logit('toxicity')),
    insult: chanceOf(logit('insult')),
    politeness: logit('politeness'),
    irony: logit('sarcasm'),
    cues,
  };
}

function placesOf(): Int32Array {
  const names = denseNames('en');
  return Int32Array.from(TURN_CUES, (cue) => names.indexOf(cue));
}
