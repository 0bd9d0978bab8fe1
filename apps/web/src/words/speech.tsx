import { createContext, type ReactNode, useContext } from 'react';
import { type Language, language, sayIn, type Values, type WordKey } from './t.ts';
import { dateOf, momentOf } from './when.ts';

/** Words and dates of one language. */
export type Speech = {
  readonly t: (key: WordKey, values?: Values) => string;
  readonly named: (room: string, value: string | null) => string;
  readonly dateOf: (at: string) => string;
  readonly momentOf: (at: string) => string;
};

const Spoken = createContext<Language | null>(null);

/** What stands in it is said in a language of its own: a letter, in that of whoever receives it. */
export function InLanguage({ spoken, children }: { spoken: Language; children: ReactNode }) {
  return (
    <Spoken value={spoken}>
      <div lang={spoken.tag}>{children}</div>
    </Spoken>
  );
}

/** The language of {@link InLanguage}; outside of one, that of the page. */
export function useSpeech(): Speech {
  const ofPage = language.use();
  const spoken = useContext(Spoken) ?? ofPage;
  return {
    t: (key, values) => sayIn(spoken, key, values) ?? key,
    named: (room, value) => sayIn(spoken, `${room}.${value}`) ?? value ?? '',
    dateOf: (at) => dateOf(at, spoken.tag),
    momentOf: (at) => momentOf(at, spoken.tag),
  };
}
