import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Session } from '../api/shapes.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { sessionQuery, signIn } from './session.queries.ts';
import './session.css';
import { PasswordField } from './password-field.tsx';

const NAME = 'evenkeel.name';

export function SignIn({ session }: { session: Session }) {
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (next, { name }) => {
      localStorage.setItem(NAME, name);
      queries.setQueryData(sessionQuery.queryKey, next);
    },
  });
  const known = localStorage.getItem(NAME) ?? '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    entering.mutate({ name: String(fields.get('name')).trim(), password: String(fields.get('password')) });
  };
  return (
    <form className="gate-sheet stack" onSubmit={submit}>
      <header>
        <p className="gate-name">{t('app.name')}</p>
        <h1>{session.workspace.name ?? t('signin.title')}</h1>
      </header>
      <TextInput
        name="name"
        label={t('signin.name')}
        autoComplete="username"
        defaultValue={known}
        autoFocus={known === ''}
        required
        withAsterisk={false}
      />
      <PasswordField
        name="password"
        label={t('signin.password')}
        autoComplete="current-password"
        autoFocus={known !== ''}
        required
        withAsterisk={false}
      />
      {entering.error && (
        <p className="notice" role="alert">
          {problemWords(entering.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={entering.isPending}>
        {t('signin.enter')}
      </Button>
    </form>
  );
}
