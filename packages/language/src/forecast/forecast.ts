import type { Models } from '../model/models.ts';
import { derailment, talkLogit } from './talk-features.ts';
import { TURN_CUES, type TurnFeatures, turnFeatures } from './turn-features.ts';

/** One turn of a talk: who, when if known, what. */
export type Turn = { readonly from: string; readonly at?: string | null; readonly text: string };

/**
 * Whether a talk is about to derail.
 *
 * @property probability after the last turn, calibrated on balanced data: half of those talks derailed
 * @property alarm the probability is at least .5 and nothing defers it
 * @property deferred an alarm is held back, because the last turn apologises, thanks or concedes
 * @property turns the probability after each turn
 */
export type Forecast = {
  readonly probability: number;
  readonly alarm: boolean;
  readonly deferred: boolean;
  readonly turns: readonly { readonly probability: number }[];
};

/** Turns before the last sixteen say nothing about the next one. */
const REMEMBERED = 16;
const SURE = 0.5;
/** Above this an apology does not hold back the alarm. */
const PLAIN = 0.8;
/** Tone that is no peace offering, whatever words it uses. */
const HARSH = 0.5;

/** Forecasts from the turns so far; without English weights or turns it knows nothing: .5 and no alarm. */
export function forecastOf(models: Models, turns: readonly Turn[]): Forecast {
  const weights = models.languages.get('en');
  if (!weights || turns.length === 0)
    return {
      probability: 0.5,
      alarm: false,
      deferred: false,
      turns: turns.map(() => ({ probability: 0.5 })),
    };
  const known = turns.map((turn) => turnFeatures(weights, turn.text));
  const line = known.map((_, at) => ({
    probability: derailment(talkLogit(known.slice(Math.max(0, at + 1 - REMEMBERED), at + 1))),
  }));
  const probability = line.at(-1)?.probability ?? 0.5;
  const deferred = isDeferred(probability, known.at(-1) as TurnFeatures);
  return { probability, alarm: probability >= SURE && !deferred, deferred, turns: line };
}

const APOLOGY = TURN_CUES.indexOf('apology');
const AGREE = TURN_CUES.indexOf('agree');
const DISAGREE = TURN_CUES.indexOf('disagree');
const GRATITUDE = TURN_CUES.indexOf('gratitude');

/** Whether an alarm is held back because of the last turn. */
export function isDeferred(probability: number, last: TurnFeatures): boolean {
  return probability >= SURE && probability < PLAIN && isConciliatory(last);
}

function isConciliatory(turn: TurnFeatures): boolean {
  if (turn.toxicity >= HARSH || (turn.cues[DISAGREE] as number) > 0) return false;
  const twice = Math.log1p(2);
  return (
    (turn.cues[APOLOGY] as number) > 0 ||
    (turn.cues[AGREE] as number) >= twice ||
    (turn.cues[GRATITUDE] as number) >= twice
  );
}
