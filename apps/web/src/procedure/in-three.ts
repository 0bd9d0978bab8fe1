import { language } from '../words/t.ts';

export type InThree = { readonly en: string; readonly ru: string; readonly fi: string };

/** The words of a pack in the reader's language. */
export function inReaders(words: InThree): string {
  const { tag } = language.get();
  return tag === 'ru' || tag === 'fi' ? words[tag] : words.en;
}
