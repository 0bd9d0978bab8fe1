import { readFileSync } from 'node:fs';
import type { Concepts } from '../../packages/language/src/concepts/concepts.ts';
import { isDeferred } from '../../packages/language/src/forecast/forecast.ts';
import { talkLogit } from '../../packages/language/src/forecast/talk-features.ts';
import { type TurnFeatures, turnFeatures } from '../../packages/language/src/forecast/turn-features.ts';
import { probabilityOf } from '../../packages/language/src/model/calibration.ts';
import { readModels } from '../../packages/language/src/model/models.ts';
import { calibrateAt } from './calibrate.ts';
import { FOLDS, foldOf } from './fit.ts';
import { aucOf, decisionAt, wilson } from './measure.ts';
import { readRows } from './rows.ts';

/** Slope and shift of the forecast and what it is worth. */
export type ForecastFit = {
  readonly calibration: { readonly slope: number; readonly shift: number };
  readonly figures: Record<string, unknown>;
};

type Talk = {
  readonly source: string;
  readonly fold: number;
  readonly derails: boolean;
  readonly logit: number;
  readonly last: TurnFeatures;
};

type Judgement = { readonly talk: Talk; readonly probability: number; readonly deferred: boolean };

/**
 * The share of calm talks that may raise an alarm, as the mean of both sets. Accuracy hardly changes over a wide stretch, and a few talks
 * move the best of it; a share of alarms is the same wherever it is tuned.
 */
const MOST_ALARMS = 0.31;
const SOURCES = ['en_derailment_cga', 'en_derailment_cmv'];

/** Tunes where .5 lies for the weights set by hand, by how many calm talks raise an alarm; measured with a slope and shift tuned on the other talks. */
export function tuneForecast(
  folder: string,
  weightsFile: string,
  concepts: readonly Concepts[],
): ForecastFit {
  const talks = readTalks(folder, weightsFile, concepts);
  const judged: Judgement[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const calibration = tune(talks.filter((talk) => talk.fold !== fold));
    for (const talk of talks.filter((one) => one.fold === fold)) {
      const probability = probabilityOf(calibration, talk.logit);
      judged.push({ talk, probability, deferred: isDeferred(probability, talk.last) });
    }
  }
  const figures = Object.fromEntries(
    SOURCES.map((source) => [source, figuresOf(judged.filter(({ talk }) => talk.source === source))]),
  );
  return { calibration: tune(talks), figures };
}

function tune(talks: readonly Talk[]): { slope: number; shift: number } {
  const tasks = SOURCES.map((name) => {
    const rows = talks.filter((talk) => talk.source === name);
    return {
      name,
      logits: rows.map((talk) => talk.logit),
      truths: rows.map((talk) => talk.derails),
      share: 1,
    };
  });
  const calm = tasks.map(({ logits, truths }) => logits.filter((_, at) => !truths[at]));
  return calibrateAt(tasks, thresholdAt(calm, MOST_ALARMS));
}

/** The lowest threshold above which no more than a share of the logits lies, as the mean of the sets. */
function thresholdAt(sets: readonly (readonly number[])[], most: number): number {
  const shareAbove = (threshold: number) =>
    sets.reduce((sum, set) => sum + set.filter((one) => one >= threshold).length / set.length, 0) /
    sets.length;
  const candidates = sets.flat().sort((a, b) => a - b);
  return candidates.find((one) => shareAbove(one) <= most) ?? 0;
}

function readTalks(folder: string, weightsFile: string, concepts: readonly Concepts[]): Talk[] {
  const english = readModels([readFileSync(weightsFile)], concepts).languages.get('en');
  if (!english) throw new Error('The forecast needs English weights.');
  return SOURCES.flatMap((source) =>
    readRows(folder, source).map((row) => {
      const turns = turnsOf(row.text).map((turn) => turnFeatures(english, turn));
      return {
        source,
        fold: foldOf(row.id),
        derails: row.labels.includes('derails'),
        logit: talkLogit(turns),
        last: turns.at(-1) as TurnFeatures,
      };
    }),
  );
}

function turnsOf(text: string): string[] {
  const turns = text.split('\n\n').filter((turn) => turn.trim() !== '');
  return turns.length > 0 ? turns.slice(-16) : [text];
}

function figuresOf(judged: readonly Judgement[]): Record<string, unknown> {
  const truths = judged.map(({ talk }) => talk.derails);
  const plain = judged.map(({ probability }) => probability);
  const held = judged.map(({ probability, deferred }) => (deferred ? 0 : probability));
  return {
    n: judged.length,
    positives: truths.filter(Boolean).length,
    auc: round(aucOf(plain, truths)),
    ...alarmsOf(plain, truths, ''),
    ...alarmsOf(held, truths, 'Deferred'),
    deferred: judged.filter((one) => one.deferred).length,
  };
}

/** Accuracy, F1 and share of false alarms at .5, the names ending as given. */
function alarmsOf(
  chances: readonly number[],
  truths: readonly boolean[],
  ending: string,
): Record<string, unknown> {
  const at = decisionAt(chances, truths, 0.5);
  const calm = at.n - at.positives;
  const alarms = chances.filter((chance, one) => chance >= 0.5 && !truths[one]).length;
  return {
    [`accuracy${ending}`]: round(at.accuracy),
    [`accuracyInterval${ending}`]: wilson(Math.round(at.accuracy * at.n), at.n).map(round),
    [`f1${ending}`]: round(at.f1),
    [`falseAlarms${ending}`]: round(alarms / calm),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
