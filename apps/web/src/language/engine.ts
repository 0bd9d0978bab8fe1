import type { Lang } from '@evenkeel/language/analyse';
import type { Engine } from '@evenkeel/language/engine';
import { useEffect, useState } from 'react';

type Language = {
  readonly engine: Engine;
  readonly read: typeof import('@evenkeel/language/engine');
  /** A prepared sentence in the language of the text; English where that has none. */
  readonly phrase: (lang: Lang, key: string) => string | null;
};

let loading: Promise<Language> | undefined;

/** The engine with its packs, fetched from this program when first needed; texts never leave the page. */
function loadLanguage(): Promise<Language> {
  loading ??= Promise.all([import('./engine.load.ts'), import('@evenkeel/language/engine')])
    .then(async ([{ loadHere }, read]) => {
      const engine = await loadHere();
      const phrase = (lang: Lang, key: string) => read.phraseOf(engine, lang === 'simple' ? 'en' : lang, key);
      return { engine, read, phrase };
    })
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

let toning: Promise<Language> | undefined;

/** The same with the model of tone beside the rules: some megabytes, fetched when a text first needs them. */
function loadTone(): Promise<Language> {
  toning ??= Promise.all([import('./engine.load.ts'), loadLanguage()])
    .then(async ([{ withToneHere }, language]) => ({
      ...language,
      engine: await withToneHere(language.engine),
    }))
    .catch((error: unknown) => {
      toning = undefined;
      throw error;
    });
  return toning;
}

/** @returns null until it is there */
export function useLanguage(): Language | null {
  const [language, setLanguage] = useState<Language | null>(null);
  useEffect(() => {
    let isShown = true;
    void loadLanguage().then((loaded) => isShown && setLanguage(loaded));
    return () => {
      isShown = false;
    };
  }, []);
  return language;
}

/**
 * The engine for judging words, with the model of tone as soon as a text in English asks for it.
 *
 * @param lang of the text that was read last; only English has a model that may mark words alone
 * @returns `isRulesOnly` when the model could not be had: then the rules have judged alone
 */
export function useTone(lang: Lang | undefined): { language: Language | null; isRulesOnly: boolean } {
  const rules = useLanguage();
  const [tone, setTone] = useState<Language | 'missing' | null>(null);
  const isAsked = lang === 'en' && tone === null;
  useEffect(() => {
    if (!isAsked) return;
    let isShown = true;
    loadTone()
      .catch(() => 'missing' as const)
      .then((loaded) => isShown && setTone(loaded));
    return () => {
      isShown = false;
    };
  }, [isAsked]);
  const isRulesOnly = tone === 'missing' && lang === 'en';
  return { language: tone === null || tone === 'missing' ? rules : tone, isRulesOnly };
}
