import { type Features, featuresOf } from './features.ts';
import { sentencesOf } from './sentences.ts';
import type { LanguageWeights } from './weights-file.ts';

/** The logits of all labels: whole text, and where a label asks for it its worst sentence. */
export function logitsOf(weights: LanguageWeights, text: string): Float64Array {
  const logits = plainLogits(weights, featuresOf(text, weights.lang));
  if (!weights.labels.some((label) => label.mix > 0)) return logits;
  const sentences = sentencesOf(text);
  if (sentences.length < 2) return logits;
  const highest = new Float64Array(logits.length).fill(Number.NEGATIVE_INFINITY);
  for (const { start, end } of sentences) {
    const one = plainLogits(weights, featuresOf(text.slice(start, end), weights.lang));
    for (let at = 0; at < one.length; at += 1)
      highest[at] = Math.max(highest[at] as number, one[at] as number);
  }
  return logits.map((logit, at) => {
    const mix = weights.labels[at]?.mix ?? 0;
    return mix > 0 ? logit + mix * ((highest[at] as number) - logit) : logit;
  });
}

/** The logits of one run of text. */
export function plainLogits(weights: LanguageWeights, features: Features): Float64Array {
  const count = weights.labels.length;
  const sums = new Float64Array(count);
  addTable(weights.table, count, features.places, 0, features.chars, sums);
  const charNorm = 1 / Math.sqrt(Math.max(1, features.chars));
  for (let label = 0; label < count; label += 1) sums[label] = (sums[label] as number) * charNorm;
  const words = new Float64Array(count);
  addTable(weights.table, count, features.places, features.chars, features.count, words);
  const wordNorm = 1 / Math.sqrt(Math.max(1, features.count - features.chars));
  for (let label = 0; label < count; label += 1) {
    const head = weights.labels[label] as LanguageWeights['labels'][number];
    sums[label] = head.bias + head.step * ((sums[label] as number) + (words[label] as number) * wordNorm);
  }
  addDense(weights.dense, count, features.dense, sums);
  addConcepts(weights, features, sums);
  return sums;
}

function addTable(
  table: Int8Array,
  count: number,
  places: Int32Array,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  for (let one = from; one < to; one += 1) {
    const base = (places[one] as number) * count;
    for (let label = 0; label < count; label += 1)
      sums[label] = (sums[label] as number) + (table[base + label] as number);
  }
}

function addDense(dense: Float64Array, count: number, values: Float64Array, sums: Float64Array): void {
  const features = dense.length / count;
  for (let one = 0; one < features; one += 1) {
    const value = values[one] as number;
    if (value === 0) continue;
    for (let label = 0; label < count; label += 1)
      sums[label] = (sums[label] as number) + value * (dense[one * count + label] as number);
  }
}

function addConcepts(
  { toneConcepts, concepts: table }: LanguageWeights,
  { tokens, hashes }: Features,
  sums: Float64Array,
): void {
  if (toneConcepts === null) return;
  const count = sums.length;
  for (const [concept, value] of toneConcepts(tokens, hashes))
    for (let label = 0; label < count; label += 1)
      sums[label] = (sums[label] as number) + value * (table[concept * count + label] as number);
}
