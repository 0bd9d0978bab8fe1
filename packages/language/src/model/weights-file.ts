import type { RuleLang, Scores } from '../finding.ts';
import type { Calibration } from './calibration.ts';
import { denseNames, TABLE_SIZE } from './features.ts';

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
const HEAD_AT = 8;

/** Writes a weights file: four letters, length of the head, head as JSON padded with spaces to 8 bytes, table. */
export function writeWeights(head: WeightsHead, table: Int8Array): Uint8Array {
  let text = JSON.stringify(head);
  while ((new TextEncoder().encode(text).length + HEAD_AT) % 8 !== 0) text += ' ';
  const headBytes = new TextEncoder().encode(text);
  const bytes = new Uint8Array(HEAD_AT + headBytes.length + table.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(4, headBytes.length, true);
  bytes.set(headBytes, HEAD_AT);
  bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.length), HEAD_AT + headBytes.length);
  return bytes;
}

/**
 * Reads a weights file without copying its table.
 *
 * @throws Error when the bytes are no weights file, of another format, or shorter than their head says.
 */
export function readWeights(bytes: Uint8Array): LanguageWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_AT || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC)
    throw new Error('These bytes are no language weights.');
  const length = view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_AT, HEAD_AT + length))) as WeightsHead;
  const size = TABLE_SIZE * head.labels.length;
  if (head.format !== 1 || 1 << head.tableBits !== TABLE_SIZE)
    throw new Error('These weights are of another format.');
  if (bytes.length !== HEAD_AT + length + size) throw new Error('These weights are cut off.');
  let dense: Float64Array | undefined;
  return {
    lang: head.lang,
    version: head.version,
    labels: head.labels,
    table: new Int8Array(bytes.buffer, bytes.byteOffset + HEAD_AT + length, size),
    // Made when a text of the language is first met: its cues take longer to compile than the rest to read.
    get dense() {
      dense ??= denseTable(head);
      return dense;
    },
  };
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
