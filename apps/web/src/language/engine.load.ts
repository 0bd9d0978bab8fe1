import { fetchEngine, fetchLearnt } from '@evenkeel/language/browser';
import type { Engine } from '@evenkeel/language/engine';
import type { RuleLang } from '@evenkeel/language/finding';
import en from '../../../../packages/language/packs/en.json?url';
import fi from '../../../../packages/language/packs/fi.json?url';
import ru from '../../../../packages/language/packs/ru.json?url';
import tone from '../../../../packages/language/weights/en.bin?url';
import enClient from '../../../../packages/language/weights/en.client.acts?url';
import enConcepts from '../../../../packages/language/weights/en.concepts?url';
import enDraft from '../../../../packages/language/weights/en.draft.acts?url';
import fiClient from '../../../../packages/language/weights/fi.client.acts?url';
import fiConcepts from '../../../../packages/language/weights/fi.concepts?url';
import fiDraft from '../../../../packages/language/weights/fi.draft.acts?url';
import ruClient from '../../../../packages/language/weights/ru.client.acts?url';
import ruConcepts from '../../../../packages/language/weights/ru.concepts?url';
import ruDraft from '../../../../packages/language/weights/ru.draft.acts?url';

/** The rules, from the files that this program serves with its pages. */
export function loadHere(): Promise<Engine> {
  return fetchEngine([en, fi, ru]);
}

const ACTS: Readonly<Record<RuleLang, Parameters<typeof fetchLearnt>[2]>> = {
  en: { weights: [enClient, enDraft], concepts: [enConcepts] },
  fi: { weights: [fiClient, fiDraft], concepts: [fiConcepts] },
  ru: { weights: [ruClient, ruDraft], concepts: [ruConcepts] },
};

/**
 * The same with what was learnt for a language. Only in English may a model of tone mark words alone, so no other one is
 * fetched.
 */
export function withLearntHere(engine: Engine, lang: RuleLang): Promise<Engine> {
  return fetchLearnt(engine, lang === 'en' ? [tone] : [], ACTS[lang]);
}
