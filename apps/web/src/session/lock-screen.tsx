import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { unlockScreen } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { leave, sessionQuery } from './session.queries.ts';
import './session.css';
import { PasswordField } from './password-field.tsx';

/** A locked screen asks for the password and says nothing else: no name, no client, no place. */
export function LockScreen() {
  const client = useQueryClient();
  const opening = useMutation({
    mutationFn: (password: string) => unlockScreen({ body: { password } }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  const leaving = useMutation({
    mutationFn: leave,
    // Locking has left nothing else in memory; clearing this too would leave the page watching what is gone.
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(String(new FormData(event.currentTarget).get('password')));
  };
  return (
    <form className="gate-sheet stack" onSubmit={submit}>
      <h1>{t('lock.title')}</h1>
      <PasswordField
        name="password"
        label={t('signin.password')}
        autoComplete="current-password"
        autoFocus
        required
        withAsterisk={false}
      />
      {opening.error && (
        <p className="notice" role="alert">
          {problemWords(opening.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={opening.isPending}>
        {t('lock.open')}
      </Button>
      <button type="button" className="link-button" onClick={() => leaving.mutate()}>
        {t('lock.leave')}
      </button>
    </form>
  );
}
