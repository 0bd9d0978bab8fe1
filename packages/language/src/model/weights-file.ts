import type { Concepts } from '../concepts/concepts.ts';
import type { RuleLang, Scores } from '../finding.ts';
import type { Calibration } from './calibration.ts';
import { denseNames, TABLE_SIZE } from './features.ts';
import { readHeaded, writeHeaded } from './headed-file.ts';
import { createToneConcepts, type ToneConcepts } from './tone-concepts.ts';

/** One label of a language: what is not in the table. */
export type LabelHead = {
  /** A score, or `span` for the model that marks single words. */
  readonly name: keyof Scores | 'span';
  readonly bias: number;
  /** What a step of the table is worth. */
  readonly step: number;
  /** Share of the worst sentence in the logit of a text. */
  readonly mix: number;
  readonly calibration: Calibration;
  /** Weights of the dense features by name; a feature that is not named weighs nothing. */
  readonly dense: Readonly<Record<string, number>>;
  /** Weights of the concepts by number, in steps; absent where the label does not look at them. */
  readonly concepts?: { readonly step: number; readonly weights: readonly number[] };
};

/** The head of a weights file. */
export type WeightsHead = {
  readonly format: 1;
  readonly lang: RuleLang;
  readonly version: string;
  readonly tableBits: number;
  /** The version of the concepts that were there, if any. */
  readonly concepts?: string;
  readonly labels: readonly LabelHead[];
};

/** The weights of one language, ready to be used. */
export type LanguageWeights = {
  readonly lang: RuleLang;
  readonly version: string;
  readonly labels: readonly LabelHead[];
  /** Weights of the hashed n-grams: those of all labels of a place lie together. */
  readonly table: Int8Array;
  /** Weights of the dense features: those of all labels of a feature lie together. */
  readonly dense: Float64Array;
  /** Finds concepts in a text; null: none were there. */
  readonly toneConcepts: ToneConcepts | null;
  /** Weights of the concepts: those of all labels of a concept lie together. */
  readonly concepts: Float64Array;
};

const MAGIC = 'EKLW';

export function writeWeights(head: WeightsHead, table: Int8Array): Uint8Array {
  return writeHeaded(MAGIC, head, table);
}

/**
 * Reads a weights file without copying its table.
 *
 * @throws Error when the bytes are no weights file, of another format, or shorter than their head says, or learnt with other
 * concepts.
 */
export function readWeights(bytes: Uint8Array, concepts: readonly Concepts[]): LanguageWeights {
  const { head, body } = readHeaded<WeightsHead>(MAGIC, bytes, sizeOf);
  const known = concepts.find((one) => one.lang === head.lang) ?? null;
  if (head.concepts !== undefined && head.concepts !== known?.version)
    throw new Error('These weights were learnt with other concepts.');
  const used = head.concepts === undefined ? null : known;
  let dense: Float64Array | undefined;
  let ofConcepts: Float64Array | undefined;
  return {
    lang: head.lang,
    version: head.version,
    labels: head.labels,
    table: body,
    // Made when a text of the language is first met: its cues take longer to compile than the rest to read.
    get dense() {
      dense ??= denseTable(head);
      return dense;
    },
    toneConcepts: used && createToneConcepts(used),
    get concepts() {
      ofConcepts ??= conceptTable(head, used?.size ?? 0);
      return ofConcepts;
    },
  };
}

function sizeOf({ format, tableBits, labels }: WeightsHead): number {
  if (format !== 1 || 1 << tableBits !== TABLE_SIZE) throw new Error('These weights are of another format.');
  return TABLE_SIZE * labels.length;
}

function denseTable(head: WeightsHead): Float64Array {
  const names = denseNames(head.lang);
  const dense = new Float64Array(names.length * head.labels.length);
  names.forEach((name, at) => {
    head.labels.forEach((label, place) => {
      dense[at * head.labels.length + place] = label.dense[name] ?? 0;
    });
  });
  return dense;
}

function conceptTable({ labels }: WeightsHead, size: number): Float64Array {
  const table = new Float64Array(size * labels.length);
  labels.forEach(({ concepts }, place) => {
    concepts?.weights.forEach((weight, concept) => {
      table[concept * labels.length + place] = weight * concepts.step;
    });
  });
  return table;
}
