import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConcepts } from './concepts/concepts.ts';
import { createEngine, type Engine } from './engine.ts';
import type { RuleLang } from './finding.ts';
import { readModels } from './model/models.ts';
import type { CompiledPack } from './rules/pack.ts';
import type { Program } from './rules/program.ts';
import type { ShippedPack } from './shipped.ts';

const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];

/**
 * Makes the engine of the packs and weights that ship. A language costs nothing until a text of it is met.
 *
 * @param folder of this package: it holds `packs` and `weights`
 * @param own a user's packs, compiled; laid over those that ship
 * @throws when a file that ships cannot be read
 */
export async function loadEngine(folder: string, own: readonly CompiledPack[] = []): Promise<Engine> {
  const [shipped, models, weights, meanings] = await Promise.all([
    Promise.all(LANGS.map((lang) => openPack(folder, lang))),
    readWeights(folder, '.bin'),
    readWeights(folder, '.acts'),
    readWeights(folder, '.concepts'),
  ]);
  const concepts = meanings.map(readConcepts);
  const tone = models.length === 0 ? null : readModels(models, concepts);
  return createEngine(own, tone, shipped, { weights, concepts });
}

/** The packs that ship, compiled. */
export async function loadPacks(folder: string): Promise<CompiledPack[]> {
  const shipped = await Promise.all(LANGS.map((lang) => openPack(folder, lang)));
  return shipped.map(({ pack }) => pack());
}

async function openPack(folder: string, lang: RuleLang): Promise<ShippedPack> {
  const bytes = await readFile(join(folder, 'packs', `${lang}.json`));
  let pack: CompiledPack | undefined;
  return {
    lang,
    pack: () => {
      pack ??= JSON.parse(bytes.toString()) as CompiledPack;
      return pack;
    },
    program: (group) => readProgramFile(join(folder, 'packs', `${lang}.${group}.json`)),
  };
}

/** Without it, or where it is of another version, the rules are compiled: slower, and the same. */
function readProgramFile(path: string): Program | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Program;
  } catch {
    return null;
  }
}

/** The weights of as many languages as there are. */
async function readWeights(folder: string, end: string): Promise<Buffer[]> {
  const names = (await readdir(join(folder, 'weights'))).filter((name) => name.endsWith(end)).sort();
  return Promise.all(names.map((name) => readFile(join(folder, 'weights', name))));
}
