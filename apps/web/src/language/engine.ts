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

/** The engine with its packs and weights, fetched from this program when first needed; texts never leave the page. */
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
