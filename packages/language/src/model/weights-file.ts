import type { RuleLang, Scores } from '../finding.ts';
import type { Calibration } from './calibration.ts';
import { denseNames, TABLE_SIZE } from './features.ts';
import { readHeaded, writeHeaded } from './headed-file.ts';

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
};

/** The head of a weights file. */
export type WeightsHead = {
  readonly format: 1;
  readonly lang: RuleLang;
  readonly version: string;
  readonly tableBits: number;
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
};

const MAGIC = 'EKLW';

export function writeWeights(head: WeightsHead, table: Int8Array): Uint8Array {
  return writeHeaded(MAGIC, head, table);
}

/**
 * Reads a weights file without copying its table.
 *
 * @throws Error when the bytes are no weights file, of another format, or shorter than their head says.
 */
export function readWeights(bytes: Uint8Array): LanguageWeights {
  const { head, body } = readHeaded<WeightsHead>(MAGIC, bytes, sizeOf);
  let dense: Float64Array | undefined;
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
