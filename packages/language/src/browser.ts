import { createEngine, type Engine } from './engine.ts';
import { type Models, readModels } from './model/models.ts';
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

/** @throws Error when the weights cannot be had, or are none */
export async function fetchModels(urls: readonly string[]): Promise<Models> {
  const weights = await Promise.all(
    urls.map(async (url) => new Uint8Array(await (await fetched(url)).arrayBuffer())),
  );
  return readModels(...weights);
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be had: ${response.status}`);
  return response;
}
