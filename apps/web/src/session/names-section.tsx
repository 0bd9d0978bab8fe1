import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { addName, type NameKind, ourNamesQuery, retireName } from './our-names.queries.ts';

const KINDS: readonly NameKind[] = ['legal', 'stage', 'brand'];

/** Every name we go by; each client is to know one of them. */
export function NamesSection() {
  const ours = useQuery({ ...ourNamesQuery, throwOnError: true }).data;
  const retiring = useMutation({ mutationFn: retireName });
  const inUse = ours?.names.filter(({ isRetired }) => !isRetired) ?? [];
  return (
    <section className="us-section stack" aria-labelledby="us-names">
      <h2 id="us-names">{t('us.names')}</h2>
      <p className="quiet small">{t('us.namesWhy')}</p>
      <ul className="us-names">
        {ours?.workspace && (
          <li>
            <strong>{ours.workspace}</strong>
            <span className="small quiet">{t('nameKind.workspace')}</span>
          </li>
        )}
        {inUse.map(({ id, kind, name }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span className="small quiet">{named('nameKind', kind)}</span>
            <button type="button" className="link-button" onClick={() => retiring.mutate(id)}>
              {t('us.takeOff', { name })}
            </button>
          </li>
        ))}
      </ul>
      {retiring.error && (
        <p className="notice" role="alert">
          {problemWords(retiring.error)}
        </p>
      )}
      <NameForm />
    </section>
  );
}

function NameForm() {
  const [kind, setKind] = useState<NameKind>('stage');
  const [name, setName] = useState('');
  const adding = useMutation({ mutationFn: addName, onSuccess: () => setName('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate({ kind, name });
  };
  return (
    <form className="us-form" onSubmit={submit}>
      <TextInput
        label={t('us.name')}
        value={name}
        required
        withAsterisk={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('us.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as NameKind)}
        data={KINDS.map((each) => ({ value: each, label: named('nameKind', each) }))}
      />
      <Button type="submit" loading={adding.isPending}>
        {t('us.add')}
      </Button>
      {adding.error && (
        <p className="notice" role="alert">
          {problemWords(adding.error)}
        </p>
      )}
    </form>
  );
}
