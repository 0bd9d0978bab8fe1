import { TABLE_SIZE } from '../../packages/language/src/model/features.ts';
import type { Design } from './design.ts';

/** What an n-gram may matter that is as frequent on both sides. */
const LEAST = 0.3;
const MOST_RATIO = 3;
/** An n-gram that stands in one of e^4 rows keeps its scale. */
const USUAL_RARITY = 4;

export type Favoured = 'rare' | 'telling';

type Learnt = {
  readonly rows: readonly number[];
  readonly targets: readonly number[];
  readonly rowWeights: readonly number[];
};

/** In how many rows a place is met, and how much those rows weigh on both sides. */
type Met = { readonly rows: Int32Array; readonly yes: Float64Array; readonly no: Float64Array };

/**
 * Scales by how rare an n-gram is and, for what tells, by the logarithm of the ratio of its shares on both sides (Wang
 * and Manning 2012), from the rows that are learnt and no others. It only says how freely a weight may move; a weights
 * file and what reads it stay as they are.
 */
export function favouringScales(
  design: Design,
  scales: Float32Array,
  learnt: Learnt,
  favoured: Favoured,
): Float32Array {
  const met = countMet(design, learnt);
  const all = {
    yes: sumOf(learnt, (target) => target),
    no: sumOf(learnt, (target) => 1 - target),
  };
  return scales.map((scale, place) => {
    const rows = met.rows[place] ?? 0;
    if (rows === 0) return scale;
    const rarity = Math.log(learnt.rows.length / rows) / USUAL_RARITY;
    if (favoured === 'rare') return scale * rarity;
    const shareYes = ((met.yes[place] as number) + 1) / (all.yes + 2);
    const shareNo = ((met.no[place] as number) + 1) / (all.no + 2);
    return scale * rarity * (LEAST + Math.min(MOST_RATIO, Math.abs(Math.log(shareYes / shareNo))));
  });
}

function sumOf({ targets, rowWeights }: Learnt, side: (target: number) => number): number {
  return targets.reduce((sum, target, at) => sum + side(target) * (rowWeights[at] as number), 0);
}

function countMet(design: Design, { rows, targets, rowWeights }: Learnt): Met {
  const met = {
    rows: new Int32Array(TABLE_SIZE),
    yes: new Float64Array(TABLE_SIZE),
    no: new Float64Array(TABLE_SIZE),
  };
  rows.forEach((row, at) => {
    const weight = rowWeights[at] as number;
    const target = targets[at] as number;
    const end = design.from[row + 1] as number;
    for (let one = design.from[row] as number; one < end; one += 1) {
      const place = design.places[one] as number;
      if (place >= TABLE_SIZE) continue;
      met.rows[place] = (met.rows[place] as number) + 1;
      met.yes[place] = (met.yes[place] as number) + weight * target;
      met.no[place] = (met.no[place] as number) + weight * (1 - target);
    }
  });
  return met;
}
