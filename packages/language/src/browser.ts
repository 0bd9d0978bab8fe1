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
 * @param acts urls of weights of what sentences do
 * @throws Error when the weights cannot be had, or are none
 */
export async function fetchLearnt(
  engine: Engine,
  tone: readonly string[],
  acts: readonly string[],
): Promise<Engine> {
  const [ofTone, ofActs] = await Promise.all([
    Promise.all(tone.map(bytesAt)),
    Promise.all(acts.map(bytesAt)),
  ]);
  return withModels(engine, ofTone.length === 0 ? null : readModels(...ofTone), ofActs);
}

async function bytesAt(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetched(url)).arrayBuffer());
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be had: ${response.status}`);
  return response;
}
