import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { LogTrust } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { changeKey } from './trust.queries.ts';

/** The key to hand over by another road, and how it came after the ones before it. */
export function KeySection({ trust: { vkey, keyChanges } }: { trust: LogTrust }) {
  const changing = useMutation({ mutationFn: changeKey });
  const isOwner = useSession().data?.member?.role === 'owner';
  const change = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const because = String(new FormData(form).get('because') ?? '');
    changing.mutate(because, { onSuccess: () => form.reset() });
  };
  return (
    <section className="section stack" aria-labelledby="trust-key">
      <h2 id="trust-key">{t('trust.key')}</h2>
      <p className="quiet small">{t('trust.key.what')}</p>
      <p>
        <code className="mono trust-key">{vkey}</code>
      </p>
      <ul className={keyChanges.length > 0 ? 'sheet lines' : undefined}>
        {keyChanges.map(({ index, from, because, at }) => (
          <li key={index}>
            {t('trust.key.changed', { index: String(index), when: momentOf(at), because })}
            <br />
            <code className="mono small trust-key">{from}</code>
          </li>
        ))}
      </ul>
      {isOwner && (
        <details>
          <summary>{t('trust.key.change')}</summary>
          <form className="stack" onSubmit={change}>
            <p>{t('trust.key.means')}</p>
            <TextInput name="because" label={t('trust.key.because')} required />
            <div className="row">
              <Button type="submit" variant="default" loading={changing.isPending}>
                {t('trust.key.now')}
              </Button>
            </div>
          </form>
        </details>
      )}
      {changing.error && (
        <p className="notice" role="alert">
          {problemWords(changing.error)}
        </p>
      )}
    </section>
  );
}
