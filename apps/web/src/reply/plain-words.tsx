import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Act } from '../casefile/act.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { keepPlainWords, plainWordsQuery } from './plain-words.queries.ts';

type Kept = Parameters<typeof keepPlainWords>[1]['lang'];

/** Terms of ours that this client may not know, each with what is said to them instead. */
export function PlainWords({ partyId }: { partyId: string }) {
  const { data } = useQuery({ ...plainWordsQuery(partyId), throwOnError: true });
  const dropping = useMutation({
    mutationFn: ({ term, lang }: { term: string; lang: Kept }) =>
      keepPlainWords(partyId, { term, lang, plain: null }),
  });
  return (
    <section aria-labelledby="plain-words" className="stack-small">
      <h2 id="plain-words">{t('plain.title')}</h2>
      <p className="small quiet">{t('plain.why')}</p>
      {data && data.items.length > 0 && (
        <ul className="us-names">
          {data.items.map(({ term, plain, lang }) => (
            <li key={`${lang} ${term}`} lang={lang}>
              <strong>{term}</strong>
              <span>{plain}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                lang={document.documentElement.lang}
                aria-label={t('plain.dropTerm', { term })}
                onClick={() => dropping.mutate({ term, lang })}
              >
                {t('plain.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {dropping.error && (
        <p className="notice" role="alert">
          {problemWords(dropping.error)}
        </p>
      )}
      <KeepPlainWords partyId={partyId} />
    </section>
  );
}

type Keeping = {
  partyId: string;
  /** Marked in a draft; else it is asked for. */
  term?: string;
  lang?: Kept;
};

/** Says what a term is called in plain words, from now on and to this client. */
export function KeepPlainWords({ partyId, term, lang = null }: Keeping) {
  const keep = (fields: FormData) =>
    keepPlainWords(partyId, {
      term: term ?? String(fields.get('term')),
      plain: String(fields.get('plain')),
      lang,
    });
  return (
    <Act says={t(term === undefined ? 'plain.add' : 'plain.keep')} doneSays={t('plain.kept')} run={keep}>
      {term === undefined && (
        <label className="field">
          {t('plain.term')}
          <input name="term" required maxLength={80} />
        </label>
      )}
      <label className="field">
        {term === undefined ? t('plain.plain') : t('plain.plainFor', { term })}
        <input name="plain" required maxLength={200} />
      </label>
    </Act>
  );
}
