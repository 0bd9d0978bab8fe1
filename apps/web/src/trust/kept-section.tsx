import { FileInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { compareKept } from './trust.queries.ts';

/** Puts a head that somebody kept beside the log as it is now. */
export function KeptSection() {
  const comparing = useMutation({ mutationFn: compareKept });
  const compared = comparing.data;
  return (
    <section className="section stack" aria-labelledby="trust-kept">
      <h2 id="trust-kept">{t('trust.kept')}</h2>
      <p className="quiet small">{t('trust.kept.what')}</p>
      <FileInput
        label={t('trust.kept.file')}
        onChange={(file) => {
          if (file) comparing.mutate(file);
        }}
      />
      {compared && (
        <p role={compared.agrees ? 'status' : 'alert'} className={compared.agrees ? undefined : 'notice'}>
          {compared.agrees && t('trust.kept.agrees', { count: compared.size })}
          {compared.agrees === false && t('trust.kept.differs', { count: compared.size })}
          {compared.agrees === null && t('trust.kept.newer', { count: compared.size })}
        </p>
      )}
      {comparing.error && (
        <p className="notice" role="alert">
          {problemWords(comparing.error)}
        </p>
      )}
    </section>
  );
}
