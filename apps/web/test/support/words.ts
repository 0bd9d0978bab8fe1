import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Values, WordKey } from '../../src/words/t.ts';

export type Lang = 'en' | 'ru' | 'fi';
/** The words of a key in one language, with its values put in. */
export type Says = (key: WordKey, values?: Values) => string;

/** What the page says in a language, read from its catalogue: a test that asks here follows every change of words. */
export function wordsIn(lang: Lang): Says {
  const path = new URL(`../../src/words/${lang}.json`, import.meta.url);
  const catalogue = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  return (key, values) => {
    const message = catalogue[key];
    if (message === undefined) throw new Error(`The catalogue ${lang} has no ${key}.`);
    const format = new IntlMessageFormat(message, lang, undefined, { ignoreTag: true });
    return format.format<string>(values as Record<string, string>) as string;
  };
}
