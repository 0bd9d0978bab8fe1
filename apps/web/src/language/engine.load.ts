import { fetchEngine, fetchModels } from '@evenkeel/language/browser';
import { type Engine, withModels } from '@evenkeel/language/engine';
import en from '../../../../packages/language/packs/en.json?url';
import fi from '../../../../packages/language/packs/fi.json?url';
import ru from '../../../../packages/language/packs/ru.json?url';
import weights from '../../../../packages/language/weights/en.bin?url';

/** The rules, from the files that this program serves with its pages. */
export function loadHere(): Promise<Engine> {
  return fetchEngine([en, fi, ru]);
}

/** The same with the model of tone. Only in English may a model mark words alone, so no other one is fetched. */
export async function withToneHere(engine: Engine): Promise<Engine> {
  return withModels(engine, await fetchModels([weights]));
}
