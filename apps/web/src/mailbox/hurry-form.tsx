import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { actOn } from './gate.queries.ts';

/** Sends a letter that waits all the same, for a reason that is kept. A second person is passed over for safety only. */
export function HurryForm({ id, asksSecond }: { id: string; asksSecond: boolean }) {
  const [reason, setReason] = useState('');
  const [forSafety, setSafety] = useState(false);
  const acting = useMutation({
    mutationFn: () => actOn({ id, act: { does: 'hurry', reason, forSafety } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acting.mutate();
  };
  return (
    <details className="procedure-fold">
      <summary>{t('gate.allTheSame')}</summary>
      <form className="stack" onSubmit={submit}>
        <p className="small quiet">{t('gate.allTheSameWhy')}</p>
        {asksSecond && (
          <label className="row">
            <input
              type="checkbox"
              required
              checked={forSafety}
              onChange={(event) => setSafety(event.currentTarget.checked)}
            />
            {t('gate.forSafety')}
          </label>
        )}
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
            {t('gate.allTheSame')}
          </Button>
        </div>
      </form>
    </details>
  );
}
