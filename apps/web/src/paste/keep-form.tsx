import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { PrivilegeWish } from '../apart/apart.queries.ts';
import { PrivilegeFields } from '../apart/privilege-fields.tsx';
import { partiesQuery } from '../clients/clients.queries.ts';
import { toast } from '../shell/toasts.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { keepPaste } from './paste.queries.ts';
import { type Filing, localNow, pastedInteraction, WAYS } from './paste.ts';

/** Who, when, by what way; filed as what it is: pasted, not an original. */
export function KeepForm({ text, onCancel }: { text: string; onCancel: () => void }) {
  const [filing, setFiling] = useState<Filing>(() => ({
    who: '',
    at: localNow(clockNow()),
    way: 'mail',
    direction: 'inbound',
  }));
  const [privilege, setPrivilege] = useState<PrivilegeWish | null>(null);
  const known = useQuery(partiesQuery(filing.who, 20)).data?.items ?? [];
  const queries = useQueryClient();
  const navigate = useNavigate();
  const change = (part: Partial<Filing>) => setFiling((now) => ({ ...now, ...part }));
  const keeping = useMutation({
    mutationFn: () => keepPaste({ ...pastedInteraction(text, filing, known), privilege }),
    onSuccess: async ({ id }) => {
      toast(t('paste.kept'));
      await queries.invalidateQueries();
      await navigate({ to: '/interactions/$interactionId', params: { interactionId: id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate();
  };
  return (
    <form className="sheet paste-form stack" onSubmit={submit}>
      <TextInput
        label={t('paste.who')}
        list="paste-known"
        value={filing.who}
        onChange={(event) => change({ who: event.currentTarget.value })}
        required
        autoFocus
        withAsterisk={false}
      />
      <datalist id="paste-known">
        {known.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <TextInput
        type="datetime-local"
        label={t('paste.when')}
        value={filing.at}
        onChange={(event) => change({ at: event.currentTarget.value })}
        required
        withAsterisk={false}
      />
      <Choices
        name="way"
        says={t('paste.way')}
        options={WAYS.map((way) => ({ value: way, says: t(`way.${way}`) }))}
        value={filing.way}
        onChoose={(way) => change({ way })}
      />
      <Choices
        name="direction"
        says={t('paste.direction')}
        options={[
          { value: 'inbound', says: t('paste.fromThem') },
          { value: 'outbound', says: t('paste.fromUs') },
        ]}
        value={filing.direction}
        onChoose={(direction) => change({ direction })}
      />
      <PrivilegeFields says={t('apart.ofThis')} value={privilege} onChange={setPrivilege} />
      <p className="notice">{t('paste.notOriginal')}</p>
      {keeping.error && (
        <p className="notice" role="alert">
          {problemWords(keeping.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={keeping.isPending}>
          {t('paste.keepNow')}
        </Button>
        <button type="button" className="link-button" onClick={onCancel}>
          {t('paste.cancel')}
        </button>
      </div>
    </form>
  );
}

type Options<Value extends string> = {
  name: string;
  says: string;
  options: readonly { value: Value; says: string }[];
  value: string;
  onChoose: (value: Value) => void;
};

function Choices<Value extends string>({ name, says, options, value, onChoose }: Options<Value>) {
  return (
    <fieldset className="choices">
      <legend>{says}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.says}
        </label>
      ))}
    </fieldset>
  );
}
