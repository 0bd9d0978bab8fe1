import { fetchEngine } from '@evenkeel/language/browser';
import type { Engine } from '@evenkeel/language/engine';
import en from '../../../../packages/language/packs/en.json?url';
import fi from '../../../../packages/language/packs/fi.json?url';
import ru from '../../../../packages/language/packs/ru.json?url';

/** From the files that this program serves with its pages; the rules are enough here, so no weights are fetched. */
export function loadHere(): Promise<Engine> {
  return fetchEngine({ packs: [en, fi, ru], weights: [] });
}
