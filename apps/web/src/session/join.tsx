import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { router } from '../router.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { MIN_PASSWORD } from './first-run.ts';
import { join } from './people.queries.ts';
import { sessionQuery } from './session.queries.ts';
import './session.css';
import { PasswordField } from './password-field.tsx';

/** Somebody who was invited chooses the name and the password by which they come in. */
export function Join({ onJoined }: { onJoined: () => void }) {
  const [code] = useState(() => new URLSearchParams(location.hash.slice(1)).get('code') ?? '');
  const [isShort, setShort] = useState(false);
  const queries = useQueryClient();
  const joining = useMutation({
    mutationFn: join,
    onSuccess: async (session) => {
      // Whoever was signed in here before is not any more, and what they saw goes with them.
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, session);
      await router.navigate({ to: '/', replace: true });
      onJoined();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [typed, name, password] = ['code', 'name', 'password'].map((each) => String(given.get(each) ?? ''));
    setShort(password!.length < MIN_PASSWORD);
    if (password!.length >= MIN_PASSWORD)
      joining.mutate({ code: code || typed!.trim(), name: name!.trim(), password: password! });
  };
  return (
    <form className="gate-sheet stack" onSubmit={submit}>
      <header>
        <p className="gate-name">{t('app.name')}</p>
        <h1>{t('join.title')}</h1>
        <p className="quiet">{t('join.what')}</p>
      </header>
      {code === '' && (
        <TextInput
          name="code"
          label={t('join.code')}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
        />
      )}
      <TextInput
        name="name"
        label={t('join.name')}
        description={t('join.nameWhy')}
        autoComplete="name"
        data-autofocus
        required
        withAsterisk={false}
      />
      <PasswordField
        name="password"
        label={t('first.password')}
        description={t('first.passwordWhy', { least: MIN_PASSWORD })}
        autoComplete="new-password"
        error={isShort ? t('first.passwordShort', { least: MIN_PASSWORD }) : undefined}
        required
        withAsterisk={false}
      />
      {joining.error && (
        <p className="notice" role="alert">
          {problemWords(joining.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={joining.isPending}>
        {t('join.enter')}
      </Button>
    </form>
  );
}
