import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Procedure } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { stepTaken } from './procedure.queries.ts';

type Given = {
  /** What the fold is called while it is closed. */
  opens: string;
  explains: string;
  does: string;
  /** Answers what the procedure became; null where everything is asked for anew. */
  run: (reason: string) => Promise<Procedure | null>;
  children?: ReactNode;
};

/** Something that is done seldom and never without a reason: folded until it is wanted. */
export function ReasonForm({ opens, explains, does, run, children }: Given) {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const acting = useMutation({
    mutationFn: () => run(reason),
    onSuccess: (changed) => {
      setReason('');
      if (changed) stepTaken(queries, changed);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acting.mutate();
  };
  return (
    <details className="procedure-fold">
      <summary>{opens}</summary>
      <form className="stack" onSubmit={submit}>
        <p className="small quiet">{explains}</p>
        {children}
        <Textarea
          label={t('procedure.why')}
          required
          withAsterisk={false}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {acting.error && (
          <p className="notice" role="alert">
            {problemWords(acting.error)}
          </p>
        )}
        <div>
          <Button type="submit" variant="default" loading={acting.isPending}>
            {does}
          </Button>
        </div>
      </form>
    </details>
  );
}
