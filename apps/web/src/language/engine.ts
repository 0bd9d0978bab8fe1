import type { Lang } from '@evenkeel/language/analyse';
import type { Engine } from '@evenkeel/language/engine';
import type { RuleLang } from '@evenkeel/language/finding';
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

const learning = new Map<RuleLang, Promise<Language>>();

/** The same with what was learnt for a language beside the rules, fetched when a text first needs it. */
function loadLearnt(lang: RuleLang): Promise<Language> {
  const learnt = learning.get(lang) ?? withLearnt(lang);
  learning.set(lang, learnt);
  return learnt;
}

function withLearnt(lang: RuleLang): Promise<Language> {
  return Promise.all([import('./engine.load.ts'), loadLanguage()])
    .then(async ([{ withLearntHere }, language]) => ({
      ...language,
      engine: await withLearntHere(language.engine, lang),
    }))
    .catch((error: unknown) => {
      learning.delete(lang);
      throw error;
    });
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
 * Reads a text, once more with what was learnt for its language as soon as that is known and there.
 *
 * @param read the same function as long as the text is the same
 * @returns what was read, null until the engine is there; `isRulesOnly` when what was learnt could not be had: then the
 *   rules have judged alone
 */
export function useLearnt<Seen extends { readonly lang: Lang | undefined }>(
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
  const spoken = lang === 'simple' ? undefined : lang;
  const [learnt, setLearnt] = useState<{ lang: RuleLang; language: Language | null }>();
  useEffect(() => {
    if (spoken === undefined) return;
    let isShown = true;
    loadLearnt(spoken)
      .catch(() => null)
      .then((language) => isShown && setLearnt({ lang: spoken, language }));
    return () => {
      isShown = false;
    };
  }, [spoken]);
  const isThere = learnt !== undefined && learnt.lang === spoken;
  return {
    language: (isThere && learnt.language) || rules,
    isRulesOnly: isThere && learnt.language === null,
  };
}
