import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { useSession } from '../session/session.queries.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

type Acting = {
  /** What is done, as the line that opens the form says it. */
  readonly says: string;
  readonly doneSays?: string;
  /** Does it; what it returns is said instead of `doneSays`. */
  readonly run: (fields: FormData) => Promise<unknown>;
  readonly children: ReactNode;
};

/** Something that is done with a few words: a line that opens a small form, and closes it again when it is done. */
export function Act({ says, doneSays, run, children }: Acting) {
  const box = useRef<HTMLDetailsElement>(null);
  const queries = useQueryClient();
  const doing = useMutation({
    mutationFn: run,
    onSuccess: async (said) => {
      toast(typeof said === 'string' ? said : (doneSays ?? t('casefile.done')));
      if (box.current) box.current.open = false;
      box.current?.querySelector('form')?.reset();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    doing.mutate(new FormData(event.currentTarget));
  };
  return (
    <details className="act" ref={box}>
      <summary>{says}</summary>
      <form className="act-form" onSubmit={submit}>
        {children}
        {doing.error && (
          <p className="notice" role="alert">
            {problemWords(doing.error)}
          </p>
        )}
        <div className="row">
          <Button type="submit" size="xs" loading={doing.isPending}>
            {says}
          </Button>
        </div>
      </form>
    </details>
  );
}

/** Why: a part of the record. */
export function Why({ says = t('casefile.why') }: { says?: string }) {
  return (
    <label className="field">
      {says}
      <textarea name="reason" rows={2} required />
    </label>
  );
}

/** The words of a field, without space around them. */
export function wordsOf(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '').trim();
}

/** Closing, deciding and releasing are for some only; the others are told so instead of being refused. */
export function DecidersOnly({ children }: { children: ReactNode }) {
  const role = useSession().data?.member?.role;
  if (role === 'owner' || role === 'manager') return children;
  return <p className="small quiet">{t('casefile.decidersOnly')}</p>;
}
