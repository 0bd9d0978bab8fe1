import type { Concepts } from '../../packages/language/src/concepts/concepts.ts';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { denseNames, featuresOf, TABLE_SIZE } from '../../packages/language/src/model/features.ts';
import { createToneConcepts } from '../../packages/language/src/model/tone-concepts.ts';
import type { Kin } from './kin.ts';

/**
 * Texts as sparse rows: `places[from[i]…from[i+1]]` with `values`. Places below TABLE_SIZE are hashed n-grams, the others
 * dense features, behind them concepts, and last the kinds of concepts.
 */
export type Design = {
  readonly size: number;
  readonly width: number;
  readonly from: Int32Array;
  readonly places: Int32Array;
  readonly values: Float32Array;
};

/** How much a word n-gram weighs against a character n-gram. */
const WORD_SHARE = 1;

/** The features of all texts. Character and word n-grams are each normalised to length one. */
export function designOf(
  texts: readonly string[],
  lang: RuleLang,
  concepts: Concepts | null,
  kin: Kin | null = null,
): Design {
  const toneConcepts = concepts && createToneConcepts(concepts);
  const from = new Int32Array(texts.length + 1);
  let places = new Int32Array(1 << 20);
  let values = new Float32Array(1 << 20);
  let filled = 0;
  const conceptsFrom = TABLE_SIZE + denseNames(lang).length;
  const kindsFrom = conceptsFrom + (concepts?.size ?? 0);
  const ofKinds = new Float64Array(kin?.kinds ?? 0);
  const width = kindsFrom + ofKinds.length;
  texts.forEach((text, at) => {
    const features = featuresOf(text, lang);
    if (filled + features.count + width - TABLE_SIZE > places.length) {
      places = grown(places, new Int32Array((filled + features.count + width - TABLE_SIZE) * 2));
      values = grown(values, new Float32Array(places.length));
    }
    const char = 1 / Math.sqrt(Math.max(1, features.chars));
    const word = WORD_SHARE / Math.sqrt(Math.max(1, features.count - features.chars));
    for (let one = 0; one < features.count; one += 1) {
      places[filled] = features.places[one] as number;
      values[filled] = one < features.chars ? char : word;
      filled += 1;
    }
    for (let one = 0; one < conceptsFrom - TABLE_SIZE; one += 1) {
      const value = features.dense[one] as number;
      if (value === 0) continue;
      places[filled] = TABLE_SIZE + one;
      values[filled] = value;
      filled += 1;
    }
    for (const [concept, value] of toneConcepts?.(features.tokens, features.hashes) ?? []) {
      places[filled] = conceptsFrom + concept;
      values[filled] = value;
      filled += 1;
      const kind = kin?.kindOf[concept] ?? -1;
      if (kind >= 0) ofKinds[kind] = (ofKinds[kind] as number) + value;
    }
    ofKinds.forEach((value, kind) => {
      if (value === 0) return;
      places[filled] = kindsFrom + kind;
      values[filled] = value;
      filled += 1;
    });
    ofKinds.fill(0);
    from[at + 1] = filled;
  });
  return {
    size: texts.length,
    width,
    from,
    places: places.slice(0, filled),
    values: values.slice(0, filled),
  };
}

function grown<Kind extends Int32Array | Float32Array>(old: Kind, bigger: Kind): Kind {
  bigger.set(old as never);
  return bigger;
}
