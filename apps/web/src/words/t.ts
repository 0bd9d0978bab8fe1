import { IntlMessageFormat } from 'intl-messageformat';
import { newStore } from '../shell/store.ts';
import english from './en.json' with { type: 'json' };

export type WordKey = keyof typeof english;
export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;
export type Catalogue = Readonly<Record<string, string>>;
export type Language = { readonly tag: string; readonly catalogue: Catalogue };

/** English is always there: a word that another catalogue lacks is shown in English. */
export const language = newStore<Language>({ tag: 'en', catalogue: english });

/** Reading a message costs much more than saying it: each is read once. */
const formats = new WeakMap<Catalogue, Map<string, IntlMessageFormat>>();

/**
 * The words of a key in the language in force, with its values put in.
 *
 * @example t('count.messages', { count: 2 }) // "2 messages"
 */
export function t(key: WordKey, values?: Values): string {
  return say(key, values) ?? key;
}

/** As {@link t} for a key that comes from the server; undefined if no catalogue has it. */
export function say(key: string, values?: Values): string | undefined {
  return sayIn(language.get(), key, values);
}

/** As {@link say}, in another language than the one in force. */
export function sayIn({ tag, catalogue }: Language, key: string, values?: Values): string | undefined {
  const message = catalogue[key] ?? (english as Catalogue)[key];
  if (message === undefined) return undefined;
  const read = formats.get(catalogue) ?? new Map<string, IntlMessageFormat>();
  formats.set(catalogue, read);
  let format = read.get(key);
  if (!format) {
    format = new IntlMessageFormat(message, tag, undefined, { ignoreTag: true });
    read.set(key, format);
  }
  return format.format<string>(values as Record<string, string>) as string;
}

/** The word for a value of the contract, `kind.call`; a value newer than this page is shown as it is. */
export function named(room: string, value: string | null): string {
  return say(`${room}.${value}`) ?? value ?? '';
}

/** Switches every page to a language. @param tag BCP 47 */
export function speak(tag: string, catalogue: Catalogue): void {
  language.set({ tag, catalogue });
}
