import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine } from './engine.ts';
import type { RuleLang } from './finding.ts';
import { type Models, readModels } from './model/models.ts';
import type { CompiledPack } from './rules/pack.ts';

const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

/**
 * Reads the packs and weights that ship and makes the engine of them.
 *
 * @param folder of this package: it holds `packs` and `weights`
 * @param own a user's packs, compiled; laid over those that ship
 * @throws when a file that ships cannot be read
 */
export async function loadEngine(folder: string, own: readonly CompiledPack[] = []): Promise<Engine> {
  const [packs, models] = await Promise.all([loadPacks(folder), loadModels(folder)]);
  return createEngine([...packs, ...own], models);
}

/** The packs that ship, compiled. */
export function loadPacks(folder: string): Promise<CompiledPack[]> {
  return Promise.all(
    LANGS.map(async (lang) => JSON.parse(await readFile(join(folder, 'packs', `${lang}.json`), 'utf8'))),
  );
}

/** The weights of as many languages as there are; null where there are none. */
async function loadModels(folder: string): Promise<Models | null> {
  const names = (await readdir(join(folder, 'weights'))).filter((name) => name.endsWith('.bin')).sort();
  if (names.length === 0) return null;
  return readModels(...(await Promise.all(names.map((name) => readFile(join(folder, 'weights', name))))));
}
