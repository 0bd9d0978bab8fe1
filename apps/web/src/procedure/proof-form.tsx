import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { outsiderOf } from '../casefile/outsider-fields.tsx';
import { proveProcedureLetter } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** Names the record that shows that a letter was sent: a copy from the mail program, a receipt. */
export function ProofForm({ procedureId, letter }: { procedureId: string; letter: string }) {
  const queries = useQueryClient();
  const proving = useMutation({
    mutationFn: (interactionId: string) =>
      proveProcedureLetter({ path: { id: procedureId, letter }, body: { interactionId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['procedures'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    proving.mutate(outsiderOf(new FormData(event.currentTarget))?.proof ?? '');
  };
  return (
    <details className="procedure-fold">
      <summary>{t('letter.prove')}</summary>
      <form className="stack" onSubmit={submit}>
        <TextInput
          name="proof"
          label={t('letter.proof')}
          description={t('letter.proofHint')}
          required
          withAsterisk={false}
        />
        {proving.error && (
          <p className="notice" role="alert">
            {problemWords(proving.error)}
          </p>
        )}
        <div>
          <Button type="submit" variant="default" loading={proving.isPending}>
            {t('letter.proveNow')}
          </Button>
        </div>
      </form>
    </details>
  );
}
