import { readFileSync } from 'node:fs';
import { TALK_FEATURES, talkFeatures } from '../../packages/language/src/forecast/talk-features.ts';
import { turnFeatures } from '../../packages/language/src/forecast/turn-features.ts';
import { readModels } from '../../packages/language/src/model/models.ts';
import { FOLDS, foldOf } from './fit.ts';
import { aucOf, decisionAt, wilson } from './measure.ts';
import { readRows } from './rows.ts';

/** Coefficients of the forecast and what they are worth. */
export type ForecastFit = {
  readonly coefficients: {
    readonly bias: number;
    readonly means: readonly number[];
    readonly weights: readonly number[];
  };
  readonly figures: Record<string, unknown>;
};

type Talk = {
  readonly source: string;
  readonly fold: number;
  readonly derails: boolean;
  readonly values: Float64Array;
};

const SOURCES = ['en_derailment_cga', 'en_derailment_cmv'];
const PENALTY = 200;
const ROUNDS = 1200;

/** Fits the few coefficients by which cues of the turns make a forecast; measured by cross-validation over talks. */
export function fitForecast(folder: string, weightsFile: string, penalty = PENALTY): ForecastFit {
  const talks = readTalks(folder, weightsFile);
  const scores = new Float64Array(talks.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const fit = fitLogistic(
      talks.filter((talk) => talk.fold !== fold),
      penalty,
    );
    talks.forEach((talk, at) => {
      if (talk.fold === fold) scores[at] = logitOf(fit, talk.values);
    });
  }
  const figures = Object.fromEntries(SOURCES.map((source) => [source, figuresOf(talks, scores, source)]));
  const { bias, means, weights } = fitLogistic(talks, penalty);
  const short = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    coefficients: { bias: short(bias), means: means.map(short), weights: weights.map(short) },
    figures,
  };
}

function readTalks(folder: string, weightsFile: string): Talk[] {
  const english = readModels(readFileSync(weightsFile)).languages.get('en');
  if (!english) throw new Error('The forecast needs English weights.');
  return SOURCES.flatMap((source) =>
    readRows(folder, source).map((row) => ({
      source,
      fold: foldOf(row.id),
      derails: row.labels.includes('derails'),
      values: talkFeatures(turnsOf(row.text).map((turn) => turnFeatures(english, turn))),
    })),
  );
}

function turnsOf(text: string): string[] {
  const turns = text.split('\n\n').filter((turn) => turn.trim() !== '');
  return turns.length > 0 ? turns.slice(-16) : [text];
}

type Logistic = { bias: number; means: number[]; weights: number[] };

/** Gradient descent on standardised features: some fifty of them and about a thousand talks. */
function fitLogistic(talks: readonly Talk[], penalty: number): Logistic {
  const count = TALK_FEATURES.length;
  const means = Array.from({ length: count }, (_, at) =>
    mean(talks.map((talk) => talk.values[at] as number)),
  );
  const spreads = means.map(
    (middle, at) => Math.sqrt(mean(talks.map((talk) => ((talk.values[at] as number) - middle) ** 2))) || 1,
  );
  const rows = talks.map((talk) =>
    talk.values.map((value, at) => (value - (means[at] as number)) / (spreads[at] as number)),
  );
  const point = new Float64Array(count + 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(count + 1);
    rows.forEach((row, at) => {
      let logit = point[count] as number;
      for (let one = 0; one < count; one += 1) logit += (row[one] as number) * (point[one] as number);
      const error = 1 / (1 + Math.exp(-logit)) - (talks[at]?.derails ? 1 : 0);
      for (let one = 0; one < count; one += 1)
        gradient[one] = (gradient[one] as number) + error * (row[one] as number);
      gradient[count] = (gradient[count] as number) + error;
    });
    const rate = 1 / (talks.length * 4 + penalty);
    for (let one = 0; one <= count; one += 1) {
      const pull = one < count ? penalty * (point[one] as number) : 0;
      point[one] = (point[one] as number) - rate * ((gradient[one] as number) + pull);
    }
  }
  return {
    bias: point[count] as number,
    means,
    weights: spreads.map((spread, at) => (point[at] as number) / spread),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function logitOf({ bias, means, weights }: Logistic, values: Float64Array): number {
  return weights.reduce(
    (sum, weight, at) => sum + weight * ((values[at] as number) - (means[at] as number)),
    bias,
  );
}

function figuresOf(talks: readonly Talk[], scores: Float64Array, source: string): Record<string, unknown> {
  const rows = talks.flatMap((talk, at) => (talk.source === source ? [at] : []));
  const logits = rows.map((at) => scores[at] as number);
  const truths = rows.map((at) => talks[at]?.derails === true);
  const at = decisionAt(logits, truths, 0);
  const calm = truths.filter((truth) => !truth).length;
  const alarms = logits.filter((logit, one) => logit >= 0 && !truths[one]).length;
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    n: at.n,
    positives: at.positives,
    auc: round(aucOf(logits, truths)),
    accuracy: round(at.accuracy),
    accuracyInterval: wilson(Math.round(at.accuracy * at.n), at.n).map(round),
    f1: round(at.f1),
    falseAlarms: round(alarms / calm),
  };
}
