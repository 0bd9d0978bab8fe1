import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { router } from '../router.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { firstRunAnswers, MIN_PASSWORD, type Typed, whatIsMissing } from './first-run.ts';
import { firstRun, sessionQuery } from './session.queries.ts';
import './session.css';
import { PasswordField } from './password-field.tsx';

/** Two fields and a password; the code comes with the address that the program printed. */
export function FirstRun() {
  const [code] = useState(() => new URLSearchParams(location.hash.slice(1)).get('code'));
  const [typed, setTyped] = useState<Typed>({ code: code ?? '', name: '', addresses: '', password: '' });
  const [isTried, setTried] = useState(false);
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: firstRun,
    onSuccess: async (session) => {
      history.replaceState(null, '', '/welcome');
      await router.navigate({ to: '/welcome', replace: true });
      queries.setQueryData(sessionQuery.queryKey, session);
    },
  });
  const missing = isTried ? whatIsMissing(typed) : {};
  const field = (name: keyof Typed) => ({
    name,
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setTyped((now) => ({ ...now, [name]: value }));
    },
    error: missing[name] ? t(missing[name], { least: MIN_PASSWORD }) : undefined,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(whatIsMissing(typed));
    if (first === undefined) return begin.mutate(firstRunAnswers(typed));
    event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  return (
    <form className="gate-sheet stack" onSubmit={submit} noValidate>
      <header>
        <p className="gate-name">{t('app.name')}</p>
        <h1>{t('first.title')}</h1>
        <p>{t('first.what')}</p>
        <p className="quiet">{t('first.where')}</p>
      </header>
      {code === null && (
        <TextInput label={t('first.code')} description={t('first.codeWhy')} autoFocus {...field('code')} />
      )}
      <TextInput
        label={t('first.name')}
        description={t('first.nameWhy')}
        autoComplete="name"
        autoFocus={code !== null}
        {...field('name')}
      />
      <Textarea
        label={t('first.addresses')}
        description={t('first.addressesWhy')}
        autosize={false}
        rows={2}
        {...field('addresses')}
      />
      <PasswordField
        label={t('first.password')}
        description={t('first.passwordWhy', { least: MIN_PASSWORD })}
        autoComplete="new-password"
        {...field('password')}
      />
      {begin.error && (
        <p className="notice" role="alert">
          {problemWords(begin.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={begin.isPending}>
        {t('first.begin')}
      </Button>
    </form>
  );
}
