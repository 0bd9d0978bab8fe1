import { createHash } from 'node:crypto';
import type { Concepts } from '../../packages/language/src/concepts/concepts.ts';
import type { RuleLang, Scores } from '../../packages/language/src/finding.ts';
import { denseNames, TABLE_BITS, TABLE_SIZE } from '../../packages/language/src/model/features.ts';
import { type LabelHead, writeWeights } from '../../packages/language/src/model/weights-file.ts';
import type { LabelPlan } from './fit.ts';
import type { Weights } from './solve.ts';

/** A label that was learnt. */
export type Learnt = {
  readonly plan: LabelPlan;
  readonly weights: Weights;
  readonly calibration: { readonly slope: number; readonly shift: number };
};

const HIGHEST = 127;
/** Weights above this share of all are cut to its value, so that a step stays small. */
const CUT = 0.9999;

/** Rounds weights to bytes and writes them with their head; the version is a hash of all of it. */
export function packWeights(
  lang: RuleLang,
  learnt: readonly Learnt[],
  concepts: Concepts | null,
): Uint8Array {
  const table = new Int8Array(TABLE_SIZE * learnt.length);
  const labels = learnt.map((one, place) => {
    const step = stepOf(one.weights);
    for (let at = 0; at < TABLE_SIZE; at += 1) {
      const rounded = step === 0 ? 0 : Math.round((one.weights.weights[at] as number) / step);
      table[at * learnt.length + place] = Math.max(-HIGHEST, Math.min(HIGHEST, rounded));
    }
    return headOf(lang, one, step, concepts?.size ?? 0);
  });
  const hash = createHash('sha256').update(JSON.stringify(labels)).update(table).digest('hex');
  const used = concepts && labels.some((label) => label.concepts) ? { concepts: concepts.version } : {};
  const version = hash.slice(0, 8);
  return writeWeights({ format: 1, lang, version, tableBits: TABLE_BITS, ...used, labels }, table);
}

function stepOf({ weights }: Weights): number {
  const sizes = weights.subarray(0, TABLE_SIZE).map(Math.abs).sort();
  const used = sizes.subarray(sizes.findIndex((size) => size > 0));
  const highest = used.length === 0 ? 0 : (used[Math.floor((used.length - 1) * CUT)] as number);
  return Number((highest / HIGHEST).toPrecision(6));
}

function headOf(
  lang: RuleLang,
  { plan, weights, calibration }: Learnt,
  step: number,
  size: number,
): LabelHead {
  const dense: Record<string, number> = {};
  denseNames(lang).forEach((name, at) => {
    const value = Math.round((weights.weights[TABLE_SIZE + at] as number) * 1000) / 1000;
    if (value !== 0) dense[name] = value;
  });
  const bias = Math.round(weights.bias * 1000) / 1000;
  const concepts = plan.conceptScale ? { concepts: conceptsOf(lang, weights, size) } : {};
  return {
    name: plan.name as keyof Scores | 'span',
    bias,
    step,
    mix: plan.mix,
    calibration,
    dense,
    ...concepts,
  };
}

function conceptsOf(lang: RuleLang, { weights }: Weights, size: number): NonNullable<LabelHead['concepts']> {
  const from = TABLE_SIZE + denseNames(lang).length;
  const values = weights.subarray(from, from + size);
  const highest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = Number((highest / HIGHEST).toPrecision(6)) || 1;
  return { step, weights: Array.from(values, (value) => Math.round(value / step)) };
}
