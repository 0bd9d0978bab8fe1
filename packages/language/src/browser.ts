import { readConcepts } from './concepts/concepts.ts';
import { createEngine, type Engine, withModels } from './engine.ts';
import { readModels } from './model/models.ts';
import type { CompiledPack } from './rules/pack.ts';

/**
 * Fetches packs and makes an engine of their rules alone.
 *
 * @param urls of compiled packs (JSON)
 * @throws Error when one of them cannot be had
 */
export async function fetchEngine(urls: readonly string[]): Promise<Engine> {
  const packs = await Promise.all(
    urls.map(async (url) => (await fetched(url)).json() as Promise<CompiledPack>),
  );
  return createEngine(packs, null);
}

/**
 * The engine with what was learnt beside its rules.
 *
 * @param tone urls of weights of tone; none where no model of tone may mark words
 * @param acts urls of weights of what sentences do, and of the concepts that were there when they were learnt
 * @throws Error when the weights cannot be had, or are none
 */
export async function fetchLearnt(
  engine: Engine,
  tone: readonly string[],
  acts: { readonly weights: readonly string[]; readonly concepts: readonly string[] },
): Promise<Engine> {
  const allAt = (urls: readonly string[]) => Promise.all(urls.map(bytesAt));
  const [ofTone, weights, meanings] = await Promise.all([
    allAt(tone),
    allAt(acts.weights),
    allAt(acts.concepts),
  ]);
  const concepts = meanings.map(readConcepts);
  const models = ofTone.length === 0 ? null : readModels(ofTone, concepts);
  return withModels(engine, models, { weights, concepts });
}

async function bytesAt(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetched(url)).arrayBuffer());
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be had: ${response.status}`);
  return response;
}
