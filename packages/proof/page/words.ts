import { type Codes, en, enCodes, type Words } from './words.en.ts';
import { fi, fiCodes } from './words.fi.ts';
import { ru, ruCodes } from './words.ru.ts';

export const LANGUAGES = ['en', 'ru', 'fi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** All that the page says in one language. */
export type Speech = { readonly words: Words; readonly codes: Codes };

export const SPEECH: Readonly<Record<Language, Speech>> = {
  en: { words: en, codes: enCodes },
  ru: { words: ru, codes: ruCodes },
  fi: { words: fi, codes: fiCodes },
};

/** The first of the reader's languages that we speak. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.slice(0, 2).toLowerCase());
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Puts values into the `{…}` of a text of ours. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
