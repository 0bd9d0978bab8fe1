import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MailFacts } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { keepCharset } from './interaction.queries.ts';
import './mail-facts.css';

/** In which charset a mail was read, how it would read in others, and taking one of those instead. */
export function ReadAs({ id, facts }: { id: string; facts: MailFacts }) {
  const queries = useQueryClient();
  const keeping = useMutation({ mutationFn: keepCharset, onSuccess: () => queries.invalidateQueries() });
  const { readAs, charsets, otherReadings } = facts;
  return (
    <section className="read-as" aria-label={t('readAs.title')}>
      <p className="small">
        {readAs
          ? t('readAs.said', { charset: readAs })
          : charsets.filter(isTelling).map(usedWords).join(' · ')}{' '}
        {readAs && (
          <button
            type="button"
            className="link-button"
            {...staying(keeping.isPending)}
            onClick={() => keeping.mutate({ id, charset: null })}
          >
            {t('readAs.back')}
          </button>
        )}
      </p>
      {otherReadings.length > 0 && (
        <details>
          <summary>{t('readAs.others', { count: otherReadings.length })}</summary>
          <ul>
            {otherReadings.map(({ charset, subject, text }) => (
              <li key={charset}>
                <p className="small">
                  <strong>{charset}</strong>{' '}
                  <button
                    type="button"
                    className="link-button"
                    {...staying(keeping.isPending)}
                    onClick={() => keeping.mutate({ id, charset })}
                  >
                    {t('readAs.take')}
                  </button>
                </p>
                <p className="read-as-words" dir="auto">
                  {[subject, text].filter(Boolean).join('\n')}
                </p>
              </li>
            ))}
          </ul>
          <p className="small quiet">{t('readAs.what')}</p>
        </details>
      )}
      {keeping.error && (
        <p className="notice" role="alert">
          {problemWords(keeping.error)}
        </p>
      )}
    </section>
  );
}

type Used = MailFacts['charsets'][number];

/** What is plain ASCII reads the same in all of them. */
function isTelling({ used }: Used): boolean {
  return used !== 'us-ascii';
}

function usedWords({ declared, used, certainty }: Used): string {
  const how = named('charsetCertainty', certainty);
  return declared && declared.toLowerCase() !== used
    ? t('readAs.usedNotStated', { used, how, declared })
    : t('readAs.used', { used, how });
}
