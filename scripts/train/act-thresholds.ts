import type { ActKind, Side } from '../../packages/language/src/acts/act-weights.ts';
import type { ActRow } from './act-rows.ts';

/** A row with its logits by models that did not see it: those of the kinds, and behind them that of any of them. */
export type Scored = { readonly row: ActRow; readonly logits: readonly number[] };

/** Of a kind, among what no rule marks: sentences that say it, those marked rightly, those of other kinds marked with it, and calm ones. */
export type KindFigures = {
  readonly kind: string;
  readonly there: number;
  readonly right: number;
  readonly other: number;
  readonly calm: number;
};
export type Figures = {
  readonly written: number;
  readonly kinds: readonly KindFigures[];
  readonly calm: { readonly rows: number; readonly marked: number };
  readonly twins: { readonly rows: number; readonly marked: number };
  readonly real: { readonly rows: number; readonly marked: number };
  readonly spoken: { readonly rows: number; readonly marked: number };
};

/** How much the logit of a kind counts beside that of any kind. */
export const KIND_SHARE = 0.5;
/** Of the marks of a kind at least this share is right, of at least so many. */
const LEAST_RIGHT = 0.55;
const FEWEST = 3;
type Is = (row: ActRow) => boolean;
const isTwin: Is = (row) => row.isOurs && row.says.length === 0;
const isRealCalm: Is = (row) => row.isReal && row.says.length === 0;
/** One kind marks no larger share of calm business texts, of lines and posts, of twins and, in a draft, of real answers. */
const MOST: Readonly<Record<Side, readonly { readonly of: Is; readonly share: number }[]>> = {
  client: [
    { of: (row) => row.isBusiness, share: 0.0002 },
    { of: (row) => row.isSpoken, share: 0.0002 },
    { of: isTwin, share: 0.004 },
  ],
  draft: [
    { of: (row) => row.isBusiness, share: 0.0002 },
    { of: (row) => row.isSpoken, share: 0.0004 },
    { of: isTwin, share: 0.004 },
    { of: isRealCalm, share: 0.0006 },
  ],
};
/** Of all, of real messages and of whole ones that we wrote a kind of the client marks at most a calm sentence for four rightly. */
const FAIR_TO: Readonly<Record<Side, readonly Is[]>> = {
  client: [() => true, (row) => row.isReal, (row) => row.isOfMessage],
  draft: [],
};
const RIGHT_FOR_ONE_CALM = 4;
/** The model that ships has seen more than those that judged real messages: they count as so much surer. */
const REAL_MARGIN = 0.5;
/** Never said by a model alone; learnt so that what is like it is not taken for something else. */
const NEVER_ALONE: ReadonlySet<string> = new Set(['legal_threat', 'physical_threat']);
const SUREST = 0.79;
const LEAST_SURE = 0.5;

type Judged = { readonly row: ActRow; readonly best: number; readonly any: number; readonly sum: number };

/** From which sum of logits on a kind is marked: by what is calm, and by how often it is right. */
export function thresholdsOf(
  scored: readonly Scored[],
  kinds: readonly ActKind['kind'][],
  side: Side,
): { marks: Pick<ActKind, 'from' | 'confidence'>[]; anyFrom: number; figures: Figures } {
  const judged = scored.map((one) => judge(one, kinds.length));
  const limits = MOST[side].map(({ of, share }) => ({
    of,
    most: Math.ceil(share * judged.filter(({ row }) => of(row)).length),
  }));
  const marked = kinds.map((kind, at) => {
    const ofKind = judged.filter(({ best }) => best === at).sort((a, b) => b.sum - a.sum);
    return ofKind.slice(0, NEVER_ALONE.has(kind) ? 0 : marksOf(ofKind, kind, limits, FAIR_TO[side]));
  });
  const figures = kinds.map((kind, at) => figuresOf(judged, kind, marked[at] as Judged[]));
  const shareOf = (is: (row: ActRow) => boolean) => ({
    rows: judged.filter(({ row }) => is(row)).length,
    marked: marked.flat().filter(({ row }) => is(row)).length,
  });
  return {
    marks: figures.map((one, at) => ({
      from: marked[at]?.length ? downwards((marked[at].at(-1) as Judged).sum) : null,
      confidence: confidenceOf(one.right / Math.max(1, one.right + one.other + one.calm)),
    })),
    anyFrom: downwards(Math.min(...marked.flat().map(({ any }) => any))),
    figures: {
      written: judged.filter(({ row }) => row.isOurs).length,
      kinds: figures,
      calm: shareOf((row) => row.isBusiness),
      twins: shareOf(isTwin),
      real: shareOf(isRealCalm),
      spoken: shareOf((row) => row.isSpoken),
    },
  };
}

function judge({ row, logits }: Scored, count: number): Judged {
  let best = 0;
  for (let kind = 1; kind < count; kind += 1)
    if ((logits[kind] as number) > (logits[best] as number)) best = kind;
  const sum = (logits[count] as number) + KIND_SHARE * (logits[best] as number);
  return { row, best, any: logits[count] as number, sum: row.isReal ? sum + REAL_MARGIN : sum };
}

/** How many of the surest may be marked: as many as are right often enough while what is calm is left alone. */
function marksOf(
  surest: readonly Judged[],
  kind: string,
  limits: readonly { readonly of: Is; readonly most: number }[],
  fairTo: readonly Is[],
): number {
  const counted = limits.map(() => 0);
  const weighed = fairTo.map(() => ({ right: 0, calm: 0 }));
  let right = 0;
  let most = 0;
  for (const [at, { row }] of surest.entries()) {
    const isRight = row.says.some((one) => one === kind);
    if (isRight) right += 1;
    limits.forEach(({ of }, set) => {
      if (of(row)) counted[set] = (counted[set] as number) + 1;
    });
    if (limits.some((limit, set) => (counted[set] as number) > limit.most)) break;
    fairTo.forEach((of, set) => {
      const counts = weighed[set] as { right: number; calm: number };
      if (of(row) && isRight) counts.right += 1;
      else if (of(row) && row.says.length === 0) counts.calm += 1;
    });
    const isFair = weighed.every((counts) => counts.calm * RIGHT_FOR_ONE_CALM <= counts.right);
    if (isFair && right >= FEWEST && right / (at + 1) >= LEAST_RIGHT) most = at + 1;
  }
  return most;
}

function figuresOf(judged: readonly Judged[], kind: string, marked: readonly Judged[]): KindFigures {
  const says = ({ row }: Judged) => row.says.some((one) => one === kind);
  const right = marked.filter(says).length;
  const calm = marked.filter(({ row }) => row.says.length === 0).length;
  return {
    kind,
    there: judged.filter((one) => one.row.isOurs && says(one)).length,
    right,
    other: marked.length - right - calm,
    calm,
  };
}

function confidenceOf(share: number): number {
  return Math.min(SUREST, Math.max(LEAST_SURE, Math.round(share * 100) / 100));
}

function downwards(value: number): number {
  return Math.floor(value * 1000) / 1000;
}
