import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { PageTitle } from '../shell/page-title.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { PairingCode } from './pairing-code.tsx';
import './phones.css';
import { endPhone, type Phone, phonesQuery, startPairing } from './phones.queries.ts';

/** Own phones for live sessions: add one with a code, see which there are, end one. */
export function PhonesPage() {
  const phones = useQuery(phonesQuery);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const adding = useMutation({ mutationFn: startPairing });
  const refresh = () => queries.invalidateQueries({ queryKey: phonesQuery.queryKey });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate(name.trim());
  };
  return (
    <div className="page stack">
      <PageTitle says={t('phones.title')} />
      <h1>{t('phones.title')}</h1>
      <p>{t('phones.what')}</p>
      <p className="row">
        <Button onClick={openLive}>{t('phones.open')}</Button>
        <span className="quiet small">{t('phones.openHow')}</span>
      </p>
      <section className="section stack">
        <h2>{t('phones.add')}</h2>
        <form className="row" onSubmit={submit}>
          <TextInput
            label={t('phones.name')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={adding.isPending} mt="auto">
            {t('phones.code')}
          </Button>
        </form>
        {adding.error && (
          <p className="notice" role="alert">
            {problemWords(adding.error)}
          </p>
        )}
        {adding.data && phones.data && (
          <PairingCode
            key={adding.data.id}
            pairing={adding.data}
            address={phones.data.address}
            onLook={() => void refresh()}
          />
        )}
      </section>
      <PhoneList items={phones.data?.items ?? []} onChanged={() => void refresh()} />
    </div>
  );
}

/** Beside the streaming software, as wide as a phone. */
function openLive() {
  window.open('/live', 'evenkeel-live', 'popup,width=360,height=740');
}

function PhoneList({ items, onChanged }: { items: readonly Phone[]; onChanged: () => void }) {
  const removing = useMutation({ mutationFn: endPhone, onSuccess: onChanged });
  return (
    <section className="section stack">
      <h2>{t('phones.list')}</h2>
      {items.length === 0 && <p className="quiet">{t('phones.none')}</p>}
      <ul className="stack">
        {items.map(({ id, name, pairedAt, seenAt }) => (
          <li key={id} className="row">
            <strong>{name || t('phones.nameless')}</strong>
            <span className="quiet">
              {pairedAt && t('phones.since', { at: momentOf(pairedAt) })}
              {seenAt && ` · ${t('phones.seen', { at: momentOf(seenAt) })}`}
            </span>
            <button type="button" className="action" onClick={() => removing.mutate(id)}>
              {t('phones.remove')}
            </button>
          </li>
        ))}
      </ul>
      {removing.error && (
        <p className="notice" role="alert">
          {problemWords(removing.error)}
        </p>
      )}
    </section>
  );
}
