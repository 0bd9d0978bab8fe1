import { createHash } from 'node:crypto';
import {
  ACT_BITS,
  ACT_PLACES,
  conceptPlace,
  createActReader,
} from '../../packages/language/src/acts/act-features.ts';
import {
  type ActKind,
  type Column,
  type Side,
  writeActs,
} from '../../packages/language/src/acts/act-weights.ts';
import { createWordClasses } from '../../packages/language/src/acts/word-classes.ts';
import type { Concepts } from '../../packages/language/src/concepts/concepts.ts';
import { checkDraft, type Engine, readSignals } from '../../packages/language/src/engine.ts';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { actDesign } from './act-design.ts';
import type { ActRow } from './act-rows.ts';
import { type Figures, KIND_SHARE, type Scored, thresholdsOf } from './act-thresholds.ts';
import type { Design } from './design.ts';
import { foldOf } from './fit.ts';
import { logitOf, solve, type Weights } from './solve.ts';
import { favouringScales } from './telling.ts';

// Learns what sentences do: first whether a sentence does anything of a side's kinds, then, among those that do, which.

/** What a model is learnt from: rows by number, with their targets and weights. */
type LearntRow = { readonly at: number; readonly target: number; readonly weight: number };
/** And how freely each place may weigh. */
type Lesson = { readonly rows: readonly LearntRow[]; readonly scales: Float32Array };
export type Kind = ActKind['kind'];

const FOLDS = 5;
const PENALTY = 0.5;
const STEPS = 60;
/** How much more a row counts that does it: there are fewer of them. */
const WEIGHT_OF_ANY = 2;
const WEIGHT_OF_KIND = 6;
/**
 * How freely concepts may say whether a sentence does anything. Russian and Finnish have no calm talk about business to learn
 * from: there whoever only speaks of money or of reviews would be taken for somebody who threatens with them.
 */
const FREEDOM_OF_CONCEPTS: Readonly<Record<RuleLang, number>> = { en: 1, ru: 0.35, fi: 0.35 };
/** What a rule ignores may still be something that another rule finds. */
const IGNORED = 0.5;

/** Learns one language and side. @param rules what marks sentences anyhow */
export function learnActs(
  rows: readonly ActRow[],
  lang: RuleLang,
  side: Side,
  rules: Engine,
  concepts: Concepts | null,
): { readonly bytes: Uint8Array; readonly figures: Figures } {
  const kinds = kindsOf(rows);
  const classes = createWordClasses(lang, rules.packsOf(lang)[0]?.words ?? {});
  const read = createActReader(lang, classes, concepts);
  const texts = rows.map(({ text }) => text);
  const design = actDesign(texts, lang, read);
  const even = new Float32Array(ACT_PLACES).fill(1);
  const lessons = [
    ...kinds.map((kind) => ({ rows: kindLesson(rows, kind), scales: even })),
    { rows: anyLesson(rows, kinds), scales: scalesOfAny(lang, concepts) },
  ];
  const logits = lessons.map((lesson) => outOfFold(rows, design, lesson));
  const scored = rows
    .map((row, at): Scored => ({ row, logits: logits.map((all) => all[at] as number) }))
    .filter(
      ({ row }) =>
        (row.isOurs || row.isOfMessage || row.isBusiness || row.isReal || row.isSpoken) &&
        !isMarked(rules, row.text, lang, side, kinds),
    );
  const { marks, anyFrom, figures } = thresholdsOf(scored, kinds, side);
  const models = lessons.map((lesson) => learn(design, lesson));
  const { columns, table } = packed(models);
  const head = {
    format: 1,
    lang,
    side,
    ...(concepts ? { concepts: concepts.version } : {}),
    bits: ACT_BITS,
    kinds: kinds.map((kind, at) => ({
      kind,
      ...(columns[at] as Column),
      ...(marks[at] as (typeof marks)[number]),
    })),
    any: { ...(columns[kinds.length] as Column), from: anyFrom, kindShare: KIND_SHARE },
  } as const;
  const hash = createHash('sha256').update(JSON.stringify(head)).update(table).digest('hex');
  return { bytes: writeActs({ ...head, version: hash.slice(0, 8) }, table), figures };
}

/** Whether a rule marks a text with any of the kinds: then the model is not heard. */
function isMarked(rules: Engine, text: string, lang: RuleLang, side: Side, kinds: readonly Kind[]): boolean {
  const read = side === 'client' ? readSignals : checkDraft;
  return read(rules, text, { lang }).findings.some(({ kind }) => kinds.includes(kind));
}

/** The kinds that sentences were written for. */
function kindsOf(rows: readonly ActRow[]): Kind[] {
  return [...new Set(rows.flatMap(({ written }) => (written === null ? [] : [written as Kind])))].sort();
}

/** Which of the kinds: learnt from those rows alone that do one. */
function kindLesson(rows: readonly ActRow[], kind: Kind): LearntRow[] {
  return rows.flatMap(({ says, weight }, at) => {
    if (says.length === 0 || weight === 0) return [];
    return says.includes(kind)
      ? [{ at, target: 1, weight: weight * WEIGHT_OF_KIND }]
      : [{ at, target: 0, weight }];
  });
}

function anyLesson(rows: readonly ActRow[], kinds: readonly Kind[]): LearntRow[] {
  return rows.flatMap(({ says, weight, isOfOneKind }, at) => {
    if (weight === 0) return [];
    if (says.some((one) => kinds.includes(one as Kind)))
      return [{ at, target: 1, weight: weight * WEIGHT_OF_ANY }];
    return says.length > 0 ? [] : [{ at, target: 0, weight: isOfOneKind ? weight * IGNORED : weight }];
  });
}

function scalesOfAny(lang: RuleLang, concepts: Concepts | null): Float32Array {
  const scales = new Float32Array(ACT_PLACES).fill(1);
  for (let concept = 0; concept < (concepts?.size ?? 0); concept += 1)
    scales[conceptPlace(concept)] = FREEDOM_OF_CONCEPTS[lang];
  return scales;
}

function learn(design: Design, { rows: learnt, scales }: Lesson): Weights {
  const rows = learnt.map(({ at }) => at);
  const targets = learnt.map(({ target }) => target);
  const rowWeights = learnt.map(({ weight }) => weight);
  return solve(design, {
    rows: Int32Array.from(rows),
    targets: Float64Array.from(targets),
    rowWeights: Float64Array.from(rowWeights),
    scales: favouringScales(design, scales, { rows, targets, rowWeights }, 'rare'),
    penalty: PENALTY,
    steps: STEPS,
  });
}

/** The logit of each row by a model that did not see its group; of what nobody learns from the mean of all. */
function outOfFold(rows: readonly ActRow[], design: Design, { rows: learnt, scales }: Lesson): Float64Array {
  const foldsOf = rows.map(({ group }) => foldOf(group, FOLDS));
  const logits = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = learnt.filter(({ at }) => foldsOf[at] !== fold);
    const model = learn(design, { rows: others, scales });
    rows.forEach(({ weight }, at) => {
      if (weight === 0) logits[at] = (logits[at] as number) + logitOf(design, at, model) / FOLDS;
      else if (foldsOf[at] === fold) logits[at] = logitOf(design, at, model);
    });
  }
  return logits;
}

const HIGHEST = 127;
/** Weights above this share of all are cut to its value, so that a step stays small. */
const CUT = 0.9995;

/** Rounds the weights of all models to bytes: of the kinds those of a place lie together, those of any act behind. */
function packed(models: readonly Weights[]): { columns: Column[]; table: Int8Array } {
  const table = new Int8Array(ACT_PLACES * models.length);
  const kinds = models.length - 1;
  const columns = models.map(({ weights, bias }, column) => {
    const sizes = weights.map(Math.abs).sort();
    const step = Number(((sizes[Math.floor((sizes.length - 1) * CUT)] as number) / HIGHEST).toPrecision(6));
    weights.forEach((weight, place) => {
      const rounded = Math.round(weight / step);
      const at = column < kinds ? place * kinds + column : ACT_PLACES * kinds + place;
      table[at] = Math.max(-HIGHEST, Math.min(HIGHEST, rounded));
    });
    return { bias: Math.round(bias * 1000) / 1000, step };
  });
  return { columns, table };
}
