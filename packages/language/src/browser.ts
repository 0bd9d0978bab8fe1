import { createEngine, type Engine } from './engine.ts';
import { readModels } from './model/models.ts';
import type { CompiledPack } from './rules/pack.ts';

/**
 * Fetches packs and weights and makes the engine of them.
 *
 * @param urls of compiled packs (JSON) and of weights; a check of drafts needs no weights
 * @throws Error when one of them cannot be had
 */
export async function fetchEngine(urls: {
  packs: readonly string[];
  weights: readonly string[];
}): Promise<Engine> {
  const packs = await Promise.all(
    urls.packs.map(async (url) => (await fetched(url)).json() as Promise<CompiledPack>),
  );
  const weights = await Promise.all(
    urls.weights.map(async (url) => new Uint8Array(await (await fetched(url)).arrayBuffer())),
  );
  return createEngine(packs, weights.length === 0 ? null : readModels(...weights));
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be had: ${response.status}`);
  return response;
}
