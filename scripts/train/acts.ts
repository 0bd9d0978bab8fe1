import { createHash } from 'node:crypto';
import { ACT_BITS, ACT_PLACES, createActReader } from '../../packages/language/src/acts/act-features.ts';
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
type Lesson = { readonly at: number; readonly target: number; readonly weight: number };
export type Kind = ActKind['kind'];

const FOLDS = 5;
const PENALTY = 0.5;
const STEPS = 60;
/** How much more a row counts that does it: there are fewer of them. */
const WEIGHT_OF_ANY = 2;
const WEIGHT_OF_KIND = 6;
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
  const lessons = [...kinds.map((kind) => kindLesson(rows, kind)), anyLesson(rows, kinds)];
  const logits = lessons.map((lesson) => outOfFold(rows, design, lesson));
  const scored = rows
    .map((row, at): Scored => ({ row, logits: logits.map((all) => all[at] as number) }))
    .filter(
      ({ row }) =>
        (row.isOurs || row.isBusiness || row.isReal || row.isSpoken) &&
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
function kindLesson(rows: readonly ActRow[], kind: Kind): Lesson[] {
  return rows.flatMap(({ says, weight }, at) => {
    if (says.length === 0 || weight === 0) return [];
    return says.includes(kind)
      ? [{ at, target: 1, weight: weight * WEIGHT_OF_KIND }]
      : [{ at, target: 0, weight }];
  });
}

function anyLesson(rows: readonly ActRow[], kinds: readonly Kind[]): Lesson[] {
  return rows.flatMap(({ says, weight, isOfOneKind }, at) => {
    if (weight === 0) return [];
    if (says.some((one) => kinds.includes(one as Kind)))
      return [{ at, target: 1, weight: weight * WEIGHT_OF_ANY }];
    return says.length > 0 ? [] : [{ at, target: 0, weight: isOfOneKind ? weight * IGNORED : weight }];
  });
}

function learn(design: Design, lesson: readonly Lesson[]): Weights {
  const rows = lesson.map(({ at }) => at);
  const targets = lesson.map(({ target }) => target);
  const rowWeights = lesson.map(({ weight }) => weight);
  const even = new Float32Array(ACT_PLACES).fill(1);
  return solve(design, {
    rows: Int32Array.from(rows),
    targets: Float64Array.from(targets),
    rowWeights: Float64Array.from(rowWeights),
    scales: favouringScales(design, even, { rows, targets, rowWeights }, 'rare'),
    penalty: PENALTY,
    steps: STEPS,
  });
}

/** The logit of each row by a model that did not see its group; of what nobody learns from the mean of all. */
function outOfFold(rows: readonly ActRow[], design: Design, lesson: readonly Lesson[]): Float64Array {
  const foldsOf = rows.map(({ group }) => foldOf(group, FOLDS));
  const logits = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = learn(
      design,
      lesson.filter(({ at }) => foldsOf[at] !== fold),
    );
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
