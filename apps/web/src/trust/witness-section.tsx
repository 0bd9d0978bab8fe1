import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { nameWitnesses, witnessesQuery } from './trust.queries.ts';

/** Who is shown each head, and signs only what goes on from the last one. */
export function WitnessSection() {
  const witnesses = useQuery(witnessesQuery).data?.items;
  const naming = useMutation({ mutationFn: nameWitnesses });
  const isOwner = useSession().data?.member?.role === 'owner';
  if (!witnesses) return null;
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string) => String(fields.get(name) ?? '').trim();
    naming.mutate([...witnesses, { vkey: field('vkey'), url: field('url') }], {
      onSuccess: () => form.reset(),
    });
  };
  return (
    <section className="section stack" aria-labelledby="trust-witnesses">
      <h2 id="trust-witnesses">{t('trust.witnesses')}</h2>
      <p className="quiet small">{t('trust.witnesses.what')}</p>
      {witnesses.length === 0 && <p>{t('trust.witnesses.none')}</p>}
      <ul className={witnesses.length > 0 ? 'sheet lines' : undefined}>
        {witnesses.map(({ name, url }) => (
          <li key={name} className="row">
            <span>
              {name} <span className="quiet small">{url}</span>
            </span>
            {isOwner && (
              <button
                type="button"
                className="link-button"
                onClick={() => naming.mutate(witnesses.filter((one) => one.name !== name))}
              >
                {t('trust.witnesses.drop', { name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {isOwner && (
        <details>
          <summary>{t('trust.witnesses.add')}</summary>
          <form className="stack" onSubmit={add}>
            <TextInput name="vkey" label={t('trust.witnesses.key')} autoComplete="off" required />
            <TextInput name="url" type="url" label={t('time.url')} required />
            <div className="row">
              <Button type="submit" variant="default" loading={naming.isPending}>
                {t('trust.witnesses.name')}
              </Button>
            </div>
          </form>
        </details>
      )}
      {naming.error && (
        <p className="notice" role="alert">
          {problemWords(naming.error)}
        </p>
      )}
    </section>
  );
}
