import type { Lang } from '@evenkeel/language/analyse';
import type { Engine } from '@evenkeel/language/engine';
import { useEffect, useMemo, useState } from 'react';

export type Language = {
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
 * Reads a text, once more with the model of tone as soon as it turns out to be in English: only English has a model that may
 * mark words alone.
 *
 * @param read the same function as long as the text is the same
 * @returns what was read, null until the engine is there; `isRulesOnly` when the model could not be had: then the rules have
 *   judged alone
 */
export function useTone<Seen extends { readonly lang: Lang | undefined }>(
  read: (language: Language) => Seen,
): { language: Language | null; seen: Seen | null; isRulesOnly: boolean } {
  const [lang, setLang] = useState<Lang>();
  const { language, isRulesOnly } = useEngineFor(lang);
  const seen = useMemo(() => language && read(language), [language, read]);
  if (seen && seen.lang !== lang) setLang(seen.lang);
  return { language, seen, isRulesOnly };
}

/** @param lang of the text that was read last */
function useEngineFor(lang: Lang | undefined): { language: Language | null; isRulesOnly: boolean } {
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
